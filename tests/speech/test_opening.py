from collections.abc import Sequence
from pathlib import Path

import pytest

from voicecoach.errors import ChoiceError
from voicecoach.plan.timeline import Speech, Tone
from voicecoach.sound.clip import trim
from voicecoach.speech.double import HummingEngine
from voicecoach.speech.engine import ENGINES, Manner, VoiceInfo, open_engine
from voicecoach.speech.opening import open_voice


class Counted(HummingEngine):
    """Count how often the voices are asked for."""

    asked = 0
    more: tuple[VoiceInfo, ...] = ()

    def voices(self) -> Sequence[VoiceInfo]:
        """Return the usual ones and those that came since."""
        self.asked += 1
        return [*super().voices(), *self.more]


def test_what_was_learnt_of_a_voice_is_remembered(tmp_path: Path) -> None:
    """The second session asks for no list of voices and measures nothing."""
    first, second = Counted(), Counted()
    with open_voice(cache_folder=tmp_path, engine=first) as voice:
        tuning = voice.tuning
    with open_voice(cache_folder=tmp_path, engine=second) as voice:
        again = voice.tuning

    assert (first.asked, second.asked, second.spoken) == (1, 0, [])
    assert again == tuning


def test_opening_measures_nothing_before_something_is_spoken() -> None:
    """A voice of which only tones are heard is never calibrated."""
    engine = HummingEngine()
    with open_voice(engine=engine) as voice:
        frames = voice.measure(Tone("start"))

    assert (frames > 0, engine.spoken) == (True, [])


def test_a_voice_that_was_installed_since_is_found(tmp_path: Path) -> None:
    """When the remembered list does not hold it, the engine is asked again."""
    engine = Counted()
    with open_voice(cache_folder=tmp_path, engine=engine):
        engine.more = (VoiceInfo("new", "New", ("en-us",)),)
    with open_voice("new", cache_folder=tmp_path, engine=engine) as voice:
        assert voice.info.id == "new"
    with pytest.raises(ChoiceError, match="there is no voice 'newer'"):
        open_voice("newer", cache_folder=tmp_path, engine=engine)


@pytest.mark.parametrize("note", ["", "{}", "[1]", '{"talk": 3}', '[{"id": "hum"}]', "null"])
def test_notes_that_make_no_sense_are_made_anew(tmp_path: Path, note: str) -> None:
    """A note of another kind than expected counts as none."""
    with open_voice(cache_folder=tmp_path, engine=HummingEngine()) as voice:
        tuning = voice.tuning
    for path in (tmp_path / "notes").iterdir():
        path.write_text(note)
    with open_voice(cache_folder=tmp_path, engine=HummingEngine()) as voice:
        assert voice.tuning == tuning


def test_without_a_cache_a_session_is_repeatable() -> None:
    """A session that keeps nothing still speaks each phrase once, and leaves no folder."""
    engine = HummingEngine()
    with open_voice(engine=engine) as voice:
        folder = voice.cache.folder
        first = [voice.clip(Speech(text)) for text in ("one", "two")]
        kept = sorted(path.name for path in (folder / "clips").iterdir())

    assert (voice.synthesised, len(first), len(kept), folder.exists()) == (2, 2, 2, False)


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_of_the_table_opens(name: str) -> None:
    """Each engine is imported by its name, and bears it."""
    engine = open_engine(name)
    engine.close()

    assert engine.name == name


def test_an_unknown_engine_is_an_error() -> None:
    """An engine that is not in the table is reported."""
    with pytest.raises(ChoiceError, match="no speech engine 'festival'"):
        open_engine("festival")


def test_the_double_hums_sixty_milliseconds_a_character() -> None:
    """At its usual rate the length of a text tells the length of its clip, to the frame."""
    clip = HummingEngine().synthesize("Halfway", Manner("hum", 150))

    assert (clip.seconds, trim(clip).frames) == (0.42, clip.frames)

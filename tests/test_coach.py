from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.coach import open_session
from voicecoach.errors import ChoiceError
from voicecoach.exporting import Order, written
from voicecoach.output.audio.kinds import kind_of
from voicecoach.plan.cues import Talk
from voicecoach.plan.timeline import Speech
from voicecoach.routine.adjust import Adjustments
from voicecoach.speaking import Speaking
from voicecoach.units import frames

CLAM = Adjustments(only=("clam", "reverse-clam"))


def test_a_second_session_speaks_nothing_anew() -> None:
    """What was spoken once is in the cache: planning the same routine again asks the engine for nothing."""
    with open_session("hip-mobility", CLAM) as first:
        first.prepare()
        plan = first.document()
        assert first.voice.synthesised > 10
    with open_session("hip-mobility", CLAM) as second:
        second.prepare()
        assert plan == second.document()
        assert 0 == second.voice.synthesised


def test_without_a_cache_a_session_is_still_the_same_throughout() -> None:
    """The plan and the sound agree also where no clip is kept after the session."""
    with open_session("hip-mobility", CLAM, Speaking(keep=False)) as session:
        plan = session.document()
        assert plan == session.document()
        for segment in session.segments():
            for event in segment.events:
                assert session.voice.measure(event.sound) == session.voice.clip(event.sound).frames


def test_only_the_last_words_are_spoken_late() -> None:
    """All but the last words is prepared at once, and nothing is prepared that is not said."""
    with open_session("hip-mobility", CLAM) as session:
        session.prepare()
        prepared = session.voice.synthesised
        said = {
            event.sound
            for segment in session.segments()
            for event in segment.events
            if isinstance(event.sound, Speech)
        }
        assert prepared + 1 == session.voice.synthesised
        # Numbers that take too long are spoken again, faster.
        assert len(said) <= session.voice.synthesised <= len(said) + 2


def test_total_length_is_estimated_then_exact() -> None:
    """The length of a session is known roughly at once, and to the frame when all was measured."""
    with open_session("hip-mobility", CLAM) as session:
        total = session.total_length()
        rough, _ = total()
        total.wait()
        frames_of_all = sum(segment.frames for segment in session.segments())
        assert (frames_of_all, True) == total()
        assert 0.8 < rough / frames_of_all < 1.2


def test_meta_says_what_was_asked_for() -> None:
    """A plan tells program, voice, rate, pace, talk and adjustments."""
    with open_session(
        "hip-mobility", Adjustments(pace="gentle", sets=1), Speaking(Talk.BRIEF, rate_wpm=145)
    ) as session:
        meta = session.meta()
    assert {
        "title": "Hip mobility",
        "language": "en",
        "voice": "pyttsx3:gmw/en-us",
        "rate_wpm": 145,
        "pace": "gentle",
        "talk": "brief",
        "adjustments": {"pace": "gentle", "sets": 1},
        "beneath": None,
        "gain_db": 0.0,
        "notes": [],
    } == {key: value for key, value in meta.items() if key != "program"}
    assert str(meta["program"]).startswith("voicecoach ")


def test_a_wait_and_a_later_beginning() -> None:
    """A session may wait before it begins, and begin with any exercise."""
    with open_session(
        "hip-mobility", Adjustments(first="clam"), Speaking(Talk.BEEPS), start_in=30
    ) as session:
        wait, *rest = session.segments()
        assert frames(30, session.planner.sample_rate) == wait.frames
        assert "Clam" == next(one.step.exercise.name for one in rest if one.step.exercise)


def test_a_language_that_the_coach_does_not_speak(tmp_path: Path) -> None:
    """A routine in another language ends in one line that lists those there are."""
    routine = tmp_path / "eo.toml"
    routine.write_text(
        'title = "x"\nlanguage = "eo"\n[[stage]]\ntitle = "a"\n[[stage.exercise]]\nname = "b"\nhold = 3'
    )
    with (
        pytest.raises(ChoiceError, match="does not speak 'eo' yet; it speaks: de, en"),
        open_session(str(routine)),
    ):
        pass


def test_sides_change_nothing_but_sides(tmp_path: Path) -> None:
    """Exported with sides, a session is as long, and on its nearer side each sound is as without."""
    mono, stereo = tmp_path / "mono.wav", tmp_path / "stereo.wav"
    with open_session("hip-mobility", CLAM, Speaking(Talk.BEEPS)) as session:
        panned = replace(session, planner=replace(session.planner, pan=True))
        one, two = (
            written(given, Order(target, kind_of(target)))
            for given, target in ((session, mono), (panned, stereo))
        )
        assert one.seconds == two.seconds
    one, _ = soundfile.read(mono, dtype="int16")
    two, _ = soundfile.read(stereo, dtype="int16")
    left, right = two.T
    assert np.array_equal(one, np.where(np.abs(left) >= np.abs(right), left, right))

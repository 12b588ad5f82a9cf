import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import SpeechError
from voicecoach.plan.timeline import Sound, Speech, Tone
from voicecoach.sound.clip import Clip, peak
from voicecoach.sound.loudness import measure
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.calibration import Tuning
from voicecoach.speech.double import HummingEngine
from voicecoach.speech.engine import Manner, VoiceInfo
from voicecoach.speech.opening import open_voice
from voicecoach.speech.pyttsx3_engine import Pyttsx3Engine
from voicecoach.speech.voice import Voice

RATE = 24_000
TUNING = Tuning(Manner("hum", 150), Manner("hum", 200), 0.0)
INFO = VoiceInfo("hum", "Hum", ("en-us",))
BEEP = Clip(np.full(100, 0.5, np.float32), RATE)


class Slow(HummingEngine):
    """Speak only when it is let."""

    def __init__(self) -> None:
        """Let nothing through yet."""
        super().__init__()
        self.begun, self.let = threading.Semaphore(0), threading.Semaphore(0)

    def synthesize(self, text: str, manner: Manner) -> Clip:
        """Tell that it was begun, and wait."""
        self.begun.release()
        assert self.let.acquire(timeout=20)
        return super().synthesize(text, manner)


class Mute(HummingEngine):
    """Fail with every phrase that has an x."""

    def synthesize(self, text: str, manner: Manner) -> Clip:
        """Speak, or fail."""
        if "x" in text:
            message = f"double could not speak '{text}'"
            raise SpeechError(message)
        return super().synthesize(text, manner)


class Wavering(HummingEngine):
    """Speak a little slower or faster each time, as real engines do."""

    def synthesize(self, text: str, manner: Manner) -> Clip:
        """Speak at a rate that depends on what was spoken before."""
        return super().synthesize(
            text, Manner(manner.voice, 150 + (-1) ** len(self.spoken) * len(self.spoken))
        )


def hum(engine: HummingEngine, folder: Path, **options: object) -> Voice:
    """Return a voice that hums."""
    return Voice(engine, INFO, lambda: TUNING, ClipCache(folder), lambda _: BEEP, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voice]:
    """Return the real voice, with a cache of its own."""
    with open_voice(cache_folder=tmp_path_factory.mktemp("cache")) as voice:
        yield voice


def test_what_is_measured_is_what_is_played(tmp_path: Path) -> None:
    """The length of a sound is that of its clip, and the clip is the same each time."""
    with hum(HummingEngine(), tmp_path, memory_bytes=1) as voice:
        sounds: list[Sound] = [Speech("Halfway"), Speech("Switch sides"), Tone("start")]
        lengths = [voice.measure(sound) for sound in sounds]
        clips = [voice.clip(sound) for sound in sounds]

    assert lengths == [clip.frames for clip in clips] == [7 * 1440, 12 * 1440, 100]


def test_a_second_session_speaks_nothing(tmp_path: Path) -> None:
    """With a cache that knows the phrases, the engine is asked for none."""
    sounds = [Speech(f"Phrase {number}") for number in range(5)]
    first, second = HummingEngine(), HummingEngine()
    with hum(first, tmp_path) as voice:
        made = [voice.clip(sound).samples.tolist() for sound in sounds]
    with hum(second, tmp_path) as voice:
        again = [voice.clip(sound).samples.tolist() for sound in sounds]

    assert (len(first.spoken), len(second.spoken), voice.synthesised) == (5, 0, 0)
    assert again == made


def test_numbers_have_a_rate_of_their_own(tmp_path: Path) -> None:
    """The same text as a count and as a sentence is two clips."""
    engine = HummingEngine()
    with hum(engine, tmp_path) as voice:
        voice.clip(Speech("ten"))
        voice.clip(Speech("ten", count=True))

    assert [manner.rate for _, manner in engine.spoken] == [150, 200]


def test_a_number_that_is_too_long_is_spoken_faster(tmp_path: Path) -> None:
    """A count fits into 0.9 s without being chopped: the engine is asked again, at a higher rate."""
    engine = HummingEngine()
    with hum(engine, tmp_path) as voice:
        clip = voice.clip(Speech("siebenundfuenfzig und mehr", language="de", count=True))

    assert clip.seconds <= 0.9
    assert [text for text, _ in engine.spoken] == ["siebenundfuenfzig und mehr"] * 2
    assert voice.warnings == []


@pytest.mark.parametrize("text", ["", "...", "\N{PERSON IN LOTUS POSITION}", "<br/>"])
def test_text_without_a_letter_is_a_pause(tmp_path: Path, text: str) -> None:
    """Where there is nothing to speak, nothing is heard, and it is no error."""
    engine = HummingEngine()
    with hum(engine, tmp_path) as voice:
        clip = voice.clip(Speech(text))

    assert (clip.seconds, peak(clip), engine.spoken) == (0.2, 0.0, [])


def test_what_is_mended_is_spoken_and_not_shown(tmp_path: Path) -> None:
    """The engine gets the mended text, with the routine's own words first."""
    engine = HummingEngine()
    with hum(engine, tmp_path, pronunciation={"Pigeon": "pidgin"}) as voice:
        speech = Speech("Pigeon, 30s [[x]]")
        voice.clip(speech)

    assert [text for text, _ in engine.spoken] == [voice.spoken(speech)] == ["pidgin, 30 seconds x"]


def test_memory_is_bounded(tmp_path: Path) -> None:
    """Only what was used last stays in memory; the rest is read from the cache again."""
    engine = HummingEngine()
    with hum(engine, tmp_path, memory_bytes=10_000_000) as voice:
        for number in range(40):
            voice.clip(Speech("x" * 90 + str(number)))
        voice.cache.clear()
        for number in reversed(range(40)):
            voice.clip(Speech("x" * 90 + str(number)))

    # Each takes a good half of a megabyte; those that were forgotten had to be spoken once more.
    forgotten = len(engine.spoken) - 40
    assert 40 - forgotten == 10_000_000 // voice.clip(Speech("x" * 90 + "39")).samples.nbytes


def test_a_clip_keeps_its_length_when_the_cache_is_cleared(tmp_path: Path) -> None:
    """A phrase that has to be spoken again, and comes out longer or shorter, fits its measured place."""
    engine = Wavering()
    with hum(engine, tmp_path, memory_bytes=1) as voice:
        lengths = []
        for _ in range(3):
            lengths.append(voice.clip(Speech("Halfway")).frames)
            voice.clip(Speech("Another"))
            voice.cache.clear()

    assert len(engine.spoken) == 6
    assert lengths == [voice.measure(Speech("Halfway"))] * 3


def test_prefetching_makes_all_once(tmp_path: Path) -> None:
    """Everything is made once, however often it is wanted, and progress is told."""
    engine, told = Slow(), []
    sounds = [Speech(f"Phrase {number}") for number in range(20)]
    with hum(engine, tmp_path) as voice:
        prefetch = voice.prefetch([*sounds, *sounds], lambda done, total: told.append((done, total)))
        assert engine.begun.acquire(timeout=20)
        for _ in sounds:
            engine.let.release()
        prefetch.wait()

    assert told == [(number, 20) for number in range(1, 21)]
    assert sorted(text for text, _ in engine.spoken) == sorted(sound.text for sound in sounds)


def test_what_is_under_way_is_waited_for(tmp_path: Path) -> None:
    """A clip that is asked for while it is made in the background is not made twice."""
    engine = Slow()
    with hum(engine, tmp_path) as voice:
        prefetch = voice.prefetch([Speech("Halfway")])
        assert engine.begun.acquire(timeout=20)
        found: list[Clip] = []
        asking = threading.Thread(target=lambda: found.append(voice.clip(Speech("Halfway"))))
        asking.start()
        engine.let.release()
        asking.join()
        prefetch.wait()

    assert (len(found), len(engine.spoken)) == (1, 1)


def test_cancelling_begins_nothing_more(tmp_path: Path) -> None:
    """What was begun is finished, the rest is left."""
    engine = Slow()
    with hum(engine, tmp_path) as voice:
        prefetch = voice.prefetch([Speech(f"Phrase {number}") for number in range(50)])
        assert engine.begun.acquire(timeout=20)
        prefetch.cancel()
        for _ in range(50):
            engine.let.release()
        prefetch.wait()

    assert 1 <= len(engine.spoken) < 50
    assert prefetch.done


def test_an_error_in_the_background_is_raised_for_who_waits(tmp_path: Path) -> None:
    """Waiting raises what went wrong; asking for the phrase itself does so too."""
    with hum(Mute(), tmp_path) as voice:
        prefetch = voice.prefetch([Speech("fine"), Speech("x")])
        with pytest.raises(SpeechError, match="could not speak 'x'"):
            prefetch.wait()
        with pytest.raises(SpeechError, match="could not speak 'x'"):
            voice.clip(Speech("x"))


def test_a_tone_can_stand_for_what_cannot_be_spoken(tmp_path: Path) -> None:
    """If the user wants it so, the session goes on with a tone and a line in the report."""
    with hum(Mute(), tmp_path, tone_for_errors="ack") as voice:
        clip = voice.clip(Speech("x"))

    assert clip is BEEP
    assert voice.warnings == ["double could not speak 'x'; a tone stands in its place"]


def test_the_cache_speaks_through_the_warnings(tmp_path: Path) -> None:
    """A damaged entry is made anew, and the user is told once."""
    engine = HummingEngine()
    with hum(engine, tmp_path) as voice:
        voice.clip(Speech("Halfway"))
    (entry,) = (tmp_path / "clips").iterdir()
    entry.write_bytes(entry.read_bytes()[:100])
    with hum(engine, tmp_path) as voice:
        voice.clip(Speech("Halfway"))

    assert len(engine.spoken) == 2
    assert voice.warnings == [f"a damaged clip in the cache {tmp_path} is made anew"]


def test_every_number_fits_into_its_second(voice: Voice) -> None:
    """The numbers 0 to 60 are spoken in at most 0.9 s each, and all are heard."""
    voice.prefetch(Speech(str(number), count=True) for number in range(61)).wait()
    clips = [voice.clip(Speech(str(number), count=True)) for number in range(61)]

    assert [n for n, clip in enumerate(clips) if not 0.15 < clip.seconds <= 0.9 or peak(clip) < 0.1] == []
    assert voice.warnings == []


def test_the_voice_is_heard_as_wanted(voice: Voice) -> None:
    """Instructions come at 140 to 155 words a minute and at -19 LUFS, with no peak above -2.5 dBTP."""
    first = (
        "Lie face down on your forearms, the roller under the working thigh, the other leg out to the side. "
        "Rock slowly forwards and back. Feel firm pressure in the muscle. Stay above the kneecap."
    )
    second = (
        "Sit upright with the front knee bent to a right angle. Fold forward from the hips, keeping your "
        "back straight. Feel the stretch in the outer hip. Back away if anything pinches inside the knee."
    )
    texts = [first, second]
    clips = [voice.clip(Speech(text)) for text in texts]
    heard = sum(len(text.split()) for text in texts) * 60 / sum(clip.seconds for clip in clips)
    loudness = measure((clip.samples for clip in clips), RATE)

    assert 140 <= heard <= 155
    assert loudness.integrated_lufs == pytest.approx(-19, abs=0.7)
    assert loudness.true_peak_dbtp <= -2.5


def test_clips_begin_and_end_without_a_click(voice: Voice) -> None:
    """At both ends the silence is cut to a few milliseconds, and faded."""
    clip = voice.clip(Speech("Halfway."))
    audible = np.flatnonzero(np.abs(clip.samples) > 0.01)

    assert max(abs(clip.samples[0]), abs(clip.samples[-1])) < 0.002
    assert audible[0] < 0.03 * RATE
    assert clip.frames - audible[-1] < 0.05 * RATE


def test_a_warm_start_needs_no_engine(tmp_path: Path) -> None:
    """With a cache that knows voice and phrase, no process is started."""
    with open_voice(cache_folder=tmp_path) as cold:
        made = cold.clip(Speech("Halfway."))
    engine = Pyttsx3Engine(command=("/nonexistent",))
    with open_voice(cache_folder=tmp_path, engine=engine) as warm:
        read = warm.clip(Speech("Halfway."))

    assert (cold.synthesised, warm.synthesised) == (1, 0)
    assert read.samples.tolist() == made.samples.tolist()


def test_two_processes_fill_one_cache(tmp_path: Path) -> None:
    """Two sessions that start at once both end with the same clips, each entry whole."""
    program = tmp_path / "program.py"
    program.write_text(
        "import hashlib, json, sys\n"
        "from pathlib import Path\n"
        "from voicecoach.plan.timeline import Speech\n"
        "from voicecoach.speech.opening import open_voice\n"
        "sounds = [Speech(f'This is phrase number {n}') for n in range(60)]\n"
        "with open_voice(cache_folder=Path(sys.argv[1])) as voice:\n"
        "    voice.prefetch(sounds).wait()\n"
        "    clips = [voice.clip(sound).samples.tobytes() for sound in sounds]\n"
        "print(json.dumps([[hashlib.sha256(clip).hexdigest() for clip in clips], voice.warnings]))\n"
    )
    command = [sys.executable, program, tmp_path / "cache"]
    sessions = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    (clips, warnings), (others, other_warnings) = [json.loads(s.communicate()[0]) for s in sessions]

    assert (clips, warnings) == (others, other_warnings)
    assert warnings == []
    assert len(set(clips)) == ClipCache(tmp_path / "cache").info().entries == 60

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from voicecoach.output.audio import parts
from voicecoach.output.audio.file import AudioFile, is_audio, open_file
from voicecoach.output.audio.kinds import KINDS, Quality
from voicecoach.output.audio.recipe import Recipe
from voicecoach.plan.document import ChapterEntry
from voicecoach.sound.tones import load

RATE = 24_000
LOSSY = [".mp3", ".opus", ".m4a"]


def session(rate: int = RATE) -> tuple[np.ndarray, list[int]]:
    """Return 12 s of tones far from and close to one another, up to the last frame, and their onsets."""
    tone = load("start", rate).samples
    last = 12 * rate - len(tone)
    onsets = [round(at * rate) for at in (0.0, 0.7, 2.0123, 2.6, 3.05, 6.2, 6.9, 9.3377)] + [last]
    samples = np.zeros(12 * rate, np.float32)
    for onset in onsets:
        samples[onset : onset + len(tone)] += tone
    return samples, onsets


def write(path: Path, samples: np.ndarray, **options: object) -> Path:
    """Write a session in blocks of an odd size."""
    channels = samples.shape[1] if samples.ndim > 1 else 1
    options.setdefault("sample_rate", RATE)
    with AudioFile(path, Recipe(KINDS[path.suffix], channels=channels, **options)) as file:
        for first in range(0, len(samples), 7001):
            file.write(samples[first : first + 7001])
    return path


@pytest.mark.parametrize(("tag", "code"), [("fr", "fra"), ("pt-br", "por"), ("de", "deu"), ("", None)])
@pytest.mark.parametrize("suffix", [".m4a", ".m4b"])
def test_the_sound_of_mp4_has_a_language(tmp_path: Path, suffix: str, tag: str, code: str | None) -> None:
    """The stream says in three letters what it is spoken in, as players that choose by it want it."""
    path = write(tmp_path / f"out{suffix}", np.zeros(RATE, np.float32), language=tag)
    with av.open(str(path)) as container:
        found = container.streams.audio[0].metadata.get("language")
    assert (code or "und") == found


def test_the_chapters_of_mp4_have_a_language(tmp_path: Path) -> None:
    """Their track says the same as the sound, and is whole: titles and sound are read back."""
    samples, _ = session()
    chapters = (ChapterEntry("Étirer", 0, 5 * RATE), ChapterEntry("Fini", 5 * RATE, 7 * RATE))
    plain = write(tmp_path / "plain.m4a", samples, chapters=chapters)
    path = write(tmp_path / "out.m4a", samples, chapters=chapters, language="fr-ca")
    with av.open(str(path)) as container:
        assert ["fra", "fra"] == [stream.metadata["language"] for stream in container.streams]
        assert ["Étirer", "Fini"] == [one["metadata"]["title"] for one in container.chapters()]
    differing = [
        at
        for at, pair in enumerate(zip(plain.read_bytes(), path.read_bytes(), strict=True))
        if len({*pair}) > 1
    ]
    assert len(differing) <= 4
    assert np.array_equal(read(plain), read(path))


def read(path: Path, rate: int = RATE) -> np.ndarray:
    """Read a file with PyAV's own decoders, shape (frames, channels)."""
    with av.open(str(path)) as container:
        layout = container.streams.audio[0].codec_context.layout.name
        resampler = av.AudioResampler("fltp", layout, rate)
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        arrays = [part.to_ndarray().copy() for part in (*frames, *resampler.resample(None))]
    return np.concatenate(arrays, axis=1).T


def lags(found: np.ndarray, onsets: list[int], tone: np.ndarray) -> Iterator[int]:
    """Yield by how many frames each tone stands beside its onset."""
    reach = 480
    padded = np.pad(found, (reach, reach + len(tone)))
    for onset in onsets:
        window = padded[onset : onset + len(tone) + 2 * reach]
        yield int(np.correlate(window, tone, "valid").argmax()) - reach


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_lossless_file_has_every_frame(tmp_path: Path, suffix: str, channels: int) -> None:
    """An independent reader finds what was written in blocks: 16 bit, every frame in its place."""
    shape = (3 * RATE, channels) if channels > 1 else (3 * RATE,)
    samples = np.random.default_rng(3).uniform(-1, 1, shape).astype(np.float32)
    samples[RATE : 2 * RATE] = 0
    path = write(tmp_path / f"session{suffix}", samples)
    found, rate = soundfile.read(path, dtype="int16")
    assert RATE == rate
    assert np.array_equal(np.rint(samples * np.float32(32767)), found)


@pytest.mark.parametrize("suffix", LOSSY)
@pytest.mark.parametrize(
    ("rate", "options"),
    [
        (RATE, {"jobs": 2}),
        (RATE, {"jobs": 1}),
        (RATE, {"has_silences": False}),
        (RATE, {"quality": Quality.LOW}),
        (RATE, {"quality": Quality.HIGH}),
        (16_000, {}),
        (48_000, {"jobs": 2}),
    ],
)
def test_a_lossy_file_has_every_tone_in_its_place(
    tmp_path: Path, suffix: str, rate: int, options: dict[str, object]
) -> None:
    """Decoded, each tone stands where it was written, to the frame of 24 kHz, the first and the last too."""
    samples, onsets = session(rate)
    path = write(tmp_path / f"session{suffix}", samples, sample_rate=rate, **options)
    found = read(path, rate)[:, 0]
    assert max(map(abs, lags(found, onsets, load("start", rate).samples))) <= max(0, rate // RATE - 1)
    assert 0 <= len(found) - len(samples) <= rate // 20


@pytest.mark.parametrize("suffix", LOSSY)
def test_parts_that_are_joined_sound_like_a_whole(tmp_path: Path, suffix: str) -> None:
    """What is encoded in parts is as near to the session as what is encoded at once, sound and silence."""
    samples, _ = session()
    whole = read(write(tmp_path / f"whole{suffix}", samples, has_silences=False))[: len(samples), 0]
    joined = read(write(tmp_path / f"joined{suffix}", samples, jobs=2))[: len(samples), 0]
    errors = [float(np.sqrt(np.mean((found - samples) ** 2))) for found in (whole, joined)]
    # A part begins with an empty reservoir of bits, which is less than 2 dB of an error of -80 dB.
    assert errors[1] <= 1.25 * errors[0]
    # A tenth of a second away from all sound there is nothing, not even a click.
    sounding = np.convolve(np.abs(samples) > 0, np.ones(RATE // 5), "same") > 0
    assert np.abs(joined[~sounding]).max() <= max(1e-4, np.abs(whole[~sounding]).max())


@pytest.mark.parametrize("suffix", [*LOSSY, ".wav", ".flac"])
def test_a_file_is_the_same_each_time(tmp_path: Path, suffix: str) -> None:
    """The same session gives the same bytes, on one core and on two, whatever the moment."""
    samples, _ = session()
    first = write(tmp_path / f"first{suffix}", samples, jobs=1)
    second = write(tmp_path / f"second{suffix}", samples, jobs=2)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("suffix", LOSSY)
def test_left_stays_left(tmp_path: Path, suffix: str) -> None:
    """Of two channels each is decoded on its side."""
    mono, _ = session()
    samples = np.stack([mono, np.zeros_like(mono)], axis=1)
    found = read(write(tmp_path / f"session{suffix}", samples, jobs=2))
    left, right = np.sqrt(np.mean(found[: len(mono)] ** 2, axis=0))
    assert right < left / 20


@pytest.mark.parametrize("suffix", LOSSY)
def test_a_lossy_file_is_as_loud_as_the_session(tmp_path: Path, suffix: str) -> None:
    """A steady tone comes back at its level, within a tenth of a dB."""
    tone = 0.5 * np.sin(2 * np.pi * 997 * np.arange(2 * RATE) / RATE).astype(np.float32)
    found = read(write(tmp_path / f"tone{suffix}", tone))[RATE // 2 : RATE, 0]
    level = 20 * np.log10(np.sqrt(np.mean(found**2)) / np.sqrt(np.mean(tone**2)))
    assert pytest.approx(0, abs=0.1) == level


@pytest.mark.parametrize("suffix", [".mp3", ".opus", ".m4a", ".wav", ".flac"])
def test_a_session_without_a_block_is_a_valid_file(tmp_path: Path, suffix: str) -> None:
    """A file to which nothing was written can be opened, and holds next to nothing."""
    path = tmp_path / f"empty{suffix}"
    open_file(path, RATE).close()
    with av.open(str(path)) as container:
        assert sum(frame.samples for frame in container.decode(audio=0)) < RATE // 20


def test_silence_is_not_encoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a long session the encoder gets the sounds alone."""
    samples, _ = session()
    samples = np.concatenate([samples, np.zeros(600 * RATE, np.float32), samples])
    given: list[int] = []
    encoder_of = parts.encoder_of

    class Counting:
        def __init__(self, recipe: Recipe) -> None:
            self._encoder = encoder_of(recipe)
            self.rest = self._encoder.rest

        def packets(self, samples: np.ndarray) -> object:
            given.append(len(samples))
            return self._encoder.packets(samples)

    monkeypatch.setattr(parts, "encoder_of", Counting)
    write(tmp_path / "session.mp3", samples)
    assert sum(given) < 20 * RATE


def test_chapters_of_an_mp4_file(tmp_path: Path) -> None:
    """The container of MP4 keeps chapters itself, in thousandths of a second."""
    samples, _ = session()
    chapters = [ChapterEntry("Roll", 0, 5 * RATE), ChapterEntry("Stretch", 5 * RATE, 7 * RATE)]
    path = write(tmp_path / "session.m4b", samples, chapters=chapters)
    with av.open(str(path)) as container:
        found = [
            (one["metadata"]["title"], float(one["start"] * one["time_base"])) for one in container.chapters()
        ]
    assert [("Roll", 0.0), ("Stretch", 5.0)] == found


def test_a_wave_file_has_room_for_more_than_4_gb(tmp_path: Path) -> None:
    """What would make it RF64 is left free in its head, and every reader passes over it."""
    path = write(tmp_path / "session.wav", np.ones(RATE, np.float32))
    head = path.read_bytes()[:80]
    assert (b"RIFF", b"JUNK") == (head[:4], head[12:16])
    assert RATE == soundfile.info(path).frames


def test_what_is_audio_is_seen_by_its_content(tmp_path: Path) -> None:
    """A name says nothing: text that is called .wav is none, and sound without a suffix is some."""
    (tmp_path / "letter.wav").write_text("Dear hips,")
    write(tmp_path / "session.flac", np.ones(RATE, np.float32)).rename(tmp_path / "session")
    assert (False, True) == (is_audio(tmp_path / "letter.wav"), is_audio(tmp_path / "session"))
    assert not is_audio(tmp_path / "nothing")


def test_an_interrupt_lets_go_of_the_file(tmp_path: Path) -> None:
    """Whatever ends it, the file is closed and the threads end."""

    def interrupted() -> None:
        with file:
            file.write(np.ones(RATE, np.float32))
            raise KeyboardInterrupt

    path = tmp_path / "session.mp3"
    file = AudioFile(path, Recipe(KINDS[".mp3"], RATE, jobs=2))
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("encoder")]
    if sys.platform == "linux":
        assert str(path) not in {os.path.realpath(handle) for handle in Path("/proc/self/fd").iterdir()}

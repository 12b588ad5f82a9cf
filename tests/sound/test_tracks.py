"""Tracks: any kind of file, any rate, any channels; and what is no music."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.tracks import Samples, level, noise, write
from voicecoach.errors import CoachError
from voicecoach.sound.tracks import Track, find_tracks

RATE = 24_000


def decoded(path: Path, channels: int) -> Samples:
    """Return the one track of a path, whole."""
    (track,) = find_tracks(str(path))
    return np.concatenate(list(track.pieces(RATE, channels)))


@pytest.mark.parametrize("wanted", [1, 2])
@pytest.mark.parametrize(
    ("name", "rate", "channels"),
    [
        ("a.wav", 8_000, 1),
        ("a.wav", 96_000, 2),
        ("a.flac", 44_100, 2),
        ("a.mp3", 44_100, 2),
        ("a.mp3", 22_050, 1),
        ("a.ogg", 48_000, 2),
        ("a.ogg", 44_100, 1),
        ("a.m4a", 44_100, 2),
        ("a.opus", 48_000, 2),
        # FFmpeg takes what stands before a colon for a protocol.
        ("http:a.wav", 24_000, 1),
    ],
)
def test_any_kind(name: str, rate: int, channels: int, wanted: int, tmp_path: Path) -> None:
    """A file of any kind comes out whole, at the rate and with the channels of the session."""
    # A tone on each side that every kind keeps: its place and its level tell what became of it.
    t = np.arange(4 * rate) / rate
    sides = [0.2 * np.sin(2 * np.pi * hertz * t) for hertz in (440, 660)[:channels]]
    path = write(tmp_path / name, np.stack(sides, axis=1).astype(np.float32), rate)
    samples = decoded(path, wanted)
    assert (np.float32, wanted) == (samples.dtype, 1 if samples.ndim == 1 else samples.shape[1])
    # AAC and MP3 pad what they are given.
    assert pytest.approx(4 * RATE, abs=0.12 * RATE) == len(samples)
    inside = samples[RATE : 3 * RATE].reshape(-1, wanted)
    loudest = [int(np.abs(np.fft.rfft(side)).argmax()) / 2 for side in inside.T]
    expected = {(1, 1): [440], (1, 2): [440, 440], (2, 2): [440, 660]}
    assert expected.get((channels, wanted), loudest) == loudest
    assert pytest.approx(level(np.stack(sides)), abs=3.1) == level(inside)


def test_more_than_two_channels(tmp_path: Path) -> None:
    """Six channels are mixed down to those of the session."""
    path = write(tmp_path / "a.wav", noise(1, RATE, 6), RATE)
    assert (RATE, 2) == decoded(path, 2).shape
    assert (RATE,) == decoded(path, 1).shape


def test_a_folder_is_played_in_natural_order(tmp_path: Path) -> None:
    """Two comes before ten; what is no audio file, or hidden, or in a folder further in, is passed over."""
    for name in ("10 c.wav", "2 b.WAV", "1 a.flac", "._1 a.flac", "cover.jpg", "list.m3u"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "more.mp3").mkdir()
    for name in ("10 c.wav", "2 b.WAV", "1 a.flac"):
        write(tmp_path / name, noise(0.5, 8_000), 8_000)
    assert ["1 a.flac", "2 b.WAV", "10 c.wav"] == [track.path.name for track in find_tracks(str(tmp_path))]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("missing.mp3", None, "No such file or directory"),
        ("noise.mp3", bytes(range(7, 200)) * 50, "Invalid data"),
        ("text.wav", b"This is no music.", "Invalid data"),
        ("empty.ogg", b"", "(End of file|Invalid data)"),
    ],
)
def test_no_music(name: str, content: bytes | None, reason: str, tmp_path: Path) -> None:
    """What cannot be played is told in one line: the file, the reason, the remedy; in a folder, too."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    for source in (path, *([tmp_path] if content is not None else [])):
        with pytest.raises(CoachError, match=reason) as raised:
            find_tracks(str(source))
        assert str(raised.value).startswith(f"cannot use the music '{path}': ")
        assert str(raised.value).endswith("; give an audio file, such as an mp3, or a folder of them")
        assert "\n" not in str(raised.value)


def test_a_file_without_sound(tmp_path: Path) -> None:
    """A file that holds pictures alone is no music, and neither is a folder without an audio file."""
    import av  # noqa: PLC0415 - here alone

    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 16
        picture = av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8))
        container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    with pytest.raises(CoachError, match="it holds no sound"):
        find_tracks(str(path))
    (tmp_path / "empty").mkdir()
    with pytest.raises(CoachError, match="there are no audio files in the folder itself"):
        find_tracks(str(tmp_path / "empty"))


def test_no_numbers(tmp_path: Path) -> None:
    """Values that are no numbers never reach a loudspeaker."""
    samples = noise(2, RATE)
    samples[RATE] = np.nan
    soundfile.write(tmp_path / "a.wav", samples, RATE, "FLOAT")
    with pytest.raises(CoachError, match="it holds values that are no numbers"):
        decoded(tmp_path / "a.wav", 1)


def test_loudness_is_that_of_the_channels_it_is_heard_on(tmp_path: Path) -> None:
    """The same tone on two channels is 3 LU louder than on one, as BS.1770 has it: -23 and -20 LUFS."""
    tone = 0.1 * np.sin(2 * np.pi * 997 * np.arange(5 * RATE) / RATE)
    (track,) = find_tracks(str(write(tmp_path / "a.wav", tone[:, np.newaxis].astype(np.float32), RATE)))
    assert pytest.approx(-23.0, abs=0.2) == track.loudness(RATE, 1)
    two = np.repeat(tone[:, np.newaxis], 2, axis=1).astype(np.float32)
    (track,) = find_tracks(str(write(tmp_path / "b.wav", two, RATE)))
    assert (2, pytest.approx(-20.0, abs=0.2)) == (track.channels, track.loudness(RATE, 2))


def test_silence_is_no_music(tmp_path: Path) -> None:
    """A silent track is told, before anybody waits for it."""
    (track,) = find_tracks(str(write(tmp_path / "a.wav", np.zeros((RATE, 1), np.float32), RATE)))
    with pytest.raises(CoachError, match=r"it is silent, or shorter than 0\.4 s"):
        track.loudness(RATE, 1)


@pytest.mark.long
def test_memory_is_flat(tmp_path: Path) -> None:
    """A track of ten minutes takes no more memory than its pieces."""
    path = tmp_path / "long.wav"
    with soundfile.SoundFile(path, "w", RATE, 2) as file:
        for _ in range(600):
            file.write(noise(1, RATE, 2))
    tracemalloc.start()
    frames = sum(len(piece) for piece in Track(path, 2).pieces(RATE, 2))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 600 * RATE == frames
    assert peak < 2_000_000

"""Decoding and resampling: nothing is lost, nothing is moved."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from tests.encoding import encode
from voicecoach.errors import CoachError
from voicecoach.sound.clip import Clip, Samples
from voicecoach.sound.decode import Mark, decode, open_stream, resample, to_mono

RATES = (8_000, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000)


def blip(sample_rate: int) -> Samples:
    """Return a second with a short wave around its middle, far below the edge of every rate."""
    t = np.arange(sample_rate) / sample_rate - 0.5
    return (0.5 * np.exp(-((t / 0.003) ** 2)) * np.sin(2 * np.pi * 900 * t)).astype(np.float32)


@given(frames=st.integers(0, 50_000), old=st.sampled_from(RATES), new=st.sampled_from(RATES))
def test_length_at_another_rate(frames: int, old: int, new: int) -> None:
    """A clip of any length, even shorter than a filter, is as long at another rate, to the nearest frame."""
    clip = resample(Clip(np.ones(frames, np.float32), old), new)
    assert (clip.frames, clip.sample_rate, clip.samples.dtype) == (round(frames * new / old), new, np.float32)


@pytest.mark.parametrize("old", RATES)
@pytest.mark.parametrize("new", RATES)
def test_nothing_moves(old: int, new: int) -> None:
    """At another rate the same wave stands at the same time: the filter delays nothing."""
    assert np.abs(resample(Clip(blip(old), old), new).samples - blip(new)).max() < 0.001


def test_resampling_keeps_its_input() -> None:
    """A clip that was resampled is what it was before."""
    clip = Clip(blip(48_000), 48_000)
    resample(clip, 24_000)
    assert np.array_equal(blip(48_000), clip.samples)


@pytest.mark.parametrize(
    ("name", "subtype", "error"),
    [
        ("a.wav", "PCM_U8", 0.01),
        ("a.wav", "PCM_16", 0.001),
        ("a.wav", "PCM_24", 0.001),
        ("a.wav", "DOUBLE", 0.001),
        ("a.aiff", "PCM_16", 0.001),
        ("a.flac", "PCM_16", 0.001),
        ("a.ogg", "VORBIS", 0.05),
        ("a.mp3", "MPEG_LAYER_III", 0.05),
        # FFmpeg takes what stands before a colon for a protocol.
        ("http:a.wav", "PCM_16", 0.001),
        # AIFF under the name of WAV, as the voices of macOS write it.
        ("aiff", "PCM_16", 0.001),
    ],
)
def test_any_kind(name: str, subtype: str, error: float, tmp_path: Path) -> None:
    """A file of any kind is read for what it holds, not for its name."""
    path = tmp_path / name
    kind = "AIFF" if name == "aiff" else None
    soundfile.write(path, blip(44_100), 44_100, subtype, format=kind)
    path = path.rename(tmp_path / "named.wav") if kind else path
    decoded = decode(path, 24_000).samples[:23_000]
    assert np.abs(decoded - blip(24_000)[: len(decoded)]).max() < error


@pytest.mark.parametrize(("right", "factor"), [(1.0, 1.0), (0.0, 0.5), (-1.0, 0.0)])
def test_channels_are_averaged(right: float, factor: float, tmp_path: Path) -> None:
    """Two channels alike are as loud as one, so that full scale stays full scale."""
    soundfile.write(tmp_path / "a.wav", np.outer(blip(24_000), (1.0, right)), 24_000, "FLOAT")
    assert np.abs(decode(tmp_path / "a.wav", 24_000).samples - factor * blip(24_000)).max() < 1e-6


def test_too_long(tmp_path: Path) -> None:
    """Reading gives up beyond the length that was asked for, and not at it."""
    path = tmp_path / "a.wav"
    soundfile.write(path, blip(24_000), 24_000)
    assert decode(path, 24_000, longest=1.0).frames == 24_000
    with pytest.raises(CoachError, match=r"it is longer than 0\.9 seconds"):
        decode(path, 24_000, longest=0.9)


def test_no_numbers(tmp_path: Path) -> None:
    """Values that are no numbers never reach a loudspeaker."""
    soundfile.write(tmp_path / "a.wav", np.array([0.0, np.nan, 0.5]), 24_000, "FLOAT")
    with pytest.raises(CoachError, match="it holds values that are no numbers"):
        decode(tmp_path / "a.wav", 24_000)


@pytest.mark.parametrize(("name", "reason"), [("missing.wav", "No such file"), ("", "Is a directory")])
def test_no_file(name: str, reason: str, tmp_path: Path) -> None:
    """A path without a file ends in one line that names the path, the reason and the remedy."""
    path = tmp_path / name
    with pytest.raises(CoachError) as raised:
        decode(path, 24_000)
    assert str(raised.value).startswith(f"cannot use the sound '{path}': {reason}")
    assert str(raised.value).endswith("; put another there, such as a 16 bit WAV")


def test_a_stream_is_what_decoding_gives(tmp_path: Path) -> None:
    """Block by block, at its own rate and at another, come the very frames of the clip."""
    path = tmp_path / "a.flac"
    soundfile.write(path, np.stack([blip(48_000), blip(48_000) / 2], axis=1), 48_000, "PCM_16")
    for rate in (48_000, 24_000):
        with open_stream(path, rate) as stream:
            assert (rate, 2, rate == 48_000, rate) == (
                stream.sample_rate,
                stream.channels,
                stream.is_exact,
                stream.expected,
            )
            mono = np.concatenate([to_mono(block) for block in stream.blocks])
        assert np.abs(mono - decode(path, rate).samples[: len(mono)]).max() < 1e-6
        assert rate == len(mono)


def test_a_stream_that_cannot_be_read(tmp_path: Path) -> None:
    """What is no sound, or has values that are no numbers, is told in one line that names the file."""
    text, numbers = tmp_path / "a.wav", tmp_path / "b.wav"
    text.write_text("no sound")
    soundfile.write(numbers, np.full(100, np.nan, np.float32), 24_000, "FLOAT")
    for path in (text, numbers, tmp_path, tmp_path / "nowhere.wav"):
        with pytest.raises(CoachError, match=f"^cannot read {path}: "), open_stream(path) as stream:
            list(stream.blocks)


def test_chapters_come_in_their_order(tmp_path: Path) -> None:
    """However a file lists its chapters, they come as they are heard."""
    chapters = [("Last", 0.6, 1.0), ("First", 0.0, 0.3), ("Middle", 0.3, 0.6)]
    path = encode(np.zeros(24_000, np.int16), 24_000, tmp_path / "a.mp3", chapters=chapters)
    with open_stream(path) as stream:
        assert (Mark("First", 0.0), Mark("Middle", 0.3), Mark("Last", 0.6)) == stream.marks

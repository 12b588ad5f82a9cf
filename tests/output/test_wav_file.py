import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.errors import OutputError
from voicecoach.output import wav_file
from voicecoach.output.sink import open_file

RATE = 24_000


def test_an_independent_reader_finds_the_session(tmp_path: Path) -> None:
    """What was written in blocks is read back as one: mono, 16 bit, every frame in its place."""
    samples = np.random.default_rng(3).uniform(-1, 1, 3 * RATE).astype(np.float32)
    sink = open_file(tmp_path / "session.wav", RATE)
    for first in range(0, len(samples), 700):
        sink.write(samples[first : first + 700])
    sink.close()
    read, rate = soundfile.read(tmp_path / "session.wav", dtype="int16")
    assert RATE == rate
    assert np.array_equal(np.rint(samples * np.float32(32767)), read)


def test_a_session_without_a_block_is_a_valid_file(tmp_path: Path) -> None:
    """A file to which nothing was written has a header and no frames."""
    open_file(tmp_path / "empty.wav", RATE).close()
    with wave.open(str(tmp_path / "empty.wav")) as file:
        assert (0, 1, 2, RATE) == (
            file.getnframes(), file.getnchannels(), file.getsampwidth(), file.getframerate()
        )  # fmt: skip


def test_a_file_too_long_for_its_header_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The block that would overflow the header is an error that says so; what came before stays sound."""
    monkeypatch.setattr(wav_file, "MOST_BYTES", 2 * RATE)
    sink = open_file(tmp_path / "long.wav", RATE)
    sink.write(np.zeros(RATE, np.float32))
    with pytest.raises(OutputError, match="at most 0:01 h of sound"):
        sink.write(np.zeros(1, np.float32))
    sink.close()
    assert RATE == soundfile.info(tmp_path / "long.wav").frames


def test_the_limit_is_what_the_header_can_count() -> None:
    """The longest file has a length that fits into 32 bits, and a frame more would not."""
    assert (2**32 - 1) - 36 == wav_file.MOST_BYTES


def test_two_channels(tmp_path: Path) -> None:
    """Left and right are read back frame for frame, also where a block is silent or lies oddly in memory."""
    sides = np.random.default_rng(3).uniform(-1, 1, (2, RATE)).astype(np.float32)
    sides[:, 700:1400] = 0
    sink = open_file(tmp_path / "session.wav", RATE, 2)
    for first in range(0, RATE, 700):
        sink.write(sides[:, first : first + 700].T)
    sink.close()
    read, rate = soundfile.read(tmp_path / "session.wav", dtype="int16")
    assert RATE == rate
    assert np.array_equal(np.rint(sides.T * np.float32(32767)), read)


def test_two_channels_fill_a_file_twice_as_fast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the header can count is bytes: with two channels it ends after half the time."""
    monkeypatch.setattr(wav_file, "MOST_BYTES", 4 * RATE + 3)
    sink = open_file(tmp_path / "long.wav", RATE, 2)
    sink.write(np.zeros((RATE, 2), np.float32))
    with pytest.raises(OutputError, match="at most 0:01 h of sound"):
        sink.write(np.zeros((1, 2), np.float32))
    sink.close()
    assert RATE == soundfile.info(tmp_path / "long.wav").frames

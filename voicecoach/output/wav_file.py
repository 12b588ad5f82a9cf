"""WAV files: 16 bit PCM, written as the blocks come."""

import wave
from pathlib import Path

from voicecoach.errors import OutputError
from voicecoach.output.pcm import SAMPLE_BYTES, frame_bytes, to_pcm16
from voicecoach.output.sink import Block
from voicecoach.units import clock

MOST_BYTES = 2**32 - 1 - 36
"""How much sound fits: the header counts all bytes but its first 8 in 32 bits, and has 44 itself."""


class WavFile:
    """Write a session to a WAV file."""

    def __init__(self, path: Path, sample_rate: int, channels: int = 1) -> None:
        """Begin the file; what stood in it is gone."""
        self._sample_rate = sample_rate
        self._frame_bytes = frame_bytes(channels)
        self._bytes = 0
        self._wave = wave.open(str(path), "wb")  # noqa: SIM115 - it is closed by close()
        self._wave.setnchannels(channels)
        self._wave.setsampwidth(SAMPLE_BYTES)
        self._wave.setframerate(sample_rate)

    def write(self, block: Block) -> None:
        """Append a block.

        Raises:
            OutputError: the file would grow beyond what its header can count.
            OSError: the disk is full, or the like.
        """
        self._bytes += len(block) * self._frame_bytes
        if self._bytes > MOST_BYTES:
            longest = clock(MOST_BYTES / self._frame_bytes / self._sample_rate)
            message = f"a .wav file holds at most {longest} h of sound; export the session in parts"
            raise OutputError(message)
        self._wave.writeframesraw(to_pcm16(block))

    def close(self) -> None:
        """Complete the header and close the file."""
        self._wave.close()


def open_file(path: Path, sample_rate: int, channels: int = 1) -> WavFile:
    """Open a WAV file to be written."""
    return WavFile(path, sample_rate, channels)

"""A program that is voicecoach with one more device: it says when the first sound reached it, and ends all.

It prints the moment, of the clock that all processes share, at which the first block with any sound in it
was written.
"""

import time
from typing import NoReturn

from voicecoach.cli import main
from voicecoach.output.sink import DEVICES, Block

NAME = "first-sound"


class FirstSound:
    """Take blocks at once, until one can be heard."""

    underruns = 0

    @staticmethod
    def write(block: Block) -> None:
        """Look at a block."""
        if block.any():
            print(time.monotonic(), flush=True)
            finish()

    @staticmethod
    def heard() -> int:
        """Return nothing: it ends before anything could sound."""
        return 0

    @staticmethod
    def halt() -> int:
        """Return nothing, as above."""
        return 0

    def close(self) -> None:
        """Let go of nothing."""


def finish() -> NoReturn:
    """End the session, as a signal does."""
    raise SystemExit(0)


def open_device(
    sample_rate: int, output: str | None = None, channels: int = 1, buffer: float | None = None
) -> FirstSound:
    """Return the device, for the table of devices."""
    del sample_rate, output, channels, buffer
    return FirstSound()


if __name__ == "__main__":
    DEVICES[NAME] = "first_sound"
    main()

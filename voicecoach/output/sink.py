"""The protocol of an output, and the tables of all outputs.

A sink is one verb and a close. Where a device keeps time, `write` blocks: it is the clock of the
session. A device sink can also say what has been heard, and fall silent at once.
"""

from typing import Protocol

from voicecoach.sound.clip import Samples

Block = Samples
"""A piece of the session: mono float32, shape (frames,), any length. Read-only to a sink."""


class Sink(Protocol):
    """Take the blocks of a session, in order."""

    def write(self, block: Block) -> None:
        """Take one block; on a device, wait until it has room for it.

        Raises:
            OutputError: the device is lost, the disk is full.
        """

    def close(self) -> None:
        """Let all that was written be heard, or completed on disk, and let go of the output."""


class DeviceSink(Sink, Protocol):
    """A sink that is heard as it is written, at the pace of the session."""

    def heard(self) -> int:
        """Return how many of the frames written so far have sounded."""

    def halt(self) -> int:
        """Fall silent at once, forget what has not sounded yet, and return how many frames that were.

        Writing may go on afterwards: the device is then as it was when it was opened.
        """

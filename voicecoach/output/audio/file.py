"""The sink of all audio files: blocks of a session in, one file out."""

from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import av

from voicecoach.output.audio.kinds import kind_of
from voicecoach.output.audio.muxer import Muxer
from voicecoach.output.audio.parts import Packets, Parts, Whole, silent_packet
from voicecoach.output.audio.recipe import Recipe
from voicecoach.output.sink import Block


def open_file(path: Path, sample_rate: int, channels: int = 1) -> "AudioFile":
    """Open a file to be written, of the kind that its suffix says, as that is usually made.

    Raises:
        ChoiceError: no kind of file has this suffix, or not this sample rate.
        OSError: the file cannot be written; `replacing` says why, and what to do.
    """
    return AudioFile(path, Recipe(kind_of(path), sample_rate, channels))


def is_audio(path: Path) -> bool:
    """Tell whether a file is one that can be heard, by what stands in it."""
    try:
        with path.open("rb") as file, av.open(file, "r") as container:
            return bool(container.streams.audio)
    except (av.FFmpegError, OSError, ValueError):
        return False


class AudioFile:
    """Write a session to an audio file. As a context it is closed at any end, and complete at a good one."""

    def __init__(self, path: Path, recipe: Recipe) -> None:
        """Begin the file; what stood in it is gone.

        Raises:
            OSError: it cannot be written.
        """
        grid = recipe.grid
        self._silent = silent_packet(recipe, grid) if grid else None
        self._packets: Packets = (
            Parts(recipe, grid, self._silent)
            if grid and self._silent and recipe.has_silences
            else Whole(recipe)
        )
        self._frames, self._is_open = 0, True
        self._muxer = Muxer(path, recipe)

    def write(self, block: Block) -> None:
        """Append a block.

        Raises:
            OSError: the disk is full, or the like; the file is closed, and will not be complete.
        """
        self._frames += len(block)
        try:
            for packet in self._packets.of(block):
                self._muxer.put(packet)
        except BaseException:
            self.abandon()
            raise

    def close(self) -> None:
        """Encode what is left, and complete the file; one that was let go of stays as it is.

        Raises:
            OSError: the disk is full, or the like.
        """
        if not self._is_open:
            return
        try:
            self._muxer.end(self._packets.rest(), self._silent, self._frames)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of everything, whether or not the file is complete."""
        self._is_open = False
        self._packets.abandon()
        # Of a file that is not complete FFmpeg writes the end nevertheless, if it can.
        with suppress(av.FFmpegError, OSError):
            self._muxer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()

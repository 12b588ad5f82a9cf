"""The sink of all audio files: blocks of a session in, one file out."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import av

from voicecoach.output.audio.encoders import Packet
from voicecoach.output.audio.kinds import kind_of
from voicecoach.output.audio.muxer import Muxer
from voicecoach.output.audio.parts import Packets, Parts, Whole, silent_packet
from voicecoach.output.audio.recipe import Recipe
from voicecoach.output.sink import Block

_AHEAD = 4
"""Pieces that may wait to be written."""
_TOGETHER = 16
"""Packets that make a piece worth a hand-over to the thread that writes."""


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
    """Write a session to an audio file. As a context it is closed at any end, and complete at a good one.

    The file is written by a thread of its own: where FFmpeg calls back to have bytes written, an exception
    that a signal raises would end the program at once, and nothing would be tidied. Signals are the main
    thread's alone.
    """

    def __init__(self, path: Path, recipe: Recipe) -> None:
        """Begin the file; what stood in it is gone.

        Raises:
            OSError: it cannot be written.
        """
        self._recipe, self._frames = recipe, 0
        # Opened here and not by name: FFmpeg takes a colon in a name for the end of a protocol.
        self._file = _Disk(path)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._ready: list[Packet] = []
        """Packets that wait for others, to be written together."""
        self._pending: deque[Future[None]] = deque()
        self._muxer: Muxer | None = None
        grid = recipe.grid
        self._packets: Packets = Parts(recipe, grid) if grid and recipe.has_silences else Whole(recipe)
        try:
            self._muxer = self._writer.submit(Muxer, self._file, recipe).result()
        except BaseException:
            self.abandon()
            raise

    def write(self, block: Block) -> None:
        """Append a block.

        Raises:
            OSError: the disk is full, or the like; the file is closed, and will not be complete.
        """
        self._frames += len(block)
        try:
            self._ready += self._packets.of(block)
            if len(self._ready) >= _TOGETHER:
                self._pending.append(self._writer.submit(self._put, self._ready))
                self._ready = []
            self._wait(_AHEAD)
        except BaseException:
            self.abandon()
            raise

    def close(self) -> None:
        """Encode what is left, and complete the file; one that was let go of stays as it is.

        Raises:
            OSError: the disk is full, or the like.
        """
        if self._file.closed:
            return
        grid = self._recipe.grid
        try:
            silent = silent_packet(self._recipe, grid) if grid else None
            packets = [*self._ready, *self._packets.rest()]
            self._wait(0)
            self._writer.submit(self._end, packets, silent).result()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of everything, whether or not the file is complete."""
        self._packets.abandon()
        self._writer.shutdown(cancel_futures=True)
        if self._muxer and not self._file.closed:
            # By another thread, too: what was not complete is written now, to nowhere.
            self._file.is_deaf = True
            with ThreadPoolExecutor(1) as last, suppress(av.FFmpegError, OSError):
                last.submit(self._muxer.close).result()
        self._file.close()

    def _wait(self, most: int) -> None:
        """Wait until no more than so many pieces are on their way to the file."""
        while len(self._pending) > most:
            self._pending.popleft().result()

    def _put(self, packets: Sequence[Packet]) -> None:
        assert self._muxer  # noqa: S101 - it is there from the start
        for packet in packets:
            self._muxer.put(packet)

    def _end(self, packets: Sequence[Packet], silent: Packet | None) -> None:
        assert self._muxer  # noqa: S101 - as above
        self._muxer.end(packets, silent, self._frames)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()


class _Disk:
    """A file that fails once: what FFmpeg writes after that, to tidy up, goes nowhere, and is no error."""

    is_deaf = False
    """Whether what is written goes nowhere."""

    def __init__(self, path: Path) -> None:
        # FFmpeg collects what it writes: with another buffer in between, a fault would show in a seek.
        self._raw = path.open("wb", buffering=0)

    def write(self, content: bytes) -> int:
        """Write all of it."""
        rest = memoryview(content)
        while rest and not self.is_deaf:
            try:
                rest = rest[self._raw.write(rest) :]
            except OSError:
                self.is_deaf = True
                raise
        return len(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move to another place."""
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return self._raw.tell()

    def close(self) -> None:
        """Close the file; done more than once, it changes nothing."""
        self._raw.close()

    @property
    def closed(self) -> bool:
        """Tell whether it is closed."""
        return self._raw.closed

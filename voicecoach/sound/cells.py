"""Cells: a session in stretches of one length, each either silent or sound."""

from collections.abc import Iterator

import numpy as np

from voicecoach.sound.clip import Samples

_LOOKED_AT = 64
"""Cells that are looked at together."""


class Cells:
    """Take blocks of any length, and yield cells as they are complete, each with whether it sounds."""

    def __init__(self, frames: int, channels: int = 1, threshold: float = 0.0) -> None:
        """Begin with nothing.

        Args:
            frames: of a cell.
            channels: of the blocks.
            threshold: the highest magnitude that still counts as silence.
        """
        self._frames, self._threshold = frames, threshold
        shape = (_LOOKED_AT * frames,) if channels == 1 else (_LOOKED_AT * frames, channels)
        self._buffer: Samples = np.zeros(shape, np.float32)
        self._filled = 0

    def add(self, block: Samples) -> Iterator[tuple[Samples, bool]]:
        """Take the next block, and yield the cells that it completes; they are valid until the next one."""
        while len(block):
            room = len(self._buffer) - self._filled
            piece, block = block[:room], block[room:]
            self._buffer[self._filled : self._filled + len(piece)] = piece
            self._filled += len(piece)
            if self._filled == len(self._buffer):
                self._filled = 0
                yield from self._look(self._buffer)

    def rest(self) -> Iterator[tuple[Samples, bool]]:
        """Yield the cells that are left, with silence added up to the end of the last one."""
        whole = -(-self._filled // self._frames) * self._frames
        self._buffer[self._filled : whole] = 0
        self._filled = 0
        yield from self._look(self._buffer[:whole])

    def _look(self, samples: Samples) -> Iterator[tuple[Samples, bool]]:
        cells = samples.reshape(-1, self._frames, *samples.shape[1:])
        heard = cells if self._threshold == 0 else np.abs(cells) > self._threshold
        sounding = np.asarray(heard.any(axis=tuple(range(1, cells.ndim))))
        yield from zip(cells, sounding.tolist(), strict=True)

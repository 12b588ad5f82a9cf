"""Cut a session where it is silent, so that its parts can be encoded each for itself.

An encoder that begins in digital silence has nothing to remember, and one that has been silent for some
packets has forgotten: parts that are cut there and joined again sound as if they had never been apart.
The cuts lie on the borders of packets.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from voicecoach.output.audio.kinds import Grid
from voicecoach.sound.cells import Cells
from voicecoach.sound.clip import Samples

CELL_SECONDS = 0.1
"""About how long a stretch is that is looked at as one: either all silent, or sound."""
LEAD_CELLS = 1
"""Cells of silence before a sound with which its part begins: the encoder is under way when it comes."""
PAUSE_SECONDS = 1.0
"""A shorter silence is no place to cut: it takes less to encode it than to open another encoder."""
_SETTLING = 2
"""Packets after a sound and the encoder's delay until nothing of it is left in the encoder."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A part of the session that is to be encoded."""

    samples: Samples
    """From the border of one packet to that of another; silent at both ends, but for those of the session."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A part of the session in which every packet is the same."""

    packets: int


Stretch = Sound | Silence


class Cutter:
    """Take blocks of any length, and yield stretches as they are complete."""

    def __init__(self, grid: Grid, sample_rate: int, channels: int = 1) -> None:
        """Begin at the border of a packet."""
        self._packets = max(1, round(CELL_SECONDS * sample_rate / grid.frames))
        cell = self._packets * grid.frames
        self._tail = -(-(grid.delay + _SETTLING * grid.frames) // cell)
        # Silence that would not leave a cell between two parts is no place to cut, either.
        self._pause = max(self._tail + LEAD_CELLS + 1, round(PAUSE_SECONDS * sample_rate / cell))
        self._cells = Cells(cell, channels)
        self._part: list[Samples] = []
        """The cells of the part that is not complete."""
        self._quiet = 0
        """How many of its last cells are silent."""
        self._silent = 0
        """Silent cells that belong to no part."""

    def add(self, block: Samples) -> Iterator[Stretch]:
        """Take the next block, and yield the stretches that it completes."""
        yield from self._stretches(self._cells.add(block))

    def rest(self) -> Iterator[Stretch]:
        """Yield what is left, silence added up to the end of a cell."""
        yield from self._stretches(self._cells.rest())
        if self._part:
            yield self._taken(0)
        if self._silent:
            yield Silence(self._silent * self._packets)
            self._silent = 0

    def _stretches(self, cells: Iterable[tuple[Samples, bool]]) -> Iterator[Stretch]:
        for cell, sounds in cells:
            if sounds and not self._part:
                lead = min(LEAD_CELLS, self._silent)
                if self._silent > lead:
                    yield Silence((self._silent - lead) * self._packets)
                self._silent = 0
                self._part = [np.zeros_like(cell)] * lead
            if not sounds and not self._part:
                self._silent += 1
                continue
            # A copy: the memory of a cell is used again.
            self._part.append(cell.copy())
            self._quiet = 0 if sounds else self._quiet + 1
            if self._quiet >= self._pause:
                yield self._taken(self._quiet - self._tail)

    def _taken(self, silent: int) -> Sound:
        """Return the part without its last silent cells, and begin anew after it."""
        cells = self._part[: len(self._part) - silent]
        self._part, self._quiet, self._silent = [], 0, silent
        return Sound(np.concatenate(cells))

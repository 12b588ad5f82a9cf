"""Islands: the stretches of sound in a session, between its silences."""

from dataclasses import dataclass

import numpy as np

from voicecoach.output.pcm import to_pcm16
from voicecoach.output.sink import Block

GAP = 0.05
"""Seconds of digital silence that end an island."""
LONGEST = 20.0
"""Seconds after which an island is cut though it sounds on: music has no silence, and memory is bounded."""


@dataclass(frozen=True, slots=True)
class Island:
    """A stretch of sound: neither empty nor silent at either end."""

    start: int
    """Its first frame, counted from the first frame written."""
    pcm: bytes
    """As `to_pcm16` makes it."""


class Islands:
    """Collect blocks until an island is complete."""

    def __init__(self, sample_rate: int) -> None:
        """Begin at frame 0."""
        self._gap = round(GAP * sample_rate)
        self._longest = round(LONGEST * sample_rate)
        self.clear()

    def clear(self) -> None:
        """Forget everything, and begin at frame 0 again."""
        self.written = 0
        """How many frames have been added."""
        self.start: int | None = None
        """The first frame of the island that is not complete, if there is one."""
        self._blocks: list[Block] = []
        self._silent = 0

    def add(self, block: Block) -> Island | None:
        """Add a block, and return the island that it completes, if it does."""
        # The frame of each number that is not 0, in order, whatever the channels.
        sounding = np.nonzero(block)[0]
        if sounding.size:
            self._silent = len(block) - 1 - int(sounding[-1])
            if self.start is None:
                self.start = self.written + int(sounding[0])
                block, self.written = block[sounding[0] :], self.start
        else:
            self._silent += len(block)
        self.written += len(block)
        if self.start is None:
            return None
        # A copy: the writer may use its memory again.
        self._blocks.append(block.copy())
        over = self._silent >= self._gap or self.written - self.start >= self._longest
        return self.take() if over else None

    def take(self) -> Island | None:
        """Return what there is of the present island, as if it were complete."""
        if self.start is None:
            return None
        samples = np.concatenate(self._blocks)
        island = Island(self.start, to_pcm16(samples[: len(samples) - self._silent]))
        self.start, self._blocks = None, []
        return island

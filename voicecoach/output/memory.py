"""An output in memory: what was written is there to be looked at."""

import numpy as np

from voicecoach.output.sink import Block
from voicecoach.sound.clip import Samples


class MemorySink:
    """Collect the blocks of a session; as a device, sound each a fixed delay later."""

    def __init__(self, latency: int = 0) -> None:
        """Stand for a device that holds `latency` frames that have not sounded yet."""
        self.latency = latency
        self.underruns = 0
        self.blocks: list[Block] = []
        """All that has sounded or will, as it was written."""
        self.closed = False
        self._written = 0

    @property
    def samples(self) -> Samples:
        """Return all blocks as one, without what a halt cut off."""
        return np.concatenate(self.blocks or [np.zeros(0, np.float32)])

    def write(self, block: Block) -> None:
        """Keep a copy of a block: the writer may use its memory again."""
        self.blocks.append(block.copy())
        self._written += len(block)

    def ready(self, seconds: float) -> bool:
        """Return True: no block is waited for longer than it lasts."""
        del seconds
        return True

    def heard(self) -> int:
        """Return how many frames have sounded since it was opened or last halted."""
        return max(0, self._written - self.latency)

    def halt(self) -> int:
        """Forget the frames that have not sounded, and return how many they were."""
        unheard = self._written - self.heard()
        if unheard:
            self.blocks = [self.samples[:-unheard]]
        self._written = 0
        return unheard

    def close(self) -> None:
        """Note that the session has ended."""
        self.closed = True

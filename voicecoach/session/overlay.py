"""An overlay: a short sound over whatever is heard, which goes on beneath it, softer."""

import numpy as np

from voicecoach import units
from voicecoach.output.sink import Block
from voicecoach.sound.clip import Samples

BENEATH_DB = -9.0
"""How much softer all else is meanwhile: the answer to a command is heard over speech, and nothing clips."""
ON_TOP_DB = -4.0
"""How much softer it is itself than on its own: with what is beneath, it stays below full scale."""


class Overlay:
    """Lay a sound over the blocks that follow."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._rest: Samples = np.zeros(0, np.float32)

    def begin(self, sound: Samples, channels: int) -> None:
        """Let a sound, shape (frames,), be heard from the next block on."""
        loud = sound * np.float32(units.gain(ON_TOP_DB))
        self._rest = loud if channels == 1 else np.repeat(loud[:, np.newaxis], channels, axis=1)

    def clear(self) -> None:
        """Forget what was not heard of it."""
        self._rest = self._rest[:0]

    def over(self, block: Block) -> Block:
        """Return a block with the sound over it; the very block where there is none."""
        if not len(self._rest):
            return block
        piece, self._rest = self._rest[: len(block)], self._rest[len(block) :]
        mixed: Block = block.copy()
        mixed[: len(piece)] *= np.float32(units.gain(BENEATH_DB))
        mixed[: len(piece)] += piece
        return mixed

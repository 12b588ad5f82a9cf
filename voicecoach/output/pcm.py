"""PCM as devices and plain files take it: 16 bit, mono, little-endian."""

from functools import lru_cache

import numpy as np

from voicecoach.output.sink import Block

FRAME_BYTES = 2
"""Bytes of one frame."""
FULL_SCALE = 32767
"""What 1.0 becomes; -1.0 is its negative, so that no sound is shifted."""


def to_pcm16(block: Block) -> bytes:
    """Return a block as 16 bit PCM: rounded to the nearest step, clipped at full scale.

    A silent block costs next to nothing: its bytes are shared.
    """
    if not block.any():
        return silence(len(block))
    scaled = np.clip(block, -1.0, 1.0) * np.float32(FULL_SCALE)
    pcm: bytes = np.rint(scaled).astype("<i2").tobytes()
    return pcm


@lru_cache(maxsize=16)
def silence(frames: int) -> bytes:
    """Return so many frames of digital silence."""
    return bytes(frames * FRAME_BYTES)

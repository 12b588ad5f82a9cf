"""PCM as devices and plain files take it: 16 bit, little-endian, the channels of a frame side by side."""

from functools import lru_cache

import numpy as np

from voicecoach.output.sink import Block
from voicecoach.sound.render import is_silence

SAMPLE_BYTES = 2
"""Bytes of one frame on one channel."""
FULL_SCALE = 32767
"""What 1.0 becomes; -1.0 is its negative, so that no sound is shifted."""


def frame_bytes(channels: int) -> int:
    """Return the bytes of one frame."""
    return channels * SAMPLE_BYTES


def to_pcm16(block: Block) -> bytes:
    """Return a block as 16 bit PCM: rounded to the nearest step, clipped at full scale.

    A silent block of a renderer costs next to nothing: its bytes are shared, and it is not looked at.
    """
    if is_silence(block):
        return silence(block.size * SAMPLE_BYTES)
    scaled = block * np.float32(FULL_SCALE)
    np.clip(scaled, -FULL_SCALE, FULL_SCALE, out=scaled)
    pcm: bytes = np.rint(scaled, out=scaled).astype("<i2").tobytes()
    return pcm


@lru_cache(maxsize=16)
def silence(size: int) -> bytes:
    """Return so many bytes of digital silence."""
    return bytes(size)

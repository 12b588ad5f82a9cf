"""Limits: how far a file may be from its plan, by what its codec keeps of the sound.

The figures were measured on whole sessions, encoded by FFmpeg: FLAC, MP3 (64 kbit/s), AAC (64) and Opus (32).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Limits:
    """What is allowed."""

    onset: float
    """Seconds by which a tone, or the length of a hold, may differ."""
    length: float
    """Seconds by which a file may be longer than its plan: codecs fill their last block."""
    silence_db: float
    """The highest peak, in dBFS, of what is taken for silence."""
    guard: float
    """Seconds around each sound that are not taken for silence: codecs ring before and after it."""
    least_like: float
    """How unlike itself a tone may be, anywhere in it."""
    has_clean_edges: bool
    """Whether digital silence within speech stays digital silence, so that a hole in it can be told."""


EXACT = Limits(5e-5, 5e-5, silence_db=-80.0, guard=0.0, least_like=0.98, has_clean_edges=True)
"""Where each frame comes back: one frame at 24 kHz is 0.042 ms."""
LOSSY = Limits(1e-3, 0.1, silence_db=-50.0, guard=0.1, least_like=-math.inf, has_clean_edges=False)
"""Opus: onsets were within 0.032 ms, silence 0.1 s from any sound below -59 dBFS; pieces of tones differ."""
_FAITHFUL = replace(LOSSY, least_like=0.6)
"""MP3 and AAC: onsets were within 0.002 ms, silence below -156 dBFS, tones like themselves by 0.99."""
_CODECS: Mapping[str, Limits] = MappingProxyType(dict.fromkeys(("aac", "mp3", "mp3float"), _FAITHFUL))


def limits(codec: str, *, is_exact: bool, lies_beneath: bool) -> Limits:
    """Return what is allowed to a file.

    Args:
        codec: FFmpeg's name of its codec.
        is_exact: whether each frame comes back.
        lies_beneath: whether noise or music lies beneath the session: there is no silence then.
    """
    allowed = _CODECS.get(codec, EXACT if is_exact else LOSSY)
    if not lies_beneath:
        return allowed
    return replace(LOSSY, length=allowed.length, silence_db=math.inf, least_like=-math.inf)

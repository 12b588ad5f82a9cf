"""The timeline: what sounds when, in frames, as a device counts them.

Children own lengths and parents compute starts: an event knows its onset within its segment, a
segment knows its length, and only the walk over a timeline knows absolute positions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

SAMPLE_RATE = 24_000
"""Frames a second of every session: well above what speech needs, and a rate that every codec takes."""


class Kind(StrEnum):
    """Name what a segment is for."""

    ANNOUNCE = "announce"
    LEAD_IN = "lead-in"
    HOLD = "hold"
    REP_SET = "rep-set"
    TIMED = "timed"
    CONTRACT = "contract"
    RELAX = "relax"
    WAIT = "wait"
    OPEN = "open"
    SWITCH = "switch"
    REST = "rest"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Speech:
    """A phrase to be spoken."""

    text: str
    """What is spoken and shown, before any mending of its pronunciation."""
    language: str = "en"
    """A language tag as in BCP 47: ``en``, ``en-gb``."""
    count: bool = False
    """Whether it is a number of a countdown or of reps: those are spoken at a rate of their own."""


@dataclass(frozen=True, slots=True)
class Tone:
    """A sound with a meaning: the stem of a file in ``sounds/``."""

    name: str


Sound = Speech | Tone
"""Anything that can be heard. Hashable, so that it is the key of its clip."""


@dataclass(frozen=True, slots=True)
class Event:
    """A cue that got its place."""

    onset: int
    """Frames from the start of its segment."""
    sound: Sound
    gain_db: float = 0.0
    """Gain on top of the level that speech and tones are made at."""

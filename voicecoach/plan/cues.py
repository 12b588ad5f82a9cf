"""Cues: wishes to be heard, before each has its place."""

from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum, auto

from voicecoach.plan.timeline import Sound


class Talk(StrEnum):
    """Name how much is said."""

    FULL = "full"
    BRIEF = "brief"
    BEEPS = "beeps"


class Priority(IntEnum):
    """Rank cues: the lower number gets its place first."""

    TONE = auto()
    COUNTDOWN = auto()
    COUNT = auto()
    SIGNAL = auto()
    SIDE = auto()
    BREATH = auto()
    SAYING = auto()
    REMAINING = auto()
    HALFWAY = auto()
    PHASE = auto()
    LENGTH = auto()
    REMINDER = auto()


class Anchor(Enum):
    """Say how a cue hangs on its moment."""

    AT = auto()
    """It begins on it."""
    BY = auto()
    """It ends on it."""
    FROM = auto()
    """It begins as soon as there is room, from it on."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A wish to be heard. Moments and lengths are frames, from the start of the step."""

    at: int
    variants: tuple[Sound, ...]
    """From the best to the least: long, short, tone."""
    priority: Priority
    anchor: Anchor = Anchor.AT
    slack: int = 0
    """How far it may be moved from where its anchor wants it; with FROM, later only."""
    apart: int = 0
    """Silence wanted to its neighbours; between two cues, the lesser of their wishes holds."""
    longest: int | None = None
    """A variant that lasts longer is not taken."""
    pan: float = 0.0
    """From -1, left, to 1, right."""

    def wanted(self, length: int) -> int:
        """Return the onset that its anchor wants for a sound of so many frames."""
        return self.at - length if self.anchor is Anchor.BY else self.at

"""What was heard in a file, beside what its plan says: plain values, for the rules to judge."""

from dataclasses import dataclass

from voicecoach.plan.document import EventEntry
from voicecoach.sound.decode import Mark
from voicecoach.sound.loudness import Loudness


@dataclass(frozen=True, slots=True)
class HeardTone:
    """A tone of the plan, looked for around its onset."""

    event: EventEntry
    onset: float | None
    """The frame at which it begins, between two frames where that is nearest; None where it is not there."""
    least_like: float = 1.0
    """How like itself it is where it is least so."""


@dataclass(frozen=True, slots=True)
class HeardSpeech:
    """A phrase of the plan, in its place."""

    event: EventEntry
    peak_db: float
    head_db: float
    """The peak of its first tenth of a second."""
    tail_db: float
    """The peak of its last tenth of a second."""
    hole: int | None = None
    """The frame, counted from the start of the file, at which a hole in it begins."""


@dataclass(frozen=True, slots=True)
class HeardGap:
    """A stretch in which the plan has nothing."""

    at: int
    """The frame of its peak."""
    peak_db: float


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption of a file beside the sound."""

    seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class Heard:
    """A whole file."""

    sample_rate: int
    """Of all frames here: that of the plan."""
    channels: int
    codec: str
    is_exact: bool
    frames: int
    tones: tuple[HeardTone, ...]
    speech: tuple[HeardSpeech, ...]
    gaps: tuple[HeardGap, ...]
    marks: tuple[Mark, ...]
    loudness: Loudness

"""The timeline: what sounds when, in frames, as a device counts them.

Children own lengths and parents compute starts: an event knows its onset within its segment, a
segment knows its length, and only the walk over a timeline knows absolute positions.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from voicecoach.plan.steps import Step

SAMPLE_RATE = 24_000
"""Frames a second of every session: well above what speech needs, and a rate that every codec takes."""


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
    pan: float = 0.0
    """Where it is heard, in a session of two channels: from -1, left, to 1, right."""


@dataclass(frozen=True, slots=True)
class Compromise:
    """A cue that was shortened, moved or left out, and why."""

    text: str
    """What was wished for."""
    action: str
    """``dropped``, ``shortened`` or ``moved``."""
    said: str
    """What is heard instead; empty where nothing is."""
    reason: str
    by: int = 0
    """Frames by which it was moved; later is positive."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One step in its place: a hold, a rest, an announcement, with all that is heard in it.

    No event leaves its segment. The end tone of a set is the first event of the segment after it.
    """

    step: Step
    label: str
    """What a screen or a table calls it."""
    frames: int
    events: tuple[Event, ...]
    """In the order of their onsets."""
    compromises: tuple[Compromise, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole session: segments one after another."""

    sample_rate: int
    segments: Iterable[Segment]

    def starts(self) -> Iterator[tuple[int, Segment]]:
        """Yield each segment with the frame at which it starts."""
        start = 0
        for segment in self.segments:
            yield start, segment
            start += segment.frames


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a session, and what is known to come after it."""

    segment: Segment
    offset: int
    """Frames from the start of the segment."""
    following: Segment | None
    """The segment after it; None at the end, and where it is not planned yet."""


def with_following(segments: Iterable[Segment]) -> Iterator[tuple[Segment, Segment | None]]:
    """Yield each segment with the one after it, planned that much ahead."""
    before: Segment | None = None
    for segment in segments:
        if before:
            yield before, segment
        before = segment
    if before:
        yield before, None


Measure = Callable[[Sound], int]
"""Tell how many frames a sound lasts: the length of the very clip that will be played."""

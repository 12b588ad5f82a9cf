"""The model of a routine: what to do, in seconds and counts, as a person thinks of it.

Every value checks itself when it is made; the message names what was wanted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from voicecoach.routine.pace import PACES, Pace
from voicecoach.routine.quantities import BOUNDS, ONCE, Range, Tempo


class Side(StrEnum):
    """Name a side of the body."""

    LEFT = "left"
    RIGHT = "right"


BOTH_SIDES = (Side.LEFT, Side.RIGHT)
"""Left first: the order in which a two-sided exercise is done."""


class Posture(StrEnum):
    """Name what the body does while it works."""

    LYING = "lying"
    SIDE_LYING = "side-lying"
    KNEELING = "kneeling"
    SITTING = "sitting"
    STANDING = "standing"


class Starts(StrEnum):
    """Name the movement that a rep begins with."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Hold:
    """Stay in a position: a static stretch, a plank."""

    seconds: Range

    def __post_init__(self) -> None:
        """Check the length."""
        self.seconds.check("hold")


@dataclass(frozen=True, slots=True)
class Timed:
    """Keep moving for a time: rolling, marching."""

    seconds: Range

    def __post_init__(self) -> None:
        """Check the length."""
        self.seconds.check("time")


@dataclass(frozen=True, slots=True)
class Reps:
    """Repeat a movement, counted aloud."""

    count: Range
    tempo: Tempo | None = None
    """None: the pace's tempo."""
    hold: Range | None = None
    """Seconds to stay at the end of the first movement of each rep, in place of the tempo's pause."""
    starts: Starts = Starts.DOWN

    def __post_init__(self) -> None:
        """Check the count, the hold, and that a rep is long enough to be counted aloud."""
        self.count.check("reps")
        if self.hold:
            self.hold.check("hold in each rep")
        if self.tempo:
            low = self.hold.low if self.hold else None
            BOUNDS["rep"].check(
                "a whole rep", sum(length for _, length in phases(self.tempo, self.starts, low))
            )


Work = Hold | Timed | Reps
"""What one set consists of."""


class Phase(StrEnum):
    """Name a part of a rep."""

    UP = "up"
    HOLD = "hold"
    DOWN = "down"
    PAUSE = "pause"
    """Between two reps; nothing is said."""


def phases(tempo: Tempo, starts: Starts, hold: float | None) -> tuple[tuple[Phase, float], ...]:
    """Return the phases of one rep in their order, with their seconds; those of no length are left out."""
    up, down = (Phase.UP, tempo.concentric), (Phase.DOWN, tempo.eccentric)
    top, bottom = tempo.contracted, tempo.stretched
    first, middle, second, last = (up, top, down, bottom) if starts is Starts.UP else (down, bottom, up, top)
    rep = (first, (Phase.HOLD, middle if hold is None else hold), second, (Phase.PAUSE, last))
    return tuple((phase, length) for phase, length in rep if length > 0)


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise and its dose."""

    name: str
    work: Work
    sets: Range = ONCE
    sides: tuple[Side, ...] = ()
    """Empty where both sides work at once; one side for a one-sided prescription."""
    rest: float | None = None
    """Seconds from the end of a set to the start of the next; None: the pace's rest."""
    instruction: str = ""
    caution: str = ""
    muscle: str = ""
    equipment: tuple[str, ...] = ()
    posture: Posture | None = None
    optional: int | None = None
    """The rank in which it may be left out when time is short, 1 first; None: never."""

    def __post_init__(self) -> None:
        """Check the counts."""
        self.sets.check("sets")
        if self.rest is not None:
            BOUNDS["rest"].check("rest", self.rest)
        if self.optional is not None:
            BOUNDS["optional"].check("optional", self.optional)


@dataclass(frozen=True, slots=True)
class Stage:
    """Exercises that serve one purpose."""

    title: str
    exercises: tuple[Exercise, ...]
    purpose: str = ""

    @property
    def equipment(self) -> tuple[str, ...]:
        """Return all that the stage needs, in the order of first use."""
        return _once(item for exercise in self.exercises for item in exercise.equipment)


@dataclass(frozen=True, slots=True)
class Routine:
    """A whole routine, as written or as adjusted."""

    title: str
    stages: tuple[Stage, ...]
    language: str = "en"
    introduction: str = ""
    """What it is for and how it is built; spoken once at the start."""
    caution: str = ""
    """The safety words; always said at the start."""
    source: str = ""
    """Where the routine and its doses come from; shown, not spoken."""
    pace: Pace = PACES["steady"]
    pronunciation: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Words that a voice gets wrong, and how to spell them for it."""

    @property
    def equipment(self) -> tuple[str, ...]:
        """Return all that the routine needs, in the order of first use."""
        return _once(item for stage in self.stages for item in stage.equipment)

    @property
    def exercises(self) -> int:
        """Return the number of exercises."""
        return sum(len(stage.exercises) for stage in self.stages)


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))

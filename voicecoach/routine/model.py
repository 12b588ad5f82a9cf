"""The model of a routine: what to do, in seconds and counts, as a person thinks of it.

Every value checks itself when it is made; the message names what was wanted.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from voicecoach.routine.pace import PACES, Pace
from voicecoach.routine.progression import Rule
from voicecoach.routine.quantities import BOUNDS, ONCE, Range
from voicecoach.routine.work import Saying, Wait, Work


class Side(StrEnum):
    """Name a side of the body."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """Return the other side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


BOTH_SIDES = (Side.LEFT, Side.RIGHT)
"""Left first: the order in which a two-sided exercise is done, unless it says otherwise."""


class Posture(StrEnum):
    """Name what the body does while it works."""

    LYING = "lying"
    SIDE_LYING = "side-lying"
    KNEELING = "kneeling"
    SITTING = "sitting"
    STANDING = "standing"


class Order(StrEnum):
    """Name the order in which the sets of two sides are done."""

    ALTERNATE = "alternate"
    """Each set on one side, then on the other."""
    BLOCK = "block"
    """All sets of one side, then all of the other."""


class Aim(StrEnum):
    """Name what a stage does for the body: the guideline that its doses are held against."""

    ROLL = "roll"
    STRETCH = "stretch"
    STRENGTHEN = "strengthen"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise and its dose."""

    name: str
    work: Work
    sets: Range = ONCE
    sides: tuple[Side, ...] = ()
    """In the order in which they are done; empty where both sides work at once."""
    order: Order = Order.ALTERNATE
    one_sided: bool = False
    """Whether it is meant for one side alone; else what one side does, the other has to do somewhere."""
    rest: float | None = None
    """Seconds from the end of a set to the start of the next; None: the pace's rest."""
    instruction: str = ""
    caution: str = ""
    muscle: str = ""
    equipment: tuple[str, ...] = ()
    posture: Posture | None = None
    optional: int | None = None
    """The rank in which it may be left out when time is short, 1 first; None: never."""
    reminders: tuple[str, ...] = ()
    """Short encouragements for the quiet parts of a hold or of movement; empty: those of the stage."""
    say: tuple[Saying, ...] = ()
    """What is said at given moments of each set: of a hold, or of movement for a time."""
    next: str = ""
    """Its harder form: one of the routine's own, ``clam-with-band``, or ``hip-mobility-2/bird-dog``."""
    easier: str = ""
    """Its easier form, in the same way."""
    progress: Rule | None = None
    """How it gets harder; None: as is usual for its work."""
    written: str = ""
    """Its name as the routine has it, where it is translated: addresses keep it. Empty: `name`."""
    address: str = field(default="", compare=False, repr=False)
    """Its address in the routine as written, kept where others are left out; empty: not told yet."""

    def __post_init__(self) -> None:
        """Check the counts."""
        self.sets.check("sets")
        if self.rest is not None:
            BOUNDS["rest"].check("rest", self.rest)
        if self.optional is not None:
            BOUNDS["optional"].check("optional", self.optional)
        if self.is_wait and (self.sides or self.sets != ONCE):
            message = "a wait has no sets and no sides"
            raise ValueError(message)
        if self.is_wait and (self.next or self.easier or self.progress):
            message = "a wait has no progress, and no forms that are easier or harder"
            raise ValueError(message)

    @property
    def is_wait(self) -> bool:
        """Tell whether it is no exercise at all, but a step that waits for the listener."""
        return isinstance(self.work, Wait)


@dataclass(frozen=True, slots=True)
class Stage:
    """Exercises that serve one purpose."""

    title: str
    exercises: tuple[Exercise, ...]
    purpose: str = ""
    aim: Aim | None = None
    """None: it is told from the work of each exercise."""
    rounds: Range = ONCE
    """How often all its exercises are done one after another: a superset, a circuit."""
    rest: float | None = None
    """Seconds between two rounds; None: the pace's rest."""
    reminders: tuple[str, ...] = ()
    """For its exercises that have none of their own."""
    music: str = ""
    """The file or folder that is heard beneath it; empty: none."""
    written: str = ""
    """Its title as the routine has it, where it is translated: addresses keep it. Empty: `title`."""

    def __post_init__(self) -> None:
        """Check the rounds."""
        self.rounds.check("rounds")
        if self.rest is not None:
            BOUNDS["rest"].check("rest", self.rest)

    @property
    def size(self) -> int:
        """Return the number of its exercises."""
        return sum(not exercise.is_wait for exercise in self.exercises)

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
    date: dt.date | None = None
    """The day that it is of; files made from it bear it."""
    pace: Pace = PACES["steady"]
    pronunciation: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Words that a voice gets wrong, and how to spell them for it."""
    words: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What equipment is called where it is translated: what it is called decides how it is dealt with."""
    forms: tuple[Exercise, ...] = ()
    """Exercises that are done only where they take another's place, as it gets harder or easier."""

    @property
    def equipment(self) -> tuple[str, ...]:
        """Return all that the routine needs, in the order of first use."""
        return _once(item for stage in self.stages for item in stage.equipment)

    def called(self, items: Iterable[str]) -> list[str]:
        """Return what pieces of equipment are called in the language of the routine."""
        return [self.words.get(item, item) for item in items]

    @property
    def exercises(self) -> int:
        """Return the number of exercises."""
        return sum(stage.size for stage in self.stages)


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))

"""Records: what a log holds of a session, as values. Pure.

A set of contract and relax is several records, one for each part from a start tone to an end tone.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from voicecoach.plan.steps import Kind
from voicecoach.routine.model import Aim, Side


class Feel(StrEnum):
    """Name how a session felt to the one who did it."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"
    PAIN = "pain"


class Ending(StrEnum):
    """Name how a session came to its end."""

    FINISHED = "finished"
    QUIT = "ended"
    INTERRUPTED = "interrupted"
    """Nobody ended it: the program was stopped, or the machine."""


class Origin(StrEnum):
    """Name how a session came into the log."""

    LIVE = "live"
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Level:
    """How far an exercise has progressed when it is done."""

    form: str = ""
    """The form that takes its place, as its routine refers to it; empty: the exercise as written."""
    rung: int = 0
    """Steps up from the dose as written; negative: down."""


AS_WRITTEN = Level()


@dataclass(frozen=True, slots=True)
class Prescribed:
    """What a session asked of one exercise."""

    address: str
    """As written, as ``roll.piriformis``; where two have one name, with the number of its place: ``1.5``."""
    name: str
    """As it was called."""
    muscle: str
    aim: Aim
    kind: Kind
    """Of its sets; of contract and relax that of the stretch, which is its last part."""
    sets: int
    """On each side, over all rounds."""
    sides: tuple[Side, ...] = ()
    """Empty where both work at once."""
    seconds: float = 0
    """Of one set."""
    reps: int | None = None
    """Of one set."""
    level: Level | None = AS_WRITTEN
    """None: its dose was asked for itself, so that it says nothing of progress."""

    @property
    def turns(self) -> int:
        """Return the number of sets on all its sides."""
        return self.sets * max(len(self.sides), 1)


@dataclass(frozen=True, slots=True)
class Performed:
    """One set, or a part of one, as it was planned and as it was done."""

    address: str
    kind: Kind
    set: int
    """Counted from 1, within its round."""
    side: Side | None = None
    round: int | None = None
    """Counted from 1; None where the stage is done once."""
    planned_seconds: float = 0
    done_seconds: float = 0
    """Without pauses."""
    planned_reps: int | None = None
    done_reps: int | None = None
    extended: float = 0
    """Seconds that the listener added on the way; negative: taken away."""
    paused: float = 0
    """Seconds."""
    skipped: bool = False
    """Whether the listener went on before its end."""

    @property
    def is_done(self) -> bool:
        """Tell whether it was done to its end; a hold with an open end has none to miss."""
        if self.kind is Kind.OPEN:
            return not self.skipped
        return not self.skipped and self.done_seconds >= self.planned_seconds + self.extended - TOLERANCE


TOLERANCE = 0.5
"""Seconds that a set may lack and be whole: what a device had not yet played when it was asked."""


@dataclass(frozen=True, slots=True)
class Pain:
    """An exercise that hurt: it is left out until it is put back."""

    routine: str
    address: str
    name: str
    at: dt.datetime
    resumed: dt.datetime | None = None
    """When it was put back."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of a session when it begins."""

    routine: str
    """The name or the path that it is asked for by."""
    title: str
    version: str
    """A digest of what the routine file said."""
    began: dt.datetime
    """With the offset of its time zone."""
    prescribed: tuple[Prescribed, ...] = ()
    """The exercises, in their order."""
    planned_seconds: float = 0
    """Of the whole session, as far as it was known when it began."""
    adjustments: Mapping[str, object] = field(default_factory=dict, hash=False)
    """By the name of the option."""
    language: str = "en"
    program: str = ""
    """The version of the program."""
    origin: Origin = Origin.LIVE


@dataclass(frozen=True, slots=True)
class Record:
    """A session in the log."""

    id: int
    opening: Opening
    ended: dt.datetime | None = None
    """None while it is under way, or where nobody ended it."""
    end: Ending = Ending.INTERRUPTED
    seconds: float = 0
    """Of the session that were heard, pauses not counted."""
    paused: float = 0
    """Seconds."""
    feel: Feel | None = None
    """None: nobody answered."""
    performed: tuple[Performed, ...] = ()
    """In the order in which they were done; one that was begun again stands there twice."""

    def whole_turns(self, address: str) -> int:
        """Return how many of the sets that were asked of an exercise were done to their end."""
        asked = self.prescribed(address)
        sets = (one for one in self.performed if one.address == address)
        return whole_turns(sets, asked.kind) if asked else 0

    def is_complete(self, address: str) -> bool:
        """Tell whether all sets that were asked of an exercise were done to their end."""
        asked = self.prescribed(address)
        return asked is not None and asked.turns <= self.whole_turns(address)

    def prescribed(self, address: str) -> Prescribed | None:
        """Return what was asked of an exercise; None where it was no part of the session."""
        return next((one for one in self.opening.prescribed if one.address == address), None)


def whole_turns(sets: Iterable[Performed], kind: Kind) -> int:
    """Return how many turns of one exercise were done to their end.

    Args:
        sets: of that exercise, or those of one side; one that was done again counts once.
        kind: of its sets; a turn whose other parts were done, but not this, is not whole.
    """
    done: defaultdict[tuple[object, ...], set[Kind]] = defaultdict(set)
    begun: defaultdict[tuple[object, ...], set[Kind]] = defaultdict(set)
    for one in sets:
        turn = (one.round, one.set, one.side)
        begun[turn].add(one.kind)
        if one.is_done:
            done[turn].add(one.kind)
    return sum(kind in kinds == begun[turn] for turn, kinds in done.items())

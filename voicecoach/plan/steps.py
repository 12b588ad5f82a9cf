"""Unroll a routine into steps: what happens one after another, before any cue has its place. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from voicecoach.routine.model import (
    Exercise,
    Hold,
    Phase,
    Reps,
    Routine,
    Side,
    Stage,
    Timed,
    phases,
)
from voicecoach.routine.pace import Pace
from voicecoach.routine.quantities import Tempo


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


WORK = frozenset({Kind.HOLD, Kind.REP_SET, Kind.TIMED})
"""The kinds that are a set of an exercise: they begin with a start tone and end with an end tone."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens. Before a set, the side and set are those of the set to come."""

    kind: Kind
    stage: Stage | None = None
    """None in the opening and at the finish."""
    exercise: Exercise | None = None
    """None where a stage is announced, too."""
    stage_index: int | None = None
    """Counted from 0."""
    exercise_index: int | None = None
    """Counted from 0, within the stage."""
    before: Exercise | None = None
    """In the announcement of an exercise: the one done before it, in this stage or the last."""
    side: Side | None = None
    set: int | None = None
    """Counted from 1."""
    sets: int | None = None
    seconds: float | None = None
    """The length, where it is known before any speech is measured."""
    reps: int | None = None
    rep: tuple[tuple[Phase, float], ...] = ()
    """The phases of each rep, in order, with their seconds."""

    @property
    def is_work(self) -> bool:
        """Tell whether this is a set of an exercise."""
        return self.kind in WORK


def unroll(routine: Routine) -> Iterator[Step]:
    """Yield the steps of a whole session, from the opening to the finish."""
    yield Step(Kind.ANNOUNCE)
    before: Exercise | None = None
    for index, stage in enumerate(routine.stages):
        yield from unroll_stage(stage, routine.pace, index, before)
        before = stage.exercises[-1]
    yield Step(Kind.FINISH)


def unroll_stage(stage: Stage, pace: Pace, index: int, before: Exercise | None = None) -> Iterator[Step]:
    """Yield the steps of one stage, from its announcement to its last set."""
    yield Step(Kind.ANNOUNCE, stage, stage_index=index)
    for exercise_index, exercise in enumerate(stage.exercises):
        here = Step(Kind.ANNOUNCE, stage, exercise, index, exercise_index, before)
        yield here
        yield from _sets(replace(here, before=None), exercise, pace)
        before = exercise


def _sets(here: Step, exercise: Exercise, pace: Pace) -> Iterator[Step]:
    """Yield lead-in, sets, switches and rests of one exercise: each set on one side, then on the other."""
    sets = int(exercise.sets.take(pace.sets))
    rest = pace.rest if exercise.rest is None else exercise.rest
    sides: tuple[Side | None, ...] = exercise.sides or (None,)
    for number in range(1, sets + 1):
        for side in sides:
            coming = replace(here, side=side, set=number, sets=sets)
            if side is not sides[0]:
                yield replace(coming, kind=Kind.SWITCH, seconds=pace.switch)
            elif number > 1:
                yield replace(coming, kind=Kind.REST, seconds=rest)
            else:
                yield replace(coming, kind=Kind.LEAD_IN, seconds=pace.lead_in)
            yield _work(coming, exercise, pace)


def _work(coming: Step, exercise: Exercise, pace: Pace) -> Step:
    match exercise.work:
        case Hold(seconds):
            return replace(coming, kind=Kind.HOLD, seconds=seconds.take(pace.holds))
        case Timed(seconds):
            return replace(coming, kind=Kind.TIMED, seconds=seconds.take(pace.holds))
        case Reps(count, tempo, hold, starts):
            held = hold.take(pace.holds) if hold else None
            rep = phases(tempo or Tempo(*pace.tempo), starts, held)
            reps = int(count.take(pace.holds))
            length = reps * sum(seconds for _, seconds in rep)
            return replace(coming, kind=Kind.REP_SET, seconds=length, reps=reps, rep=rep)

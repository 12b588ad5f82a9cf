"""Unroll a routine into steps: what happens one after another, before any cue has its place. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from voicecoach.plan.transitions import Body
from voicecoach.routine.model import Exercise, Order, Routine, Side, Stage
from voicecoach.routine.pace import Pace
from voicecoach.routine.quantities import Breath, Tempo
from voicecoach.routine.work import ContractRelax, Hold, Open, Phase, Reps, Timed, Wait, phases


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


WORK = frozenset({Kind.HOLD, Kind.REP_SET, Kind.TIMED, Kind.CONTRACT, Kind.OPEN})
"""The kinds that are a set of an exercise, or a part of one: from a start tone to an end tone."""

Bout = tuple[int | None, int | None, int | None]
"""One appearance of an exercise in a session: the stage, the exercise, the round."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens. Before a set, the side and set are those of the set to come."""

    kind: Kind
    stage: Stage | None = None
    """None in the opening and at the finish."""
    exercise: Exercise | None = None
    """None where a stage is announced or a round has ended, too."""
    stage_index: int | None = None
    """Counted from 0."""
    exercise_index: int | None = None
    """Counted from 0, within the stage."""
    body: Body | None = None
    """In the announcement of an exercise: the body as it is before it."""
    known: bool = False
    """In the announcement of an exercise: whether it was explained in this session already."""
    side: Side | None = None
    set: int | None = None
    """Counted from 1."""
    sets: int | None = None
    round: int | None = None
    """Counted from 1; None where a stage is done once."""
    rounds: int | None = None
    seconds: float | None = None
    """The length, where it is known before any speech is measured."""
    reps: int | None = None
    rep: tuple[tuple[Phase, float], ...] = ()
    """The phases of each rep, in order, with their seconds."""
    breath: Breath | None = None
    other_side: bool = False
    """In a rest: whether the set to come is on another side than the set before."""
    again: bool = False
    """In a rest: whether the set before is done once more."""

    @property
    def is_work(self) -> bool:
        """Tell whether this is a set of an exercise, or a part of one."""
        return self.kind in WORK

    @property
    def is_ready_check(self) -> bool:
        """Tell whether it waits until the listener is ready."""
        return self.kind is Kind.WAIT and self.exercise is not None

    @property
    def waits(self) -> bool:
        """Tell whether the listener ends it, where there is one who can."""
        return self.is_ready_check or self.kind is Kind.OPEN

    @property
    def bout(self) -> Bout:
        """Return which appearance of an exercise this belongs to."""
        return self.stage_index, self.exercise_index, self.round


@dataclass(frozen=True, slots=True)
class Turn:
    """One set on one side, or on both at once."""

    set: int
    side: Side | None


def turns(exercise: Exercise, sets: int) -> tuple[Turn, ...]:
    """Return the sets of an exercise in the order in which they are done."""
    sides: tuple[Side | None, ...] = exercise.sides or (None,)
    numbers = range(1, sets + 1)
    if exercise.order is Order.BLOCK:
        return tuple(Turn(number, side) for side in sides for number in numbers)
    return tuple(Turn(number, side) for number in numbers for side in sides)


class Tracker:
    """Follow a session step by step: the body as it is, and what was explained already."""

    def __init__(self) -> None:
        """Begin with the body in a state that is not known."""
        self.body = Body()
        self._explained: dict[tuple[str, str], Bout] = {}

    def see(self, step: Step) -> Step:
        """Return the step that comes next, with what is known of it now."""
        if step.kind is Kind.ANNOUNCE and (exercise := step.exercise):
            first = self._explained.setdefault((exercise.name, exercise.instruction), step.bout)
            step = replace(step, body=self.body, known=first != step.bout)
            self.body = self.body.after(exercise)
        elif step.is_work:
            self.body = self.body.turned(step.side)
        return step

    def take_back(self, step: Step, body: Body) -> None:
        """Undo the step that was seen last; `body` is as it was before it."""
        self.body = body
        if step.kind is Kind.ANNOUNCE and step.exercise and not step.known:
            del self._explained[step.exercise.name, step.exercise.instruction]


def unroll(routine: Routine) -> Iterator[Step]:
    """Yield the steps of a whole session, from the opening to the finish."""
    yield from map(Tracker().see, bare_steps(routine))


def bare_steps(routine: Routine) -> Iterator[Step]:
    """Yield the steps of a session as the routine alone gives them, for a `Tracker` to follow."""
    yield Step(Kind.ANNOUNCE)
    for index, stage in enumerate(routine.stages):
        yield from _bare_stage(stage, routine.pace, index)
    yield Step(Kind.FINISH)


def _bare_stage(stage: Stage, pace: Pace, index: int) -> Iterator[Step]:
    for step in bouts(stage, pace, index):
        yield step
        if step.exercise:
            yield from _all_sets(step, step.exercise, pace)


def bouts(stage: Stage, pace: Pace, index: int) -> Iterator[Step]:
    """Yield what a stage announces, itself and each exercise in each round, and the rests between rounds."""
    rounds = int(stage.rounds.take(pace.sets))
    here = Step(Kind.ANNOUNCE, stage, stage_index=index)
    yield here
    for number in range(1, rounds + 1):
        if rounds > 1:
            here = replace(here, round=number, rounds=rounds)
        if number > 1:
            rest = pace.rest if stage.rest is None else stage.rest
            yield replace(here, kind=Kind.REST, seconds=rest)
        for exercise_index, exercise in enumerate(stage.exercises):
            yield replace(here, exercise=exercise, exercise_index=exercise_index)


def _all_sets(here: Step, exercise: Exercise, pace: Pace) -> Iterator[Step]:
    if exercise.is_wait:
        return work_of(here, pace)
    sets = int(exercise.sets.take(pace.sets))
    return sets_of(replace(here, sets=sets), turns(exercise, sets), pace)


def sets_seconds(exercise: Exercise, pace: Pace) -> float:
    """Return how long the sets of an exercise take, with the pauses before them."""
    return sum(
        step.seconds or 0 for step in _all_sets(Step(Kind.ANNOUNCE, exercise=exercise), exercise, pace)
    )


def sets_of(here: Step, coming: Iterable[Turn], pace: Pace, last: Turn | None = None) -> Iterator[Step]:
    """Yield sets of an exercise, each with the pause before it.

    Args:
        here: where the sets belong: its stage, exercise, places, round and number of sets are taken.
        coming: the sets, in their order.
        pace: the lengths of pauses.
        last: the set that was done before the first of them.
    """
    # What belongs to the very step that is given, which may be of any kind.
    here = replace(here, reps=None, rep=(), breath=None, body=None)
    here = replace(here, known=False, other_side=False, again=False)
    for turn in coming:
        template = replace(here, side=turn.side, set=turn.set)
        yield _pause(template, turn, last, pace)
        yield from work_of(template, pace)
        last = turn


def _pause(template: Step, turn: Turn, last: Turn | None, pace: Pace) -> Step:
    """Return what stands before a set: a lead-in before the first, a switch to the other side, or a rest."""
    if last is None:
        return replace(template, kind=Kind.LEAD_IN, seconds=pace.lead_in)
    if turn.side is not last.side and turn.set <= last.set:
        return replace(template, kind=Kind.SWITCH, seconds=pace.switch)
    own = template.exercise.rest if template.exercise else None
    rest = pace.rest if own is None else own
    if turn.side is not last.side:
        # However short the rest, there has to be time to change sides.
        return replace(template, kind=Kind.REST, seconds=max(rest, pace.least_switch), other_side=True)
    return replace(template, kind=Kind.REST, seconds=rest, again=turn == last)


def work_of(template: Step, pace: Pace) -> Iterator[Step]:
    """Yield one set of the exercise of a step: one step, but for contract and relax."""
    work = template.exercise.work if template.exercise else None
    match work:
        case Hold(seconds, breath):
            yield replace(template, kind=Kind.HOLD, seconds=seconds.take(pace.holds), breath=breath)
        case Timed(seconds):
            yield replace(template, kind=Kind.TIMED, seconds=seconds.take(pace.holds))
        case Open(seconds):
            yield replace(template, kind=Kind.OPEN, seconds=seconds.take(pace.holds))
        case Wait(seconds):
            yield replace(template, kind=Kind.WAIT, seconds=seconds.take(pace.holds))
        case ContractRelax(contract, deepen, relax):
            yield replace(template, kind=Kind.CONTRACT, seconds=contract.take(pace.holds))
            yield replace(template, kind=Kind.RELAX, seconds=pace.relax if relax is None else relax)
            yield replace(template, kind=Kind.HOLD, seconds=deepen.take(pace.holds))
        case Reps(count, tempo, hold, starts):
            held = hold.take(pace.holds) if hold else None
            rep = phases(tempo or Tempo(*pace.tempo), starts, held)
            reps = int(count.take(pace.holds))
            length = reps * sum(seconds for _, seconds in rep)
            yield replace(template, kind=Kind.REP_SET, seconds=length, reps=reps, rep=rep)

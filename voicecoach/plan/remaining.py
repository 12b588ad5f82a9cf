"""What remains of a session under another pace: the sets still to come, and the exercises after them. Pure.

Both sides get the same: what one side has done, or has begun, the other side does as well, and as long.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from voicecoach.plan.steps import Kind, Step, Turn, bare_steps, sets_of, turns
from voicecoach.routine.model import Order, Routine
from voicecoach.routine.pace import Pace
from voicecoach.routine.quantities import Range

PAUSES = frozenset({Kind.LEAD_IN, Kind.SWITCH, Kind.REST})
"""The kinds that stand before a set."""

Position = tuple[float, float, float]
"""The stage, the round and the exercise; a stage and a round begin before their first exercise."""

START: Position = (-1, 0, -1)


def position(step: Step) -> Position:
    """Return where in a session a step stands."""
    if step.stage_index is None:
        return START if step.kind is not Kind.FINISH else (float("inf"), 0, -1)
    exercise = -1 if step.exercise_index is None else step.exercise_index
    return step.stage_index, step.round or 1, exercise


def steps_after(routine: Routine, step: Step, after: Position) -> Iterator[Step]:
    """Yield the bare steps of a routine behind a position; the running round is done to its end.

    Args:
        routine: the session, at the pace that holds from now on.
        step: the one that is running.
        after: what is left out, up to and with it.
    """
    stages = list(routine.stages)
    if step.stage_index is not None and step.round:
        stage = stages[step.stage_index]
        rounds = max(stage.rounds.take(routine.pace.sets), step.round)
        stages[step.stage_index] = replace(stage, rounds=Range.just(rounds))
    whole = bare_steps(replace(routine, stages=tuple(stages)))
    return dropwhile(lambda one: position(one) <= after, whole)


def sets_left(step: Step, ahead: Sequence[Step], pace: Pace) -> Iterator[Step]:
    """Yield what is left of a running exercise, under another pace.

    Args:
        step: the one that is running: a set of the exercise, the pause before one, or its announcement.
        ahead: all that was left of the exercise so far, without the running step.
        pace: the one that holds from now on.
    """
    exercise = step.exercise
    if exercise is None or exercise.is_wait or _is_second_block(step):
        yield from ahead
        return
    # A set that was called is done, and so is its other side.
    sets = max(int(exercise.sets.take(pace.sets)), step.set or 1)
    here = replace(step, sets=sets)
    under_way = _under_way(step, ahead)
    every = turns(exercise, max(sets, step.sets or 0))
    running = Turn(step.set, step.side) if step.set is not None else None
    called = every[: every.index(running) + 1] if running else ()
    done, planned = called, _sets(ahead[len(under_way) :])
    if running and step.kind in PAUSES:
        done = called[:-1]
        under_way = _owed(running, done, planned) or list(sets_of(here, [running], pace))[1:]
    yield from (replace(one, sets=sets) for one in under_way)
    for turn in every[len(called) :]:
        if turn.set <= sets:
            pause, *work = sets_of(here, [turn], pace, running)
            yield pause
            yield from (replace(one, sets=sets) for one in _owed(turn, done, planned) or work)
            running = turn


def _is_second_block(step: Step) -> bool:
    """Tell whether one side has done all its sets already."""
    exercise = step.exercise
    return exercise is not None and exercise.order is Order.BLOCK and step.side in exercise.sides[1:]


def _under_way(step: Step, ahead: Sequence[Step]) -> list[Step]:
    """Return the parts that are left of the set that is running."""
    if step.set is None or step.kind in PAUSES:
        return []
    same = takewhile(lambda one: (one.set, one.side) == (step.set, step.side), ahead)
    return list(takewhile(lambda one: one.kind not in PAUSES, same))


def _sets(ahead: Iterable[Step]) -> dict[Turn, list[Step]]:
    """Return the sets that were planned, without their pauses."""
    sets: dict[Turn, list[Step]] = {}
    for one in ahead:
        if one.set is not None and one.kind not in PAUSES:
            sets.setdefault(Turn(one.set, one.side), []).append(one)
    return sets


def _owed(turn: Turn, done: Iterable[Turn], planned: Mapping[Turn, list[Step]]) -> list[Step]:
    """Return a set as it was planned, where the other side has done it already, as it was planned."""
    is_owed = turn.side is not None and Turn(turn.set, turn.side.other) in done
    return planned.get(turn, []) if is_owed else []

"""Prescriptions: what a routine asks of each exercise, set by set, as the log has it. Pure."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from voicecoach.history.records import AS_WRITTEN, Level, Performed, Prescribed
from voicecoach.plan.load import aim_of
from voicecoach.plan.steps import Kind, Step, unroll
from voicecoach.routine.address import Place, addresses, places
from voicecoach.routine.model import Routine, Side

DIGITS = 12
"""Of a digest: enough to tell the versions of one file apart."""
NO_LEVELS: Mapping[str, Level | None] = MappingProxyType({})


def version_of(data: bytes) -> str:
    """Return what tells one version of a routine file from another: a digest of its bytes."""
    return hashlib.sha256(data).hexdigest()[:DIGITS]


def prescribed(routine: Routine, levels: Mapping[str, Level | None] = NO_LEVELS) -> tuple[Prescribed, ...]:
    """Return what a session asks of each exercise, in their order; steps that wait are none.

    Args:
        routine: as adjusted.
        levels: how far exercises have progressed, by their addresses; others are done as written.
    """
    last: dict[tuple[int | None, int | None], Step] = {}
    sets: defaultdict[tuple[int | None, int | None], Counter[Side | None]] = defaultdict(Counter)
    for step in unroll(routine):
        if step.is_work:
            bout = step.bout[:2]
            last[bout] = step
            # Pressing is a part of a set: the stretch that follows it is counted.
            sets[bout][step.side] += step.kind is not Kind.CONTRACT
    names = addresses(routine)
    return tuple(
        Prescribed(
            address=names[place],
            name=exercise.name,
            muscle=exercise.muscle,
            aim=aim_of(routine.stages[place[0]], exercise),
            kind=last[place].kind,
            sets=max(sets[place].values()),
            sides=exercise.sides,
            seconds=last[place].seconds or 0.0,
            reps=last[place].reps,
            level=levels.get(names[place], AS_WRITTEN),
        )
        for place, exercise in places(routine)
        if not exercise.is_wait
    )


def planned(step: Step, address: str) -> Performed:
    """Return a set, or a part of one, of which nothing is done yet.

    Args:
        step: of work.
        address: of its exercise.
    """
    return Performed(
        address=address,
        kind=step.kind,
        set=step.set or 1,
        side=step.side,
        round=step.round,
        planned_seconds=step.seconds or 0.0,
        planned_reps=step.reps,
    )


def done_as_prescribed(routine: Routine) -> tuple[Performed, ...]:
    """Return all sets of a routine, in their order, each done to its end."""
    names = addresses(routine)
    found: list[Performed] = []
    for step in unroll(routine):
        if step.is_work and step.stage_index is not None and step.exercise_index is not None:
            one = planned(step, names[step.stage_index, step.exercise_index])
            found.append(replace(one, done_seconds=one.planned_seconds, done_reps=one.planned_reps))
    return tuple(found)


def changed(written: Routine, adjusted: Routine) -> Mapping[str, Level | None]:
    """Return the exercises whose dose was asked for itself: what is done of them says nothing of progress.

    Args:
        written: the routine as it stands in its file.
        adjusted: the same, adjusted.
    """
    before = {address: _dose(written, place) for place, address in addresses(written).items()}
    return {
        address: None
        for place, address in addresses(adjusted).items()
        if before.get(address) != _dose(adjusted, place)
    }


def _dose(routine: Routine, place: Place) -> object:
    stage = routine.stages[place[0]]
    exercise = stage.exercises[place[1]]
    return exercise.work, exercise.sets, stage.rounds

"""A routine at the levels that its exercises have reached. Pure."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from voicecoach.history.records import Level, Pain, Record
from voicecoach.plan.load import aim_of
from voicecoach.progress.pairs import evened, is_half, pairs
from voicecoach.progress.sessions import sessions_by_exercise
from voicecoach.progress.spread import spread
from voicecoach.progress.standing import Change, Standing, standing
from voicecoach.progress.way import Forms, way
from voicecoach.routine.address import addresses, places
from voicecoach.routine.model import Routine, Stage
from voicecoach.routine.pace import Pace

Standings = Mapping[str, Standing]
"""How far each exercise has come, by its address; waits have no standing."""


def standings(  # noqa: PLR0913 - each is a thing of its own
    routine: Routine,
    forms: Forms,
    records: Iterable[Record],
    pains: Iterable[Pain],
    *,
    today: dt.date,
    pace: Pace | None = None,
) -> Standings:
    """Return how far each exercise of a routine has come.

    Args:
        routine: as written, in whatever language.
        forms: that its exercises, and those forms, refer to.
        records: sessions of the routine, the oldest first.
        pains: what hurt in them.
        today: the day to come.
        pace: which takes the ranges of the doses; None: the routine's own.
    """
    known = sessions_by_exercise(records, pains)
    named, chosen = addresses(routine), pace or routine.pace
    paired = pairs({named[place]: exercise for place, exercise in places(routine)})
    found: dict[str, Standing] = {}
    rounds: dict[str, int] = {}
    for place, exercise in places(routine):
        if exercise.is_wait:
            continue
        address, stage = named[place], routine.stages[place[0]]
        rounds[address] = int(stage.rounds.take(chosen.sets))
        moves = address in paired or not is_half(exercise)
        its_way = way(exercise, aim_of(stage, exercise), forms, chosen, rounds[address], moves=moves)
        found[address] = standing(its_way, known.get(address, ()), today)
    even = {
        address: evened(one, found[paired[address]]) if address in paired else one
        for address, one in found.items()
    }
    return spread(replace(progressed(routine, even, ()), pace=chosen), even, paired, rounds)


def levels(standings: Standings, accepted: Collection[str]) -> Mapping[str, Level]:
    """Return the level at which each exercise is done, by its address.

    Args:
        standings: by address.
        accepted: the addresses whose step is taken.
    """
    return {address: one.then if address in accepted else one.level for address, one in standings.items()}


def due(standings: Standings) -> Mapping[str, Standing]:
    """Return the standings of the exercises for which there is a step to take, by their addresses."""
    return {address: one for address, one in standings.items() if one.change is not Change.NONE}


def progressed(routine: Routine, standings: Standings, accepted: Collection[str]) -> Routine:
    """Return a routine with each exercise at its level; a form has the address of the exercise it stands for.

    Args:
        routine: that the standings are of.
        standings: by address.
        accepted: the addresses whose step is taken.
    """
    named, at = addresses(routine), levels(standings, accepted)

    def stage_at(index: int, stage: Stage) -> Stage:
        exercises = list(stage.exercises)
        for number in range(len(exercises)):
            address = named[index, number]
            if address in standings:
                exercises[number] = standings[address].way.exercise(at[address])
        return replace(stage, exercises=tuple(exercises))

    return replace(routine, stages=tuple(stage_at(*pair) for pair in enumerate(routine.stages)))

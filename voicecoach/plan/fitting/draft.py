"""Drafts: a routine with other figures, some exercises left out, other pauses. Pure.

A draft names places of the routine that it is drawn from, whatever it leaves out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from voicecoach.routine.address import Place, places
from voicecoach.routine.model import Exercise, Routine, Stage
from voicecoach.routine.pace import Pace
from voicecoach.routine.quantities import Range
from voicecoach.routine.work import ContractRelax, Hold, Open, Reps, Timed, Wait

Spot = tuple[int, int | None]
"""The place of an exercise; or of what is between the rounds of a stage, which has no exercise."""


class Figure(NamedTuple):
    """One figure of a routine: which one, and where."""

    spot: Spot
    key: str
    """``sets``, ``rounds``, ``rest``, or a field of the work."""


WORK_KEYS: Mapping[type, tuple[str, ...]] = MappingProxyType(
    {
        Hold: ("seconds",),
        Timed: ("seconds",),
        Open: ("seconds",),
        Reps: ("count", "hold"),
        ContractRelax: ("contract", "deepen"),
        Wait: (),
    }
)
"""The figures of each kind of work that may be ranges. A wait is as long as it is."""
COUNTS = frozenset({"sets", "rounds"})
"""The figures that are whole sets more or less."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is done otherwise than in the routine that it is drawn from."""

    pace: Pace
    figures: Mapping[Figure, float] = field(default_factory=dict)
    dropped: frozenset[Place] = frozenset()


@dataclass(frozen=True, slots=True)
class Pinned:
    """What was asked for itself, and so stays as it is. Ranges that became one figure need no pin."""

    pauses: bool = False
    """Those of the pace: to change sides and posture, and before an exercise."""
    rests: bool = False
    """Those between sets and rounds."""
    holds: bool = False
    """Static holds: none leaves its range, whatever else may."""
    exercises: frozenset[Place] = frozenset()
    """The same for exercises that were changed one by one: their rests stay, and their holds in range."""


def ranges(routine: Routine) -> Iterator[tuple[Figure, Range]]:
    """Yield each figure of a dose with its range, in the order of the routine."""
    for index, stage in enumerate(routine.stages):
        yield Figure((index, None), "rounds"), stage.rounds
    for place, exercise in places(routine):
        if exercise.is_wait:
            continue
        yield Figure(place, "sets"), exercise.sets
        for key in WORK_KEYS[type(exercise.work)]:
            if span := getattr(exercise.work, key):
                yield Figure(place, key), span


def chosen(routine: Routine) -> dict[Figure, float]:
    """Return the figures that the pace of the routine chooses."""
    pace = routine.pace
    return {
        figure: span.take(pace.sets if figure.key in COUNTS else pace.holds)
        for figure, span in ranges(routine)
    }


def static_holds(routine: Routine, pinned: Pinned) -> frozenset[Figure]:
    """Return the lengths of the static holds that are not pinned."""
    return frozenset(
        Figure(place, "seconds")
        for place, exercise in places(routine)
        if isinstance(exercise.work, Hold)
        # A hold that is paced by the breath is as long as its breaths.
        and exercise.work.breath is None
        and not pinned.holds
        and place not in pinned.exercises
    )


def build(routine: Routine, draft: Draft) -> Routine:
    """Return the routine of a draft; ranges become the one figure that is taken."""
    stages = (_stage(routine, draft, index) for index in sorted(stages_left(routine, draft.dropped)))
    return replace(routine, stages=tuple(stages), pace=draft.pace)


def stages_left(routine: Routine, dropped: frozenset[Place]) -> frozenset[int]:
    """Return the stages that still have an exercise; a stage that loses them all goes with its waits."""
    before = {place[0] for place, exercise in places(routine) if not exercise.is_wait}
    after = {place[0] for place, exercise in places(routine) if not exercise.is_wait and place not in dropped}
    gone = {
        index
        for index, stage in enumerate(routine.stages)
        if all((index, number) in dropped for number in range(len(stage.exercises)))
    }
    return frozenset(range(len(routine.stages))) - (before - after) - gone


def _stage(routine: Routine, draft: Draft, index: int) -> Stage:
    stage = routine.stages[index]
    exercises = tuple(
        _exercise(exercise, (index, number), draft)
        for number, exercise in enumerate(stage.exercises)
        if (index, number) not in draft.dropped
    )
    return replace(stage, exercises=exercises, **_new((index, None), ("rounds",), draft))


def _exercise(exercise: Exercise, place: Place, draft: Draft) -> Exercise:
    if exercise.is_wait:
        return exercise
    keys = WORK_KEYS[type(exercise.work)]
    work = replace(exercise.work, **_work(place, keys, draft))
    return replace(exercise, work=work, **_new(place, ("sets",), draft))


def _work(place: Place, keys: tuple[str, ...], draft: Draft) -> dict[str, Any]:
    figures = {key: draft.figures.get(Figure(place, key)) for key in keys}
    return {key: Range.just(value) for key, value in figures.items() if value is not None}


def _new(spot: Spot, keys: tuple[str, ...], draft: Draft) -> dict[str, Any]:
    """Return what is new of a stage or an exercise, besides its work."""
    rest = draft.figures.get(Figure(spot, "rest"))
    ranges = {key: draft.figures.get(Figure(spot, key)) for key in keys}
    return {key: Range.just(value) for key, value in ranges.items() if value is not None} | (
        {} if rest is None else {"rest": rest}
    )

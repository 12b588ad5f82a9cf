"""The ladder of doses: from the least that a routine asks for to the most, in small steps. Pure.

Holds, times and reps have the lower rungs, sets and rounds the upper ones: so time that is there goes to
longer holds first, and time that is missing takes the added sets away first.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from voicecoach.plan.fitting.draft import COUNTS, Figure, Spot, ranges
from voicecoach.routine.address import Place, places
from voicecoach.routine.model import Routine
from voicecoach.routine.quantities import Range

FLOOR = 15.0
"""Where holds may leave their range, none is made shorter than this; this project's own figure."""
CEILING = 60.0
"""The same, none is made longer: ACSM's position stand of 2011 has older adults hold for 30 to 60 s."""
GRID = 5.0
"""Seconds of holds and times are multiples of this, between the ends of their ranges."""
_GRIDDED = frozenset({"seconds", "deepen"})
_COARSEST = 2
"""So many multiples of the grid must lie in a range; else each second counts."""


class Rung(NamedTuple):
    """One figure at its next higher value."""

    figure: Figure
    value: float


@dataclass(frozen=True, slots=True)
class Ladder:
    """The figures at the foot, and the rungs above it."""

    foot: Mapping[Figure, float]
    fine: tuple[Rung, ...]
    """Of holds, times and reps."""
    inside: int
    """With more of the fine rungs, holds are longer than their ranges."""
    coarse: tuple[Rung, ...]
    """Of sets and rounds."""

    def at(self, fine: int, coarse: int) -> dict[Figure, float]:
        """Return the figures on a number of fine and of coarse rungs."""
        return dict(self.foot) | dict(self.fine[:fine]) | dict(self.coarse[:coarse])

    def top(self, coarse: int) -> int:
        """Return the most fine rungs to go with so many coarse ones: ranges are used up first."""
        return len(self.fine) if coarse == len(self.coarse) else self.inside


def ladder(routine: Routine, free: frozenset[Figure] = frozenset()) -> Ladder:
    """Return the ladder of a routine.

    Args:
        routine: with the ranges of its doses.
        free: the holds that may leave their ranges.
    """
    spans = dict(ranges(routine))
    lengths = {figure: span for figure, span in spans.items() if figure.key not in COUNTS}
    counts = {figure: span for figure, span in spans.items() if figure.key in COUNTS}
    below = {figure: Range(min(spans[figure].low, FLOOR), spans[figure].low) for figure in free}
    above = {figure: Range(spans[figure].high, max(spans[figure].high, CEILING)) for figure in free}
    lower = (*_alike(routine, below), *_alike(routine, lengths))
    return Ladder(
        foot={figure: below.get(figure, span).low for figure, span in spans.items()},
        fine=(*lower, *_alike(routine, above)),
        inside=len(lower),
        coarse=_level(routine, counts),
    )


def _alike(routine: Routine, spans: Mapping[Figure, Range]) -> tuple[Rung, ...]:
    """Return the rungs of lengths and reps, so that all move through their ranges side by side."""
    rungs = []
    for figure, span in spans.items():
        values = values_above(figure, span)
        rungs += [
            ((number / len(values), _dispensable(routine, figure.spot)), Rung(figure, value))
            for number, value in enumerate(values, 1)
        ]
    return tuple(rung for _, rung in sorted(rungs))


def _level(routine: Routine, spans: Mapping[Figure, Range]) -> tuple[Rung, ...]:
    """Return the rungs of sets and rounds: none has a third before all that may have a second have it."""
    rungs = (Rung(figure, value) for figure, span in spans.items() for value in values_above(figure, span))
    return tuple(
        sorted(rungs, key=lambda rung: (rung.value, _dispensable(routine, rung.figure.spot), rung.figure.key))
    )


def values_above(figure: Figure, span: Range) -> list[float]:
    """Return the values of a figure above the low end of a range, up to its high end."""
    if span.high <= span.low:
        return []
    grid = GRID if figure.key in _GRIDDED and span.high - span.low >= _COARSEST * GRID else 1.0
    first, last = math.floor(span.low / grid) + 1, math.ceil(span.high / grid)
    return [*(number * grid for number in range(first, last)), span.high]


def _dispensable(routine: Routine, spot: Spot) -> tuple[float, int, int]:
    """Return a key that sorts the least dispensable first, then in the order of the routine."""
    index, number = spot
    exercises = routine.stages[index].exercises
    ranks = [one.optional for one in (exercises if number is None else exercises[number : number + 1])]
    rank = max((math.inf if one is None else one for one in ranks), default=math.inf)
    return -rank, index, -1 if number is None else number


def drop_order(routine: Routine) -> tuple[Place, ...]:
    """Return the exercises that may be left out, the first first; of one rank, the last of the routine.

    One exercise at least is left.
    """
    ranked = sorted(
        (
            (exercise.optional, tuple(-index for index in place), place)
            for place, exercise in places(routine)
            if exercise.optional is not None
        )
    )
    order = tuple(place for *_, place in ranked)
    real = {place for place, exercise in places(routine) if not exercise.is_wait}
    if real <= set(order):
        return order[: max((order.index(place) for place in real), default=0)]
    return order

"""Ladders: the doses that an exercise goes through as it gets harder, or easier. Pure.

Rung 0 is the dose as it is written, as far as the pace takes its ranges. Each rung above differs from the one
below in one quantity alone, and so does each rung below it.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from voicecoach.plan.steps import Kind, Step, work_of
from voicecoach.progress.defaults import Usual
from voicecoach.routine.growth import amount, with_amount
from voicecoach.routine.model import Exercise
from voicecoach.routine.pace import Pace
from voicecoach.routine.progression import Increment, Quantity
from voicecoach.routine.quantities import BOUNDS
from voicecoach.routine.work import Reps

Amounts = Mapping[Quantity, float]
"""How much there is of each quantity that a rule changes."""
SHORTEST = 10
"""Seconds: a static hold is not made shorter than this (ACSM, Garber 2011: 10 to 30 s)."""
HALF = 2
"""Nothing but sets gets less than its half: this project's own."""
MOST_RUNGS = 400
"""Above, and as many below: more than years of steps would go through."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of one exercise at one pace."""

    down: tuple[Amounts, ...]
    """Rungs -1, -2 and so on."""
    written: Amounts
    """Rung 0."""
    up: tuple[Amounts, ...]
    """Rungs 1, 2 and so on."""

    @property
    def bottom(self) -> int:
        """Return the lowest rung."""
        return -len(self.down)

    @property
    def top(self) -> int:
        """Return the highest rung."""
        return len(self.up)

    def nearest(self, rung: int) -> int:
        """Return a rung, or the nearest that there is."""
        return min(max(rung, self.bottom), self.top)

    def at(self, rung: int) -> Amounts:
        """Return the amounts of a rung, or of the nearest that there is."""
        rung = self.nearest(rung)
        if rung == 0:
            return self.written
        return self.up[rung - 1] if rung > 0 else self.down[-rung - 1]


def ladder(exercise: Exercise, usual: Usual, pace: Pace, rounds: int = 1) -> Ladder:
    """Return the rungs of an exercise under a rule.

    Args:
        exercise: as written.
        usual: how it gets harder.
        pace: which takes its ranges.
        rounds: how often its stage is done: what a side may be asked for counts all of them.
    """
    most = None if usual.most is None else usual.most / rounds
    written = {
        increment.quantity: found.take(pace.sets if increment.quantity is Quantity.SETS else pace.holds)
        for increment in usual.rule.increments
        if (found := amount(exercise, increment.quantity))
    }
    up = _within(exercise, _up(written, _ends(exercise, usual)), pace, most)
    down = _within(exercise, _down(exercise, written, usual.rule.increments), pace, None)
    return Ladder(tuple(down), written, tuple(up))


def applied(exercise: Exercise, ladder: Ladder, rung: int) -> Exercise:
    """Return an exercise with the dose of a rung; at rung 0 it is the exercise itself."""
    for quantity, value in ladder.at(rung).items():
        if value != ladder.written[quantity]:
            exercise = with_amount(exercise, quantity, value)
    return exercise


def _ends(exercise: Exercise, usual: Usual) -> Iterator[tuple[Increment, float]]:
    """Yield each increment with its end: the usual rule does not leave the range that a dose has."""
    for increment in usual.rule.increments:
        found = amount(exercise, increment.quantity)
        has_range = found is not None and found.low < found.high
        high = found.high if found and has_range and usual.is_usual else math.inf
        yield increment, min(high, increment.up_to)


def _up(written: Amounts, increments: Iterable[tuple[Increment, float]]) -> Iterator[Amounts]:
    now = dict(written)
    for increment, end in increments:
        what = increment.quantity
        while what in now and now[what] < end:
            now[what] = min(now[what] + increment.by, end)
            yield dict(now)


def _down(exercise: Exercise, written: Amounts, increments: tuple[Increment, ...]) -> Iterator[Amounts]:
    """Yield the rungs below: the same steps the other way round, the last of the rule first."""
    now = dict(written)
    for increment in reversed(increments):
        what = increment.quantity
        floor = _floor(exercise, what, written[what]) if what in written else math.inf
        while what in now and now[what] > floor:
            now[what] = max(now[what] - increment.by, floor)
            yield dict(now)


def _floor(exercise: Exercise, quantity: Quantity, written: float) -> float:
    """Return the least that there may be of a quantity."""
    if quantity is Quantity.SETS:
        return BOUNDS["sets"].low
    half = max(math.ceil(written / HALF), 1)
    is_static = quantity is Quantity.HOLD and not isinstance(exercise.work, Reps)
    return min(max(half, SHORTEST) if is_static else half, written)


def _within(
    exercise: Exercise, rungs: Iterator[Amounts], pace: Pace, most: float | None
) -> Iterator[Amounts]:
    """Yield rungs as long as they are valid, and no side is asked for more seconds than it may be."""
    for count, amounts in enumerate(rungs):
        changed = exercise
        try:
            for quantity, value in amounts.items():
                changed = with_amount(changed, quantity, value)
        except ValueError:
            return
        if count >= MOST_RUNGS or (most is not None and _seconds(changed, pace) > most):
            return
        yield amounts


def _seconds(exercise: Exercise, pace: Pace) -> float:
    """Return the seconds of all sets on one side; of contract and relax, those of the stretch."""
    sets = exercise.sets.take(pace.sets)
    *_, last = work_of(Step(Kind.ANNOUNCE, exercise=exercise), pace)
    return sets * (last.seconds or 0)

"""Growth: what of an exercise a rule of progress can change, and the exercise with that changed. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from voicecoach.routine.model import Exercise
from voicecoach.routine.progression import Quantity, Rule
from voicecoach.routine.quantities import Range
from voicecoach.routine.work import ContractRelax, Hold, Open, Reps, Timed, Wait, Work

PARTS: Mapping[type[Work], Mapping[Quantity, str]] = MappingProxyType(
    {
        Hold: {Quantity.HOLD: "seconds"},
        Timed: {Quantity.TIME: "seconds"},
        Reps: {Quantity.REPS: "count", Quantity.HOLD: "hold"},
        ContractRelax: {Quantity.HOLD: "deepen"},
        Open: {Quantity.HOLD: "seconds"},
        Wait: {},
    }
)
"""What each kind of work has of each quantity; sets are those of the exercise."""


def amount(exercise: Exercise, quantity: Quantity) -> Range | None:
    """Return how much an exercise has of a quantity; None where it has none."""
    if quantity is Quantity.SETS:
        return None if exercise.is_wait else exercise.sets
    part = PARTS[type(exercise.work)].get(quantity)
    found: Range | None = getattr(exercise.work, part) if part else None
    return found


def with_amount(exercise: Exercise, quantity: Quantity, value: float) -> Exercise:
    """Return an exercise that has just so much of a quantity.

    Raises:
        ValueError: it has nothing of the kind, or the figure is out of bounds.
    """
    just = Range.just(value)
    if quantity is Quantity.SETS:
        return replace(exercise, sets=just)
    if amount(exercise, quantity) is None:
        message = f"there is no {quantity} in it"
        raise ValueError(message)
    changed: dict[str, Any] = {PARTS[type(exercise.work)][quantity]: just}
    return replace(exercise, work=replace(exercise.work, **changed))


def check_rule(rule: Rule, exercise: Exercise) -> None:
    """Raise ValueError where a rule cannot be applied to the work of an exercise, to its last step."""
    for increment in rule.increments:
        if amount(exercise, increment.quantity) is None:
            fitting = " and ".join(each for each in Quantity if amount(exercise, each) is not None)
            message = f"progress: {increment}: the exercise has no {increment.quantity}; it has {fitting}"
            raise ValueError(message)
        try:
            with_amount(exercise, increment.quantity, increment.up_to)
        except ValueError as error:
            message = f"progress: {increment}: {error}"
            raise ValueError(message) from error

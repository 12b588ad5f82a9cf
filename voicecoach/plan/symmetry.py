"""Symmetry: what one side of the body does, the other has to do somewhere, unless it is prescribed. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from voicecoach.plan.doses import ExerciseDose
from voicecoach.plan.load import Load
from voicecoach.routine.address import Place
from voicecoach.routine.model import Aim, Side


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """A muscle, or an exercise that names none, of which one side does more than the other."""

    name: str
    aim: Aim
    left: Load
    right: Load
    exercises: tuple[str, ...]
    """Those that do not do the same on both sides."""
    place: Place
    """Of the first of them."""
    more: Side
    """The side that does more."""

    def __str__(self) -> str:
        """Write what is uneven and how to mend it."""
        return (
            f"uneven sides: {self.name} ({self.aim}): left {self.left}, right {self.right}, "
            f"in {', '.join(map(repr, self.exercises))}; give both sides as much, or, if one side is meant, "
            f'write sides = "{self.more} only"'
        )

    def to_json(self) -> dict[str, Any]:
        """Return the asymmetry as plain values for JSON."""
        return {
            "name": self.name,
            "aim": self.aim.value,
            "left": self.left.to_json(),
            "right": self.right.to_json(),
            "exercises": list(self.exercises),
            "message": str(self),
        }


def asymmetries(doses: Iterable[ExerciseDose]) -> tuple[Asymmetry, ...]:
    """Compare the sides of each muscle, or of each exercise that names none, for each aim."""
    groups: dict[tuple[str, Aim], list[ExerciseDose]] = defaultdict(list)
    for dose in doses:
        if not dose.exercise.one_sided:
            groups[dose.group.casefold(), dose.aim].append(dose)
    return tuple(found for group in groups.values() if (found := _asymmetry(group)) is not None)


def _asymmetry(group: list[ExerciseDose]) -> Asymmetry | None:
    left = sum((dose.left for dose in group), Load())
    right = sum((dose.right for dose in group), Load())
    if left.balances(right):
        return None
    uneven = [dose for dose in group if not dose.left.balances(dose.right)]
    names = tuple(dict.fromkeys(dose.exercise.name for dose in uneven))
    more = Side.LEFT if (left.timed, left.reps) > (right.timed, right.reps) else Side.RIGHT
    return Asymmetry(group[0].group, group[0].aim, left, right, names, uneven[0].place, more)

"""Pairs: a left exercise and the right one that balances it, which move on together. Pure.

An exercise for both sides is even by itself, for it has one dose; two exercises have to be kept so.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from voicecoach.progress.standing import Change, Standing, Why
from voicecoach.routine.model import Exercise


def is_half(exercise: Exercise) -> bool:
    """Tell whether an exercise is of one side, and another has to balance it."""
    return len(exercise.sides) == 1 and not exercise.one_sided


def pairs(exercises: Mapping[str, Exercise]) -> Mapping[str, str]:
    """Return the address of what balances each half, by its own: the same dose, rule and muscle, or name.

    Args:
        exercises: of a routine, by address; waits may be among them.
    """
    alike: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for address, one in exercises.items():
        if is_half(one):
            same = (one.muscle or one.name, one.work, one.sets, one.progress, one.next, one.easier)
            alike[same].append(address)
    found: dict[str, str] = {}
    for addresses in alike.values():
        if len({exercises[address].sides for address in addresses}) == len(addresses) == 2:  # noqa: PLR2004 - a pair
            first, second = addresses
            found |= {first: second, second: first}
    return found


def evened(one: Standing, other: Standing) -> Standing:
    """Return where an exercise stands together with the one that balances it.

    The lower of both levels counts. Up goes what may go up on both sides, down what has to on one.
    """
    level = min(one.level, other.level, key=one.way.order)
    easy = min(one.easy, other.easy)
    if one.level == other.level and one.change == other.change:
        return replace(one, easy=easy)
    below = one.way.down(level) if one.level == other.level else None
    if below is not None and Change.DOWN in {one.change, other.change}:
        why = one.why if one.change is Change.DOWN else other.why
        return replace(one, change=Change.DOWN, then=below, why=why, easy=easy)
    return replace(one, level=level, change=Change.NONE, then=level, why=Why.GOING_ON, easy=easy)

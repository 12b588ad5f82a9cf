"""Changes: what an option or a setting makes of one exercise. Pure.

A change that does not concern an exercise returns it as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from voicecoach.routine.keys import ORDERS, SIDES
from voicecoach.routine.model import Exercise, Side
from voicecoach.routine.quantities import Breath, Range, Tempo
from voicecoach.routine.work import ContractRelax, Hold, Reps
from voicecoach.units import parse_duration

Change = Callable[[Exercise], Exercise]
"""Return an exercise changed, or the same one where the change does not concern it."""


def _hold(seconds: float) -> Change:
    def change(exercise: Exercise) -> Exercise:
        if not isinstance(exercise.work, Hold):
            return exercise
        return replace(exercise, work=replace(exercise.work, seconds=Range.just(seconds)))

    return change


def _length(seconds: float) -> Change:
    """Set the length of a set, whatever kind of work it is."""

    def change(exercise: Exercise) -> Exercise:
        match exercise.work:
            case Reps() as work:
                return replace(exercise, work=replace(work, hold=Range.just(seconds)))
            case ContractRelax() as work:
                return replace(exercise, work=replace(work, deepen=Range.just(seconds)))
            case work:
                return replace(exercise, work=replace(work, seconds=Range.just(seconds)))

    return change


def _sets(count: float) -> Change:
    return lambda exercise: exercise if exercise.is_wait else replace(exercise, sets=Range.just(count))


def _reps(count: float) -> Change:
    def change(exercise: Exercise) -> Exercise:
        work = exercise.work
        if not isinstance(work, Reps):
            return exercise
        return replace(exercise, work=replace(work, count=Range.just(count)))

    return change


def _rest(seconds: float) -> Change:
    return lambda exercise: exercise if exercise.is_wait else replace(exercise, rest=seconds)


CHANGES: Mapping[str, Callable[[float], Change]] = MappingProxyType(
    {"hold": _hold, "sets": _sets, "reps": _reps, "rest": _rest}
)
"""What the options that concern all exercises change."""
MISSING: Mapping[str, str] = MappingProxyType(
    {
        "hold": "there is no static hold",
        "reps": "no exercise counts reps",
        "sets": "there is nothing but waiting",
        "rest": "there is nothing but waiting",
    }
)
"""Why such an option may concern none."""


def _tempo(text: str) -> Change:
    tempo = Tempo.parse(text)

    def change(exercise: Exercise) -> Exercise:
        work = exercise.work
        if not isinstance(work, Reps):
            message = "only reps have a tempo"
            raise ValueError(message)
        return replace(exercise, work=replace(work, tempo=tempo))

    return change


def _set_reps(text: str) -> Change:
    count = _count(text)

    def change(exercise: Exercise) -> Exercise:
        if not isinstance(exercise.work, Reps):
            message = "the exercise counts no reps"
            raise ValueError(message)
        return _reps(count)(exercise)

    return change


def _sides(text: str) -> Change:
    if text not in SIDES:
        message = f"wanted one of {', '.join(SIDES)}"
        raise ValueError(message)
    sides, one_sided = SIDES[text]
    return lambda exercise: replace(exercise, sides=sides, one_sided=one_sided)


def side_order(text: str) -> Change:
    """Do the sets of two sides in another order: ``alternate`` or ``block``."""
    if text not in ORDERS:
        message = f"wanted one of {', '.join(ORDERS)}"
        raise ValueError(message)
    return lambda exercise: replace(exercise, order=ORDERS[text])


def first_side(text: str) -> Change:
    """Begin with ``left`` or ``right`` where both sides are worked."""
    side = Side(text)

    def change(exercise: Exercise) -> Exercise:
        return replace(exercise, sides=(side, side.other)) if len(exercise.sides) > 1 else exercise

    return change


def _breath(text: str) -> Change:
    breath = Breath.parse(text)

    def change(exercise: Exercise) -> Exercise:
        if not isinstance(exercise.work, Hold):
            message = "only a hold has a pace of breathing"
            raise ValueError(message)
        return replace(exercise, work=replace(exercise.work, breath=breath))

    return change


def _count(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        message = f"'{text}' is not a whole number"
        raise ValueError(message) from None


SETTINGS: Mapping[str, Callable[[str], Change]] = MappingProxyType(
    {
        "hold": lambda text: _length(parse_duration(text)),
        "time": lambda text: _length(parse_duration(text)),
        "sets": lambda text: _sets(_count(text)),
        "reps": _set_reps,
        "rest": lambda text: _rest(parse_duration(text)),
        "tempo": _tempo,
        "sides": _sides,
        "order": side_order,
        "breath": _breath,
    }
)
"""What ``--set EXERCISE.KEY=VALUE`` can set."""

"""Changes: what an option or a setting makes of one exercise. Pure.

A change that does not concern an exercise returns it as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from voicecoach.routine.keys import ORDERS, SIDES
from voicecoach.routine.kinds import typed_counts, typed_range
from voicecoach.routine.model import Exercise, Side
from voicecoach.routine.quantities import Breath, Range, Tempo
from voicecoach.routine.readers import read_range
from voicecoach.routine.work import ContractRelax, Hold, Open, Reps, Wait, Work
from voicecoach.units import parse_duration

Change = Callable[[Exercise], Exercise]
"""Return an exercise changed, or the same one where the change does not concern it."""


def _hold(seconds: Range) -> Change:
    def change(exercise: Exercise) -> Exercise:
        if not isinstance(exercise.work, Hold):
            return exercise
        return replace(exercise, work=replace(exercise.work, seconds=seconds))

    return change


def _length(seconds: Range) -> Change:
    """Set the length of a set, whatever kind of work it is."""

    def change(exercise: Exercise) -> Exercise:
        match exercise.work:
            case Reps() as work:
                return replace(exercise, work=replace(work, hold=seconds))
            case ContractRelax() as work:
                return replace(exercise, work=replace(work, deepen=seconds))
            case work:
                return replace(exercise, work=replace(work, seconds=seconds))

    return change


def _sets(count: Range) -> Change:
    return lambda exercise: exercise if exercise.is_wait else replace(exercise, sets=count)


def _reps(count: Range) -> Change:
    def change(exercise: Exercise) -> Exercise:
        work = exercise.work
        if not isinstance(work, Reps):
            return exercise
        return replace(exercise, work=replace(work, count=count))

    return change


def _rest(seconds: Range) -> Change:
    return lambda exercise: exercise if exercise.is_wait else replace(exercise, rest=seconds.high)


CHANGES: Mapping[str, Callable[[Range], Change]] = MappingProxyType(
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
    count = _counts(text)

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


_PRESSING: Mapping[str, Callable[[ContractRelax, Range], ContractRelax]] = MappingProxyType(
    {
        "contract": lambda work, seconds: replace(work, contract=seconds),
        "deepen": lambda work, seconds: replace(work, deepen=seconds),
        "relax": lambda work, seconds: replace(work, relax=_one(seconds)),
    }
)


def _pressing(key: str) -> Callable[[str], Change]:
    """Return what sets one length of contract and relax."""

    def setting(text: str) -> Change:
        seconds = lengths(text)

        def change(exercise: Exercise) -> Exercise:
            if not isinstance(exercise.work, ContractRelax):
                message = f"only contract and relax has '{key}'"
                raise ValueError(message)
            return replace(exercise, work=_PRESSING[key](exercise.work, seconds))

        return change

    return setting


def _length_of(kind: type[Work], noun: str) -> Callable[[str], Change]:
    """Return what sets the length of one kind of work, and refuses others."""

    def setting(text: str) -> Change:
        seconds = lengths(text)

        def change(exercise: Exercise) -> Exercise:
            if not isinstance(exercise.work, kind):
                message = f"it is not {noun}"
                raise ValueError(message)
            return _length(seconds)(exercise)

        return change

    return setting


def _one(seconds: Range) -> float:
    if seconds.low != seconds.high:
        message = f"wanted one length, not {seconds}"
        raise ValueError(message)
    return seconds.high


def lengths(text: str) -> Range:
    """Read ``60``, ``1:30`` or ``30-60`` as seconds.

    Raises:
        ValueError: it is neither a duration nor two of them.
    """
    return read_range(typed_range(text))


def _counts(text: str) -> Range:
    return read_range(typed_counts(text))


SETTINGS: Mapping[str, Callable[[str], Change]] = MappingProxyType(
    {
        "hold": lambda text: _length(lengths(text)),
        "time": lambda text: _length(lengths(text)),
        "sets": lambda text: _sets(_counts(text)),
        "reps": _set_reps,
        "rest": lambda text: _rest(Range.just(parse_duration(text))),
        "tempo": _tempo,
        "sides": _sides,
        "order": side_order,
        "breath": _breath,
        **{key: _pressing(key) for key in _PRESSING},
        "open": _length_of(Open, "an open-ended hold"),
        "wait": _length_of(Wait, "a wait"),
    }
)
"""What ``--set EXERCISE.KEY=VALUE`` can set, and `voicecoach set` of a dose; a range is left to the pace."""

"""Adjustments: one routine to another, as asked on the command line. Pure.

What the user gave explicitly is what is done: a range becomes the one figure that was asked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from voicecoach.errors import ChoiceError, did_you_mean
from voicecoach.routine.address import Place, find_exercise, find_part, places
from voicecoach.routine.model import (
    BOTH_SIDES,
    Exercise,
    Hold,
    Reps,
    Routine,
    Side,
    Timed,
)
from voicecoach.routine.pace import PACES
from voicecoach.routine.quantities import Range, Tempo
from voicecoach.units import parse_duration


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What is done differently from the routine as written. Durations are seconds."""

    pace: str | None = None
    hold: float | None = None
    sets: int | None = None
    reps: int | None = None
    rest: float | None = None
    sides: str = "both"
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    """As ``roll.piriformis.hold=60``."""
    first: str | None = None
    """The address of the exercise to begin with."""

    def given(self) -> dict[str, object]:
        """Return what was asked for, by option name, for the record of a plan."""
        asked: dict[str, object] = {
            "pace": self.pace,
            "hold": self.hold,
            "sets": self.sets,
            "reps": self.reps,
            "rest": self.rest,
            "sides": self.sides if self.sides != "both" else None,
            "only": list(self.only),
            "skip": list(self.skip),
            "set": list(self.settings),
            "from": self.first,
        }
        return {name: value for name, value in asked.items() if value not in (None, [])}


_NOTHING_LEFT = "nothing is left to do; ask for less with --only, --skip, --from or --sides"

Change = Callable[[Exercise], Exercise]
"""Return an exercise changed, or the same one where the change does not concern it."""


def adjust(routine: Routine, adjustments: Adjustments) -> tuple[Routine, tuple[str, ...]]:
    """Return the routine as asked for, and a note for each option that changed nothing.

    Raises:
        ChoiceError: an address or a figure is wrong, or nothing is left to do.
    """
    notes: list[str] = []
    kept = _selected(routine, adjustments)
    if not kept:
        raise ChoiceError(_NOTHING_LEFT)
    settings = [_setting(routine, text) for text in adjustments.settings]
    changes: dict[Place, Exercise] = {place: exercise for place, exercise in places(routine) if place in kept}
    for option, value in (
        ("hold", adjustments.hold),
        ("sets", adjustments.sets),
        ("reps", adjustments.reps),
        ("rest", adjustments.rest),
    ):
        if value is not None and not _for_all(changes, f"--{option} {value:g}", _CHANGES[option](value)):
            notes.append(f"--{option} {value:g} changes nothing here: {_MISSING[option]}")
    for place, text, change in settings:
        if place in changes:
            changes[place] = _changed(changes[place], f"--set {text}", change)
        else:
            notes.append(f"--set {text} changes nothing here: the exercise is left out")
    if adjustments.sides != "both":
        side = Side(adjustments.sides)
        notes += [
            f"--sides {side} leaves out: {exercise.name}"
            for exercise in changes.values()
            if not _has(exercise, side)
        ]
        changes = {
            place: _one_sided(exercise, side) for place, exercise in changes.items() if _has(exercise, side)
        }
    stages = (
        replace(stage, exercises=tuple(changes[place] for place in sorted(changes) if place[0] == index))
        for index, stage in enumerate(routine.stages)
    )
    left = tuple(stage for stage in stages if stage.exercises)
    if not left:
        raise ChoiceError(_NOTHING_LEFT)
    pace = PACES[adjustments.pace] if adjustments.pace else routine.pace
    return replace(routine, stages=left, pace=pace), tuple(notes)


def _selected(routine: Routine, adjustments: Adjustments) -> frozenset[Place]:
    every = frozenset(place for place, _ in places(routine))
    only = frozenset[Place]().union(*(find_part(routine, reference) for reference in adjustments.only))
    skip = frozenset[Place]().union(*(find_part(routine, reference) for reference in adjustments.skip))
    start = find_exercise(routine, adjustments.first) if adjustments.first else (0, 0)
    return frozenset(place for place in (only if adjustments.only else every) - skip if place >= start)


# What an option changes. Each returns a Change; one that does not concern the exercise returns it as it is.


def _hold(seconds: float) -> Change:
    def change(exercise: Exercise) -> Exercise:
        is_static = isinstance(exercise.work, Hold)
        return replace(exercise, work=Hold(Range.just(seconds))) if is_static else exercise

    return change


def _length(seconds: float) -> Change:
    """Set the length of a set, whatever kind of work it is."""

    def change(exercise: Exercise) -> Exercise:
        match exercise.work:
            case Reps() as work:
                return replace(exercise, work=replace(work, hold=Range.just(seconds)))
            case Hold() | Timed() as work:
                return replace(exercise, work=replace(work, seconds=Range.just(seconds)))

    return change


def _sets(count: float) -> Change:
    return lambda exercise: replace(exercise, sets=Range.just(count))


def _reps(count: float) -> Change:
    def change(exercise: Exercise) -> Exercise:
        work = exercise.work
        if not isinstance(work, Reps):
            return exercise
        return replace(exercise, work=replace(work, count=Range.just(count)))

    return change


def _rest(seconds: float) -> Change:
    return lambda exercise: replace(exercise, rest=seconds)


_CHANGES: Mapping[str, Callable[[float], Change]] = MappingProxyType(
    {"hold": _hold, "sets": _sets, "reps": _reps, "rest": _rest}
)
_MISSING = {"hold": "there is no static hold", "reps": "no exercise counts reps"}


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
    if text not in {"both", *Side}:
        message = "wanted left, right or both"
        raise ValueError(message)
    sides = BOTH_SIDES if text == "both" else (Side(text),)
    return lambda exercise: replace(exercise, sides=sides)


def _count(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        message = f"'{text}' is not a whole number"
        raise ValueError(message) from None


_SETTINGS: Mapping[str, Callable[[str], Change]] = MappingProxyType(
    {
        "hold": lambda text: _length(parse_duration(text)),
        "time": lambda text: _length(parse_duration(text)),
        "sets": lambda text: _sets(_count(text)),
        "reps": _set_reps,
        "rest": lambda text: _rest(parse_duration(text)),
        "tempo": _tempo,
        "sides": _sides,
    }
)
"""What ``--set EXERCISE.KEY=VALUE`` can set."""


def _setting(routine: Routine, text: str) -> tuple[Place, str, Change]:
    """Read ``roll.piriformis.hold=60``."""
    address, equals, value = text.partition("=")
    reference, _, key = address.strip().rpartition(".")
    if not equals or not reference:
        hint = f"; did you mean --sets {text}?" if text.strip().isdecimal() else ""
        message = f"--set {text}: write EXERCISE.KEY=VALUE, as in --set roll.piriformis.hold=60{hint}"
        raise ChoiceError(message)
    if key not in _SETTINGS:
        message = f"--set {text}: there is no '{key}' to set{did_you_mean(key, list(_SETTINGS))}; known: "
        raise ChoiceError(message + ", ".join(_SETTINGS))
    try:
        return find_exercise(routine, reference), text, _SETTINGS[key](value.strip())
    except ValueError as error:
        message = f"--set {text}: {error}"
        raise ChoiceError(message) from error


def _for_all(changes: dict[Place, Exercise], option: str, change: Change) -> bool:
    """Apply a change to every exercise; tell whether it concerned any."""
    concerned = False
    for place, exercise in changes.items():
        changes[place] = _changed(exercise, option, change)
        concerned |= changes[place] is not exercise
    return concerned


def _changed(exercise: Exercise, option: str, change: Change) -> Exercise:
    try:
        return change(exercise)
    except ValueError as error:
        message = f"{option}: {exercise.name}: {error}"
        raise ChoiceError(message) from error


def _has(exercise: Exercise, side: Side) -> bool:
    return not exercise.sides or side in exercise.sides


def _one_sided(exercise: Exercise, side: Side) -> Exercise:
    return replace(exercise, sides=(side,)) if exercise.sides else exercise

"""Adjustments: one routine to another, as asked on the command line. Pure.

What the user gave explicitly is what is done: a range becomes the one figure that was asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from voicecoach.errors import ChoiceError, did_you_mean
from voicecoach.routine.address import Place, addresses, find_exercise, find_part, places
from voicecoach.routine.changes import CHANGES, MISSING, SETTINGS, Change, first_side, side_order
from voicecoach.routine.model import Exercise, Routine, Side
from voicecoach.routine.pace import PACES
from voicecoach.routine.quantities import Range


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What is done differently from the routine as written. Durations are seconds."""

    pace: str | None = None
    hold: float | None = None
    sets: int | None = None
    reps: int | None = None
    rest: float | None = None
    sides: str = "both"
    first_side: str | None = None
    """The side that two-sided exercises begin with; None: as each says."""
    side_order: str | None = None
    """``alternate`` or ``block``; None: as each exercise says."""
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
            "first_side": self.first_side,
            "side_order": self.side_order,
            "only": list(self.only),
            "skip": list(self.skip),
            "set": list(self.settings),
            "from": self.first,
        }
        return {name: value for name, value in asked.items() if value not in (None, [])}


class Adjusted(NamedTuple):
    """A routine as it was asked for."""

    routine: Routine
    notes: tuple[str, ...]
    """One for each option that changed nothing."""
    set_alone: frozenset[Place]
    """The exercises, by their places in this routine, that were changed one by one."""


_NOTHING_LEFT = "nothing is left to do; ask for less with --only, --skip, --from or --sides"


def adjust(routine: Routine, adjustments: Adjustments) -> Adjusted:
    """Return the routine as asked for.

    Raises:
        ChoiceError: an address or a figure is wrong, or nothing is left to do.
    """
    notes: list[str] = []
    kept = _selected(routine, adjustments)
    if not kept:
        raise ChoiceError(_NOTHING_LEFT)
    settings = [_setting(routine, text) for text in adjustments.settings]
    named = _named(routine, adjustments, settings)
    written = addresses(routine)
    changes: dict[Place, Exercise] = {
        place: replace(
            exercise, address=written[place], optional=None if place in named else exercise.optional
        )
        for place, exercise in places(routine)
        if place in kept
    }
    for option, value in (
        ("hold", adjustments.hold),
        ("sets", adjustments.sets),
        ("reps", adjustments.reps),
        ("rest", adjustments.rest),
    ):
        if value is not None and not _for_all(
            changes, f"--{option} {value:g}", CHANGES[option](Range.just(value))
        ):
            notes.append(f"--{option} {value:g} changes nothing here: {MISSING[option]}")
    for place, text, change in settings:
        if place in changes:
            changes[place] = _changed(changes[place], f"--set {text}", change)
        else:
            notes.append(f"--set {text} changes nothing here: the exercise is left out")
    for name, order in ((adjustments.first_side, first_side), (adjustments.side_order, side_order)):
        if name is not None:
            changes = {place: order(name)(exercise) for place, exercise in changes.items()}
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
    adjusted = replace(routine, stages=left, pace=pace)
    set_alone = {place for place, _, _ in settings}
    kept_places = zip(sorted(changes), places(adjusted), strict=True)
    return Adjusted(
        adjusted, tuple(notes), frozenset(new for old, (new, _) in kept_places if old in set_alone)
    )


def _selected(routine: Routine, adjustments: Adjustments) -> frozenset[Place]:
    every = frozenset(place for place, _ in places(routine))
    only = frozenset[Place]().union(*(find_part(routine, reference) for reference in adjustments.only))
    skip = frozenset[Place]().union(*(find_part(routine, reference) for reference in adjustments.skip))
    start = find_exercise(routine, adjustments.first) if adjustments.first else (0, 0)
    return frozenset(place for place in (only if adjustments.only else every) - skip if place >= start)


def _named(
    routine: Routine, adjustments: Adjustments, settings: Iterable[tuple[Place, str, Change]]
) -> frozenset[Place]:
    """Return the exercises that were asked for themselves: those are not left out for want of time."""
    parts = (find_part(routine, reference) for reference in adjustments.only)
    alone = frozenset(place for part in parts if len(part) == 1 for place in part)
    return alone | {place for place, _, _ in settings}


def _setting(routine: Routine, text: str) -> tuple[Place, str, Change]:
    """Read ``roll.piriformis.hold=60``."""
    address, equals, value = text.partition("=")
    reference, _, key = address.strip().rpartition(".")
    if not equals or not reference:
        hint = f"; did you mean --sets {text}?" if text.strip().isdecimal() else ""
        message = f"--set {text}: write EXERCISE.KEY=VALUE, as in --set roll.piriformis.hold=60{hint}"
        raise ChoiceError(message)
    if key not in SETTINGS:
        message = f"--set {text}: there is no '{key}' to set{did_you_mean(key, list(SETTINGS))}; known: "
        raise ChoiceError(message + ", ".join(SETTINGS))
    try:
        return find_exercise(routine, reference), text, SETTINGS[key](value.strip())
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
    return replace(exercise, sides=(side,), one_sided=True) if exercise.sides else exercise

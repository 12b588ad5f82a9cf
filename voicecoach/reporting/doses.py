"""Doses: what was done of each exercise beside what was prescribed, as the tables of a report. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voicecoach.history.records import Origin
from voicecoach.reporting import words
from voicecoach.reporting.places import key, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voicecoach.history.amounts import DoneDose
    from voicecoach.history.records import Prescribed, Record
    from voicecoach.reporting.places import Key

EACH = "each side"
"""Both sides, of which the same was done."""


@dataclass(frozen=True, slots=True)
class SideRow:
    """What was done on one side."""

    side: str
    """``left``, ``right``, `EACH`, or ``both`` where both work at once."""
    sets: str
    """Those done of those prescribed."""
    share: str
    amount: str
    """Seconds or reps, those done of those prescribed."""


@dataclass(frozen=True, slots=True)
class ExerciseRows:
    """What was done of one exercise."""

    name: str
    place: str
    """Its address, where another exercise of the routine has the same name; else empty."""
    sessions: int
    """Those that asked for it."""
    dose: str
    """As it was prescribed last."""
    level: str
    """As it was last."""
    first_level: str
    sides: tuple[SideRow, ...]


@dataclass(frozen=True, slots=True)
class RoutineDoses:
    """What was done of the exercises of one routine."""

    title: str
    exercises: tuple[ExerciseRows, ...]


def routine_doses(doses: Iterable[DoneDose], records: Sequence[Record]) -> tuple[RoutineDoses, ...]:
    """Return the tables of doses, one for each routine, in order of appearance.

    Args:
        doses: of the summary of the sessions.
        records: the sessions, oldest first.
    """
    asked, placed = _prescribed(records), places(records)
    tables: dict[str, dict[Key, list[DoneDose]]] = defaultdict(lambda: defaultdict(list))
    for one in doses:
        tables[one.routine][one.routine, one.address, one.name].append(one)
    return tuple(
        RoutineDoses(
            next(record.opening.title for record in reversed(records) if record.opening.routine == routine),
            tuple(_exercise(sides, asked[one], placed[one]) for one, sides in exercises.items()),
        )
        for routine, exercises in tables.items()
    )


def _prescribed(records: Iterable[Record]) -> dict[Key, list[Prescribed]]:
    """Return what was asked of each exercise, oldest first; a session by hand knows of no level."""
    live: dict[Key, list[Prescribed]] = defaultdict(list)
    by_hand: dict[Key, list[Prescribed]] = defaultdict(list)
    for record in records:
        found = by_hand if record.opening.origin is Origin.BY_HAND else live
        for one in record.opening.prescribed:
            found[key(record, one)].append(one)
    return {**by_hand, **live}


def _exercise(doses: Sequence[DoneDose], asked: Sequence[Prescribed], place: str) -> ExerciseRows:
    return ExerciseRows(
        doses[0].name,
        place,
        max(one.sessions for one in doses),
        words.dose(asked[-1]),
        words.level(asked[-1].level),
        words.level(asked[0].level),
        _joined(tuple(map(_side, doses))),
    )


def _joined(sides: tuple[SideRow, ...]) -> tuple[SideRow, ...]:
    """Make one row of two sides of which the same was done: those that differ are seen at once."""
    rows = {replace(side, side=EACH) for side in sides}
    return tuple(rows) if len(sides) > len(rows) == 1 else sides


def _side(dose: DoneDose) -> SideRow:
    done, asked = dose.done, dose.asked
    if asked.reps:
        amount = f"{done.reps} of {asked.reps} reps"
    elif asked.seconds:
        amount = f"{words.duration(done.seconds)} of {words.duration(asked.seconds)}"
    else:
        amount = words.duration(done.seconds)
    return SideRow(
        dose.side.value if dose.side else "both",
        f"{done.sets} of {asked.sets}",
        words.share(done.sets, asked.sets),
        amount,
    )

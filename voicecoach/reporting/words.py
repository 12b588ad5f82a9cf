"""Words: how a report writes days, lengths of time, doses and levels. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.history.records import Ending, Origin
from voicecoach.plan.steps import Kind
from voicecoach.plots.days import WEEKDAYS, short
from voicecoach.units import number

if TYPE_CHECKING:
    import datetime as dt

    from voicecoach.history.records import Level, Prescribed, Record

ENDINGS = {
    Ending.FINISHED: "to its end",
    Ending.QUIT: "ended early",
    Ending.INTERRUPTED: "interrupted",
}
_SEVERAL = 2


def day(date: dt.date) -> str:
    """Write a day as ``24 Nov 2026``."""
    return f"{short(date)} {date.year}"


def moment(at: dt.datetime) -> str:
    """Write when something began as ``Tue 24 Nov 2026, 19:00``."""
    return f"{WEEKDAYS[at.weekday()]} {day(at.date())}, {at:%H:%M}"


def duration(seconds: float) -> str:
    """Write a length of time as ``45 s``, ``12 min 30 s``, or to the minute: ``5 h 10 min``."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if whole < 60:  # noqa: PLR2004 - seconds in a minute
        return f"{whole} s"
    if minutes < 60:  # noqa: PLR2004 - minutes in an hour
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def minutes(seconds: float) -> str:
    """Write the length of a session, to the minute: ``25 min``; of less than half of one, in seconds."""
    return duration(round(seconds / 60) * 60) if seconds >= 30 else duration(seconds)  # noqa: PLR2004


def tenth(value: float) -> str:
    """Write a rate with one decimal: ``3.0``."""
    return f"{value:.1f}"


def share(done: int, asked: int) -> str:
    """Write how much of what was prescribed was done: ``90 %``; all of it alone is ``100 %``."""
    if not asked:
        return ""
    return f"{100 * done // asked} %"


def counted(amount: int, one: str, many: str = "") -> str:
    """Write a number with its noun: ``1 session``, ``3 sessions``."""
    return f"{amount} {one if amount == 1 else many or f'{one}s'}"


def dose(asked: Prescribed) -> str:
    """Write what a session asks of an exercise: ``2 x 30 s per side``."""
    if asked.kind is Kind.OPEN or not (asked.reps or asked.seconds):
        each = "as long as you like" if asked.kind is Kind.OPEN else ""
    else:
        each = counted(asked.reps, "rep") if asked.reps else f"{number(asked.seconds)} s"
    sides = " per side" if len(asked.sides) == _SEVERAL else ""
    return f"{asked.sets} x {each}{sides}" if each else f"{counted(asked.sets, 'set')}{sides}"


def level(reached: Level | None) -> str:
    """Write how far an exercise has progressed: ``2 steps up``."""
    if reached is None:
        return "dose chosen for the day"
    steps = counted(abs(reached.rung), "step")
    where = f"{steps} {'up' if reached.rung > 0 else 'down'}" if reached.rung else "as written"
    return f"another form, {where}" if reached.form else where


def ending(record: Record) -> str:
    """Write how a session came to its end, and whether that was entered by hand."""
    if record.opening.origin is Origin.BY_HAND:
        return "entered by hand" if record.end is Ending.FINISHED else "part of it, entered by hand"
    return ENDINGS[record.end]

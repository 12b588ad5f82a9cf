"""Periods: from which day to which one looks at what was done. Pure."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

WEEK = 7
"""Days."""
LONGEST_AGO = 100 * 366
"""Days that may be asked for: more is a slip of the finger."""

_AGO = re.compile(r"(\d{1,6})\s*(days?|d|weeks?|w|months?|years?|y)", re.IGNORECASE)
_DAYS = {"d": 1, "w": WEEK, "m": 30, "y": 365}
"""In one of each, by its first letter: a month and a year are near enough."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days in a row, both ends included."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """Return how many days it has; at least one."""
        return max((self.last - self.first).days + 1, 1)

    @property
    def weeks(self) -> float:
        """Return how many weeks it has, in parts of one; at least one, so that a first day is no rate."""
        return max(self.days / WEEK, 1.0)

    def mondays(self) -> tuple[dt.date, ...]:
        """Return the Monday of each week that it touches, in order."""
        start, end = monday(self.first), monday(self.last)
        return tuple(start + dt.timedelta(weeks=week) for week in range((end - start).days // WEEK + 1))

    def __str__(self) -> str:
        """Write both days as ``2026-10-28 to 2026-11-24``."""
        return f"{self.first} to {self.last}"


def monday(day: dt.date) -> dt.date:
    """Return the Monday of the week of a day, as ISO 8601 has weeks."""
    return day - dt.timedelta(days=day.weekday())


def parse_since(text: str, today: dt.date) -> dt.date:
    """Read ``4w``, ``30d``, ``2 months``, ``1y`` or ``2026-11-01`` as the first day of a period up to today.

    ``1w`` is seven days, today included.

    Raises:
        ValueError: the text is neither, or lies after today; the message says what is wanted.
    """
    stripped = text.strip()
    if match := _AGO.fullmatch(stripped):
        days = int(match[1]) * _DAYS[match[2][0].lower()]
        fault = "" if 0 < days <= LONGEST_AGO else "is out of range"
        day = today - dt.timedelta(days=days - 1) if not fault else today
    else:
        try:
            day = dt.date.fromisoformat(stripped)
            ago = (today - day).days
            fault = "is yet to come" if ago < 0 else "is out of range" if ago > LONGEST_AGO else ""
        except ValueError:
            day, fault = today, "is no time to look back"
    if fault:
        message = f"'{text}' {fault}; write 4w, 30d, 6 months, 1y, or a day as 2026-11-01"
        raise ValueError(message)
    return day


def period_of(
    days: Sequence[dt.date], since: dt.date | None, today: dt.date, *, is_first_ever: bool
) -> Period:
    """Return the period that a summary is of.

    Args:
        days: those of the sessions in it.
        since: the day that was asked for; None: from the first session on.
        today: the last day.
        is_first_ever: whether there is no session before them. Then the time before the first one counts
            as no time without training: who began last week has not paused for three.
    """
    last = max((today, *days))
    first = min(days, default=since or last)
    return Period(first if since is None or is_first_ever else min(since, first), last)

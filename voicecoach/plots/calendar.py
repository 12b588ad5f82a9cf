"""The calendar of sessions: on which days there were some, and for how long."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from voicecoach.history.period import WEEK, Period
from voicecoach.history.summary import day_of
from voicecoach.plan.drawing.colours import FAINT, INK, MUTED, PAPER, SIDES
from voicecoach.plots.days import MONTHS, WEEKDAYS, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matplotlib.axes import Axes

    from voicecoach.history.records import Record

MOST_WEEKS = 53
"""That are drawn: of a longer period, the last ones."""
WALL_WEEKS = 9
"""Up to so many, a week is a row and each day has its number; beyond, a week is a column."""
FILL, EDGE = SIDES["left"].dark, FAINT
_GAP = 0.08


def minutes_by_day(records: Iterable[Record]) -> dict[dt.date, float]:
    """Return the minutes of sessions of each day that has some."""
    minutes: dict[dt.date, float] = defaultdict(float)
    for record in records:
        minutes[day_of(record)] += record.seconds / 60
    return dict(minutes)


def shown(period: Period) -> Period:
    """Return the part of a period that a calendar has room for."""
    mondays = period.mondays()
    return Period(max(period.first, mondays[-MOST_WEEKS:][0]), period.last)


def height(period: Period) -> float:
    """Return how high a calendar is, in inches."""
    days = shown(period)
    return 0.55 + 0.36 * len(days.mondays()) if _is_wall(days) else 1.9


def title(period: Period) -> str:
    """Say what is drawn."""
    days = shown(period)
    return f"Sessions, {days}" if _is_wall(days) else f"Sessions, {days}: the larger, the longer"


def _is_wall(period: Period) -> bool:
    return len(period.mondays()) <= WALL_WEEKS


def draw_calendar(axes: Axes, period: Period, minutes: Mapping[dt.date, float]) -> None:
    """Draw a calendar: a filled day has a session, with its minutes; all others are outlines."""
    period = shown(period)
    (_draw_wall if _is_wall(period) else _draw_strip)(axes, period, minutes)
    axes.tick_params(length=0)
    axes.invert_yaxis()
    for spine in axes.spines.values():
        spine.set_visible(False)


def _days(period: Period) -> Iterable[tuple[dt.date, int]]:
    """Yield each day with the number of its week."""
    first = period.mondays()[0]
    for number in range(period.days):
        day = period.first + dt.timedelta(days=number)
        yield day, (day - first).days // WEEK


def _draw_wall(axes: Axes, period: Period, minutes: Mapping[dt.date, float]) -> None:
    mondays = period.mondays()
    axes.set_xlim(0, WEEK)
    axes.set_ylim(0, len(mondays))
    axes.set_xticks([place + 0.5 for place in range(WEEK)], list(WEEKDAYS))
    axes.xaxis.tick_top()
    axes.set_yticks([row + 0.5 for row in range(len(mondays))], [short(day) for day in mondays])
    empty, filled = _Squares(), _Squares()
    for day, row in _days(period):
        done = minutes.get(day)
        (empty if done is None else filled).add(day.weekday(), row, 1 - _GAP)
        colour = MUTED if done is None else PAPER
        axes.text(day.weekday() + 0.08, row + 0.5, str(day.day), va="center", fontsize=6.5, color=colour)
        if done is not None:
            words = f"{_whole(done)} min"
            axes.text(day.weekday() + 0.55, row + 0.5, words, ha="center", va="center", color=colour)
    empty.draw(axes, PAPER, EDGE)
    filled.draw(axes, FILL, INK)


def _draw_strip(axes: Axes, period: Period, minutes: Mapping[dt.date, float]) -> None:
    mondays = period.mondays()
    axes.set_xlim(0, len(mondays))
    axes.set_ylim(0, WEEK)
    axes.set_aspect("equal", anchor="W")
    axes.set_yticks([row + 0.5 for row in range(WEEK)], list(WEEKDAYS))
    begins = [
        (week, day) for week, day in enumerate(mondays) if week == 0 or day.month != mondays[week - 1].month
    ]
    # The first month has its name only where the next one leaves room for it.
    named = [one for one in begins if one[0] > 0 or len(begins) == 1 or begins[1][0] > 1]
    axes.set_xticks([week + 0.5 for week, _ in named], [_month(day) for _, day in named])
    longest = max(minutes.values(), default=1) or 1
    empty, filled = _Squares(), _Squares()
    for day, week in _days(period):
        done = minutes.get(day)
        if done is None:
            empty.add(week, day.weekday(), 1 - 2 * _GAP)
        else:
            # The area tells how long it was; none is too small to be seen.
            filled.add(week, day.weekday(), max((done / longest) ** 0.5, 0.45) * (1 - 2 * _GAP))
    empty.draw(axes, PAPER, EDGE)
    filled.draw(axes, FILL, INK)


def _month(day: dt.date) -> str:
    name = MONTHS[day.month - 1]
    return f"{name}\n{day.year}" if day.month == 1 else name


class _Squares:
    """Squares of one look, each in the middle of its cell: drawn at once, as there may be hundreds."""

    def __init__(self) -> None:
        self._corners: list[tuple[float, float, float]] = []

    def add(self, column: float, row: float, side: float) -> None:
        margin = (1 - side) / 2
        self._corners.append((column + margin, row + margin, side))

    def draw(self, axes: Axes, face: str, edge: str) -> None:
        from matplotlib.collections import PatchCollection  # noqa: PLC0415 - an extra
        from matplotlib.patches import Rectangle  # noqa: PLC0415

        squares = [Rectangle((x, y), side, side) for x, y, side in self._corners]
        axes.add_collection(PatchCollection(squares, facecolor=face, edgecolor=edge, linewidth=0.6, zorder=1))


def _whole(minutes: float) -> str:
    return str(round(minutes)) if minutes >= 1 else "< 1"

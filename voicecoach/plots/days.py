"""An axis of days, in words that are the same everywhere."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from voicecoach.history.period import Period

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def short(day: dt.date) -> str:
    """Write a day as ``24 Nov``."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def day_axis(axes: Axes, period: Period, most: int) -> None:
    """Let the x axis be the days of a period, as ordinals, with so many names at most."""
    margin = max(period.days * 0.03, 0.5)
    axes.set_xlim(period.first.toordinal() - margin, period.last.toordinal() + margin)
    steps = min(most, period.days)
    span = (period.last - period.first).days
    days = sorted({round(span * step / max(steps - 1, 1)) for step in range(steps)})
    named = [period.first + dt.timedelta(days=day) for day in days]
    axes.set_xticks([day.toordinal() for day in named], [short(day) for day in named])
    if len(named) > 1:
        # The names at the ends keep within the panel, away from those of the one beside it.
        labels = axes.get_xticklabels()
        labels[0].set_horizontalalignment("left")
        labels[-1].set_horizontalalignment("right")

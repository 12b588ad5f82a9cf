"""Sheets of plots: all on one, as a file of its own, and each for itself, as a part of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.history.holds import hold_lines
from voicecoach.plots.calendar import draw_calendar, minutes_by_day
from voicecoach.plots.calendar import height as calendar_height
from voicecoach.plots.calendar import title as calendar_title
from voicecoach.plots.canvas import WIDTH, as_png, as_svg, canvas, inline
from voicecoach.plots.feels import HEIGHT as FEELS_HEIGHT
from voicecoach.plots.feels import draw_feels
from voicecoach.plots.hold_lengths import draw_holds
from voicecoach.plots.hold_lengths import height as holds_height
from voicecoach.plots.hold_lengths import title as holds_title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.figure import Figure

    from voicecoach.history.period import Period
    from voicecoach.history.records import Record

_TITLE_HEIGHT = 0.3
"""Inches."""


def sheet(period: Period, records: Sequence[Record], suffix: str) -> bytes:
    """Draw the calendar of sessions and the length of holds over time.

    Args:
        period: the days that are looked at.
        records: the sessions in it, oldest first.
        suffix: ``.svg`` or ``.png``.

    Raises:
        CoachError: the library that draws is not installed.
    """
    with canvas():
        lines = hold_lines(records)
        heights = [calendar_height(period) + _TITLE_HEIGHT]
        heights += [holds_height(lines) + 2 * _TITLE_HEIGHT] if lines else []
        figure = _figure(sum(heights))
        parts = figure.subfigures(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0]
        parts[0].suptitle(calendar_title(period), x=0.01, ha="left", fontsize=10)
        draw_calendar(parts[0].subplots(), period, minutes_by_day(records))
        if lines:
            parts[1].suptitle(holds_title(lines), x=0.01, ha="left", fontsize=10)
            draw_holds(parts[1], period, lines)
        return as_png(figure) if suffix == ".png" else as_svg(figure).encode()


def drawings(period: Period, records: Sequence[Record]) -> dict[str, str]:
    """Draw the calendar, how sessions felt and the length of holds, as parts of a page of HTML.

    What there is nothing to show of is left out, and so are holds that were always of one length: a page has
    their figures.

    Raises:
        CoachError: the library that draws is not installed.
    """
    lines = tuple(line for line in hold_lines(records) if line.change)
    wanted: dict[str, tuple[str, float, Callable[[Figure], None]]] = {
        "calendar": (
            "Calendar of sessions",
            calendar_height(period),
            lambda figure: draw_calendar(figure.subplots(), period, minutes_by_day(records)),
        )
    }
    if any(record.feel for record in records):
        wanted["feels"] = (
            "How each session felt, by date",
            FEELS_HEIGHT,
            lambda figure: draw_feels(figure.subplots(), period, records),
        )
    if lines:
        wanted["holds"] = (
            "Seconds of one hold over time, by exercise",
            holds_height(lines),
            lambda figure: draw_holds(figure, period, lines),
        )
    found = {}
    with canvas():
        for name, (label, high, draw) in wanted.items():
            figure = _figure(high)
            draw(figure)
            found[name] = inline(as_svg(figure), name, label)
    return found


def _figure(height: float) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415 - an extra

    return Figure(figsize=(WIDTH, height), layout="constrained")

"""The length of holds over time: what was asked for, and what was done, exercise by exercise."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from voicecoach.plan.drawing.colours import INK, MUTED, PAPER, SIDES
from voicecoach.plan.drawing.svg import clean
from voicecoach.plots.days import day_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

    from voicecoach.history.holds import HoldLine
    from voicecoach.history.period import Period

MOST = 8
"""Exercises that are drawn."""
COLUMNS = 2
LONGEST_NAME = 42
FEW = 40
"""Sessions that have room for larger dots."""
_SHORT_BY = 0.5
"""Seconds that a hold may lack and still be drawn as whole."""


def height(lines: Sequence[HoldLine]) -> float:
    """Return how high the panels are, in inches."""
    return 0.35 + 1.25 * ceil(min(len(lines), MOST) / COLUMNS)


def title(lines: Sequence[HoldLine]) -> str:
    """Say what is drawn."""
    some = f": the {MOST} of {len(lines)} exercises that changed most" if len(lines) > MOST else ""
    signs = "Line: as prescribed. Dots: as done, filled where whole, open where shorter."
    return f"Seconds of one hold{some}\n{signs}"


def draw_holds(figure: Figure | SubFigure, period: Period, lines: Sequence[HoldLine]) -> None:
    """Draw a panel for each exercise, those that changed most first; all have the same axes."""
    drawn = lines[:MOST]
    columns = min(COLUMNS, len(drawn))
    rows = ceil(len(drawn) / columns)
    grid = figure.subplots(rows, columns, sharey=True, squeeze=False)
    most = max(max(point.asked, point.done) for line in drawn for point in line.points)
    for place, axes in enumerate(grid.flat):
        if place >= len(drawn):
            axes.set_visible(False)
            continue
        _draw_panel(axes, period, drawn[place])
        axes.set_ylim(0, most * 1.2 or 1)
        if place + columns < len(drawn):
            axes.set_xticklabels([])


def _draw_panel(axes: Axes, period: Period, line: HoldLine) -> None:
    name = clean(line.name)
    axes.set_title(name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 3]}...", fontsize=8)
    days = [point.day.toordinal() for point in line.points]
    asked = [point.asked for point in line.points]
    axes.plot(
        [*days, period.last.toordinal()], [*asked, asked[-1]], drawstyle="steps-post", color=MUTED, lw=1
    )
    for whole in (True, False):
        dots = [point for point in line.points if (point.done >= point.asked - _SHORT_BY) is whole]
        axes.plot(
            [point.day.toordinal() for point in dots],
            [point.done for point in dots],
            linestyle="none",
            marker="o",
            markersize=4 if len(days) <= FEW else 3,
            markerfacecolor=SIDES["left"].dark if whole else PAPER,
            markeredgecolor=INK,
            markeredgewidth=0.6,
        )
    day_axis(axes, period, most=4)
    axes.yaxis.grid(visible=True, color="#eef0f3", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.locator_params(axis="y", nbins=4)

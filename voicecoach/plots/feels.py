"""How sessions felt over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.history.records import Feel
from voicecoach.history.summary import day_of
from voicecoach.plan.drawing.colours import INK, PAPER, SIDES
from voicecoach.plots.days import day_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from voicecoach.history.period import Period
    from voicecoach.history.records import Record

HEIGHT = 1.45
"""Inches."""
MARKS = {Feel.EASY: "v", Feel.RIGHT: "o", Feel.HARD: "^", Feel.PAIN: "X"}
"""From the bottom to the top: each has its row and its shape, so that none is told by colour."""


def draw_feels(axes: Axes, period: Period, records: Sequence[Record]) -> None:
    """Draw a mark for each session that has an answer."""
    for row, (feel, mark) in enumerate(MARKS.items()):
        days = [day_of(record).toordinal() for record in records if record.feel is feel]
        fill = SIDES["right"].dark if feel is Feel.PAIN else SIDES["left"].dark
        axes.plot(
            days,
            [row] * len(days),
            linestyle="none",
            marker=mark,
            markersize=7,
            markerfacecolor=fill,
            markeredgecolor=PAPER if feel is Feel.PAIN else INK,
            markeredgewidth=0.5,
        )
    axes.set_ylim(-0.6, len(MARKS) - 0.4)
    axes.set_yticks(range(len(MARKS)), list(map(str, MARKS)))
    axes.yaxis.grid(visible=True, color="#eef0f3", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    day_axis(axes, period, most=6)

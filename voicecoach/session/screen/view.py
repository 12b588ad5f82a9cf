"""The view of a moment: all that is seen on a terminal of some size, and how it is laid out."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from voicecoach.session.controls import key_rows

MARGIN = 2
"""Columns left and right."""
NAMED = 9
"""Columns of the names of the bars."""
ROOMY_ROWS = 17
"""Rows from which on there is room for a frame."""
TWO_COLUMNS = 100
"""Columns from which on two commands share a row in the table of keys."""

KEY_LINES = ("space: pause   n: next   b: back   ?: all keys   q: end", "space pause, n next, ? keys, q end")
WAITING_LINES = ("any key: go on   b: back   ?: all keys   q: end", "any key: go on, q: end")
"""The longest line that fits is shown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """All that is seen: where two are equal, nothing need be drawn again."""

    width: int
    height: int
    stage: str
    name: str
    where: str
    """Exercise, side and set, as far as the name does not say it."""
    time: str
    """``PAUSED``, the time left, or what the session waits for."""
    step: int
    """Half cells of the bar."""
    session: int
    """Half cells of the bar."""
    clock: str
    following: str
    told: str
    waits: bool
    with_keys: bool


def bar_cells(width: int) -> int:
    """Return how long a bar is on a terminal of so many columns."""
    return max(width - 2 * MARGIN - NAMED, 1)


def view(seen: Seen) -> RenderableType:
    """Lay out what is seen: in a frame where there is room, else in as few rows as can be."""
    roomy = seen.height >= ROOMY_ROWS and not seen.with_keys
    rows: list[RenderableType] = [_framed(seen)] if roomy else [_head(seen), _line(seen.where)]
    gap = [Text("")] if roomy else []
    following = f"next: {seen.following}"
    rows += [*gap, _bars(seen), _line(f"{seen.clock}   {following}"), *gap, _line(seen.told, "italic")]
    room = seen.width - 2 * MARGIN
    if seen.with_keys:
        rows.append(_keys(two=seen.width >= TWO_COLUMNS))
    else:
        rows.append(_line(_fitting(WAITING_LINES if seen.waits else KEY_LINES, room), "dim"))
    return Padding(Group(*rows), (1 if roomy else 0, MARGIN, 0, MARGIN))


def _framed(seen: Seen) -> Panel:
    lines = ("", Text(seen.name, "bold"), seen.where, "", Text(seen.time, "bold"), "")
    return Panel(
        Group(*(_line(line, justify="center") for line in lines)), title=_line(seen.stage), padding=(0, 2)
    )


def _head(seen: Seen) -> Table:
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    head.add_column(justify="right", no_wrap=True)
    head.add_row(Text(seen.name, "bold"), Text(seen.time, "bold"))
    return head


def _bars(seen: Seen) -> Table:
    cells = bar_cells(seen.width)
    bars = Table.grid()
    bars.add_column(width=NAMED)
    for name, halves in (("step", seen.step), ("session", seen.session)):
        bars.add_row(name, ProgressBar(total=2 * cells, completed=halves, width=cells))
    return bars


def _keys(*, two: bool) -> Table:
    """Return the table of keys."""
    table = Table.grid(padding=(0, 2))
    cells = [(Text(keys, "bold"), _line(command)) for keys, command in key_rows()]
    half = -(-len(cells) // 2)
    rows: Iterable[Iterable[Text]] = cells
    if two:
        blank = (Text(""), Text(""))
        rows = ((*left, *right) for left, right in zip(cells, [*cells[half:], blank], strict=False))
        rows = list(rows)[:half]
    for row in rows:
        table.add_row(*row)
    return table


def _line(text: str | Text, style: str = "", justify: str = "left") -> Text:
    """Return a line that is cut short with an ellipsis where it is too long."""
    line = Text(text, style) if isinstance(text, str) else text.copy()
    line.no_wrap, line.overflow, line.justify = True, "ellipsis", justify  # type: ignore[assignment]
    return line


def _fitting(lines: Iterable[str], room: int) -> str:
    *longer, shortest = lines
    return next((line for line in longer if len(line) <= room), shortest)

"""The view of a moment: all that is seen on a terminal of some size, and how it is laid out."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from voicecoach.plan.phrases import Phrases
from voicecoach.session.controls import key_rows

MARGIN = 2
"""Columns left and right."""
GAP = 2
"""Columns between the name of a bar and the bar."""
ROOMY_ROWS = 17
"""Rows from which on there is room for a frame."""
TWO_COLUMNS = 100
"""Columns from which on two commands share a row in the table of keys."""

KEY_LINES = ("screen.keys", "screen.keys.short")
WAITING_LINES = ("screen.keys.waiting", "screen.keys.waiting.short")
"""Phrases: the longest line that fits is shown."""


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
    """That it is paused, the time left, or what the session waits for."""
    step: int
    """Half cells of the bar."""
    session: int
    """Half cells of the bar."""
    clock: str
    following: str
    """What comes next, or that it is the end."""
    told: str
    waits: bool
    with_keys: bool


def bar_cells(width: int, phrases: Phrases) -> int:
    """Return how long a bar is on a terminal of so many columns, beside its name."""
    return max(width - 2 * MARGIN - max(map(len, _names(phrases))) - GAP, 1)


def view(seen: Seen, phrases: Phrases) -> RenderableType:
    """Lay out what is seen, in a language: in a frame where there is room, else in as few rows as can be."""
    if seen.with_keys:
        keys = _keys(phrases, columns=2 if seen.width >= TWO_COLUMNS else 1)
        compact = _compact(seen, phrases)
        fits = seen.height >= keys.row_count + len(compact)
        return _with_margin(*(compact if fits else [_head(seen)]), keys)
    lines = map(phrases.text, WAITING_LINES if seen.waits else KEY_LINES)
    help_line = _line(_fitting(lines, seen.width - 2 * MARGIN), "dim")
    if seen.height < ROOMY_ROWS:
        return _with_margin(*_compact(seen, phrases), help_line)
    gap, bars = Text(""), _bars(seen, phrases)
    return _with_margin(gap, _framed(seen), gap, *bars, _when(seen), gap, _told(seen), help_line)


def _with_margin(*rows: RenderableType) -> Padding:
    return Padding(Group(*rows), (0, MARGIN))


def _compact(seen: Seen, phrases: Phrases) -> list[RenderableType]:
    return [_head(seen), _line(seen.where), *_bars(seen, phrases), _when(seen), _told(seen)]


def _when(seen: Seen) -> Text:
    return _line(f"{seen.clock}   {seen.following}")


def _told(seen: Seen) -> Text:
    return _line(seen.told, "italic")


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


def _bars(seen: Seen, phrases: Phrases) -> list[Table]:
    names, cells = _names(phrases), bar_cells(seen.width, phrases)
    named = max(map(len, names)) + GAP
    return [
        _bar(name, named, halves, cells)
        for name, halves in zip(names, (seen.step, seen.session), strict=True)
    ]


def _names(phrases: Phrases) -> tuple[str, str]:
    """Return the names of the bars."""
    return phrases.text("screen.step"), phrases.text("screen.session")


def _bar(name: str, named: int, halves: int, cells: int) -> Table:
    bar = Table.grid()
    bar.add_column(width=named)
    bar.add_row(name, ProgressBar(total=2 * cells, completed=halves, width=cells))
    return bar


def _keys(phrases: Phrases, columns: int) -> Table:
    """Return the table of keys, so many commands side by side."""
    table = Table.grid(padding=(0, 2))
    cells = [(Text(keys, "bold"), _line(command)) for keys, command in key_rows(phrases)]
    rows = -(-len(cells) // columns)
    for row in range(rows):
        table.add_row(*chain.from_iterable(cells[row::rows]))
    return table


def _line(text: str | Text, style: str = "", justify: str = "left") -> Text:
    """Return a line that is cut short with an ellipsis where it is too long."""
    line = Text(text, style) if isinstance(text, str) else text.copy()
    line.no_wrap, line.overflow, line.justify = True, "ellipsis", justify  # type: ignore[assignment]
    return line


def _fitting(lines: Iterable[str], room: int) -> str:
    *longer, shortest = lines
    return next((line for line in longer if len(line) <= room), shortest)

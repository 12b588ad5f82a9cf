"""What commands share that look back at the log: since when, of which routine, and how a table is printed."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.dose import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voicecoach.history.log import Log
    from voicecoach.history.records import Record

LONGEST_NAME = 34
"""Characters of a name in a table."""
_FIRST = dt.date(1970, 1, 1)
"""The log has no sessions before it."""
_APART = dt.timedelta(days=2)
"""More than any two places on earth are apart."""

_REMEDY = "'voicecoach play' and 'voicecoach log' write them down"


class Since(click.ParamType[dt.date]):
    """Read ``4w``, ``30d``, ``6 months``, ``1y`` or a day, as the first day of a period up to today."""

    name = "since"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:  # noqa: ANN401 - as click has it
        """Return the day."""
        from voicecoach.history.period import parse_since  # noqa: PLC0415 - heavy imports only where used

        if isinstance(value, dt.date):
            return value
        try:
            return parse_since(str(value), today())
        except ValueError as error:
            self.fail(str(error), param, ctx)


SINCE = Since()


def today() -> dt.date:
    """Return the day that it is here."""
    return dt.datetime.now().astimezone().date()


def records_of(
    log: Log, routine: str | None, since: dt.date | None, newest: int | None = None
) -> tuple[Record, ...]:
    """Return sessions, the oldest first.

    Args:
        log: of sessions.
        routine: by its name in the log; None: all.
        since: the first day, as it was where the session was done; None: from the first session on.
        newest: no more than so many, the newest ones; None: all.
    """
    from voicecoach.history.summary import day_of  # noqa: PLC0415 - heavy imports only where used

    if since is None:
        return log.records(routine=routine, newest=newest)
    # It may have been another day there than it was here.
    moment = dt.datetime.combine(max(since - _APART, _FIRST), dt.time(), dt.UTC)
    found = log.records(since=moment, routine=routine, newest=newest)
    return tuple(record for record in found if day_of(record) >= since)


def in_the_log(log: Log | None, routine: str | None) -> str | None:
    """Return a routine by the name that it has in the log; it need not be on the shelf any more.

    None where none is asked for, or where the log has no session at all. The last name of a file will do.

    Raises:
        ChoiceError: neither the log nor the shelf has it; the message names the nearest.
    """
    from contextlib import suppress  # noqa: PLC0415 - heavy imports only where used

    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.errors import ChoiceError, did_you_mean  # noqa: PLC0415
    from voicecoach.routine.shelf import called  # noqa: PLC0415

    known = log.routines() if log and routine is not None else ()
    if routine is None or not known:
        return None
    on_shelf = None
    with suppress(ChoiceError):
        on_shelf = called(routine, folders.routines())
    if found := next((name for name in (routine, on_shelf) if name in known), None):
        return found
    files = [name for name in known if routine in {PurePath(name).name, PurePath(name).stem}]
    if len(files) == 1:
        return files[0]
    if on_shelf:  # and was not done yet
        return on_shelf
    others = did_you_mean(routine, known) or f"; it has some of {', '.join(known)}"
    message = f"there is no session of '{routine}' in the log{others}"
    raise ChoiceError(printable(message))


def tell_of_nothing(routine: str | None, since: dt.date | None, days: Sequence[dt.date]) -> None:
    """Say that there is no session to be shown.

    Args:
        routine: that is asked for; None: any.
        since: from when on.
        days: of the sessions that there are of it, the oldest first.
    """
    what = printable(f"there is no session{f' of {routine}' if routine else ''}")
    told = (
        f"{what} since {since}; the newest is of {days[-1]}" if days else f"{what} in the log yet; {_REMEDY}"
    )
    click.echo(f"voicecoach: {told}", err=True)


def short(text: str) -> str:
    """Return a text that a terminal may print, cut to the width of a column."""
    text = printable(text)
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 3]}..."


def print_table(columns: Mapping[str, str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: on a terminal it fits its width, in a pipe every row is one line.

    Args:
        columns: the heads, and to which side their cells stand: ``left`` or ``right``.
        rows: a text for each column.
    """
    if sys.stdout.isatty():
        _print_on_terminal(columns, rows)
        return
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    for row in (columns, *rows):
        cells = (
            cell.rjust(width) if side == "right" else cell.ljust(width)
            for cell, side, width in zip(row, columns.values(), widths, strict=True)
        )
        click.echo("  ".join(cells).rstrip())


def _print_on_terminal(columns: Mapping[str, str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console  # noqa: PLC0415 - heavy imports only where used
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head, side in columns.items():
        table.add_column(head, justify="right" if side == "right" else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console().print(table)

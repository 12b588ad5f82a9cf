"""What `history` writes for other programs: a session as a FIT activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.writing import STANDARD_OUTPUT, put

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from voicecoach.history.records import Record

Command = TypeVar("Command", bound="Callable[..., Any]")

_OPTIONS = (
    click.option(
        "--fit",
        metavar="FILE",
        help="Write a session as a FIT activity, for training logs; - is standard output.",
    ),
    click.option(
        "--session", type=int, metavar="ID", help="With --fit: this one; else the newest of those shown."
    ),
    click.option("--force", is_flag=True, help="With --fit: write over a file that exists."),
)


def into_files(command: Command) -> Command:
    """Add the options of a file for other programs; they arrive as `fit`, `session` and `force`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen(records: Sequence[Record], session: int | None) -> Record:
    """Return the session that is asked for by its number, or the newest.

    Args:
        records: of the log, oldest first.
        session: the number that `history` shows; None: the newest.

    Raises:
        ChoiceError: there is none.
    """
    from voicecoach.errors import ChoiceError  # noqa: PLC0415 - only where it is needed

    if found := next((one for one in reversed(records) if session in {None, one.id}), None):
        return found
    asked = "there is no session in the log" if session is None else f"there is no session {session}"
    message = f"{asked}; 'voicecoach history' shows those there are"
    raise ChoiceError(message)


def write_fit(record: Record, target: str, *, force: bool) -> None:
    """Write a session as a FIT activity to a file, and tell so; or to standard output, with no word.

    Raises:
        OutputError: the file cannot be written, or exists and may not be replaced.
    """
    from voicecoach.output.activity.fit import fit_activity  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.units import clock  # noqa: PLC0415

    put(target, fit_activity(record), force=force)
    if target != STANDARD_OUTPUT:
        opening = record.opening
        told = f"{opening.title}, {opening.began:%Y-%m-%d %H:%M}, {clock(record.seconds)}"
        click.echo(printable(f"{click.format_filename(target)}: session {record.id}, {told}"), err=True)

"""What commands share that look at earlier sessions: the log, and the steps of progress that it leads to."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from voicecoach.progress.mode import Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voicecoach.coach import Prepared, Session
    from voicecoach.history.log import Log
    from voicecoach.routine.adjust import Adjustments
    from voicecoach.routine.model import Routine
    from voicecoach.speaking import Speaking
    from voicecoach.training import Offer, Training

MODES = click.Choice([mode.value for mode in Mode])
_HELP = "Whether steps of progress are taken, offered, or left alone."
PROGRESS = click.option("--progress", type=MODES, default="ask", show_default=True, help=_HELP)
"""For a session that is played."""
REACHED = click.option(
    "--progress",
    "reached",
    type=MODES,
    default="off",
    show_default=True,
    help="At the doses of the routine (off), as far as you have come (ask), or a step on (auto).",
)
"""For a plan or a recording: those may be somebody else's, so that the routine is taken as written."""


@contextmanager
def opened_log(*, is_kept: bool) -> Iterator[Log | None]:
    """Open the log; None where there is none to be read and none is kept, or where it cannot be opened.

    Args:
        is_kept: whether one is begun where there is none.
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.errors import CoachError  # noqa: PLC0415

    with ExitStack() as stack:
        log = None
        try:
            if is_kept or folders.log().exists():
                from voicecoach.history.log import Log  # noqa: PLC0415 - SQLite only where there is a log

                log = stack.enter_context(Log.open(folders.log()))
        except (CoachError, OSError) as error:
            # A session is worth more than its log.
            click.echo(f"voicecoach: it goes without the log of sessions: {error}", err=True)
        for note in log.notes if log else ():
            click.echo(f"voicecoach: {note}", err=True)
        yield log


@contextmanager
def session_of(routine: str, adjustments: Adjustments, speaking: Speaking, mode: str) -> Iterator[Session]:
    """Open a session that is not played now, as earlier sessions make it.

    Raises:
        CoachError: as `open_session` does.
    """
    from voicecoach.coach import open_session  # noqa: PLC0415 - heavy imports only where used

    with opened_log(is_kept=False) as log:
        found = prepared(training(log, routine, mode))
        with open_session(routine, adjustments, speaking, training=found) as session:
            yield session


def training(
    log: Log | None, routine: str, mode: str, *, goes_on: bool = False, number: int | None = None
) -> Training | None:
    """Return what prepares a routine for today; None where nothing is known of earlier sessions.

    Args:
        log: of sessions.
        routine: the name or the path that it is asked for by.
        mode: one of `Mode`.
        goes_on: whether a session goes on that was left.
        number: that of this session in the log; None: it is not there.
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.cli.play import known_anywhere  # noqa: PLC0415
    from voicecoach.training import Training  # noqa: PLC0415

    if log is None:
        return None
    name = known_anywhere(routine)
    found = log.records(session=number) if number is not None else ()
    left = next((record for record in found if record.opening.routine == name), None)
    return Training(log, name, Mode(mode), _confirmed, folders.routines(), goes_on=goes_on, left=left)


def prepared(found: Training | None) -> Callable[[Routine, Adjustments], Prepared]:
    """Return what `open_session` takes."""
    from voicecoach.coach import as_it_is  # noqa: PLC0415 - heavy imports only where used

    return found or as_it_is


def _confirmed(offers: tuple[Offer, ...]) -> bool | None:
    """Offer steps, up or back; None where nobody can be asked."""
    from voicecoach.cli.dose import printable  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.progress.standing import Change  # noqa: PLC0415
    from voicecoach.session.keyboard import has_keyboard  # noqa: PLC0415

    if not (has_keyboard() and sys.stdout.isatty()):
        return None
    way = "A step back" if offers[0].change is Change.DOWN else "A step up"
    for offer in offers:
        click.echo(printable(f"{way}: {offer}"))
    return click.confirm("Take it today?", default=True)

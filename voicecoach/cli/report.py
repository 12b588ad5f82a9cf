"""The command `report`: what was done in a period, as one page for a therapist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.looking import SINCE, in_the_log, records_of, today
from voicecoach.cli.options import ROUTINE
from voicecoach.cli.writing import STANDARD_OUTPUT, put, refuse

if TYPE_CHECKING:
    import datetime as dt

    from voicecoach.history.log import Log
    from voicecoach.history.period import Period
    from voicecoach.history.records import Pain, Record


@click.command()
@click.argument("routine", type=ROUTINE, required=False)
@click.option(
    "--since",
    type=SINCE,
    default="4w",
    show_default=True,
    metavar="TIME",
    help="How far to look back: 4w, 30d, 6 months, 1y, or the first day, as 2026-11-01.",
)
@click.option("-o", "--output", required=True, metavar="FILE", help="The page; - is standard output.")
@click.option("--name", default="", metavar="TEXT", help="Who trained, as the page is to name them.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
def report(routine: str | None, since: dt.date, output: str, name: str, *, force: bool) -> None:
    """Make one page of HTML for a therapist: what was prescribed, what was done, how it felt, what hurt.

    Without ROUTINE it tells of all of them. The page stands by itself: it loads nothing and can be printed.
    Nothing leaves this machine unless you send the file.

    Example: voicecoach report --since 4w -o report.html
    """
    from importlib.metadata import version  # noqa: PLC0415 - heavy imports only where used
    from pathlib import Path  # noqa: PLC0415

    from voicecoach.cli.training import opened_log  # noqa: PLC0415
    from voicecoach.history.summary import summarise  # noqa: PLC0415
    from voicecoach.reporting.page import page  # noqa: PLC0415
    from voicecoach.reporting.report import report_of  # noqa: PLC0415

    if output != STANDARD_OUTPUT:
        refuse(Path(output), force=force)
    now = today()
    with opened_log(is_kept=False) as log:
        name_there = in_the_log(log, routine)
        period, records, pains = _found(log, since, now, name_there)
    summary = summarise(records, pains, period, now)
    told = report_of(
        records,
        summary,
        made_on=now,
        person=name,
        routine=_title(routine, name_there, records),
        program=version("voicecoach"),
    )
    put(output, page(told, _drawings(period, records)).encode(), force=force)
    if output != STANDARD_OUTPUT:
        sessions = f"{summary.sessions} session{'' if summary.sessions == 1 else 's'}"
        what = f"{click.format_filename(output)}: {sessions}, {period}"
        click.echo(printable(f"{what}. Nothing leaves this machine unless you send the file."), err=True)


def _title(routine: str | None, name: str | None, records: tuple[Record, ...]) -> str:
    """Return the title of the one routine that is asked for; empty where none is.

    Args:
        routine: as it is asked for.
        name: what the log calls it; None: nothing is in the log.
        records: its sessions in the period.

    Raises:
        ChoiceError: there is no such routine, neither in the log nor on the shelf.
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.errors import CoachError  # noqa: PLC0415
    from voicecoach.reporting.report import name_of  # noqa: PLC0415
    from voicecoach.routine.files import load  # noqa: PLC0415
    from voicecoach.routine.shelf import find  # noqa: PLC0415

    if routine is None:
        return ""
    if records:
        return records[-1].opening.title
    try:
        return load(find(routine, folders.routines())).title
    except CoachError:
        if name is None:
            raise
        return name_of(name)


def _found(
    log: Log | None, since: dt.date, now: dt.date, routine: str | None
) -> tuple[Period, tuple[Record, ...], tuple[Pain, ...]]:
    """Return the period, its sessions and what hurt; all is empty where there is no log.

    Raises:
        click.exceptions.Exit: there is a log, and it cannot be read; which has been told.
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.history.summary import period_with  # noqa: PLC0415

    if log is None:
        if folders.log().exists():
            raise click.exceptions.Exit(1)
        click.echo("voicecoach: there is no log of sessions yet, so that the page is empty", err=True)
        return period_with((), (), since, now), (), ()
    records = records_of(log, routine, since)
    return period_with(records, log.days(routine), since, now), records, log.pains(routine)


def _drawings(period: Period, records: tuple[Record, ...]) -> dict[str, str]:
    """Return the plots of a page; none, with a word on that, where the library that draws is missing."""
    from voicecoach.plots.canvas import MISSING, is_available  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.plots.sheets import drawings  # noqa: PLC0415

    if not records:
        return {}
    if not is_available():
        click.echo(f"voicecoach: the page has no plots: {MISSING}", err=True)
        return {}
    return drawings(period, records)

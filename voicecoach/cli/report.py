"""The command `report`: what was done in a period, as one page for a therapist."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.options import ROUTINE
from voicecoach.cli.writing import STANDARD_OUTPUT, put, refuse

if TYPE_CHECKING:
    from voicecoach.history.log import Log
    from voicecoach.history.period import Period
    from voicecoach.history.records import Pain, Record

_FIRST = dt.date(1970, 1, 3)
"""Not every system can tell the local time of days before 1970."""


class Since(click.ParamType["dt.date"]):
    """Read how far to look back, as ``4w`` or ``2026-11-01``, as the first day."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:  # noqa: ANN401 - as click has it
        """Return the first day of the period."""
        from voicecoach.history.period import parse_since  # noqa: PLC0415 - heavy imports only where used

        try:
            return parse_since(str(value), _today())
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument("routine", type=ROUTINE, required=False)
@click.option(
    "--since",
    type=Since(),
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
    today = _today()
    with opened_log(is_kept=False) as log:
        called, title = _called(log, routine)
        period, records, pains = _found(log, since, today, called)
    summary = summarise(records, pains, period, today)
    told = report_of(
        records,
        summary,
        made_on=today,
        person=name,
        routine=records[-1].opening.title if called and records else title,
        program=version("voicecoach"),
    )
    put(output, page(told, _drawings(period, records)).encode(), force=force)
    if output != STANDARD_OUTPUT:
        sessions = f"{summary.sessions} session{'' if summary.sessions == 1 else 's'}"
        what = f"{click.format_filename(output)}: {sessions}, {period}"
        click.echo(printable(f"{what}. Nothing leaves this machine unless you send the file."), err=True)


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _called(log: Log | None, routine: str | None) -> tuple[str | None, str]:
    """Return what a routine is called in the log, where its file may be gone, and its title.

    Raises:
        ChoiceError: there is no such routine, neither in the log nor on the shelf.
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.routine.files import load  # noqa: PLC0415
    from voicecoach.routine.shelf import called, find  # noqa: PLC0415

    if routine is None or (log and routine in log.routines()):
        return routine, routine or ""
    own = folders.routines()
    return called(routine, own), load(find(routine, own)).title


def _found(
    log: Log | None, since: dt.date, today: dt.date, routine: str | None
) -> tuple[Period, tuple[Record, ...], tuple[Pain, ...]]:
    """Return the period, its sessions and what hurt; all is empty where there is no log.

    Raises:
        click.exceptions.Exit: there is a log, and it cannot be read; which has been told.
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.history.period import period_of  # noqa: PLC0415
    from voicecoach.history.summary import day_of  # noqa: PLC0415

    if log is None:
        if folders.log().exists():
            raise click.exceptions.Exit(1)
        click.echo("voicecoach: there is no log of sessions yet, so that the page is empty", err=True)
        return period_of((), since, today, is_first_ever=False), (), ()
    # A day is that of where a session was done, which may have begun before ours.
    begin = dt.datetime.combine(max(since, _FIRST), dt.time()).astimezone() - dt.timedelta(days=1)
    near = log.records(since=begin, routine=routine)
    records = tuple(record for record in near if day_of(record) >= since)
    is_first = len(near) == len(records) and not log.records(until=begin, routine=routine, newest=1)
    period = period_of([day_of(record) for record in records], since, today, is_first_ever=is_first)
    return period, records, log.pains(routine)


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

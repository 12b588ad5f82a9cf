"""The command `stats`: what your sessions came to, as figures and as a drawing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.looking import SINCE, in_the_log, records_of, tell_of_nothing, today
from voicecoach.cli.options import ROUTINE
from voicecoach.cli.writing import put, refuse

if TYPE_CHECKING:
    import datetime as dt

SUFFIXES = (".svg", ".png")
"""Of drawings."""


@click.command()
@click.argument("routine", required=False, type=ROUTINE)
@click.option(
    "--since",
    type=SINCE,
    metavar="TIME",
    default="12w",
    show_default=True,
    help="From then on: 4w, 30d, 6 months, 1y, 2026-11-01.",
)
@click.option(
    "--plot",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw a calendar and the lengths of holds as well, as .svg or .png.",
)
@click.option("--force", is_flag=True, help="With --plot: write over a file that exists.")
@click.option("--json", "as_json", is_flag=True, help="For programs; by exercise and side as well.")
def stats(routine: str | None, *, since: dt.date, plot: Path | None, force: bool, as_json: bool) -> None:
    """Sum up your sessions: sessions and minutes a week, and the time that muscles were under stretch.

    The latter for each muscle and side, beside guideline figures. Rates count from your first session, if
    that was later. --plot needs matplotlib, which comes with the extra "plots".

    Example: voicecoach stats hip-mobility --since 26w --plot hips.svg
    """
    from voicecoach.cli.stats_table import print_summary  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.cli.training import opened_log  # noqa: PLC0415
    from voicecoach.history.summary import period_with, summarise  # noqa: PLC0415

    if plot:
        _check(plot, force=force)
    now = today()
    with opened_log(is_kept=False) as log:
        name = in_the_log(log, routine)
        days = log.days(name) if log else ()
        records = records_of(log, name, since) if log else ()
        pains = log.pains(name) if log else ()
    period = period_with(records, days, since, now)
    summary = summarise(records, pains, period, now, days)
    if plot and records:
        from voicecoach.plots.sheets import sheet  # noqa: PLC0415 - an extra, only where it is asked for

        # Before anything is printed: whoever reads that may have enough of it.
        put(str(plot), sheet(period, records, plot.suffix.lower()), force=force)
        click.echo(printable(f"{click.format_filename(plot)}: {period}"), err=True)
    if as_json:
        click.echo(json.dumps(summary.to_json(), indent=2))
    elif records:
        print_summary(summary)
    else:
        tell_of_nothing(name, since, days)
    if plot and not records:
        click.echo("voicecoach: so nothing is drawn", err=True)
        raise click.exceptions.Exit(1)


def _check(plot: Path, *, force: bool) -> None:
    """Refuse a drawing that cannot be made, before any work is done.

    Raises:
        UsageError: it is neither SVG nor PNG.
        CoachError: there is nothing to draw with, or the file cannot be written.
    """
    from voicecoach.errors import CoachError  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.plots.canvas import MISSING, is_available  # noqa: PLC0415

    if plot.suffix.lower() not in SUFFIXES:
        message = f"--plot draws SVG or PNG; write {plot.with_suffix('.svg')} or {plot.with_suffix('.png')}"
        raise click.UsageError(printable(message))
    if not is_available():
        raise CoachError(MISSING)
    refuse(plot, force=force)

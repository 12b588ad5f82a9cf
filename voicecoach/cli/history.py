"""The command `history`: the sessions in the log, as a table, as documents, or one as a FIT activity."""

from __future__ import annotations

import json
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from voicecoach.cli.history_files import chosen, into_files, write_fit
from voicecoach.cli.looking import SINCE, in_the_log, print_table, records_of, short, tell_of_nothing
from voicecoach.cli.options import ROUTINE
from voicecoach.cli.writing import STANDARD_OUTPUT, put

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from voicecoach.history.log import Log
    from voicecoach.history.records import Record

SHOWN = 20
"""Sessions in the table, where nothing else is asked for."""
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "no.": "right",
        "began": "left",
        "routine": "left",
        "time": "right",
        "sets": "right",
        "end": "left",
        "felt": "left",
    }
)


@click.command()
@click.argument("routine", required=False, type=ROUTINE)
@click.option("--since", type=SINCE, metavar="TIME", help="From then on: 4w, 30d, 6 months, 1y, 2026-11-01.")
@click.option(
    "-n",
    "--newest",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"No more than so many, the newest ones (default {SHOWN} in the table, where no --since is given).",
)
@click.option("--json", "as_json", is_flag=True, help="All that the log has, also what hurt, for programs.")
@click.option("--csv", "as_csv", is_flag=True, help="A row for each set, for spreadsheets.")
@into_files
def history(  # noqa: PLR0913 - one for each option
    routine: str | None,
    *,
    since: dt.date | None,
    newest: int | None,
    as_json: bool,
    as_csv: bool,
    fit: str | None,
    session: int | None,
    force: bool,
) -> None:
    """Show your sessions: when, which routine, how long, sets done of those prescribed, its end, how it felt.

    The oldest comes first. The time is that of the session without pauses. A session that nobody ended is
    "interrupted"; one that plays right now is "under way".

    Example: voicecoach history --since 4w
    """
    from voicecoach.cli.training import opened_log  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.history.documents import document, sets_csv  # noqa: PLC0415

    _check(as_json=as_json, as_csv=as_csv, fit=fit, session=session, force=force)
    if newest is None and since is None and not (as_json or as_csv):
        newest = SHOWN
    with opened_log(is_kept=False) as log:
        name = in_the_log(log, routine)
        days = log.days(name) if log else ()
        records = _records(log, name, since, newest, session)
        pains = log.pains(name) if log and as_json else ()
        under_way = _under_way(log, records)
    if fit is not None:
        write_fit(chosen(records, session), fit, force=force)
    elif as_json:
        click.echo(json.dumps(document(records, pains, under_way), indent=2))
    elif as_csv:
        put(STANDARD_OUTPUT, sets_csv(records, under_way).encode(errors="replace"), force=False)
    elif records:
        print_table(COLUMNS, [_row(record, under_way) for record in records])
        if since is None and len(records) < len(days):
            note = f"the newest {len(records)} of {len(days)} sessions; -n {len(days)} shows all"
            click.echo(f"voicecoach: {note}", err=True)
    if not (records or as_json or fit is not None):
        tell_of_nothing(name, since, days)


def _records(
    log: Log | None, name: str | None, since: dt.date | None, newest: int | None, session: int | None
) -> Sequence[Record]:
    if log is None:
        return ()
    if session is not None:
        return log.records(session=session)
    return records_of(log, name, since, newest)


def _check(*, as_json: bool, as_csv: bool, fit: str | None, session: int | None, force: bool) -> None:
    """Refuse options that exclude one another, or mean nothing without another.

    Raises:
        UsageError: says which.
    """
    if as_json + as_csv + (fit is not None) > 1:
        message = "--json, --csv and --fit are three different things; give one of them"
        raise click.UsageError(message)
    if fit is None and (session is not None or force):
        message = f"{'--session' if session is not None else '--force'} is for --fit; give that as well"
        raise click.UsageError(message)


def _under_way(log: Log | None, records: Sequence[Record]) -> int | None:
    """Return the number of the session that plays right now: the newest one, if some process plays."""
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.session.alone import is_held  # noqa: PLC0415

    if log is None or not records or records[-1].ended is not None or not is_held(folders.playing()):
        return None
    newest = log.records(newest=1)
    return newest[0].id if newest and newest[0].id == records[-1].id else None


def _row(record: Record, under_way: int | None) -> tuple[str, ...]:
    from voicecoach.history.amounts import is_counted, sets_of  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.history.documents import ending  # noqa: PLC0415
    from voicecoach.units import clock  # noqa: PLC0415

    opening = record.opening
    done, asked = sets_of(record)
    return (
        str(record.id),
        f"{opening.began:%Y-%m-%d %H:%M}",
        short(PurePath(opening.routine).name),
        clock(record.seconds),
        f"{done} of {asked}" if is_counted(record) else "not known",
        ending(record, under_way),
        str(record.feel or ""),
    )

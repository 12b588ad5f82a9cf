"""The commands `log` and `forget`: a session that is written down by hand, and all of them deleted."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.options import LANG, ROUTINE, Duration, dosing

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from voicecoach.history.records import Record
    from voicecoach.routine.adjust import Adjustments


@click.command()
@click.argument("routine", type=ROUTINE)
@click.option(
    "--done",
    type=Duration(least=1, most=24 * 3600),
    metavar="TIME",
    required=True,
    help="How long you trained, as 25m or 1h 5m.",
)
@click.option("--feel", type=click.Choice(["easy", "right", "hard", "pain"]), help="How it was.")
@click.option("--pain", multiple=True, metavar="EXERCISE", help="An exercise that hurt (repeatable).")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day, as 2026-11-20."
)
@click.option("--at", "hour", type=click.DateTime(["%H:%M"]), metavar="TIME", help="When it began, as 19:00.")
@LANG
@dosing
def log(  # noqa: PLR0913 - one for each option
    routine: str,
    *,
    done: float,
    feel: str | None,
    pain: tuple[str, ...],
    day: dt.datetime | None,
    hour: dt.datetime | None,
    lang: str | None,
    adjustments: Adjustments,
) -> None:
    """Write down a session that was not played: one that you did with a file, or without the program.

    Give the adjustments that the file was made with. What lasted at least nine tenths of the time that the
    routine takes counts as done with all its sets; of less, the time alone is written down. Without --on and
    --at it has ended just now; a day without --at means noon.

    Example: voicecoach log hip-mobility --done 25m --only stretch --feel right
    """
    import datetime as dt  # noqa: PLC0415 - heavy imports only where used
    from importlib.metadata import version  # noqa: PLC0415

    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.history.by_hand import Told, began, pains, session  # noqa: PLC0415
    from voicecoach.history.log import Log  # noqa: PLC0415
    from voicecoach.history.prescription import version_of  # noqa: PLC0415
    from voicecoach.history.records import AS_WRITTEN, Feel  # noqa: PLC0415
    from voicecoach.languages import in_language  # noqa: PLC0415
    from voicecoach.reached import reached  # noqa: PLC0415
    from voicecoach.routine.adjust import adjust  # noqa: PLC0415
    from voicecoach.routine.files import load  # noqa: PLC0415
    from voicecoach.routine.shelf import called, find  # noqa: PLC0415

    own = folders.routines()
    path = find(routine, own)
    written, _ = in_language(load(path), path, lang, own)
    adjusted = adjust(written, adjustments)
    felt = Feel(feel) if feel else Feel.PAIN if pain else None
    told = Told(
        routine=called(routine, own),
        version=version_of(path.read_bytes()),
        began=began(
            dt.datetime.now().astimezone(), day.date() if day else None, hour.time() if hour else None, done
        ),
        seconds=done,
        feel=felt,
        adjustments=adjustments.given(),
        program=version("voicecoach"),
    )
    hurt = pains(told, written, pain)
    with Log.open(folders.log()) as opened:
        where = reached(written, told.routine, opened, today=told.began.date(), own=own)
        # Whoever has come further, or is a step back, stays there: what was done is the dose as written.
        elsewhere = {place: None for place, one in where.standings.items() if one.level != AS_WRITTEN}
        record = session(told, written, adjusted.routine, elsewhere)
        opened.add(record, hurt)
        for note in (*adjusted.notes, *opened.notes):
            click.echo(printable(f"voicecoach: {note}"), err=True)
    click.echo(printable(_logged(record)))
    for one in hurt:
        put_back = f"voicecoach progress {one.routine} --resume {one.address}"
        click.echo(printable(f"  {one.name} is left out from now on; to put it back: {put_back}"))
    if hurt or felt is Feel.PAIN:
        click.echo("  If you feel pain, stop, and ask a health or fitness professional about it.")
    if felt is Feel.PAIN and not hurt:
        click.echo("  To mark the exercise that hurt, name it with --pain EXERCISE.")


def _logged(record: Record) -> str:
    """Say what was written down."""
    from voicecoach.units import clock  # noqa: PLC0415 - heavy imports only where used

    opening, sets = record.opening, sum(one.turns for one in record.opening.prescribed)
    what = f"{opening.routine}: {clock(record.seconds)} on {opening.began:%Y-%m-%d at %H:%M}"
    takes = f"of the {clock(opening.planned_seconds)} or so that it takes"
    if record.performed:
        counted = "its one set" if sets == 1 else f"all its {sets} sets"
        return f"{what}, with {counted} as prescribed: it is at least 90 % {takes}"
    return f"{what}, the time alone and no sets: it is less than 90 % {takes}"


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask: for scripts.")
def forget(*, yes: bool) -> None:
    """Delete the log of your sessions, after asking: all that this program knows of what you did.

    What it is made of is listed first; files that were set aside because they were damaged belong to it.

    Example: voicecoach forget
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.errors import ChoiceError  # noqa: PLC0415
    from voicecoach.history import setting_aside  # noqa: PLC0415

    found = setting_aside.files_of(folders.log())
    if not found:
        click.echo(f"there is no log of sessions; it would be {folders.log()}")
        return
    for file in found:
        click.echo(f"{file}, {_size(file)}")
    if not yes:
        if sys.stdin is None or not sys.stdin.isatty():
            message = "nothing was deleted: there is no terminal to ask at; give --yes to delete these files"
            raise ChoiceError(message)
        if not click.confirm("Delete all of it? It cannot be brought back.", default=False):
            click.echo("nothing was deleted")
            return
    gone = setting_aside.forget(folders.log())
    click.echo(f"deleted {len(gone)} file{'' if len(gone) == 1 else 's'}")


def _size(file: Path) -> str:
    return f"{file.lstat().st_size / 1000:,.0f} kB"

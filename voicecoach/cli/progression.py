"""The command `progress`: where each exercise stands, what comes next, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.options import LANG, ROUTINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.history.log import Log
    from voicecoach.progress.standing import Standing
    from voicecoach.reached import Reached
    from voicecoach.routine.model import Routine
    from voicecoach.routine.pace import Pace

HEADS = ("exercise", "where it stands", "today", "why", "then")
LONGEST_NAME = 34
"""Characters of a name in the table."""


@click.command()
@click.argument("routine", type=ROUTINE)
@click.option("--resume", metavar="EXERCISE", help="Put back an exercise that was left out because it hurt.")
@click.option(
    "--pace", type=click.Choice(["gentle", "steady", "brisk"]), help="Which takes the ranges of doses."
)
@LANG
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def progress(routine: str, resume: str | None, pace: str | None, lang: str | None, *, as_json: bool) -> None:
    """Show where each exercise of a routine stands, the step that is due, why, and what comes then.

    It goes by the sessions in the log, and by the rule of each exercise. Nothing is changed, unless an
    exercise is put back with --resume.

    Example: voicecoach progress hip-mobility
    """
    import datetime as dt  # noqa: PLC0415 - heavy imports only where used

    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.cli.play import known_anywhere  # noqa: PLC0415
    from voicecoach.cli.training import opened_log  # noqa: PLC0415
    from voicecoach.languages import in_language  # noqa: PLC0415
    from voicecoach.reached import reached  # noqa: PLC0415
    from voicecoach.routine.files import load  # noqa: PLC0415
    from voicecoach.routine.pace import PACES  # noqa: PLC0415
    from voicecoach.routine.shelf import find  # noqa: PLC0415

    own = folders.routines()
    path = find(routine, own)
    written, _ = in_language(load(path), path, lang, own)
    chosen = PACES[pace] if pace else written.pace
    name = known_anywhere(routine)
    with opened_log(is_kept=resume is not None) as log:
        if resume is not None:
            if log is None:  # which was told
                raise click.exceptions.Exit(1)
            click.echo(printable(_put_back(log, written, name, resume)))
            return
        now = dt.datetime.now().astimezone().date()
        where = reached(written, name, log, today=now, pace=chosen, own=own)
    for note in where.notes:
        click.echo(printable(f"voicecoach: {note}"), err=True)
    if as_json:
        click.echo(json.dumps([_as_json(*pair, where, chosen) for pair in where.standings.items()], indent=2))
    else:
        _print(where, chosen, routine)


def _put_back(log: Log, written: Routine, name: str, reference: str) -> str:
    """Put back an exercise that hurt, and return what is to be said of it.

    Raises:
        ChoiceError: there is no such exercise, or it is not left out.
    """
    import datetime as dt  # noqa: PLC0415

    from voicecoach.errors import ChoiceError  # noqa: PLC0415
    from voicecoach.routine.address import addresses, find_exercise  # noqa: PLC0415

    place = find_exercise(written, reference)
    called = written.stages[place[0]].exercises[place[1]].name
    if not log.resume(name, addresses(written)[place], dt.datetime.now().astimezone()):
        message = f"'{called}' is not left out; 'voicecoach progress' shows what is"
        raise ChoiceError(message)
    return f"{called} is put back. If it hurts again, stop, and ask a health or fitness professional."


def _print_row(row: Sequence[str], widths: Sequence[int]) -> None:
    cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    click.echo(f"  {'  '.join(cells)}".rstrip())


def _print(where: Reached, pace: Pace, asked: str) -> None:
    from voicecoach.routine.address import addresses  # noqa: PLC0415

    click.secho(printable(f"{where.routine.title}: progress at the {pace.name} pace"), bold=True)
    rows = {address: _row(address, one, where, pace) for address, one in where.standings.items()}
    widths = [max(map(len, column)) for column in zip(HEADS, *rows.values(), strict=True)]
    stage = -1
    for place, address in addresses(where.routine).items():
        if address in rows and place[0] != stage:
            stage = place[0]
            click.secho("\n" + printable(where.routine.stages[stage].title), bold=True)
            _print_row(HEADS, widths)
        if address in rows:
            _print_row(rows[address], widths)
    if where.left_out:
        click.echo()
    for address, pain in where.left_out.items():
        since = f"{pain.name} has been left out since {pain.at.date()}, because it hurt"
        click.echo(printable(f"{since}; to put it back: voicecoach progress {asked} --resume {address}"))


def _row(address: str, one: Standing, where: Reached, pace: Pace) -> tuple[str, ...]:
    from voicecoach.progress import words  # noqa: PLC0415

    name = printable(one.way.parts[one.way.here].exercise.name)
    name = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 3]}..."
    dose = words.dose(one.way, one.level, pace)
    if address in where.left_out:
        return name, printable(dose), "left out", "it hurt", ""
    cells = (dose, words.today(one, pace) or "the same", words.reason(one), words.later(one, pace))
    return name, *map(printable, cells)


def _as_json(address: str, one: Standing, where: Reached, pace: Pace) -> dict[str, Any]:
    from voicecoach.progress import words  # noqa: PLC0415
    from voicecoach.routine.progression import format_rule  # noqa: PLC0415

    part = one.way.part(one.level)
    return {
        "exercise": address,
        "name": one.way.parts[one.way.here].exercise.name,
        "level": {"form": one.level.form, "rung": one.level.rung},
        "dose": words.dose(one.way, one.level, pace),
        "change": one.change.value,
        "next_level": {"form": one.then.form, "rung": one.then.rung},
        "today": words.today(one, pace),
        "why": words.reason(one),
        "then": words.later(one, pace),
        "easy_in_a_row": one.easy,
        "rule": format_rule(part.rule),
        "rule_source": part.source,
        "left_out": address in where.left_out,
    }

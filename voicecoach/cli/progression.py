"""The command `progress`: where each exercise stands, what comes next, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.options import LANG, ROUTINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.history.records import Pain
    from voicecoach.progress.standing import Standing
    from voicecoach.reached import Reached
    from voicecoach.routine.pace import Pace

HEADS = ("exercise", "where it stands", "today", "why", "then")
LONGEST_NAME = 34
"""Characters of a name in the table."""


@click.command()
@click.argument("routine", type=ROUTINE, required=False)
@click.option("--resume", metavar="EXERCISE", help="Put back an exercise that was left out because it hurt.")
@click.option(
    "--pace", type=click.Choice(["gentle", "steady", "brisk"]), help="Which takes the ranges of doses."
)
@LANG
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def progress(
    routine: str | None, resume: str | None, pace: str | None, lang: str | None, *, as_json: bool
) -> None:
    """Show where each exercise of a routine stands, the step that is due, why, and what comes then.

    Without a name, of the routine that was played last. It goes by the sessions in the log, and by the rule
    of each exercise. Nothing is changed, unless an exercise is put back with --resume.

    Example: voicecoach progress hip-mobility
    """
    import datetime as dt  # noqa: PLC0415 - heavy imports only where used

    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.cli.play import known_anywhere, last_or_asked  # noqa: PLC0415
    from voicecoach.cli.training import opened_log  # noqa: PLC0415
    from voicecoach.languages import in_language  # noqa: PLC0415
    from voicecoach.reached import reached  # noqa: PLC0415
    from voicecoach.routine.files import load  # noqa: PLC0415
    from voicecoach.routine.pace import PACES  # noqa: PLC0415
    from voicecoach.routine.shelf import find  # noqa: PLC0415

    if resume is not None:
        _put_back(routine, resume)
        return
    asked, own = routine or last_or_asked(), folders.routines()
    path = find(asked, own)
    written, _ = in_language(load(path), path, lang, own)
    chosen = PACES[pace] if pace else written.pace
    with opened_log(is_kept=False) as log:
        now = dt.datetime.now().astimezone().date()
        where = reached(written, known_anywhere(asked), log, today=now, pace=chosen, own=own)
    for note in where.notes:
        click.echo(printable(f"voicecoach: {note}"), err=True)
    if as_json:
        click.echo(json.dumps([_as_json(*pair, where, chosen) for pair in where.standings.items()], indent=2))
    else:
        _print(where, chosen, asked)


def _put_back(routine: str | None, reference: str) -> None:
    """Put back an exercise that hurt, of one routine or of whichever has one of that name, and say so.

    Raises:
        ChoiceError: no such exercise is left out, or several are.
    """
    import datetime as dt  # noqa: PLC0415 - heavy imports only where used

    from voicecoach.cli.play import known_anywhere  # noqa: PLC0415
    from voicecoach.cli.training import opened_log  # noqa: PLC0415
    from voicecoach.errors import ChoiceError  # noqa: PLC0415

    with opened_log(is_kept=False) as log:
        pains = log.pains(known_anywhere(routine) if routine else None) if log else ()
        left_out = {(pain.routine, pain.address): pain for pain in pains if pain.resumed is None}
        found = [pain for pain in left_out.values() if reference in _called(pain, routine)]
        if log is None or len(found) != 1:
            kind = "could be one of several" if found else "is not left out"
            listed = "; ".join(
                f"{pain.routine} --resume {pain.address}" for pain in found or left_out.values()
            )
            known = f"write one of: {listed}" if listed else "nothing is"
            message = f"'{reference}' {kind}; {known}"
            raise ChoiceError(message)
        log.resume(found[0].routine, found[0].address, dt.datetime.now().astimezone())
    told = f"{found[0].name} is put back. If it hurts again, stop, and ask a health or fitness professional."
    click.echo(printable(told))


def _called(pain: Pain, routine: str | None) -> set[str]:
    """Return the ways to write an exercise that is left out, those of its routine among them."""
    from contextlib import suppress  # noqa: PLC0415 - heavy imports only where used

    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.errors import CoachError  # noqa: PLC0415
    from voicecoach.routine.address import addresses, slug, spellings  # noqa: PLC0415
    from voicecoach.routine.files import load  # noqa: PLC0415
    from voicecoach.routine.shelf import find  # noqa: PLC0415

    ways = {pain.address, pain.address.rpartition(".")[2], pain.name, slug(pain.name)}
    with suppress(CoachError):  # The routine may be gone, or be another by now.
        written = load(find(routine or pain.routine, folders.routines()))
        for place, address in addresses(written).items():
            if address == pain.address:
                ways.update(spellings(written, place))
    return ways


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

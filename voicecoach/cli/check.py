"""The commands `check` and `schema`: what is wrong with a routine file, and what its keys may be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from voicecoach.cli.dose import BEFORE_ACTIVITY, DOSE, printable, warn_before_activity
from voicecoach.cli.options import LANG, ROUTINE

if TYPE_CHECKING:
    from voicecoach.checking import Checked


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=ROUTINE)
@click.option("--json", "as_json", is_flag=True, help="A list of all that was found, for editors and CI.")
@click.option("--strict", is_flag=True, help="Let warnings count: exit code 1 where there are any.")
@LANG
@DOSE
@BEFORE_ACTIVITY
@click.pass_context
def check(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    files: tuple[str, ...],
    lang: str | None,
    *,
    as_json: bool,
    strict: bool,
    dose: bool,
    before_activity: bool,
) -> None:
    """Report every problem of routine files, and of their words in other languages.

    With file, line and column, what was read, and what was wanted. Warnings are of words that a voice would
    misread, of what has no effect or is missing, and of doses far outside a guideline; they leave the exit
    code as it is, unless --strict is given. With --lang, each text and phrase that is missing in that
    language is listed.

    Example: voicecoach check my-hips.toml
    """
    checked = [(file, _checked(file, lang, dose=dose)) for file in files]
    if lang:
        from voicecoach.checking import phrases_missing  # noqa: PLC0415

        checked.insert(0, (lang, phrases_missing(lang)))
    if as_json:
        click.echo(json.dumps([found.to_json() for _, each in checked for found in each.findings], indent=2))
    else:
        for file, each in checked:
            report(file, each)
            if each.routine and before_activity:
                warn_before_activity(each.routine, file)
    bad = any(each.problems or (strict and each.warnings) for _, each in checked)
    ctx.exit(1 if bad else 0)


def _checked(file: str, lang: str | None, *, dose: bool) -> Checked:
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.checking import Checked, check_file  # noqa: PLC0415
    from voicecoach.errors import ChoiceError, Finding  # noqa: PLC0415
    from voicecoach.routine.shelf import find  # noqa: PLC0415

    try:
        own = folders.routines()
        path = find(file, own)
    except ChoiceError as error:
        return Checked((Finding(str(error).removeprefix(f"{file}: "), file, "no-file"),))
    return check_file(path, dose=dose, lang=lang, own=own)


def report(file: str, checked: Checked) -> None:
    """Print what was found of a file: problems on stderr, all else on stdout."""
    from voicecoach.cli.dose_table import print_audit  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.cli.routines import size, summary  # noqa: PLC0415
    from voicecoach.errors import shown  # noqa: PLC0415

    if checked.routine and not checked.problems:
        click.echo(printable(f"{file}: good: {size(summary(checked.routine))}"))
    for line in shown(checked.warnings):
        click.echo(printable(f"warning: {line}"))
    if checked.audit:
        print_audit(checked.audit)
    for line in shown(checked.problems):
        click.echo(printable(line), err=True)


@click.command()
def schema() -> None:
    """Print the JSON Schema of routine files, for editors.

    Example: voicecoach schema > routine.schema.json
    """
    from voicecoach.routine.schema import schema as made  # noqa: PLC0415

    click.echo(json.dumps(made(), indent=2))

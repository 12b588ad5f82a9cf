"""The command that makes a routine file of a sheet of exercises, or of another program's workout."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.writing import STANDARD_OUTPUT, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.importers.draft import Draft, Remark

_MOST_LINES = 20
"""Lines with the same assumption that are told by their numbers."""


@click.command("import")
@click.argument("file", metavar="FILE")
@click.option("-o", "--output", metavar="FILE", help="The routine file to write; without it, it is printed.")
@click.option("--title", help="The title of the routine, if not that of the sheet.")
@click.option(
    "--format",
    "kind",
    metavar="txt|md|csv|zwo|tcx|fit|json",
    help="What standard input is (-), or a file of another suffix.",
)
@click.option(
    "--dose",
    metavar="DOSE",
    help="The dose of lines that have none, as 3x10 or '2 x 30 s per side'; told as assumed.",
)
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="With -o: print counts, what was left out and assumed, for programs.",
)
def import_(  # noqa: PLR0913 - what a user can choose, each by its name
    file: str,
    *,
    output: str | None,
    title: str | None,
    kind: str | None,
    dose: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Make a routine file of a sheet of exercises, or of a workout from another program.

    FILE is a prescription as a therapist or trainer writes it, in plain text, Markdown or a table (CSV); or a
    workout of Zwift (.zwo), of Garmin (.tcx, .fit) or of Just Another Workout Timer (.json). - is standard
    input. What cannot be read is kept as a comment at its place, and told with its line; what had to be
    assumed is told as well.

    Example: voicecoach import knee-rehab.txt -o my-knee.toml
    """
    from dataclasses import replace  # noqa: PLC0415 - heavy imports only where used

    from voicecoach.importers.readers import reader_of  # noqa: PLC0415
    from voicecoach.importers.writing import write  # noqa: PLC0415

    if as_json and output in {None, STANDARD_OUTPUT}:
        message = "--json goes with -o, since without it the routine itself is printed"
        raise click.UsageError(message)
    # What is not written to a file is printed; -o - says so.
    target = Path(output) if output and output != STANDARD_OUTPUT else None
    if target:
        refuse(target, force=force)
    name = "standard input" if file == "-" else file
    suffix = kind or ("txt" if file == "-" else Path(file).suffix)
    reader = reader_of(suffix)
    if dose is not None and reader is not reader_of("txt"):
        message = "--dose is for sheets of text (.txt, .md), whose lines are names"
        raise click.UsageError(message)
    draft = reader(_data(file), name)
    if dose is not None:
        from voicecoach.importers.undosed import with_dose  # noqa: PLC0415

        draft = with_dose(draft, dose)
    draft = replace(draft, title=title) if title else draft
    text = write(draft, name)
    if target:
        from voicecoach.output.replace import replacing  # noqa: PLC0415

        with replacing(target) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")
    else:
        click.echo(text, nl=False)
    _report(draft, name)
    if as_json:
        click.echo(json.dumps(_counted(draft), indent=2))
    elif target:
        click.echo(f"hear it: voicecoach play {shlex.quote(click.format_filename(str(target)))}", err=True)


def _data(file: str) -> bytes:
    """Return the bytes of a file, or of standard input; one more than its reader takes at most."""
    from voicecoach.errors import RoutineError  # noqa: PLC0415
    from voicecoach.importers.sizes import LARGEST  # noqa: PLC0415

    try:
        if file == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        raise RoutineError([f"{file}: cannot be read: {reason}"]) from error


def _report(draft: Draft, name: str) -> None:
    """Tell on stderr what was read, what was not, and what was assumed."""
    left_out, guessed = list(draft.left_out()), list(draft.guessed())
    exercises = len(list(draft.exercises()))
    stages = len(draft.stages)
    counted = f"{_many(exercises, 'exercise')} in {_many(stages, 'stage')}"
    if left_out:
        counted += f"; {_many(len(left_out), 'line')} could not be read:"
    click.echo(counted, err=True)
    for remark in left_out:
        click.echo(_located(remark, name), err=True)
    if guessed:
        click.echo(f"{_many(len(guessed), 'assumption')}:", err=True)
    for line in _grouped(guessed, name):
        click.echo(printable(line), err=True)


def _grouped(guessed: Sequence[Remark], name: str) -> Iterator[str]:
    """Yield what was assumed, each assumption once, with all its lines."""
    for reason in dict.fromkeys(remark.reason for remark in guessed):
        same = [remark for remark in guessed if remark.reason == reason]
        if len(same) == 1:
            yield _located(same[0], name)
            continue
        shown = ", ".join(str(remark.line) for remark in same[:_MOST_LINES] if remark.line)
        more = f" and {len(same) - _MOST_LINES:,} more" if len(same) > _MOST_LINES else ""
        yield f"{name}: lines {shown}{more}: {reason}"


def _located(remark: Remark, name: str) -> str:
    place = f"{name}:{remark.line}" if remark.line else name
    return printable(f"{place}: '{remark.text}': {remark.reason}")


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _counted(draft: Draft) -> dict[str, object]:
    def listed(remarks: list[Remark], kind: str) -> list[dict[str, object]]:
        return [
            {"line": found.line, "kind": kind, "text": found.text, "reason": found.reason}
            for found in remarks
        ]

    return {
        "title": draft.title,
        "exercises": len(list(draft.exercises())),
        "stages": len(draft.stages),
        "left_out": listed(list(draft.left_out()), "left out"),
        "guesses": listed(list(draft.guessed()), "assumed"),
    }

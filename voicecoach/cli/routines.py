"""Commands about the routines there are: list, show, paces."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.options import ROUTINE

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.routine.model import Routine


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_(*, as_json: bool) -> None:
    """List the routines there are, with how long each takes.

    Example: voicecoach list
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.errors import ChoiceError, RoutineError  # noqa: PLC0415
    from voicecoach.routine.shelf import LIBRARY, shelf  # noqa: PLC0415

    entries: list[dict[str, Any]] = []
    for name, path in shelf(folders.routines()).items():
        try:
            entries.append(
                {"name": name, "bundled": path.parent == LIBRARY, "path": str(path), **summary(_load(path))}
            )
        except (RoutineError, ChoiceError):
            click.echo(f"voicecoach: {name} cannot be used; see: voicecoach check {path}", err=True)
    if as_json:
        click.echo(json.dumps(entries, indent=2))
        return
    widths = {key: max((len(entry[key]) for entry in entries), default=0) for key in ("name", "title")}
    for entry in entries:
        own = "" if entry["bundled"] else "  (yours)"
        cells = (f"{entry[key]:<{width}}" for key, width in widths.items())
        click.echo(f"{'  '.join(cells)}  {size(entry)}{own}")


def _load(path: Path) -> Routine:
    """Read a routine that can be played: its language has to be one that the coach speaks."""
    from voicecoach.plan.phrases import load_phrases  # noqa: PLC0415
    from voicecoach.routine.files import load  # noqa: PLC0415

    routine = load(path)
    load_phrases(routine.language)
    return routine


def summary(routine: Routine) -> dict[str, Any]:
    """Return what a list tells of a routine."""
    from voicecoach.plan.estimate import routine_seconds  # noqa: PLC0415

    return {
        "title": routine.title,
        "language": routine.language,
        "stages": len(routine.stages),
        "exercises": routine.exercises,
        "minutes": round(routine_seconds(routine) / 60),
    }


def size(of: dict[str, Any]) -> str:
    """Write how many stages and exercises a routine has, and how long it takes."""
    counts = ((of["stages"], "stage"), (of["exercises"], "exercise"))
    counted = (f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts)
    return f"{', '.join(counted)}, about {of['minutes']} min"


@click.command()
@click.argument("routine", type=ROUTINE)
def show(routine: str) -> None:
    """Show a routine as it is written.

    Every stage, exercise, dose and instruction, and how long it takes in all.

    Example: voicecoach show hip-mobility
    """
    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.routine.files import load  # noqa: PLC0415
    from voicecoach.routine.shelf import find  # noqa: PLC0415

    _print(load(find(routine, folders.routines())))


def _print(routine: Routine) -> None:
    from voicecoach.plan.estimate import routine_seconds, stage_seconds  # noqa: PLC0415
    from voicecoach.routine.dose import format_dose  # noqa: PLC0415
    from voicecoach.units import clock  # noqa: PLC0415

    click.secho(routine.title, bold=True)
    for text in (routine.introduction, routine.caution):
        _wrapped(text, "  ")
    if routine.equipment:
        _wrapped(f"Equipment: {', '.join(routine.equipment)}", "  ")
    for number, stage in enumerate(routine.stages, 1):
        click.secho(
            f"\n{number}. {stage.title} (about {clock(stage_seconds(stage, routine.pace))})", bold=True
        )
        _wrapped(stage.purpose, "   ")
        _wrapped(f"Music: {stage.music}" if stage.music else "", "   ")
        for place, exercise in enumerate(stage.exercises, 1):
            click.echo(f"\n   {number}.{place} {exercise.name}: {format_dose(exercise)}")
            facts = [exercise.posture or "", *exercise.equipment, exercise.muscle]
            facts += [f"may be left out, rank {exercise.optional}"] if exercise.optional else []
            _wrapped("; ".join(filter(None, facts)), "       ")
            _wrapped(exercise.instruction, "       ")
            _wrapped(exercise.caution, "       ")
            for saying in exercise.say:
                _wrapped(f"{clock(saying.at)}: {saying.text}", "       ")
    if routine.source:
        click.echo()
        _wrapped(f"Source: {routine.source}", "  ")
    minutes = round(routine_seconds(routine) / 60)
    click.echo(
        f"\nTotal at the {routine.pace.name} pace: about {minutes} min, {routine.exercises} exercises."
    )


def _wrapped(text: str, indent: str) -> None:
    if text := printable(text):
        click.echo(click.wrap_text(text, 96, initial_indent=indent, subsequent_indent=indent))


@click.command()
def paces() -> None:
    """Print the table of paces: what --pace changes.

    Example: voicecoach paces
    """
    from voicecoach.routine.pace import PACES  # noqa: PLC0415
    from voicecoach.routine.quantities import Tempo  # noqa: PLC0415
    from voicecoach.units import number  # noqa: PLC0415

    columns = (
        "pace",
        "holds, reps",
        "sets",
        "lead-in",
        "rest",
        "switch",
        "changes",
        "tempo",
        "words a minute",
    )
    rows: list[tuple[str, ...]] = [columns]
    for pace in PACES.values():
        seconds = (f"{number(length)} s" for length in (pace.lead_in, pace.rest, pace.switch))
        ends = (f"{pace.holds} end", f"{pace.sets} end")
        changes = f"x {number(pace.change)}"
        rows.append((pace.name, *ends, *seconds, changes, str(Tempo(*pace.tempo)), str(pace.rate_wpm)))
    for row in rows:
        cells = (f"{cell:<{max(len(column), 8)}}" for cell, column in zip(row, columns, strict=True))
        click.echo("  ".join(cells).rstrip())

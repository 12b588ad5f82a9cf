"""Commands about the routines there are: list, show, paces."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.options import LANG, ROUTINE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from voicecoach.routine.model import Routine


@click.command("list")
@LANG
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_(lang: str | None, *, as_json: bool) -> None:
    """List the routines there are, with how long each takes, and their languages.

    Example: voicecoach list --lang fr
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.errors import ChoiceError, RoutineError  # noqa: PLC0415
    from voicecoach.languages import in_language, reviewers  # noqa: PLC0415
    from voicecoach.plan.phrases import load_phrases  # noqa: PLC0415
    from voicecoach.routine.shelf import LIBRARY, shelf  # noqa: PLC0415

    if lang:
        load_phrases(lang)
    own = folders.routines()
    entries: list[dict[str, Any]] = []
    for name, path in shelf(own).items():
        try:
            written = _load(path)
            routine, _ = in_language(written, path, lang, own)
            known = {"languages": reviewers(written, path, own)}
            place = {"name": name, "bundled": path.parent == LIBRARY, "path": str(path)}
            entries.append({**place, **summary(routine), **known})
        except (RoutineError, ChoiceError):
            click.echo(f"voicecoach: {name} cannot be used; see: voicecoach check {path}", err=True)
    if as_json:
        click.echo(json.dumps(entries, indent=2))
        return
    widths = {key: max((len(entry[key]) for entry in entries), default=0) for key in ("name", "title")}
    for entry in entries:
        yours = "" if entry["bundled"] else "  (yours)"
        cells = (f"{entry[key]:<{width}}" for key, width in widths.items())
        click.echo(f"{'  '.join(cells)}  {size(entry)}; {_languages(entry['languages'])}{yours}")


def _languages(reviewers: Mapping[str, str]) -> str:
    """Write the languages of a routine, those that nobody has reviewed last: ``en; de, fr (unreviewed)``."""
    from voicecoach.routine.translation import is_reviewed  # noqa: PLC0415

    good = [tag for tag, reviewer in reviewers.items() if is_reviewed(reviewer)]
    others = [(tag, reviewer) for tag, reviewer in reviewers.items() if tag not in good]
    by_reviewer = {reviewer: [tag for tag, by in others if by == reviewer] for _, reviewer in others}
    rest = [f"{', '.join(tags)} ({printable(reviewer)})" for reviewer, tags in by_reviewer.items()]
    return "; ".join(filter(None, [", ".join(good), *rest]))


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
@LANG
def show(routine: str, lang: str | None) -> None:
    """Show a routine as it is written, or in another language.

    Every stage, exercise, dose and instruction, and how long it takes in all.

    Example: voicecoach show hip-mobility
    """
    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.languages import in_language, untranslated  # noqa: PLC0415
    from voicecoach.routine.files import load  # noqa: PLC0415
    from voicecoach.routine.shelf import find  # noqa: PLC0415

    path = find(routine, folders.routines())
    written = load(path)
    shown, missing = in_language(written, path, lang, folders.routines())
    if missing:
        note = untranslated(path.stem, written, shown.language, len(missing))
        click.echo(f"voicecoach: {note}", err=True)
    _print(shown)


def _print(routine: Routine) -> None:
    from voicecoach.plan.estimate import routine_seconds, stage_seconds  # noqa: PLC0415
    from voicecoach.plan.phrases import load_phrases  # noqa: PLC0415
    from voicecoach.plan.written import written_dose  # noqa: PLC0415
    from voicecoach.units import clock  # noqa: PLC0415

    phrases = load_phrases(routine.language)
    text = phrases.text
    click.secho(routine.title, bold=True)
    for words in (routine.introduction, routine.caution):
        _wrapped(words, "  ")
    if routine.equipment:
        _wrapped(text("show.equipment", items=", ".join(routine.called(routine.equipment))), "  ")
    for number, stage in enumerate(routine.stages, 1):
        length = clock(stage_seconds(stage, routine.pace))
        click.secho(f"\n{number}. {text('show.stage', title=stage.title, length=length)}", bold=True)
        _wrapped(stage.purpose, "   ")
        _wrapped(text("show.music", name=stage.music) if stage.music else "", "   ")
        for place, exercise in enumerate(stage.exercises, 1):
            named = text("show.exercise", name=exercise.name, dose=written_dose(exercise, phrases))
            click.echo(f"\n   {number}.{place} {named}")
            facts = [text(f"show.{exercise.posture}")] if exercise.posture else []
            facts += [*routine.called(exercise.equipment), exercise.muscle]
            facts += [text("show.optional", rank=exercise.optional)] if exercise.optional else []
            _wrapped("; ".join(filter(None, facts)), "       ")
            _wrapped(exercise.instruction, "       ")
            _wrapped(exercise.caution, "       ")
            for saying in exercise.say:
                _wrapped(f"{clock(saying.at)}: {saying.text}", "       ")
    if routine.source:
        click.echo()
        _wrapped(text("show.source", source=routine.source), "  ")
    minutes = round(routine_seconds(routine) / 60)
    total = text("show.total", count=routine.exercises, pace=routine.pace.name, minutes=minutes)
    click.echo(f"\n{total}")


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

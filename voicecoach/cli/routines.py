"""Commands about routine files: list, show, check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.dose import BEFORE_ACTIVITY, DOSE, located_asymmetries, printable, warn_before_activity
from voicecoach.cli.options import LANG, ROUTINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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
            entries.append({**place, **_summary(routine), **known})
        except (RoutineError, ChoiceError):
            click.echo(f"voicecoach: {name} cannot be used; see: voicecoach check {path}", err=True)
    if as_json:
        click.echo(json.dumps(entries, indent=2))
        return
    for entry in entries:
        yours = "" if entry["bundled"] else "  (yours)"
        spoken = _languages(entry["languages"])
        click.echo(f"{entry['name']:<20} {entry['title']:<24} {_size(entry)}; {spoken}{yours}")


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


def _summary(routine: Routine) -> dict[str, Any]:
    from voicecoach.plan.estimate import routine_seconds  # noqa: PLC0415

    return {
        "title": routine.title,
        "language": routine.language,
        "stages": len(routine.stages),
        "exercises": routine.exercises,
        "minutes": round(routine_seconds(routine) / 60),
    }


def _size(summary: dict[str, Any]) -> str:
    counts = ((summary["stages"], "stage"), (summary["exercises"], "exercise"))
    counted = (f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts)
    return f"{', '.join(counted)}, about {summary['minutes']} min"


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
    from voicecoach.routine.dose import format_dose  # noqa: PLC0415
    from voicecoach.units import clock  # noqa: PLC0415

    click.secho(routine.title, bold=True)
    for text in (routine.introduction, routine.caution):
        _wrapped(text, "  ")
    if routine.equipment:
        _wrapped(f"Equipment: {', '.join(routine.called(routine.equipment))}", "  ")
    for number, stage in enumerate(routine.stages, 1):
        click.secho(
            f"\n{number}. {stage.title} (about {clock(stage_seconds(stage, routine.pace))})", bold=True
        )
        _wrapped(stage.purpose, "   ")
        _wrapped(f"Music: {stage.music}" if stage.music else "", "   ")
        for place, exercise in enumerate(stage.exercises, 1):
            click.echo(f"\n   {number}.{place} {exercise.name}: {format_dose(exercise)}")
            facts = [exercise.posture or "", *routine.called(exercise.equipment), exercise.muscle]
            facts += [f"may be left out, rank {exercise.optional}"] if exercise.optional else []
            _wrapped("; ".join(filter(None, facts)), "       ")
            _wrapped(exercise.instruction, "       ")
            _wrapped(exercise.caution, "       ")
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
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=ROUTINE)
@LANG
@DOSE
@BEFORE_ACTIVITY
@click.pass_context
def check(
    ctx: click.Context, files: tuple[str, ...], lang: str | None, *, dose: bool, before_activity: bool
) -> None:
    """Report every problem of routine files, and of their words in other languages.

    With the place, what was read, and what was wanted. Warnings are of words that a voice would misread, of
    what has no effect, and of doses outside a guideline; they leave the exit code as it is. With --lang, each
    text and phrase that is missing in that language is listed.

    Example: voicecoach check my-hips.toml
    """
    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.errors import ChoiceError, RoutineError  # noqa: PLC0415
    from voicecoach.plan.phrases import load_phrases  # noqa: PLC0415
    from voicecoach.routine.shelf import find  # noqa: PLC0415

    good = True
    if lang:
        for key in load_phrases(lang).missing:
            click.echo(f"warning: phrases in {lang}: missing: {key}")
    for file in files:
        problems: Sequence[str]
        try:
            path = find(file, folders.routines())
            routine = _load(path)
        except RoutineError as error:
            problems = error.problems
        except ChoiceError as error:
            problems = (str(error) if file in str(error) else f"{file}: {error}",)
        else:
            problems = [
                *_report(file, path, routine, dose=dose),
                *_report_words(file, path, routine, lang),
            ]
            if before_activity:
                warn_before_activity(routine, file)
        good &= not problems
        for problem in problems:
            click.echo(problem, err=True)
    ctx.exit(0 if good else 1)


def _report(file: str, path: Path, routine: Routine, *, dose: bool) -> Sequence[str]:
    """Print what is found of a routine that can be played, and return what is wrong with its doses."""
    from voicecoach.cli.dose_table import print_audit  # noqa: PLC0415
    from voicecoach.plan.audit import audit  # noqa: PLC0415
    from voicecoach.routine.oddities import oddities  # noqa: PLC0415
    from voicecoach.speech.lint import lint  # noqa: PLC0415

    text = path.read_text(encoding="utf-8-sig")
    found = audit(routine) if dose else None
    problems = located_asymmetries(found, text, str(path)) if found else ()
    if not problems:
        click.echo(f"{file}: good: {_size(_summary(routine))}")
    for warnings in (lint(routine), oddities(routine)):
        for warning in warnings.located(text, str(path)):
            click.echo(f"warning: {warning}")
    if found:
        print_audit(found)
    return problems


def _report_words(file: str, path: Path, routine: Routine, lang: str | None) -> Sequence[str]:
    """Print what is missing in other languages, or in one, and return what is wrong with their files."""
    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.errors import ChoiceError, RoutineError  # noqa: PLC0415
    from voicecoach.languages import in_language, untranslated  # noqa: PLC0415
    from voicecoach.routine.shelf import translations  # noqa: PLC0415

    own, problems = folders.routines(), list[str]()
    for tag in (lang,) if lang else translations(path, own):
        try:
            _, missing = in_language(routine, path, tag, own)
        except (ChoiceError, RoutineError) as error:
            problems += str(error).splitlines()
            continue
        if lang:
            for place in missing:
                click.echo(f"warning: {file} in {lang}: missing: {printable(place)}")
        elif missing:
            click.echo(f"warning: {untranslated(file, routine, tag, len(missing))}")
    return problems


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

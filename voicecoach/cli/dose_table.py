"""The audit of doses as a table."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import click

from voicecoach.cli.dose import printable
from voicecoach.plan.audit import Audit
from voicecoach.plan.doses import ExerciseDose, MuscleDose
from voicecoach.plan.guidelines import GUIDELINES, Guideline, Measure, guidelines_for, listed
from voicecoach.plan.steps import Kind
from voicecoach.routine.model import BOTH_SIDES, Aim
from voicecoach.units import number

WIDTH = 100
EXERCISES: Mapping[str, int] = MappingProxyType(
    {"exercise": 31, "side": 5, "sets/side": 11, "each set": 33, "total/side": 10}
)
MUSCLES: Mapping[str, int] = MappingProxyType({"muscle": 60, "left": 15, "right": 15})
"""The columns of the tables, with their widths; a line has at most 100 characters."""
ADVICE = (
    "A figure outside a guideline is not wrong in itself, and none of this is medical advice: whether a dose "
    "suits you, ask a health or fitness professional."
)


def print_audit(audit: Audit) -> None:
    """Print what a session asks: a table for each stage, the muscles, warnings, and the sources once.

    Uneven sides are not printed: they are errors, see `voicecoach.cli.dose`.
    """
    click.secho(printable(f"{audit.title}: doses at the {audit.pace} pace"), bold=True)
    for aim, doses in _groups(audit.exercises):
        _print_exercises(aim, doses)
    if audit.muscles:
        _print_muscles(audit.muscles)
    if audit.prescribed:
        sides = (f"{dose.exercise.name} ({dose.exercise.sides[0]})" for dose in audit.prescribed)
        click.echo()
        _wrapped(f"one side, as prescribed: {', '.join(sides)}", "")
    click.echo()
    for warning in audit.warnings:
        _wrapped(f"warning: {warning}", "")
    if not audit.warnings and any(dose.judgements for dose in audit.exercises):
        click.echo("Every figure that has a guideline here is within it.")
    _print_sources(audit)


def _groups(doses: Iterable[ExerciseDose]) -> list[tuple[Aim, list[ExerciseDose]]]:
    """Gather the exercises of each stage, those of one aim together."""
    groups: dict[tuple[int, Aim], list[ExerciseDose]] = {}
    for dose in doses:
        groups.setdefault((dose.place[0], dose.aim), []).append(dose)
    return [(aim, group) for (_, aim), group in groups.items()]


def _print_exercises(aim: Aim, doses: Sequence[ExerciseDose]) -> None:
    inferred = ", as its work suggests" if doses[0].is_inferred else ""
    click.secho("\n" + printable(f"{doses[0].stage} (aim: {aim}{inferred})"), bold=True)
    print_guidelines(aim, Measure.HOLD, Measure.HOLDS, Measure.SETS, Measure.SET, Measure.DAYS)
    _row(EXERCISES, EXERCISES)
    for dose in doses:
        _row(EXERCISES, (dose.exercise.name, _sides(dose), _sets(dose), _set(dose), _s(dose.each.seconds)))


def _print_muscles(muscles: Iterable[MuscleDose]) -> None:
    click.secho("\nMuscles: seconds under stretch in all", bold=True)
    print_guidelines(Aim.STRETCH, Measure.TOTAL, Measure.EFFORT)
    _row(MUSCLES, MUSCLES)
    for muscle in muscles:
        _row(MUSCLES, (muscle.name, *(str(muscle.judgement(side) or "0 s") for side in BOTH_SIDES)))


def print_guidelines(aim: Aim, *measures: Measure) -> None:
    """Print the guidelines for some measures of an aim, with the numbers of their footnotes."""
    rows = {measure: guidelines_for(aim, measure) for measure in measures}
    figures = "; ".join(f"{measure} {listed(found)}" for measure, found in rows.items() if found)
    _wrapped(f"guidelines: {figures}" if figures else "no guideline figure here", "  ")


def _row(columns: Mapping[str, int], cells: Iterable[str]) -> None:
    """Print a row; a name is cut to its column, but no figure or verdict is."""
    name, *figures = (
        printable(cell).ljust(width) for cell, width in zip(cells, columns.values(), strict=True)
    )
    longest = next(iter(columns.values()))
    name = name if len(name) <= longest else f"{name[: longest - 3]}..."
    click.echo(f"  {'  '.join((name, *figures))}".rstrip())


def _sides(dose: ExerciseDose) -> str:
    match dose.exercise.sides:
        case ():
            return "both"
        case (side,):
            return str(side)
        case _:
            return "each"


def _sets(dose: ExerciseDose) -> str:
    sets, found = dose.each.sets, dose.judgement(Measure.SETS, Measure.HOLDS)
    if found is None:
        return str(sets)
    # Reps with long holds have several in a set.
    return (
        f"{sets}, {found.verdict}"
        if found.figure == sets
        else f"{sets}; {found.figure} holds, {found.verdict}"
    )


def _set(dose: ExerciseDose) -> str:
    hold = _s(dose.hold or 0)
    match dose.kind:
        case Kind.REP_SET:
            text = f"{dose.reps} reps, {hold} hold" if dose.hold else f"{dose.reps} reps"
        case Kind.CONTRACT:
            text = f"{_s(dose.seconds - (dose.hold or 0))} pressing, {hold} hold"
        case Kind.TIMED:
            text = f"{_s(dose.seconds)} moving"
        case Kind.OPEN:
            text = f"up to {hold}"
        case _:
            text = hold
    found = dose.judgement(Measure.HOLD, Measure.SET)
    return f"{text}, {found.words}" if found else text


def _s(seconds: float) -> str:
    return f"{number(round(seconds, 1))} s"


def _print_sources(audit: Audit) -> None:
    aims = {dose.aim for dose in audit.exercises} | ({Aim.STRETCH} if audit.muscles else set())
    print_sources(row for row in GUIDELINES if row.aim in aims)


def print_sources(rows: Iterable[Guideline]) -> None:
    """Print the sources of guidelines as footnotes, and that they are no advice; of none, nothing."""
    sources = {row.source.number: row.source.text for row in rows}
    if sources:
        click.echo()
        for figure, text in sorted(sources.items()):
            click.echo(f"[{figure}] {text}")
        _wrapped(ADVICE, "")


def _wrapped(text: str, indent: str) -> None:
    click.echo(
        click.wrap_text(printable(text), WIDTH - 4, initial_indent=indent, subsequent_indent=f"{indent}  ")
    )

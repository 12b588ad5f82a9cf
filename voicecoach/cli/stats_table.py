"""A summary of sessions as text."""

from __future__ import annotations

from shlex import quote
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.dose_table import print_guidelines, print_sources
from voicecoach.cli.looking import print_table, short
from voicecoach.history.summary import NO_ANSWER
from voicecoach.plan.guidelines import Measure, guidelines_for
from voicecoach.routine.model import Aim
from voicecoach.units import clock, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from voicecoach.history.records import Pain
    from voicecoach.history.stretch import MuscleStretch
    from voicecoach.history.summary import Summary, Week

MOST_WEEKS = 13
"""That are listed."""
WEEKS: Mapping[str, str] = MappingProxyType({"week from": "left", "sessions": "right", "minutes": "right"})
STRETCHES: Mapping[str, str] = MappingProxyType(
    {
        "muscle": "left",
        "side": "left",
        "in all": "right",
        "on a day with stretching": "left",
        "how often": "left",
    }
)


def print_summary(summary: Summary) -> None:
    """Print what the sessions of a period came to, and the sources of the figures beside it."""
    click.secho(f"Sessions, {summary.period}", bold=True)
    for line in _figures(summary):
        click.echo(line)
    click.echo()
    _print_weeks(summary.weeks)
    if summary.muscles:
        click.secho("\nMuscles: time under stretch", bold=True)
        print_guidelines(Aim.STRETCH, Measure.TOTAL, Measure.DAYS)
        print_table(STRETCHES, [row for muscle in summary.muscles for row in _rows(muscle)])
    _print_pains(summary.pains)
    if summary.muscles:
        measures = (Measure.TOTAL, Measure.DAYS)
        print_sources(row for measure in measures for row in guidelines_for(Aim.STRETCH, measure))


def _figures(summary: Summary) -> Iterator[str]:
    ended = "all" if summary.finished == summary.sessions else f"{summary.finished:,}"
    sessions, rate = _counted(summary.sessions, "session"), _figure(summary.sessions_a_week)
    yield f"{sessions}, {ended} to the end: {rate} a week"
    minutes = round(summary.seconds / 60)
    yield f"{_counted(minutes, 'minute')}: {_figure(summary.minutes_a_week)} a week"
    if summary.sets_asked:
        yield f"{summary.sets_done:,} of {_counted(summary.sets_asked, 'prescribed set')} done"
    answers = [f"{count} {name}" for name, count in summary.feels.items() if count]
    if any(count for name, count in summary.feels.items() if name != NO_ANSWER):
        yield f"how they felt: {', '.join(answers)}"
    if summary.streak > 1:
        yield f"{summary.streak} weeks in a row with a session"


def _print_weeks(weeks: Sequence[Week]) -> None:
    listed = weeks[-MOST_WEEKS:]
    print_table(
        WEEKS,
        [(str(week.monday), str(week.sessions), str(round(week.seconds / 60))) for week in listed],
    )
    if len(weeks) > len(listed):
        click.echo(f"(the last {len(listed)} of {len(weeks)} weeks; --json has all)")


def _rows(muscle: MuscleStretch) -> Iterator[tuple[str, ...]]:
    """Yield a row for each side, or one for both where they got the same."""
    sides = list(muscle.sides.items())
    is_even = len({one for _, one in sides}) == 1
    for side, one in sides[:1] if is_even else sides:
        often = str(one.frequency or "never")
        yield (
            short(muscle.name),
            "each" if is_even else str(side),
            clock(one.seconds),
            str(one.total or "0 s"),
            often,
        )


def _print_pains(pains: Sequence[Pain]) -> None:
    """Print each exercise that is left out once, however often it hurt, and since when."""
    left_out = {(pain.routine, pain.address): pain for pain in reversed(pains) if pain.resumed is None}
    if not left_out:
        return
    click.secho("\nLeft out, because it hurt", bold=True)
    for pain in reversed(left_out.values()):
        back = f"voicecoach progress {quote(pain.routine)} --resume {quote(pain.address)}"
        click.echo(printable(f"  {pain.name}, since {pain.at.date()}; to put it back: {back}"))


def _counted(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _figure(value: float) -> str:
    """Write a rate with one decimal place, where it is not whole."""
    return number(round(value, 1))

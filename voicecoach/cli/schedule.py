"""The command `schedule`: reminders of a routine for a calendar."""

from __future__ import annotations

import datetime as dt
import shlex
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.options import LANG, ROUTINE, Duration
from voicecoach.cli.writing import STANDARD_OUTPUT, put

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from voicecoach.output.reminders.ical import Reminders
    from voicecoach.output.reminders.weekly import Weekly
    from voicecoach.routine.model import Routine

LONGEST_ALARM = 7 * 24 * 3600.0
MOST_WEEKS = 522
"""Ten years."""
YEARS = range(1970, 9000)
"""Those that a plan may begin in."""


class Plan(click.ParamType["tuple[Weekly, ...]"]):
    """Read days and times, as ``Mon, Wed, Fri 19:00``."""

    name = "days and time"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[Weekly, ...]:
        """Return the days and times."""
        from voicecoach.output.reminders.weekly import parse_weekly  # noqa: PLC0415 - only where it is used

        try:
            return parse_weekly(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Zone(click.ParamType["ZoneInfo"]):
    """Take the name of a time zone, as ``Europe/Berlin``."""

    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> ZoneInfo:  # noqa: ANN401 - as click has it
        """Return the zone."""
        from zoneinfo import ZoneInfo, available_timezones  # noqa: PLC0415 - it reads a list of all

        from voicecoach.errors import did_you_mean  # noqa: PLC0415

        known = sorted(available_timezones() - {"Factory", "localtime"})
        if value not in known:
            near = did_you_mean(str(value), known)
            self.fail(f"there is no time zone '{value}'{near}; names read Europe/Berlin", param, ctx)
        return ZoneInfo(str(value))


class Day(click.ParamType["dt.date"]):
    """Read a date, as ``2026-12-01``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:  # noqa: ANN401 - as click has it
        """Return the date."""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is no date; write year, month and day, as 2026-12-01", param, ctx)


DAY = Day()


@click.command()
@click.argument("routine", type=ROUTINE)
@click.argument("when", type=Plan())
@click.option(
    "--from", "since", type=DAY, metavar="DATE", help="The first day, as 2026-12-01; else from now on."
)
@click.option("--weeks", type=click.IntRange(1, MOST_WEEKS), metavar="N", help="For so many weeks.")
@click.option("--until", type=DAY, metavar="DATE", help="The last day; without it and --weeks, no end.")
@click.option("--zone", type=Zone(), help="As Europe/Berlin; else the time of the clock wherever you are.")
@click.option(
    "--alarm",
    type=Duration(most=LONGEST_ALARM),
    default="10m",
    show_default=True,
    metavar="TIME",
    help="How long before it the calendar reminds you; 0: when it begins.",
)
@click.option("--no-alarm", is_flag=True, help="No reminder, only the time in the calendar.")
@LANG
@click.option("-o", "--output", metavar="FILE", help="The calendar file; without it, or as -, it is printed.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
def schedule(  # noqa: PLR0913 - what a user can choose, each by its name
    routine: str,
    when: tuple[Weekly, ...],
    *,
    since: dt.date | None,
    weeks: int | None,
    until: dt.date | None,
    zone: ZoneInfo | None,
    alarm: float,
    no_alarm: bool,
    lang: str | None,
    output: str | None,
    force: bool,
) -> None:
    """Make a calendar file (.ics) of a plan: when to do a routine, week by week.

    WHEN is days and times, as 'Mon, Wed, Fri 19:00', 'Mon-Fri 7am' or 'daily 7:30'.

    Example: voicecoach schedule hip-mobility "Mon, Wed, Fri 19:00" --weeks 8 -o hips.ics
    """
    from voicecoach.output.reminders.ical import Reminders, calendar  # noqa: PLC0415 - heavy imports only where used

    if weeks and until:
        message = "--weeks and --until say the same in two ways; give one of them"
        raise click.UsageError(message)
    shown, name, command = _routine(routine, lang)
    reminders = Reminders(
        name,
        shown.title,
        "\n\n".join(filter(None, [command, shown.caution])),
        _seconds(shown),
        when,
        dt.datetime.combine(since, dt.time()) if since else dt.datetime.now(zone).replace(tzinfo=None),
        until,
        weeks,
        zone,
        None if no_alarm else dt.timedelta(seconds=alarm),
    )
    _refuse_empty(reminders)
    stamp = dt.datetime.now(dt.UTC)
    put(output or STANDARD_OUTPUT, calendar(reminders, stamp), force=force)
    for line in _told(reminders):
        click.echo(printable(line), err=True)


def _routine(routine: str, lang: str | None) -> tuple[Routine, str, str]:
    """Return a routine in a language, its name or path, and the command that plays it from anywhere."""
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.languages import in_language, untranslated  # noqa: PLC0415
    from voicecoach.routine.files import load  # noqa: PLC0415
    from voicecoach.routine.shelf import find, shelf  # noqa: PLC0415

    own = folders.routines()
    path: Path = find(routine, own)
    written = load(path)
    shown, missing = in_language(written, path, lang, own)
    if missing:
        click.echo(f"voicecoach: {untranslated(path.stem, written, shown.language, len(missing))}", err=True)
    name = routine if routine in shelf(own) else str(path.resolve())
    return shown, name, shlex.join(["voicecoach", "play", name, *(["--lang", lang] if lang else [])])


def _seconds(routine: Routine) -> float:
    from voicecoach.plan.estimate import routine_seconds  # noqa: PLC0415

    return routine_seconds(routine)


def _refuse_empty(reminders: Reminders) -> None:
    """Refuse a plan that has no session at all, or that reaches too far."""
    from voicecoach.errors import ChoiceError  # noqa: PLC0415

    message = ""
    since, until = reminders.since.date(), reminders.until
    if since.year not in YEARS:
        message = f"no calendar goes to {since}; give another --from"
    elif until and until > since + dt.timedelta(weeks=MOST_WEEKS):
        message = f"{until} is more than ten years after {since}; give an earlier --until, or none"
    elif not any(reminders.sessions(weekly) != 0 for weekly in reminders.weekly):
        days = "; ".join(map(str, reminders.weekly))
        message = f"there is no '{days}' from {since} to {until}; give a later --until"
    if message:
        raise ChoiceError(message)


def _told(reminders: Reminders) -> list[str]:
    """Return a line for each time of day: when, where, how long, from when, and how often."""
    from voicecoach.output.reminders.ical import minutes  # noqa: PLC0415

    lines = []
    for weekly in reminders.weekly:
        sessions = reminders.sessions(weekly)
        if sessions == 0:
            continue
        often = "without end" if sessions is None else f"{sessions} session{'' if sessions == 1 else 's'}"
        where = f"{reminders.zone}" if reminders.zone else "wherever you are"
        first = weekly.first(reminders.since)
        length = minutes(reminders.seconds)
        lines.append(f"{reminders.title}: {weekly} ({where}), {length} min, from {first}, {often}")
    return lines

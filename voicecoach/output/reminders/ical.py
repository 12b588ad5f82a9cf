"""A plan of sessions as an iCalendar file (RFC 5545), which phones and desktops take: icalendar writes it."""

import datetime as dt
import math
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from voicecoach.output.reminders.weekly import DAYS, Weekly

PRODUCT = "-//voicecoach//schedule//EN"
GRID = 5
"""Minutes to which the length of a session is rounded up."""
YEARS = 10
"""How far ahead an endless plan describes its time zone; calendars know the zone by its name as well."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """What a calendar is to hold."""

    routine: str
    """What `play` takes: a name or a path. With days and times it makes the identity of an event."""
    title: str
    description: str
    seconds: float
    """The length of a session."""
    weekly: tuple[Weekly, ...]
    since: dt.datetime
    """By the clock, without a zone: no session begins earlier."""
    until: dt.date | None = None
    """The last day; None: for so many weeks, or without end."""
    weeks: int | None = None
    zone: ZoneInfo | None = None
    """None: the time of the clock wherever one is."""
    alarm: dt.timedelta | None = None
    """How long before it begins the calendar says so."""

    def sessions(self, weekly: Weekly) -> int | None:
        """Return how many sessions there are on these days; None where there is no end."""
        if self.until:
            return weekly.count(self.since, self.until)
        return None if self.weeks is None else self.weeks * len(weekly.days)


def minutes(seconds: float) -> int:
    """Return the minutes that a calendar sets aside for a session, rounded up."""
    return max(math.ceil(seconds / 60 / GRID), 1) * GRID


def calendar(reminders: Reminders, stamp: dt.datetime) -> bytes:
    """Return a calendar of one event for each time of day, that comes again on its days.

    Args:
        reminders: what it is to hold.
        stamp: when it is made, in UTC; a calendar that has an older one of the same plan takes the newer.

    Raises:
        OverflowError: the dates reach beyond the year 9999.
    """
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - it takes a while to load

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    last = reminders.since.date()
    for weekly in reminders.weekly:
        first = weekly.first(reminders.since)
        sessions = reminders.sessions(weekly)
        if sessions == 0:
            continue
        event = Event()
        event.add("uid", _uid(reminders.routine, weekly))
        event.add("dtstamp", stamp)
        event.add("dtstart", dt.datetime.combine(first, weekly.at, reminders.zone))
        event.add("duration", dt.timedelta(minutes=minutes(reminders.seconds)))
        # A number of times, not a last day: that would have to be in UTC where there is a zone.
        rule = {"freq": "weekly", "byday": [DAYS[day][:2].upper() for day in weekly.days]}
        event.add("rrule", rule if sessions is None else {**rule, "count": sessions})
        event.add("summary", reminders.title)
        event.add("description", reminders.description)
        if reminders.alarm is not None:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", -reminders.alarm)
            alarm.add("description", reminders.title)
            event.add_component(alarm)
        made.add_component(event)
        weeks = YEARS * 53 if sessions is None else math.ceil(sessions / len(weekly.days))
        last = max(last, first + dt.timedelta(weeks=weeks))
    made.add_missing_timezones(dt.date(reminders.since.year, 1, 1), dt.date(last.year + 1, 1, 1))
    return bytes(made.to_ical())


def _uid(routine: str, weekly: Weekly) -> str:
    """Return the same identity for the same routine at the same time of the same days."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"voicecoach:schedule/{routine}/{weekly}"))

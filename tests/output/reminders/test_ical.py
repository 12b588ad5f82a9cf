"""Calendars, read back by vobject and dateutil, which share no code with what writes them."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import dateutil.tz
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.output.reminders.ical import Reminders, calendar, minutes
from voicecoach.output.reminders.weekly import parse_weekly

BERLIN = ZoneInfo("Europe/Berlin")
STAMP = dt.datetime(2026, 11, 24, 12, 30, tzinfo=dt.UTC)
CAUTION = "Before you begin, ask a professional; stop if it hurts. " * 3
REMINDERS = Reminders(
    "hip-mobility",
    "Hüften, mobil",
    f"voicecoach play hip-mobility\n\n{CAUTION}",
    3912.0,
    parse_weekly("Mon, Wed, Fri 19:00"),
    dt.datetime(2027, 2, 27),  # noqa: DTZ001 - by the clock
    weeks=8,
    zone=BERLIN,
    alarm=dt.timedelta(minutes=10),
)


def events(reminders: Reminders) -> list[Any]:
    """Return the events of a calendar as another library reads them."""
    return list(vobject.readOne(calendar(reminders, STAMP).decode()).vevent_list)


def starts(event: Any) -> list[dt.datetime]:  # noqa: ANN401 - its library carries no types
    """Return when an event is, each time that it comes again."""
    return list(event.getrruleset(addRDate=True))


def test_what_an_event_says() -> None:
    """It has the title of the routine, its length in steps of 5 minutes, how to begin, and the caution."""
    (event,) = events(REMINDERS)
    assert "Hüften, mobil" == event.summary.value
    assert f"voicecoach play hip-mobility\n\n{CAUTION}" == event.description.value
    assert dt.timedelta(minutes=70) == event.duration.value
    assert STAMP == event.dtstamp.value
    assert ("DISPLAY", dt.timedelta(minutes=-10)) == (
        event.valarm.action.value,
        event.valarm.trigger.value,
    )


def test_over_the_change_of_the_clocks() -> None:
    """With a zone, each session is at 19:00 by its clock, in winter and in summer time."""
    (event,) = events(REMINDERS)
    begun = starts(event)
    assert 24 == len(begun)
    assert {(19, 0)} == {(one.hour, one.minute) for one in begun}
    assert {0, 2, 4} == {one.weekday() for one in begun}
    assert dt.datetime(2027, 3, 1, 19, tzinfo=BERLIN) == begun[0]
    # The zone is that of the file, as the other library reads it: the clocks go forward on 28 March 2027.
    assert [dt.timedelta(hours=1)] * 12 + [dt.timedelta(hours=2)] * 12 == [one.utcoffset() for one in begun]
    assert [one.replace(tzinfo=BERLIN).astimezone(dt.UTC) for one in begun] == [
        one.astimezone(dt.UTC) for one in begun
    ]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata"])
def test_zones(zone: str) -> None:
    """The zone in the file is right for ten years, on either half of the globe, and where nothing changes."""
    reminders = replace(REMINDERS, zone=ZoneInfo(zone), weeks=None)
    written, _, _ = calendar(reminders, STAMP).decode().partition("BEGIN:VEVENT")
    # dateutil, as vobject reads one date alone of the many on which the clocks change.
    read = dateutil.tz.tzical(io.StringIO(f"{written}END:VCALENDAR\r\n")).get(zone)
    days = [dt.datetime(2027, 3, 1, 19) + dt.timedelta(days=further) for further in range(3650)]  # noqa: DTZ001 - as a clock shows it
    assert [day.replace(tzinfo=ZoneInfo(zone)).utcoffset() for day in days] == [
        day.replace(tzinfo=read).utcoffset() for day in days
    ]


def test_utc() -> None:
    """A time in UTC is written as such."""
    (event,) = events(replace(REMINDERS, zone=ZoneInfo("UTC")))
    assert dt.datetime(2027, 3, 1, 19, tzinfo=dt.UTC) == event.dtstart.value


def test_without_a_zone() -> None:
    """Without a zone it is 19:00 wherever the calendar is."""
    data = calendar(replace(REMINDERS, zone=None), STAMP)
    assert b"DTSTART:20270301T190000\r\n" in data
    assert b"TZID" not in data
    (event,) = events(replace(REMINDERS, zone=None))
    assert [None] * 24 == [one.tzinfo for one in starts(event)]


def test_ends() -> None:
    """It ends after so many weeks, with a day that is still part of it, or never; it may have no alarm."""
    (event,) = events(replace(REMINDERS, weeks=None, until=dt.date(2027, 3, 5), alarm=None))
    assert [1, 3, 5] == [one.day for one in starts(event)]
    assert not hasattr(event, "valarm")
    assert b"RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR\r\n" in calendar(replace(REMINDERS, weeks=None), STAMP)


def test_two_times() -> None:
    """Days with another time are an event of their own, with its first day; one without a day is left out."""
    weekly = parse_weekly("Mon, Wed 19:00, Sat 9am")
    first, second = events(replace(REMINDERS, weekly=weekly))
    assert (dt.datetime(2027, 3, 1, 19, tzinfo=BERLIN), dt.datetime(2027, 2, 27, 9, tzinfo=BERLIN)) == (
        first.dtstart.value,
        second.dtstart.value,
    )
    assert first.uid.value != second.uid.value
    assert 1 == len(events(replace(REMINDERS, weekly=weekly, weeks=None, until=dt.date(2027, 2, 28))))


def test_identity() -> None:
    """The same routine, days and time are the same event, whose place a new file takes."""
    (event,) = events(REMINDERS)
    (later,) = events(
        replace(REMINDERS, title="Hips", weeks=12, zone=None, since=REMINDERS.since + dt.timedelta(days=30))
    )
    (other,) = events(replace(REMINDERS, routine="desk-break"))
    assert later.uid.value == event.uid.value != other.uid.value


def test_lines() -> None:
    """Lines end as the standard has it, and have at most 75 bytes, accents or not."""
    data = calendar(
        replace(REMINDERS, description="voicecoach play hüften\n\n" + "Übe täglich. " * 40), STAMP
    )
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert 75 >= max(map(len, lines))


@settings(max_examples=50)
@given(title=st.text(max_size=80), description=st.text(max_size=200))
def test_any_words(title: str, description: str) -> None:
    """Whatever a routine is called, the file is read as one event, and its rule stays as it is."""
    (event,) = events(replace(REMINDERS, title=title, description=description))
    assert "FREQ=WEEKLY;COUNT=24;BYDAY=MO,WE,FR" == event.rrule.value


@pytest.mark.parametrize(("seconds", "wanted"), [(0, 5), (299, 5), (300, 5), (301, 10), (3912, 70)])
def test_minutes(seconds: float, wanted: int) -> None:
    """The length is rounded up to 5 minutes."""
    assert wanted == minutes(seconds)

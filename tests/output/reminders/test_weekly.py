import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.output.reminders.weekly import Weekly, parse_weekly

WEEKDAYS, ALL = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6)
SEVEN = dt.time(19)


@pytest.mark.parametrize(
    ("text", "days", "at"),
    [
        ("Mon, Wed, Fri 19:00", (0, 2, 4), SEVEN),
        ("monday wednesday and friday at 7pm", (0, 2, 4), SEVEN),
        ("MO WE FR 19.00", (0, 2, 4), SEVEN),
        ("Fri, Mon, Mon 7 p.m.", (0, 4), SEVEN),
        ("Tuesdays & Thurs 7:05 AM", (1, 3), dt.time(7, 5)),
        ("daily 12am", ALL, dt.time(0)),
        ("every day 12:30pm", ALL, dt.time(12, 30)),
        ("weekdays 6:45", WEEKDAYS, dt.time(6, 45)),
        ("Mon-Fri 6:45", WEEKDAYS, dt.time(6, 45)),
        ("mon \u2013 fri 6:45", WEEKDAYS, dt.time(6, 45)),
        ("Monday to Friday 6:45", WEEKDAYS, dt.time(6, 45)),
        ("Sat-Mon 10:00", (0, 5, 6), dt.time(10)),
        ("weekends 10:00", (5, 6), dt.time(10)),
        ("Mon 19:00, Wed 7pm", (0, 2), SEVEN),
    ],
)
def test_one_time(text: str, days: tuple[int, ...], at: dt.time) -> None:
    """Days by their names, short or in full, in ranges and groups; the time by 24 or 12 hours."""
    assert (Weekly(days, at),) == parse_weekly(text)


def test_two_times() -> None:
    """Each time is that of the days before it."""
    assert "Mon, Wed 19:00; Sat 09:30" == "; ".join(map(str, parse_weekly("Mon, Wed 19:00, Sat 9:30")))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "Mun 19:00",
            "'Mun' is no day (did you mean 'Mon'?); write days and a time, as 'Mon, Wed, Fri 19:00'",
        ),
        ("Wendsday 19:00", "'Wendsday' is no day (did you mean 'Wednesday'"),
        ("Mon-Fry 19:00", "'Fry' in 'Mon-Fry' is no day (did you mean 'Friday' or 'Fri'?)"),
        ("Mon 19", "'19' is no time of day: write 19:00"),
        ("Mon 25:00", "'25:00' is no time of day"),
        ("Mon 19:60", "'19:60' is no time of day"),
        ("Mon 13pm", "'13pm' is no time of day"),
        ("Mon 0am", "'0am' is no time of day"),
        ("Mon, Fri", "'Mon, Fri' names no time after its last day"),
        ("Mon 19:00, Fri", "names no time after its last day"),
        ("19:00", "'19:00' has no day before it"),
        ("", "'' is no plan"),
        ("Mon " * 60 + "19:00", "a plan of more than 200 characters is not read"),
    ],
)
def test_what_is_no_plan(text: str, complaint: str) -> None:
    """What cannot be read is named, with what was meant where that is near, and how to write it."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - its message is what is looked at
        parse_weekly(text)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=250) | st.text("monwedfri 19:pa-,", max_size=40))
def test_anything(text: str) -> None:
    """Whatever is written, it is read or refused, and what is read has days."""
    with contextlib.suppress(ValueError):
        assert all(weekly.days for weekly in parse_weekly(text))


plans = st.builds(
    lambda days, at: Weekly(tuple(sorted(days)), at),
    st.sets(st.integers(0, 6), min_size=1),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)


@given(plans)
def test_it_reads_what_it_writes(weekly: Weekly) -> None:
    """A plan is written so that it can be read."""
    assert (weekly,) == parse_weekly(str(weekly))


@given(plans, st.datetimes(*(dt.datetime(year, 1, 1) for year in (2020, 2040))), st.integers(0, 60))  # noqa: DTZ001 - by the clock
def test_counting(weekly: Weekly, since: dt.datetime, length: int) -> None:
    """The first day and the number of sessions are those that counting on the fingers gives."""
    until = since.date() + dt.timedelta(days=length)
    days = (since.date() + dt.timedelta(days=further) for further in range(70))
    right = [
        day for day in days if day.weekday() in weekly.days and dt.datetime.combine(day, weekly.at) >= since
    ]
    assert right[0] == weekly.first(since)
    assert sum(day <= until for day in right) == weekly.count(since, until)

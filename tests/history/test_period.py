import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training import TODAY
from voicecoach.history.period import LONGEST_AGO, Period, monday, parse_since, period_of


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1d", 1),
        ("30 days", 30),
        ("1w", 7),
        ("4W", 28),
        (" 4 weeks ", 28),
        ("6 months", 180),
        ("1 month", 30),
        ("1y", 365),
        ("2 years", 730),
    ],
)
def test_so_long_ago(text: str, days: int) -> None:
    """A length of time is so many days, today included."""
    assert days == Period(parse_since(text, TODAY), TODAY).days


def test_a_day() -> None:
    """A day is taken as it is, today included."""
    assert dt.date(2026, 11, 1) == parse_since("2026-11-01", TODAY)
    assert TODAY == parse_since(str(TODAY), TODAY)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no time to look back"),
        ("soon", "is no time to look back"),
        ("4", "is no time to look back"),
        ("30m", "is no time to look back"),  # minutes, as everywhere else
        ("-4w", "is no time to look back"),
        ("2026-02-30", "is no time to look back"),
        ("2026-11-25", "is yet to come"),
        ("0w", "is out of range"),
        ("999999y", "is out of range"),
        ("0001-01-01", "is out of range"),
    ],
)
def test_what_is_no_time_to_look_back(text: str, why: str) -> None:
    """Anything else is refused, with what may be written instead."""
    with pytest.raises(ValueError, match=why) as refused:
        parse_since(text, TODAY)
    assert "write 4w, 30d, 6 months, 1y, or a day as 2026-11-01" in str(refused.value)


@given(st.one_of(st.text(max_size=30), st.from_regex(r"\d{1,9} ?[dwmy]", fullmatch=True)))
def test_whatever_is_written(text: str) -> None:
    """Any text is either a day that is not too long ago, or refused."""
    try:
        day = parse_since(text, TODAY)
    except ValueError:
        return
    assert TODAY - dt.timedelta(days=LONGEST_AGO) <= day <= TODAY


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 800))
def test_the_weeks_of_a_period(first: dt.date, days: int) -> None:
    """They are Mondays, one after another; each day of the period is in one of them."""
    period = Period(first, first + dt.timedelta(days=days))
    mondays = period.mondays()
    assert {0} == {day.weekday() for day in mondays}
    assert {dt.timedelta(weeks=1)} >= {b - a for a, b in pairwise(mondays)}
    assert (monday(period.first), monday(period.last)) == (mondays[0], mondays[-1])


def test_who_began_later_has_not_paused_before() -> None:
    """A period begins with the very first session; where there were earlier ones, as it was asked for."""
    since, began = TODAY - dt.timedelta(days=27), TODAY - dt.timedelta(days=6)
    assert Period(began, TODAY) == period_of([began], since, TODAY, is_first_ever=True)
    assert Period(since, TODAY) == period_of([began], since, TODAY, is_first_ever=False)
    assert Period(began, TODAY) == period_of([began], None, TODAY, is_first_ever=False)
    assert Period(TODAY, TODAY) == period_of([], None, TODAY, is_first_ever=True)


def test_a_first_day_is_no_rate() -> None:
    """One session on the first day is one a week, not seven."""
    assert 1 == Period(TODAY, TODAY).weeks
    assert 2 == Period(TODAY - dt.timedelta(days=13), TODAY).weeks

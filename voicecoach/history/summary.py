"""Summaries: what the sessions of a period came to, for tables, drawings and reports. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from voicecoach.history.amounts import DoneDose, done_doses, is_counted, sets_of
from voicecoach.history.documents import pain_json
from voicecoach.history.period import Period, monday, period_of
from voicecoach.history.records import Ending, Feel, Pain, Record
from voicecoach.history.stretch import MuscleStretch, muscle_stretches

NO_ANSWER = "no answer"
"""How the feel of a session is called that nobody was told of."""


@dataclass(frozen=True, slots=True)
class Week:
    """The sessions of one week."""

    monday: dt.date
    sessions: int = 0
    seconds: float = 0
    """Of sessions, pauses not counted."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the sessions of a period came to."""

    period: Period
    sessions: int
    finished: int
    """Sessions that came to the end of their routine."""
    seconds: float
    """Of sessions, pauses not counted."""
    weeks: tuple[Week, ...]
    """All that the period touches, those without a session too."""
    streak: int
    """Weeks in a row with a session, up to this one or the last."""
    sets_done: int
    sets_asked: int
    """Of the sessions whose sets are known."""
    feels: Mapping[str, int] = field(hash=False)
    """How many sessions felt so, in a fixed order; all names are there."""
    muscles: tuple[MuscleStretch, ...]
    doses: tuple[DoneDose, ...]
    pains: tuple[Pain, ...]

    @property
    def sessions_a_week(self) -> float:
        """Return how many sessions there were a week."""
        return self.sessions / self.period.weeks

    @property
    def minutes_a_week(self) -> float:
        """Return how many minutes of sessions there were a week."""
        return self.seconds / 60 / self.period.weeks

    def to_json(self) -> dict[str, Any]:
        """Return the summary as plain values for JSON."""
        return {
            "schema": 1,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "sessions": self.sessions,
            "sessions_finished": self.finished,
            "sessions_a_week": self.sessions_a_week,
            "seconds": self.seconds,
            "minutes_a_week": self.minutes_a_week,
            "weeks_in_a_row": self.streak,
            "sets_done": self.sets_done,
            "sets_prescribed": self.sets_asked,
            "felt": dict(self.feels),
            "weeks": [
                {"monday": week.monday.isoformat(), "sessions": week.sessions, "seconds": week.seconds}
                for week in self.weeks
            ],
            "muscles": [muscle.to_json() for muscle in self.muscles],
            "exercises": [dose.to_json() for dose in self.doses],
            "pains": [pain_json(pain) for pain in self.pains],
        }


def day_of(record: Record) -> dt.date:
    """Return the day of a session: that on which it began, where it was done."""
    return record.opening.began.date()


def period_with(records: Sequence[Record], days: Sequence[dt.date], since: dt.date, today: dt.date) -> Period:
    """Return the period of some sessions, which are all that there are from a day on.

    Args:
        records: the sessions.
        days: those of all sessions there ever were.
        since: the day that was asked for.
        today: the last day.
    """
    is_first_ever = 0 < len(records) == len(days)
    return period_of([day_of(record) for record in records], since, today, is_first_ever=is_first_ever)


def summarise(
    records: Sequence[Record],
    pains: Iterable[Pain],
    period: Period,
    today: dt.date,
    days: Iterable[dt.date] | None = None,
) -> Summary:
    """Return what the sessions of a period came to.

    Args:
        records: the sessions in it, oldest first.
        pains: what hurt; those that were put back before the period are left out.
        period: the days that are looked at.
        today: the day that a row of weeks may reach up to.
        days: of all sessions there ever were, so that a row of weeks may be longer than the period; None:
            those of the records.
    """
    counted = [sets_of(record) for record in records if is_counted(record)]
    felt = Counter(str(record.feel or NO_ANSWER) for record in records)
    return Summary(
        period=period,
        sessions=len(records),
        finished=sum(record.end is Ending.FINISHED for record in records),
        seconds=sum(record.seconds for record in records),
        weeks=_weeks(records, period),
        streak=streak(map(day_of, records) if days is None else days, today),
        sets_done=sum(done for done, _ in counted),
        sets_asked=sum(asked for _, asked in counted),
        feels={name: felt[name] for name in (*map(str, Feel), NO_ANSWER)},
        muscles=muscle_stretches(records, period),
        doses=done_doses(records),
        pains=tuple(pain for pain in pains if _concerns(pain, period)),
    )


def _weeks(records: Iterable[Record], period: Period) -> tuple[Week, ...]:
    by_monday: dict[dt.date, list[float]] = {day: [] for day in period.mondays()}
    for record in records:
        by_monday.setdefault(monday(day_of(record)), []).append(record.seconds)
    return tuple(Week(day, len(seconds), sum(seconds)) for day, seconds in sorted(by_monday.items()))


def streak(days: Iterable[dt.date], today: dt.date) -> int:
    """Return how many weeks in a row have a session, up to this week; it is not over, so it may have none."""
    trained = {monday(day) for day in days}
    week, count = monday(today), 0
    if week not in trained:
        week -= dt.timedelta(weeks=1)
    while week in trained:
        count += 1
        week -= dt.timedelta(weeks=1)
    return count


def _concerns(pain: Pain, period: Period) -> bool:
    """Tell whether a pain began in a period, or an exercise was left out for it on one of its days."""
    ended = pain.resumed.date() if pain.resumed else period.last
    return pain.at.date() <= period.last and ended >= period.first

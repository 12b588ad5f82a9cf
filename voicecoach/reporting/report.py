"""The report: what a page tells of the sessions of a period. Pure; figures are those of the summary."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voicecoach.history.amounts import is_counted, sets_of
from voicecoach.history.period import monday
from voicecoach.history.records import Feel, Origin
from voicecoach.history.summary import NO_ANSWER, day_of
from voicecoach.reporting.departures import departures
from voicecoach.reporting.doses import routine_doses

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from voicecoach.history.records import Pain, Record
    from voicecoach.history.summary import Summary
    from voicecoach.reporting.departures import Departure
    from voicecoach.reporting.doses import RoutineDoses

MORE_THAN_ONCE = 2
"""Sessions in which an exercise has to be skipped or paused before it is told: once says little."""
FEELS = (*map(str, Feel), NO_ANSWER)


@dataclass(frozen=True, slots=True)
class Version:
    """Sessions of one version of a routine."""

    title: str
    routine: str
    version: str
    """The digest of its file."""
    first: dt.date
    last: dt.date
    sessions: int

    @property
    def name(self) -> str:
        """Return what the routine is called; of one that is called by its path, the name of its file."""
        return name_of(self.routine)


@dataclass(frozen=True, slots=True)
class WeekRow:
    """What the sessions of a week came to."""

    monday: dt.date
    sessions: int
    seconds: float
    sets_done: int
    sets_asked: int
    feels: Mapping[str, int] = field(hash=False)
    """How many sessions felt so, by all names of `FEELS`."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session."""

    record: Record
    sets_done: int
    sets_asked: int
    is_counted: bool
    """Whether it is known which sets were done."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a page tells."""

    person: str
    """Empty: nobody is named."""
    made_on: dt.date
    program: str
    """The version of the program."""
    routine: str
    """The title of the one that is looked at; empty: all of them."""
    summary: Summary
    versions: tuple[Version, ...]
    weeks: tuple[WeekRow, ...]
    doses: tuple[RoutineDoses, ...]
    departures: tuple[Departure, ...]
    """Of exercises that went another way in more than one session."""
    departed_once: int
    """Exercises that did so in one session alone."""
    sessions: tuple[SessionRow, ...]
    by_hand: int
    """Sessions that were entered by hand."""

    @property
    def titles(self) -> Mapping[str, str]:
        """Return the title of each routine that was done, by what it is called in the log."""
        return {version.routine: version.title for version in self.versions}

    def title_of(self, routine: str) -> str:
        """Return the title of a routine; of one that was not done in the period, what it is called."""
        return self.titles.get(routine, name_of(routine))

    @property
    def left_out(self) -> tuple[Pain, ...]:
        """Return what hurt and has not been put back."""
        return tuple(pain for pain in self.summary.pains if pain.resumed is None)


def name_of(routine: str) -> str:
    """Return what a routine is called, without the folders of a path: they are nobody's business."""
    return re.split(r"[\\/]", routine)[-1]


def report_of(  # noqa: PLR0913 - one for each thing that the head of a page names
    records: Sequence[Record],
    summary: Summary,
    *,
    made_on: dt.date,
    person: str = "",
    routine: str = "",
    program: str = "",
) -> Report:
    """Return what a page tells.

    Args:
        records: the sessions of the period, oldest first.
        summary: what they came to.
        made_on: the day of the report.
        person: who trained, as the page is to name them.
        routine: what the one routine is called that is looked at; empty: all of them.
        program: the version of the program.
    """
    rows = tuple(SessionRow(record, *sets_of(record), is_counted(record)) for record in records)
    departed = departures(records)
    by_week: dict[dt.date, list[SessionRow]] = defaultdict(list)
    for row in rows:
        by_week[monday(day_of(row.record))].append(row)
    return Report(
        person=person,
        made_on=made_on,
        program=program,
        routine=routine,
        summary=summary,
        versions=_versions(records),
        weeks=tuple(_week(week.monday, by_week[week.monday]) for week in summary.weeks),
        doses=routine_doses(summary.doses, records),
        departures=tuple(one for one in departed if one.sessions >= MORE_THAN_ONCE),
        departed_once=sum(one.sessions < MORE_THAN_ONCE for one in departed),
        sessions=rows,
        by_hand=sum(record.opening.origin is Origin.BY_HAND for record in records),
    )


def _versions(records: Sequence[Record]) -> tuple[Version, ...]:
    """Return the versions of each routine, in the order of their first sessions."""
    found: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        found.setdefault((record.opening.routine, record.opening.version), []).append(record)
    return tuple(
        Version(same[-1].opening.title, routine, version, day_of(same[0]), day_of(same[-1]), len(same))
        for (routine, version), same in found.items()
    )


def _week(start: dt.date, here: Sequence[SessionRow]) -> WeekRow:
    known = [row for row in here if row.is_counted]
    felt = Counter(str(row.record.feel or NO_ANSWER) for row in here)
    return WeekRow(
        start,
        len(here),
        sum(row.record.seconds for row in here),
        sum(row.sets_done for row in known),
        sum(row.sets_asked for row in known),
        {name: felt[name] for name in FEELS},
    )

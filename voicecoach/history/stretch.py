"""Time under stretch: what each muscle got on either side, beside the guidelines. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from voicecoach.history.period import Period
from voicecoach.history.records import Performed, Prescribed, Record
from voicecoach.plan.guidelines import Judgement, Measure, judge
from voicecoach.plan.steps import Kind
from voicecoach.routine.model import BOTH_SIDES, Aim, Side

HELD = frozenset({Kind.HOLD, Kind.OPEN})
"""The kinds of sets whose every second is a hold; holds within reps are not kept apart in a log."""


Days = dict[dt.date, float]
"""Seconds on each day."""


@dataclass(frozen=True, slots=True)
class SideStretch:
    """What one side of a muscle got."""

    seconds: float
    """In all."""
    days: int
    """On which it was stretched."""
    days_a_week: float

    @property
    def a_day(self) -> float:
        """Return the seconds on a day with stretching, on average."""
        return self.seconds / self.days if self.days else 0.0

    @property
    def total(self) -> Judgement | None:
        """Hold the seconds of such a day against the guidelines; None where it was never stretched."""
        return judge(Aim.STRETCH, Measure.TOTAL, round(self.a_day, 1)) if self.days else None

    @property
    def frequency(self) -> Judgement | None:
        """Hold the days a week against the guidelines; None where it was never stretched."""
        return judge(Aim.STRETCH, Measure.DAYS, round(self.days_a_week, 1)) if self.days else None

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        return {
            "seconds": self.seconds,
            "days": self.days,
            "seconds_a_day": self.a_day,
            "days_a_week": self.days_a_week,
            "judgements": [found.to_json() for found in (self.total, self.frequency) if found],
        }


@dataclass(frozen=True, slots=True)
class MuscleStretch:
    """How long a muscle was under stretch in a period."""

    name: str
    """As first written; where an exercise names no muscle, the name of the exercise."""
    sides: Mapping[Side, SideStretch] = field(hash=False)
    """Both, left first."""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        return {"muscle": self.name, **{side.value: one.to_json() for side, one in self.sides.items()}}


def muscle_stretches(records: Iterable[Record], period: Period) -> tuple[MuscleStretch, ...]:
    """Return the seconds that each muscle was under stretch, as they were done, those of skipped sets too."""
    names: dict[str, str] = {}
    seconds: dict[tuple[str, Side], Days] = defaultdict(lambda: defaultdict(float))
    for record in records:
        day = record.opening.began.date()
        for asked, one in _stretches(record):
            muscle = asked.muscle or asked.name
            names.setdefault(muscle.casefold(), muscle)
            for side in (one.side,) if one.side else BOTH_SIDES:
                seconds[muscle.casefold(), side][day] += one.done_seconds

    def of(key: str, side: Side) -> SideStretch:
        by_day = {day: amount for day, amount in seconds[key, side].items() if amount > 0}
        return SideStretch(sum(by_day.values()), len(by_day), len(by_day) / period.weeks)

    found = (MuscleStretch(name, {side: of(key, side) for side in BOTH_SIDES}) for key, name in names.items())
    return tuple(muscle for muscle in found if any(one.days for one in muscle.sides.values()))


def _stretches(record: Record) -> Iterable[tuple[Prescribed, Performed]]:
    """Yield the sets of a session in which a stretch was held, with what had been asked for.

    Contract and relax is a stretch whatever its stage is for.
    """
    asked = {one.address: one for one in record.opening.prescribed}
    pressed = {one.address for one in record.performed if one.kind is Kind.CONTRACT}
    for one in record.performed:
        exercise = asked.get(one.address)
        if exercise is None or one.kind not in HELD:
            continue
        if exercise.aim is Aim.STRETCH or one.address in pressed:
            yield exercise, one

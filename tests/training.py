"""Sessions as a log has them, made for tests."""

import datetime as dt
from collections.abc import Iterable

from voicecoach.history.records import (
    Ending,
    Feel,
    Level,
    Opening,
    Origin,
    Performed,
    Prescribed,
    Record,
)
from voicecoach.plan.steps import Kind
from voicecoach.routine.model import BOTH_SIDES, Aim

ZONE = dt.timezone(dt.timedelta(hours=1))
TODAY = dt.date(2026, 11, 24)
"""A Tuesday."""

PIGEON = Prescribed("stretch.pigeon", "Pigeon", "glutes", Aim.STRETCH, Kind.HOLD, 2, BOTH_SIDES, 30)
CALVES = Prescribed("stretch.calves", "Calves", "calves", Aim.STRETCH, Kind.HOLD, 1, (), 30)
CLAM = Prescribed(
    "strengthen.clam", "Clam", "hip abductors", Aim.STRENGTHEN, Kind.REP_SET, 2, BOTH_SIDES, 60, 12
)
ROUTINE = (PIGEON, CALVES, CLAM)


def sets(asked: Prescribed, *, done: float = 1, leaves_out: int = 0) -> tuple[Performed, ...]:
    """Return the sets of an exercise, each done to such a part; the last ones are left out."""
    turns = [(number, side) for number in range(1, asked.sets + 1) for side in asked.sides or (None,)]
    return tuple(
        Performed(
            asked.address,
            asked.kind,
            number,
            side,
            planned_seconds=asked.seconds,
            done_seconds=asked.seconds * done,
            planned_reps=asked.reps,
            done_reps=round(asked.reps * done) if asked.reps else None,
            skipped=done < 1,
        )
        for number, side in turns[: len(turns) - leaves_out]
    )


def session(  # noqa: PLR0913 - one for each thing that tests differ in
    day: dt.date,
    performed: Iterable[Performed] | None = None,
    *,
    number: int = 1,
    asked: tuple[Prescribed, ...] = ROUTINE,
    seconds: float = 1500,
    end: Ending = Ending.FINISHED,
    feel: Feel | None = None,
    routine: str = "evening-hips",
    title: str = "Evening hips",
    origin: Origin = Origin.LIVE,
) -> Record:
    """Return a session of a day, from 19:00 on, with all its sets done unless others are given."""
    began = dt.datetime.combine(day, dt.time(19), ZONE)
    opening = Opening(routine, title, "0123", began, asked, 1500, {"pace": "gentle"}, origin=origin)
    ended = None if end is Ending.INTERRUPTED else began + dt.timedelta(seconds=seconds)
    done = tuple(performed) if performed is not None else tuple(one for each in asked for one in sets(each))
    return Record(number, opening, ended, end, seconds, 12.5, feel, done)


def weeks_of_training(weeks: int, today: dt.date = TODAY) -> list[Record]:
    """Return sessions of three days a week up to today, with holds that grow, and now and then a hard one."""
    records = []
    first = today - dt.timedelta(weeks=weeks) + dt.timedelta(days=1)
    feels = (Feel.EASY, Feel.RIGHT, Feel.EASY, Feel.HARD, None, Feel.RIGHT, Feel.PAIN)
    for day in (first + dt.timedelta(days=number) for number in range(7 * weeks)):
        if day.weekday() not in {0, 2, 5}:
            continue
        number = len(records)
        longer = Prescribed(
            *("stretch.pigeon", "Pigeon", "glutes", Aim.STRETCH, Kind.HOLD, 2, BOTH_SIDES),
            seconds=30 + 5 * min(number // 4, 3),
            level=Level(rung=min(number // 4, 3)),
        )
        asked = (longer, CALVES, CLAM)
        is_short = number % 5 == 3
        done = [
            *sets(longer, done=0.6 if is_short else 1),
            *sets(CALVES),
            *sets(CLAM, leaves_out=2 * is_short),
        ]
        end = Ending.QUIT if is_short else Ending.FINISHED
        seconds = 1500 + 61.0 * (number % 7)
        feel = feels[number % len(feels)]
        records.append(
            session(day, done, number=number + 1, asked=asked, end=end, seconds=seconds, feel=feel)
        )
    return records

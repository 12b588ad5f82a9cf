import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training import CALVES, CLAM, PIGEON, TODAY, ZONE, session, sets, weeks_of_training
from voicecoach.history.amounts import Amount, done_doses, is_counted, sets_of
from voicecoach.history.holds import Held, hold_lines
from voicecoach.history.period import Period
from voicecoach.history.records import Ending, Feel, Origin, Pain, Performed, Prescribed, Record
from voicecoach.history.stretch import muscle_stretches
from voicecoach.history.summary import NO_ANSWER, streak, summarise
from voicecoach.plan.guidelines import Verdict
from voicecoach.plan.steps import Kind
from voicecoach.routine.model import BOTH_SIDES, Aim, Side

WEEK = Period(TODAY - dt.timedelta(days=6), TODAY)
MONDAY = TODAY - dt.timedelta(days=1)


def ago(days: int) -> dt.date:
    """Return the day so many days ago."""
    return TODAY - dt.timedelta(days=days)


def test_the_figures_of_a_period() -> None:
    """Sessions, their time, their sets and how they felt are counted, week by week too."""
    records = [
        session(ago(8), feel=Feel.EASY),
        session(ago(3), [*sets(PIGEON), *sets(CALVES, done=0.5)], end=Ending.QUIT, seconds=600),
        session(TODAY, feel=Feel.PAIN),
    ]
    found = summarise(records, (), Period(ago(13), TODAY), TODAY)
    assert (3, 2, 3600) == (found.sessions, found.finished, found.seconds)
    assert (1.5, 30) == (found.sessions_a_week, found.minutes_a_week)
    assert (9 + 4 + 9, 27) == (found.sets_done, found.sets_asked)
    assert [(MONDAY - dt.timedelta(weeks=2), 0), (MONDAY - dt.timedelta(weeks=1), 2), (MONDAY, 1)] == [
        (week.monday, week.sessions) for week in found.weeks
    ]
    assert {"easy": 1, "right": 0, "hard": 0, "pain": 1, NO_ANSWER: 1} == found.feels


def test_a_row_of_weeks() -> None:
    """Weeks in a row count up to this one, which may have no session yet; a week without one ends the row."""
    assert 0 == streak([], TODAY)
    assert 1 == streak([TODAY], TODAY)
    assert 2 == streak([MONDAY - dt.timedelta(days=1), MONDAY - dt.timedelta(days=14)], TODAY)
    assert 1 == streak([MONDAY - dt.timedelta(days=1), MONDAY - dt.timedelta(days=15)], TODAY)
    assert 0 == streak([MONDAY - dt.timedelta(days=8)], TODAY)
    assert 4 == streak([TODAY - dt.timedelta(weeks=week) for week in (0, 1, 2, 3, 5)], TODAY)


def test_a_row_of_weeks_may_be_longer_than_the_period() -> None:
    """The days of all sessions count, not of those in the period alone."""
    days = [TODAY - dt.timedelta(weeks=week) for week in range(30)]
    assert 30 == summarise([session(TODAY)], (), WEEK, TODAY, days).streak
    assert 1 == summarise([session(TODAY)], (), WEEK, TODAY).streak


@given(st.lists(st.integers(0, 400), max_size=60))
def test_a_row_of_weeks_is_in_a_row(days: list[int]) -> None:
    """Each of its weeks has a session, and the one before it has none."""
    found = streak(map(ago, days), TODAY)
    weeks = {(MONDAY - (day - dt.timedelta(days=day.weekday()))).days // 7 for day in map(ago, days)}
    begins = 0 if 0 in weeks else 1
    assert set(range(begins, begins + found)) <= weeks
    assert begins + found not in weeks


def test_pains_that_concern_a_period() -> None:
    """One that was put back before it is left out, and so is one of later; one that is open stays."""

    def pain(began: int, resumed: int | None = None) -> Pain:
        moments = [
            None if day is None else dt.datetime.combine(ago(day), dt.time(19), ZONE)
            for day in (began, resumed)
        ]
        assert moments[0]
        return Pain("evening-hips", "stretch.pigeon", "Pigeon", moments[0], moments[1])

    before, still, back, later = pain(50, 30), pain(50), pain(50, 2), pain(-3)
    assert (still, back) == summarise([], (before, still, back, later), WEEK, TODAY).pains


def test_a_summary_is_json() -> None:
    """All of it is plain values."""
    records = weeks_of_training(8)
    pain = Pain("evening-hips", "stretch.pigeon", "Pigeon", records[0].opening.began)
    made = summarise(records, [pain], Period(ago(55), TODAY), TODAY).to_json()
    assert made == json.loads(json.dumps(made))
    assert (24, 8, 1) == (made["sessions"], len(made["weeks"]) - 1, len(made["pains"]))
    assert ["glutes", "calves"] == [muscle["muscle"] for muscle in made["muscles"]]


def test_seconds_under_stretch() -> None:
    """What works both sides at once stretches each; strengthening is none; a day is judged on average."""
    records = [session(ago(4)), session(ago(2), [*sets(PIGEON, done=0.5)]), session(TODAY)]
    glutes, calves = muscle_stretches(records, WEEK)
    left = glutes.sides[Side.LEFT]
    assert (glutes.sides[Side.RIGHT], "glutes") == (left, glutes.name)
    assert (150, 3, 50, 3) == (left.seconds, left.days, left.a_day, left.days_a_week)
    assert left.total
    assert left.frequency
    assert (Verdict.BELOW, Verdict.WITHIN) == (left.total.verdict, left.frequency.verdict)
    assert {(60.0, 2)} == {(one.seconds, one.days) for one in calves.sides.values()}


def test_a_muscle_is_one_however_it_is_written() -> None:
    """Small and capital letters are no difference; an exercise without a muscle stands by its name."""
    one, other = replace(PIGEON, muscle="Glutes"), replace(PIGEON, muscle="glutes", address="stretch.other")
    nameless = replace(CALVES, muscle="")
    found = muscle_stretches([session(TODAY, asked=(one, other, nameless))], WEEK)
    assert [("Glutes", 120.0), ("Calves", 30.0)] == [
        (each.name, each.sides[Side.LEFT].seconds) for each in found
    ]


def test_one_side_alone() -> None:
    """A side that got nothing is judged by nothing."""
    (glutes,) = muscle_stretches([session(TODAY, sets(replace(PIGEON, sides=(Side.LEFT,))))], WEEK)
    right = glutes.sides[Side.RIGHT]
    assert (0, 0, None, None) == (right.seconds, right.a_day, right.total, right.frequency)
    assert [] == right.to_json()["judgements"]


def test_contract_and_relax_is_a_stretch() -> None:
    """Whatever its stage is for, its hold counts as a stretch, and its pressing does not."""
    asked = Prescribed("roll.press", "Press", "hamstrings", Aim.ROLL, Kind.HOLD, 1, (), 20)
    parts = [
        Performed("roll.press", Kind.CONTRACT, 1, planned_seconds=6, done_seconds=6),
        Performed("roll.press", Kind.HOLD, 1, planned_seconds=20, done_seconds=20),
    ]
    (found,) = muscle_stretches([session(TODAY, parts, asked=(asked,))], WEEK)
    assert 20 == found.sides[Side.LEFT].seconds
    assert () == muscle_stretches([session(TODAY, parts[1:], asked=(asked,))], WEEK)


def test_doses_done_beside_those_prescribed() -> None:
    """For each exercise and side: sets done to their end, seconds and reps of all that were begun."""
    records = [
        session(ago(2)),
        session(TODAY, [*sets(PIGEON, leaves_out=1), *sets(CALVES), *sets(CLAM, done=0.5)]),
    ]
    found = {(dose.name, dose.side): dose for dose in done_doses(records)}
    assert [("Pigeon", Side.LEFT), ("Pigeon", Side.RIGHT), ("Calves", None)] == list(found)[:3]
    assert Amount(4, 120) == found["Pigeon", Side.LEFT].asked
    assert (Amount(4, 120), Amount(3, 90)) == tuple(found["Pigeon", side].done for side in BOTH_SIDES)
    clam = found["Clam", Side.LEFT]
    assert (2, Amount(4, 240, 48), Amount(2, 180, 36)) == (clam.sessions, clam.asked, clam.done)


def test_a_set_that_was_done_again_counts_once() -> None:
    """Who began a set anew has done one set, but all of the seconds."""
    again = sets(CALVES, done=0.5) + sets(CALVES)
    (dose,) = done_doses([session(TODAY, again, asked=(CALVES,))])
    assert Amount(1, 45) == dose.done


def test_sets_of_a_session_by_hand() -> None:
    """Where only the time is known, sets are neither done nor missed."""
    by_hand = session(TODAY, [], origin=Origin.BY_HAND)
    assert not is_counted(by_hand)
    found = summarise([by_hand], (), WEEK, TODAY)
    assert (0, 0, ()) == (found.sets_done, found.sets_asked, found.doses)
    nothing = session(TODAY, [])
    assert is_counted(nothing)
    assert (0, 9) == sets_of(nothing)


@pytest.mark.parametrize("weeks", [1, 30])
def test_the_parts_are_the_whole(weeks: int) -> None:
    """Sets by exercise and side come to those of the sessions; weeks come to the sessions."""
    records = weeks_of_training(weeks)
    found = summarise(records, (), Period(ago(7 * weeks - 1), TODAY), TODAY)
    assert found.sets_done == sum(dose.done.sets for dose in found.doses)
    assert found.sets_asked == sum(dose.asked.sets for dose in found.doses)
    assert found.sessions == sum(week.sessions for week in found.weeks) == sum(found.feels.values())
    assert found.seconds == sum(week.seconds for week in found.weeks)


def test_the_length_of_holds() -> None:
    """Each session is a point, as asked and as done on average; what changed most comes first."""
    longer = replace(PIGEON, seconds=40)
    records = [
        session(ago(2)),
        session(TODAY, [*sets(longer, done=0.5)[:2], *sets(longer)[2:]], asked=(CALVES, longer)),
    ]
    pigeon, calves = hold_lines(records)
    assert ("Pigeon", 10, (Held(ago(2), 30, 30), Held(TODAY, 40, 30))) == (
        pigeon.name,
        pigeon.change,
        pigeon.points,
    )
    assert ("Calves", (Held(ago(2), 30, 30),)) == (calves.name, calves.points)


def test_exercises_of_one_name_are_not_one() -> None:
    """Two routines may each have a pigeon: each has a line of its own, and says whose it is."""

    def of(routine: str, seconds: float) -> Record:
        return session(TODAY, asked=(replace(PIGEON, seconds=seconds),), routine=routine)

    lines = hold_lines([of("hips", 30), of("/home/me/legs.toml", 60), of("hips", 35)])
    assert {
        "Pigeon (hips, stretch.pigeon)": [30, 35],
        "Pigeon (legs, stretch.pigeon)": [60],
    } == {line.name: [point.asked for point in line.points] for line in lines}


def test_sets_beyond_the_prescribed_make_up_for_none() -> None:
    """One exercise with a set more, and another that was left out: that is not all that was asked."""
    extra = (replace(one, set=3) for one in sets(PIGEON) if one.set == 1)
    record = session(TODAY, [*sets(PIGEON), *extra, *sets(CLAM)])
    assert (8, 9) == sets_of(record)

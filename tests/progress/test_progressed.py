import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.forms import forms_of
from voicecoach.history.prescription import done_as_prescribed, prescribed
from voicecoach.history.records import Ending, Feel, Level, Opening, Origin, Pain, Record
from voicecoach.plan.audit import audit
from voicecoach.plan.estimate import routine_seconds
from voicecoach.plan.steps import unroll
from voicecoach.progress import words
from voicecoach.progress.pairs import evened
from voicecoach.progress.progressed import Standings, due, levels, progressed, standings
from voicecoach.progress.sessions import sessions_of
from voicecoach.progress.standing import Change
from voicecoach.progress.way import Way
from voicecoach.routine.address import addresses
from voicecoach.routine.adjust import Adjustments, adjust
from voicecoach.routine.files import load, parse
from voicecoach.routine.model import Routine
from voicecoach.routine.pace import PACES
from voicecoach.routine.shelf import LIBRARY, ORDER

TODAY = dt.date(2026, 6, 15)
HIPS = parse(
    """
title = "Hips"
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "2 x 30 s per side"
progress = "after 2 easy: hold +5 s to 35 s, next form"
next = "deep-pigeon"
[[stage.exercise]]
name = "Ready"
dose = "10 s wait"
[[stage.exercise]]
name = "Butterfly"
dose = "2 x 30 s"
optional = 1
[[form]]
name = "Deep pigeon"
dose = "2 x 20 s per side"
equipment = ["block"]
""",
    "hips.toml",
)
FORMS = forms_of(HIPS).forms
PIGEON, BUTTERFLY = "stretch.pigeon", "stretch.butterfly"

LEVELS = st.builds(Level, st.just(""), st.integers(-6, 6))


def a_record(day: int, feel: Feel | None, at: dict[str, Level] | None = None, left: int = 0) -> Record:
    """Return a session of June, done to its end but for some sets."""
    chosen = at or {}
    routine = progressed(HIPS, _at(chosen), ())
    began = dt.datetime(2026, 6, day, 19, tzinfo=dt.UTC)
    opening = Opening("hips", "Hips", "1", began, prescribed(routine, chosen))
    done = done_as_prescribed(routine)
    return Record(day, opening, began, Ending.FINISHED, feel=feel, performed=done[: len(done) - left])


def _at(chosen: dict[str, Level]) -> Standings:
    """Return standings at given levels."""
    found = standings(HIPS, FORMS, (), (), today=TODAY)
    return {key: replace(one, level=chosen.get(key, one.level)) for key, one in found.items()}


def stands(records: Sequence[Record], pains: Sequence[Pain] = ()) -> Standings:
    """Return where the exercises stand."""
    return standings(HIPS, FORMS, records, pains, today=TODAY)


def test_each_exercise_has_its_own_rule() -> None:
    """After two easy sessions the pigeon goes on, and the butterfly after three; waits have no standing."""
    found = stands([a_record(10, Feel.EASY), a_record(12, Feel.EASY)])
    assert [PIGEON, BUTTERFLY] == list(found)
    assert [PIGEON] == list(due(found))
    assert {PIGEON: Level("", 1), BUTTERFLY: Level()} == levels(found, {PIGEON})
    assert {PIGEON: Level(), BUTTERFLY: Level()} == levels(found, ())


def test_a_step_that_is_taken_is_heard() -> None:
    """The routine has the dose of the level; all else is as it was."""
    found = stands([a_record(10, Feel.EASY), a_record(12, Feel.EASY)])
    assert {30, 35} == {step.seconds for step in unroll(progressed(HIPS, found, {PIGEON})) if step.is_work}
    assert HIPS == progressed(HIPS, found, ())


def test_a_form_keeps_the_address() -> None:
    """The log tells of the exercise as written, whichever form was done, in an adjusted routine too."""
    at = {PIGEON: Level("", 1)}
    found = stands([a_record(10, Feel.EASY, at), a_record(12, Feel.EASY, at)])
    assert Level("deep-pigeon") == found[PIGEON].then
    routine = progressed(HIPS, found, {PIGEON})
    assert ["Deep pigeon", "Ready", "Butterfly"] == [one.name for one in routine.stages[0].exercises]
    assert addresses(HIPS) == addresses(routine)
    assert ("block",) == routine.equipment
    alone = adjust(routine, Adjustments(skip=("butterfly",))).routine
    assert PIGEON == prescribed(alone, levels(found, {PIGEON}))[0].address
    assert Level("deep-pigeon") == prescribed(alone, levels(found, {PIGEON}))[0].level
    assert Change.NONE is stands([a_record(10, Feel.EASY, {PIGEON: Level("deep-pigeon")})])[PIGEON].change


def test_an_exercise_that_was_left_incomplete_is_not_easy() -> None:
    """The others of the session are."""
    records = [a_record(8, Feel.EASY), a_record(10, Feel.EASY), a_record(12, Feel.EASY, left=1)]
    found = stands(records)
    assert [Change.UP, Change.NONE] == [one.change for one in found.values()]
    assert (3, 0) == (found[PIGEON].easy, found[BUTTERFLY].easy)


@pytest.mark.parametrize(
    ("shorter", "easy"),
    [({}, 2), ({"extended": -10}, 0), ({"planned_seconds": 20}, 0), ({"extended": 10}, 2)],
)
def test_what_was_made_shorter_is_not_easy(shorter: dict[str, float], easy: int) -> None:
    """Whoever takes time off a hold, or goes on easier, has not shown that the dose is easy; longer is."""
    records = [
        replace(
            one,
            performed=tuple(
                replace(done, done_seconds=done.done_seconds + shorter.get("extended", 0), **shorter)
                for done in one.performed
            ),
        )
        for one in (a_record(10, Feel.EASY), a_record(12, Feel.EASY))
    ]
    assert easy == stands(records)[PIGEON].easy


def test_what_was_not_begun_says_nothing() -> None:
    """A hard session in which an exercise was not reached makes it no easier."""
    records = [a_record(8, Feel.EASY), a_record(10, Feel.EASY), a_record(12, Feel.HARD, left=2)]
    assert [Change.DOWN, Change.NONE] == [one.change for one in stands(records).values()]
    assert 2 == len(sessions_of(BUTTERFLY, records))


def test_pain_is_hard_for_what_hurt() -> None:
    """And right for the others."""
    records = [a_record(8, Feel.EASY), a_record(10, Feel.EASY), a_record(12, Feel.PAIN)]
    told = Pain("hips", BUTTERFLY, "Butterfly", dt.datetime(2026, 6, 12, 20, tzinfo=dt.UTC))
    found = stands(records, [told])
    assert [Change.NONE, Change.DOWN] == [one.change for one in found.values()]
    assert (0, 0) == (found[PIGEON].easy, found[BUTTERFLY].easy)
    before = replace(told, at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    assert [Change.NONE, Change.NONE] == [one.change for one in stands(records, [before]).values()]


def test_a_session_told_by_hand_is_training() -> None:
    """Without its sets it is not known to be complete, so it is never easy; the two weeks begin anew."""
    by_hand = a_record(12, Feel.EASY)
    by_hand = replace(by_hand, performed=(), opening=replace(by_hand.opening, origin=Origin.BY_HAND))
    (session,) = sessions_of(PIGEON, [by_hand])
    assert (False, dt.date(2026, 6, 12)) == (session.is_easy, session.day)
    assert () == sessions_of(PIGEON, [replace(by_hand, opening=replace(by_hand.opening, origin=Origin.LIVE))])


def test_the_words() -> None:
    """Where it stands, what is due, why, and what comes then."""
    found = stands([a_record(10, Feel.EASY), a_record(12, Feel.EASY)])
    pace = HIPS.pace
    pigeon, butterfly = found.values()
    told = (words.dose(pigeon.way, pigeon.then, pace), words.today(pigeon, pace), words.reason(pigeon))
    assert ("35 s, 2 sets (+1)", "35 s", "the last 2 felt easy") == told
    assert "after 2 easy sessions: Deep pigeon" == words.later(pigeon, pace)
    assert ("", "after 1 more easy session: 35 s") == (
        words.today(butterfly, pace),
        words.later(butterfly, pace),
    )
    deep = stands([a_record(12, Feel.HARD, {PIGEON: Level("deep-pigeon")})])[PIGEON]
    assert "Deep pigeon: 20 s, 2 sets" == words.dose(deep.way, deep.level, pace)
    assert ("15 s", "the last one felt hard") == (words.today(deep, pace), words.reason(deep))
    new = stands([])[PIGEON]
    assert ("not done yet", "after 2 easy sessions: 35 s") == (words.reason(new), words.later(new, pace))


def test_a_bundled_routine() -> None:
    """The clam goes on to the leg raise of the next level, in the words of the language."""
    hips = load(LIBRARY / "hip-mobility.toml")
    found = forms_of(hips, "fr")
    assert not found.notes
    assert "Lever de jambe, sur le côté" == found.forms["hip-mobility-2/side-lying-leg-raise"].name
    assert "une petite balle" == found.lend(hips).words["small ball"]


@pytest.mark.parametrize("name", ["hip-mobility", "hip-mobility-2", "hip-mobility-3", "wind-down"])
def test_all_levels_of_a_bundled_routine(name: str) -> None:
    """The lowest and the highest dose of each form can be done, and no side gets more than the other."""
    routine = load(LIBRARY / f"{name}.toml")
    found = forms_of(routine)
    for pace in PACES.values():
        written = standings(routine, found.forms, (), (), today=TODAY, pace=pace)
        for index in range(-2, 3):
            for end in ("bottom", "top"):
                at = {key: replace(one, level=_end(one.way, index, end)) for key, one in written.items()}
                done = replace(progressed(found.lend(routine), at, ()), pace=pace)
                assert not audit(done).asymmetries
                assert addresses(routine) == addresses(done)


def _end(its_way: Way, index: int, end: str) -> Level:
    """Return the lowest or highest level of a form so many forms up, or of the nearest."""
    part = its_way.parts[min(max(its_way.here + index, 0), len(its_way.parts) - 1)]
    return Level(part.reference, getattr(part.ladder, end))


HALVES = """
title = "Hips"
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon on the left"
muscle = "glutes"
dose = "2 x 30 s left"
[[stage.exercise]]
name = "Pigeon on the right"
muscle = "glutes"
dose = "2 x 30 s right"
"""
LEFT, RIGHT = "stretch.pigeon-on-the-left", "stretch.pigeon-on-the-right"


@pytest.mark.parametrize(
    ("feels", "left_out", "change", "easy"),
    [
        ((Feel.EASY,) * 3, 0, Change.UP, 3),
        ((Feel.EASY,) * 3, 1, Change.NONE, 0),
        ((Feel.EASY, Feel.EASY, Feel.HARD), 2, Change.DOWN, 0),
    ],
)
def test_two_halves_move_together(feels: Sequence[Feel], left_out: int, change: Change, easy: int) -> None:
    """A left exercise and the right one that balances it go up if both may, and down if one has to."""
    routine = parse(HALVES, "hips.toml")
    done = done_as_prescribed(routine)
    records = []
    for day, feel in zip((8, 10, 12), feels, strict=True):
        began = dt.datetime(2026, 6, day, 19, tzinfo=dt.UTC)
        opening = Opening("hips", "Hips", "1", began, prescribed(routine))
        kept = done[: len(done) - (left_out if day == 12 else 0)]
        records.append(Record(day, opening, began, Ending.FINISHED, feel=feel, performed=kept))
    found = standings(routine, {}, records, (), today=TODAY)
    assert [(change, easy)] * 2 == [(one.change, one.easy) for one in found.values()]
    assert found[LEFT].then == found[RIGHT].then
    assert not audit(progressed(routine, found, found)).asymmetries


def test_a_half_without_the_other_stays() -> None:
    """What balances it is another dose: neither may change by itself."""
    routine = parse(HALVES.replace("2 x 30 s right", "1 x 60 s right"), "hips.toml")
    assert all(one.above is None for one in standings(routine, {}, (), (), today=TODAY).values())
    alone = parse(HALVES.replace("right", "right only").replace("left", "left only"), "hips.toml")
    assert all(one.above for one in standings(alone, {}, (), (), today=TODAY).values())


@given(LEVELS, LEVELS, st.sampled_from(Change), st.sampled_from(Change))
def test_halves_are_even(left: Level, right: Level, one: Change, other: Change) -> None:
    """Whatever each of them has reached, both get the same level and the same step."""
    routine = parse(HALVES, "hips.toml")
    found = standings(routine, {}, (), (), today=TODAY)
    its_way = found[LEFT].way
    a, b = (
        replace(found[LEFT], level=level, change=change, then=_then(its_way, level, change))
        for level, change in ((its_way.nearest(left), one), (its_way.nearest(right), other))
    )
    b = replace(b, way=found[RIGHT].way)
    first, second = evened(a, b), evened(b, a)
    assert (first.level, first.then, first.change) == (second.level, second.then, second.change)
    assert first.then in {first.level, its_way.up(first.level), its_way.down(first.level)}


def _then(its_way: Way, level: Level, change: Change) -> Level:
    steps = {Change.UP: its_way.up, Change.DOWN: its_way.down, Change.NONE: its_way.nearest}
    return steps[change](level) or level


def _easy_days(routine: Routine, days: Sequence[int], at: Standings | None = None) -> list[Record]:
    """Return complete easy sessions at the levels of standings."""
    chosen = levels(at, ()) if at else {}
    doing = progressed(routine, at, ()) if at else routine
    asked, done = prescribed(doing, chosen), done_as_prescribed(doing)
    began = [dt.datetime(2026, 6, day, 19, tzinfo=dt.UTC) for day in days]
    return [
        Record(
            1, Opening("hips", "Hips", "1", day, asked), day, Ending.FINISHED, feel=Feel.EASY, performed=done
        )
        for day in began
    ]


@pytest.mark.parametrize("name", ORDER)
def test_not_everything_gets_harder_at_once(name: str) -> None:
    """A session gets a tenth longer at most, or two minutes; what had to wait has its turn later."""
    routine = load(LIBRARY / f"{name}.toml")
    forms = forms_of(routine).forms
    records, seen = _easy_days(routine, (2, 3, 4)), set[str]()
    found: Standings = {}
    for day in range(5, 26):
        found = standings(routine, forms, records, (), today=dt.date(2026, 6, day))
        rising = {address for address, one in due(found).items() if one.change is Change.UP}
        before = routine_seconds(progressed(routine, found, ()))
        after = routine_seconds(progressed(routine, found, rising))
        assert after - before <= max(0.1 * before, 120) + 1 or 1 == len(rising)
        seen |= rising
        taken = {key: replace(one, level=one.then) if key in rising else one for key, one in found.items()}
        records += _easy_days(routine, (day,), taken)
    movable = {address for address, one in found.items() if one.way.parts[one.way.here].ladder.top}
    assert movable <= seen

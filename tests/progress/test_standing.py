import datetime as dt
import random
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import EXERCISES
from voicecoach.history.records import AS_WRITTEN, Feel, Level
from voicecoach.plan.steps import unroll
from voicecoach.progress.sessions import Session
from voicecoach.progress.standing import GAP, Change, Standing, Why, standing
from voicecoach.progress.way import Way, way
from voicecoach.routine.dose import parse_dose
from voicecoach.routine.model import BOTH_SIDES, Aim, Exercise, Routine, Side, Stage
from voicecoach.routine.pace import PACES, Pace
from voicecoach.routine.progression import parse_rule

TODAY = dt.date(2026, 6, 1)
STEADY = PACES["steady"]
E, R, H = Feel.EASY, Feel.RIGHT, Feel.HARD


def an_exercise(name: str, dose: str, *, after: str = "", before: str = "", progress: str = "") -> Exercise:
    """Return an exercise with a harder and an easier form."""
    read = parse_dose(dose)
    rule = parse_rule(progress) if progress else None
    return Exercise(name, read.work, read.sets, read.sides, next=after, easier=before, progress=rule)


BAND = an_exercise("Band", "2 x 8 reps per side")
WALL = an_exercise("Wall", "2 x 6 reps per side", progress="reps +1 to 7")
CLAM = an_exercise(
    "Clam",
    "2 x 8 reps per side",
    after="band",
    before="wall",
    progress="reps +1 to 10, sets +1 to 3, next form",
)
CLAMS = way(CLAM, Aim.STRENGTHEN, {"band": BAND, "wall": WALL}, STEADY)
"""The wall: 3 reps and one set to 7 reps. The clam: 4 reps and one set to 10 reps, 3 sets. The band."""


def sessions(
    *feels: Feel | None,
    level: Level | None = AS_WRITTEN,
    every: int = 2,
    away: int = 2,
    complete: bool = True,
) -> list[Session]:
    """Return sessions of a level, some days apart, up to some days before today."""
    last = TODAY - dt.timedelta(days=away)
    return [
        Session(last - dt.timedelta(days=every * (len(feels) - index - 1)), level, feel, complete)
        for index, feel in enumerate(feels)
    ]


def stands(*feels: Feel | None, level: Level | None = AS_WRITTEN, away: int = 2) -> Standing:
    """Return where the clam stands after sessions of one level."""
    return standing(CLAMS, sessions(*feels, level=level, away=away), TODAY)


def test_what_was_never_done_is_done_as_written() -> None:
    """It has no step to take."""
    assert (AS_WRITTEN, Change.NONE, Why.NEW) == _told(standing(CLAMS, (), TODAY))


def _told(one: Standing) -> tuple[Level, Change, Why]:
    return one.level, one.change, one.why


@pytest.mark.parametrize(
    ("feels", "change", "easy"),
    [
        ((E, E), Change.NONE, 2),
        ((E, E, E), Change.UP, 3),
        ((E, E, E, E), Change.UP, 4),
        ((H, E, E, E), Change.UP, 3),
        ((E, E, R), Change.NONE, 0),
        ((E, E, None), Change.NONE, 0),
        ((E, E, R, E), Change.NONE, 1),
        ((E, E, E, H), Change.DOWN, 0),
        ((R, R, R), Change.NONE, 0),
    ],
)
def test_three_easy_ones_are_a_step_up(feels: Sequence[Feel | None], change: Change, easy: int) -> None:
    """In a row, up to the last; a hard last one is a step down; no answer is no easy one."""
    found = stands(*feels)
    assert (change, easy) == (found.change, found.easy)
    assert {Change.UP: Level("", 1), Change.DOWN: Level("", -1), Change.NONE: AS_WRITTEN}[
        change
    ] == found.then


def test_one_that_was_not_complete_is_not_easy() -> None:
    """However it felt."""
    known = [*sessions(E, E, away=6), *sessions(E, complete=False)]
    assert (Change.NONE, 0) == (standing(CLAMS, known, TODAY).change, standing(CLAMS, known, TODAY).easy)


def test_easy_ones_count_at_one_level() -> None:
    """After a step, the row begins anew."""
    known = [*sessions(E, E, E, away=8), *sessions(E, E, level=Level("", 1))]
    found = standing(CLAMS, known, TODAY)
    assert (Level("", 1), Change.NONE, 2) == (found.level, found.change, found.easy)


def test_a_dose_that_was_asked_for_itself_says_nothing() -> None:
    """Its sessions are passed over; they are training nevertheless."""
    asked = sessions(H, level=None)
    assert Change.UP is standing(CLAMS, [*sessions(E, E, E, away=6), *asked], TODAY).change
    long_ago = sessions(R, level=Level("", 2), away=GAP + 4)
    assert Change.DOWN is standing(CLAMS, long_ago, TODAY).change
    assert Change.NONE is standing(CLAMS, [*long_ago, *asked], TODAY).change


@pytest.mark.parametrize(
    ("level", "then"),
    [
        (Level("", 2), Level("", 1)),
        (Level("", 1), AS_WRITTEN),
        (AS_WRITTEN, AS_WRITTEN),
        (Level("", -2), Level("", -2)),
        (Level("band", 0), Level("band", -1)),
        (Level("wall", 0), Level("wall", 0)),
    ],
)
def test_two_weeks_away_are_a_step_back(level: Level, then: Level) -> None:
    """Not below the dose as written, and never up, however easy it was before."""
    assert then == stands(E, E, E, level=level, away=GAP).then
    assert Change.DOWN is not stands(E, E, E, level=level, away=GAP - 1).change


def test_a_row_does_not_bridge_two_weeks() -> None:
    """Easy ones from before do not count any more."""
    known = [*sessions(E, E, away=GAP + 2), *sessions(E)]
    assert 1 == standing(CLAMS, known, TODAY).easy


def test_the_way_through_the_forms() -> None:
    """Beyond the top comes the next form, beyond the bottom the easier one, each at its dose as written."""
    assert ["wall", "", "band"] == [part.reference for part in CLAMS.parts]
    top, bottom = CLAMS.parts[1].ladder.top, CLAMS.parts[1].ladder.bottom
    assert (3, -5) == (top, bottom)
    assert Level("band") == CLAMS.up(Level("", top))
    assert Level("wall") == CLAMS.down(Level("", bottom))
    assert Level("") == CLAMS.up(Level("wall", CLAMS.parts[0].ladder.top))
    assert Level("") == CLAMS.down(Level("band", CLAMS.parts[2].ladder.bottom))
    assert CLAMS.down(Level("wall", CLAMS.parts[0].ladder.bottom)) is None
    assert CLAMS.up(Level("band", CLAMS.parts[2].ladder.top)) is None


def test_a_form_takes_the_place_of_the_exercise() -> None:
    """At its address and of its rank; where one side alone is meant, on that side alone."""
    left = an_exercise("Clam", "2 x 8 reps, left only", after="band")
    placed = way(left, Aim.STRENGTHEN, {"band": BAND}, STEADY).exercise(Level("band"))
    assert ("Band", "Clam", (Side.LEFT,)) == (placed.name, placed.written, placed.sides)
    assert BOTH_SIDES == CLAMS.exercise(Level("band")).sides


@pytest.mark.parametrize(
    ("level", "nearest"),
    [
        (Level("gone", 3), AS_WRITTEN),
        (Level("", 99), Level("", 3)),
        (Level("", -99), Level("", -5)),
        (Level("band", 99), Level("band", 5)),
    ],
)
def test_what_is_gone_falls_to_the_nearest(level: Level, nearest: Level) -> None:
    """A form that is not there any more is the exercise as written; a rung is the last one."""
    assert nearest == CLAMS.nearest(level)
    assert nearest == stands(R, level=level).level
    assert CLAMS.exercise(nearest) == CLAMS.exercise(level)


def test_off_is_off() -> None:
    """Whatever the log says."""
    still = way(
        an_exercise("Clam", "2 x 8 reps", after="band", progress="off"), Aim.MOVE, {"band": BAND}, STEADY
    )
    found = standing(still, sessions(H, level=Level("band", 2)), TODAY)
    assert (AS_WRITTEN, Change.NONE, Why.OFF) == _told(found)
    assert still.up(AS_WRITTEN) is still.down(AS_WRITTEN) is None


REFERENCES = st.sampled_from(["", "a", "b", "c", "nowhere"])
RULES = st.sampled_from(
    ["", "off", "sets +1 to 3", "next form", "after 1 easy: sets +1 to 2, next form"]
).map(lambda text: parse_rule(text) if text else None)


@st.composite
def ways(draw: st.DrawFn) -> Way:
    """Return ways whose forms lead anywhere, in circles too."""

    def one() -> Exercise:
        made = draw(EXERCISES)
        words = {"next": draw(REFERENCES), "easier": draw(REFERENCES), "progress": draw(RULES)}
        return Exercise(**{**{key: getattr(made, key) for key in made.__slots__}, **words})

    forms = {name: one() for name in "abc"}
    pace: Pace = draw(st.sampled_from(list(PACES.values())))
    return way(one(), draw(st.sampled_from(Aim)), forms, pace, draw(st.integers(1, 3)))


LEVELS = st.builds(Level, REFERENCES, st.integers(-30, 30))
FEELS = st.sampled_from([None, E, R, H])


@given(
    ways(),
    st.lists(st.tuples(st.integers(0, 30), st.none() | LEVELS, FEELS, st.booleans()), max_size=12),
    st.integers(0, 40),
)
def test_any_history_has_one_answer(
    its_way: Way, told: list[tuple[int, Level | None, Feel | None, bool]], away: int
) -> None:
    """Same history, same answer; one step at most; never up after a hard one or a gap."""
    day, known = TODAY, []
    for days, level, feel, complete in told:
        day += dt.timedelta(days=days)
        known.append(Session(day, level, feel, complete))
    today = day + dt.timedelta(days=away)
    found = standing(its_way, known, today)
    assert found == standing(its_way, tuple(known), today)
    assert found.then in {found.level, its_way.up(found.level), its_way.down(found.level)}
    assert (found.then == found.level) is (found.change is Change.NONE)
    counting = [session for session in known if session.level is not None]
    if (counting and counting[-1].is_hard) or (known and away >= GAP):
        assert Change.UP is not found.change
    if found.change is Change.UP:
        assert all(session.is_easy for session in counting[-found.after :])
        assert len(counting) >= found.after


@given(ways(), LEVELS)
def test_easy_ones_lead_to_the_top_and_hard_ones_to_the_bottom(its_way: Way, level: Level) -> None:
    """From anywhere, and there it stays."""
    if its_way.parts[its_way.here].rule.is_off:
        return
    start = its_way.nearest(level)
    top, bottom = _go_on(its_way, start, E), _go_on(its_way, start, H)
    assert its_way.up(top) is None
    assert its_way.down(bottom) is None
    assert top == _go_on(its_way, top, E)
    assert bottom == _go_on(its_way, bottom, H)


def _go_on(its_way: Way, level: Level, feel: Feel) -> Level:
    """Return where sessions of one feel lead, until nothing changes any more."""
    seen = {level}
    while True:
        after = its_way.part(level).rule.after
        found = standing(its_way, sessions(*[feel] * after, level=level), TODAY)
        if found.change is Change.NONE:
            return found.level
        level = found.then
        assert level not in seen
        seen.add(level)


def year(its_way: Way, seed: int) -> Iterable[tuple[Standing, Level]]:
    """Yield where it stands before each session of a year with gaps, and the level that is done and kept."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    bias = chance.choice([(1, 1, 1, 1), (0, 8, 1, 1), (0, 1, 1, 8), (1, 6, 2, 1)])
    day, known = TODAY, list[Session]()
    while day < TODAY + dt.timedelta(days=365):
        found = standing(its_way, known, day)
        level = found.then if chance.random() < 0.8 else found.level
        alone = chance.random() < 0.05
        yield found, found.level if alone else level
        feel = chance.choices([None, E, R, H], bias)[0]
        known.append(Session(day, None if alone else level, feel, chance.random() < 0.9))
        day += dt.timedelta(days=chance.choice([1, 2, 2, 3, 4, 7, 20]))


@settings(max_examples=300)
@given(ways(), st.integers(0, 2**32))
def test_a_year(its_way: Way, seed: int) -> None:
    """Whatever is felt, the level stays on the way, moves one step at most, and can be done."""
    before, met = AS_WRITTEN, set[Level]()
    for found, level in year(its_way, seed):
        assert level == its_way.nearest(level)
        assert level in {before, its_way.up(before), its_way.down(before)}
        before = level
        met.add(level)
        assert found.easy >= 0
    for level in met:
        exercise = its_way.exercise(level)
        work = [step for step in unroll(Routine("Hips", (Stage("Do", (exercise,)),))) if step.is_work]
        assert work
        if len(exercise.sides) > 1:
            left, right = (
                [(one.kind, one.seconds, one.reps) for one in work if one.side is side] for side in Side
            )
            assert left == right

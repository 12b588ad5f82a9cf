from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import EXERCISES
from voicecoach.plan.guidelines import Measure, Verdict, judge
from voicecoach.plan.steps import unroll
from voicecoach.progress.defaults import DEFAULTS, Usual, usual
from voicecoach.progress.ladder import MOST_RUNGS, Amounts, applied, ladder
from voicecoach.routine.dose import parse_dose
from voicecoach.routine.growth import PARTS, amount
from voicecoach.routine.model import Aim, Exercise, Routine, Side, Stage
from voicecoach.routine.pace import PACES, Pace
from voicecoach.routine.progression import Increment, Quantity, Rule, parse_rule
from voicecoach.routine.quantities import BOUNDS, Range
from voicecoach.routine.work import Reps

STEADY, GENTLE = PACES["steady"], PACES["gentle"]
PACE = st.sampled_from(list(PACES.values()))
AIM = st.sampled_from(Aim)


def an_exercise(dose: str, progress: str = "") -> Exercise:
    """Return an exercise of a dose, and of a rule."""
    read = parse_dose(dose)
    rule = parse_rule(progress) if progress else None
    return Exercise("Pigeon", read.work, read.sets, read.sides, progress=rule)


def rungs(dose: str, aim: Aim, progress: str = "") -> list[tuple[float, ...]]:
    """Return the amounts of all rungs at the steady pace, from the lowest to the highest."""
    exercise = an_exercise(dose, progress)
    found = ladder(exercise, usual(exercise, aim), STEADY)
    return [tuple(found.at(rung).values()) for rung in range(found.bottom, found.top + 1)]


@pytest.mark.parametrize(
    ("dose", "aim", "progress", "expected"),
    [
        (
            "2 x 30 s per side",
            Aim.STRETCH,
            "hold +5 s to 45 s, sets +1 to 3",
            [(15, 1), (20, 1), (25, 1), (30, 1), (30, 2), (35, 2), (40, 2), (45, 2), (45, 3)],
        ),
        (
            "2 x 30 s",
            Aim.STRETCH,
            "",
            [(15, 1), (15, 2), (20, 2), (25, 2), (30, 2), (35, 2), (40, 2), (45, 2)],
        ),
        (
            "1 x 20 s",
            Aim.STRETCH,
            "",
            [(10, 1), (15, 1), (20, 1), (25, 1), (30, 1), (30, 2), (35, 2), (40, 2), (45, 2)],
        ),
        ("3 x 30 s", Aim.STRETCH, "", [(15, 1), (15, 2), (15, 3), (20, 3), (25, 3), (30, 3)]),
        (
            "1 x 60 s moving",
            Aim.ROLL,
            "",
            [(30, 1), (40, 1), (50, 1), (60, 1), (70, 1), (80, 1), (90, 1), (90, 2)],
        ),
        ("1-2 x 30-60 s moving", Aim.ROLL, "", [(30, 1), (40, 1), (50, 1), (60, 1), (60, 2)]),
        (
            "2 x 10 reps",
            Aim.STRENGTHEN,
            "",
            [(5, 1), (6, 1), (7, 1), (8, 1), (9, 1), (10, 1), (10, 2), (11, 2), (12, 2), (12, 3)],
        ),
        ("2 x 30 s", Aim.STRETCH, "off", [()]),
        ("2 x up to 60 s", Aim.STRENGTHEN, "", [()]),
        ("1 x 8 s", Aim.STRETCH, "hold +20 s to 45 s", [(8,), (28,), (45,)]),
    ],
)
def test_the_rungs(dose: str, aim: Aim, progress: str, expected: list[tuple[float, ...]]) -> None:
    """Up by the rule in its order, down the other way round: not under half, 10 s of a hold, or one set."""
    assert expected == rungs(dose, aim, progress)


def test_a_pace_takes_its_own_end() -> None:
    """A ladder begins at what the pace takes of a range."""
    assert (8, 1) == tuple(ladder(*_clam(), GENTLE).written.values())
    assert (12, 1) == tuple(ladder(*_clam(), STEADY).written.values())


def _clam() -> tuple[Exercise, Usual]:
    clam = an_exercise("1-3 x 8-12 reps per side")
    return clam, usual(clam, Aim.STRENGTHEN)


def test_rounds_count() -> None:
    """What a side may be stretched in all holds over all rounds."""
    pigeon = an_exercise("1 x 30 s")
    assert 30 == ladder(pigeon, usual(pigeon, Aim.STRETCH), STEADY, rounds=3).at(99)[Quantity.HOLD]
    assert 1 == ladder(pigeon, usual(pigeon, Aim.STRETCH), STEADY, rounds=3).at(99)[Quantity.SETS]


@pytest.mark.parametrize(
    ("measure", "quantity", "aim", "dose"),
    [
        (Measure.SET, Quantity.TIME, Aim.ROLL, "1 x 30 s moving"),
        (Measure.SETS, Quantity.SETS, Aim.ROLL, "1 x 30 s moving"),
        (Measure.HOLD, Quantity.HOLD, Aim.STRETCH, "1 x 10 s"),
        (Measure.HOLDS, Quantity.SETS, Aim.STRETCH, "1 x 10 s"),
        (Measure.HOLD, Quantity.HOLD, Aim.STRETCH, "1 x 6 s contract, 10 s deepen"),
    ],
)
def test_the_usual_ends_are_within_the_guidelines(
    measure: Measure, quantity: Quantity, aim: Aim, dose: str
) -> None:
    """The top of the usual ladder, however low it begins, is within what the guidelines say."""
    exercise = an_exercise(dose)
    top = ladder(exercise, usual(exercise, aim), STEADY).at(1000)
    found = judge(aim, measure, top[quantity])
    assert found
    assert Verdict.WITHIN is found.verdict


@given(EXERCISES, AIM, PACE)
def test_one_step_at_a_time(exercise: Exercise, aim: Aim, pace: Pace) -> None:
    """From rung to rung one quantity changes, upwards for the better; bounds are kept; all can be planned."""
    found = ladder(exercise, usual(exercise, aim), pace)
    every = [found.at(rung) for rung in range(found.bottom, found.top + 1)]
    for lower, upper in pairwise(every):
        changed = [what for what in lower if lower[what] != upper[what]]
        assert 1 == len(changed)
        assert lower[changed[0]] < upper[changed[0]]
    for rung in range(found.bottom, found.top + 1):
        check_dose(applied(exercise, found, rung), found.at(rung), pace)
    assert exercise is applied(exercise, found, 0)


@given(EXERCISES, AIM, PACE)
def test_what_is_changed_is_just_that(exercise: Exercise, aim: Aim, pace: Pace) -> None:
    """A rung pins what differs from the dose as written, and leaves other ranges as they are."""
    found = ladder(exercise, usual(exercise, aim), pace)
    for rung in range(found.bottom, found.top + 1):
        changed = applied(exercise, found, rung)
        for what, value in found.at(rung).items():
            is_written = value == found.written[what]
            assert amount(changed, what) == (amount(exercise, what) if is_written else Range.just(value))


def check_dose(exercise: Exercise, amounts: Amounts, pace: Pace) -> None:
    """Check the bounds of a dose, that it is what is planned, and that both sides get the same."""
    is_rep = isinstance(exercise.work, Reps)
    for what, value in amounts.items():
        BOUNDS["hold in each rep" if is_rep and what is Quantity.HOLD else what].check(what, value)
    work = [step for step in unroll(Routine("Hips", (Stage("Do", (exercise,)),), pace=pace)) if step.is_work]
    assert work
    if Quantity.SETS in amounts:
        assert {amounts[Quantity.SETS]} == {step.sets for step in work}
    if len(exercise.sides) > 1:
        left, right = (
            [(step.kind, step.set, step.seconds, step.reps) for step in work if step.side is side]
            for side in Side
        )
        assert left == right


RULES = st.lists(
    st.builds(
        lambda what, by, to: Increment(what, min(by, to), to),
        st.sampled_from(Quantity),
        st.integers(1, 200),
        st.integers(1, 100),
    ),
    max_size=4,
).map(lambda increments: Rule(3, tuple(increments), to_next_form=True))


@given(EXERCISES, RULES, PACE)
def test_whatever_the_rule(exercise: Exercise, rule: Rule, pace: Pace) -> None:
    """No rule leads out of the bounds, however large its steps; and no ladder is endless."""
    found = ladder(exercise, Usual(rule, "the test"), pace)
    for rung in {found.bottom, found.bottom // 2, found.top // 2, found.top}:
        check_dose(applied(exercise, found, rung), found.at(rung), pace)
    assert -MOST_RUNGS <= found.bottom <= found.top <= MOST_RUNGS


def test_beyond_the_bounds() -> None:
    """A rule of one exercise that another could not follow ends where the bounds do."""
    planks = Exercise("Plank", Reps(Range.just(5), hold=Range.just(280)))
    rule = Rule(increments=(Increment(Quantity.HOLD, 10, 400),))
    found = ladder(planks, Usual(rule, "the test"), STEADY)
    assert 300 == found.at(found.top)[Quantity.HOLD]


def test_every_default_can_be_applied() -> None:
    """Each row is for quantities that its work has."""
    for (work, _), row in DEFAULTS.items():
        assert {each.quantity for each in row.rule.increments} <= {Quantity.SETS, *PARTS[work]}
        assert row.source

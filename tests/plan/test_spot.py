from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import ROUTINES, cue_names, sixty_ms_a_character
from voicecoach.errors import ChoiceError
from voicecoach.plan.course import Course
from voicecoach.plan.cues import Talk
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.spot import Spot
from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import SAMPLE_RATE
from voicecoach.routine.files import parse
from voicecoach.routine.model import Routine, Side
from voicecoach.routine.translation import ExerciseWords, StageWords, Translation, translate

ENGLISH = load_phrases("en")
ROUTINE = """
title = "Hips"
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "2 x 30 s per side"
posture = "side-lying"
instruction = "Knees bent."
[[stage.exercise]]
name = "Butterfly"
dose = "20 s"
"""


def planner(text: str = ROUTINE, talk: Talk = Talk.FULL) -> Planner:
    """Return the planner of a routine."""
    return Planner(parse(text, "hips.toml"), ENGLISH, talk)


def test_goes_on_at_the_start_of_the_set() -> None:
    """A session that was left in a set is told where it is, led in, and goes on as it would have."""
    spot = Spot(0, 0, None, 2, Side.RIGHT, "Pigeon", passed=100 * SAMPLE_RATE)
    first, lead_in, hold, following = islice(Course(planner(), sixty_ms_a_character, spot), 4)
    assert [
        "<wake>",
        "Going on: Pigeon.",
        "Lie on your left side.",
        "Next: set 2 of 2, right side.",
    ] == [what for _, what in cue_names(first)]
    assert (Kind.LEAD_IN, 5 * SAMPLE_RATE) == (lead_in.step.kind, lead_in.frames)
    assert (Kind.HOLD, Side.RIGHT, 2) == (hold.step.kind, hold.step.side, hold.step.set)
    assert "Butterfly" == following.label


def test_with_beeps_nothing_is_said() -> None:
    """The tone that wakes headphones stands alone, and the time to lie down stays."""
    spot = Spot(0, 0, None, 1, Side.RIGHT, "Pigeon")
    first = next(Course(planner(talk=Talk.BEEPS), sixty_ms_a_character, spot))
    assert ["<wake>"] == [what for _, what in cue_names(first)]


def test_what_was_explained_is_not_explained_again() -> None:
    """The dose and the instruction were heard in the session before."""
    text = ROUTINE + '[[stage.exercise]]\nname = "Pigeon"\ndose = "30 s"\ninstruction = "Knees bent."\n'
    session = Course(planner(text), sixty_ms_a_character, Spot(0, 1, None, 1, None, "Butterfly"))
    again = next(one for one in session if one.label == "Pigeon")
    assert "Knees bent." not in [what for _, what in cue_names(again)]


def test_the_finish_counts_what_was_done_before() -> None:
    """The last words tell of both sessions together."""
    spot = Spot(0, 1, None, 1, None, "Butterfly", passed=600 * SAMPLE_RATE)
    *_, finish = Course(planner(), sixty_ms_a_character, spot)
    assert "Finished. 2 exercises, in 11 minutes." == cue_names(finish)[-1][1]


@pytest.mark.parametrize("is_over", [False, True])
def test_the_other_side_is_as_long_as_the_first_was_made(*, is_over: bool) -> None:
    """Left in the changed set, or before its other side, a session has both as long as they were made."""
    before = Course(planner(), sixty_ms_a_character)
    left = next(one for one in before if one.step.is_work)
    here = before.resize(5 * SAMPLE_RATE, 10)
    assert (30, 40) == (left.step.seconds, here.step.seconds)
    if is_over:
        here = next(before)
    spot = Spot.of(here.step, 0, lengths=before.lengths(here.step.bout))
    after = Course(planner(), sixty_ms_a_character, spot)
    assert [20, 20] == [before.added, after.added]
    lengths = [one.step.seconds for one in after if one.step.is_work]
    assert [40, 40, 30, 30, 20][is_over:] == lengths


@pytest.mark.parametrize(
    ("spot", "what"),
    [
        (Spot(0, 0, None, 3, Side.LEFT, "Pigeon"), "set 3 of 'Pigeon'"),
        (Spot(0, 0, None, None, None, "Lunge"), "'Lunge'"),
        (Spot(4), "stage 5"),
    ],
)
def test_a_place_that_is_no_more_is_refused(spot: Spot, what: str) -> None:
    """Where the routine was changed meanwhile, one line says what is missing, and what to do."""
    with pytest.raises(ChoiceError, match=f"the routine has changed: {what} is not .* 'voicecoach play'"):
        Course(planner(), sixty_ms_a_character, spot)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES, st.data())
def test_every_place_is_found_again(routine: Routine, data: st.DataObject) -> None:
    """From the spot of any step on, the same sets are done as without the interruption."""
    whole = list(Course(Planner(routine, ENGLISH), sixty_ms_a_character))
    index = data.draw(st.integers(0, len(whole) - 1))
    passed = sum(one.frames for one in whole[:index])
    spot = Spot.of(whole[index].step, passed)
    if spot is None:
        assert index in {0, len(whole) - 1}
        return
    here = whole[index].step
    start = index
    while start and (whole[start - 1].step.bout, whole[start - 1].step.set, whole[start - 1].step.side) == (
        here.bout,
        here.set,
        here.side,
    ):
        start -= 1
    resumed = list(Course(Planner(routine, ENGLISH), sixty_ms_a_character, spot))
    expected = [
        (one.step.kind, one.step.set, one.step.side, one.frames) for one in whole[start:] if one.step.is_work
    ]
    assert expected == [
        (one.step.kind, one.step.set, one.step.side, one.frames) for one in resumed if one.step.is_work
    ]


def test_a_place_is_found_in_every_language() -> None:
    """What was left in French is found in English, and the other way about: a place has the written name."""
    english = parse(ROUTINE, "hips.toml")
    words = {"pigeon": ExerciseWords(name="Le pigeon"), "butterfly": ExerciseWords(name="Le papillon")}
    french = translate(english, Translation("fr", stage={"stretch": StageWords(exercise=words)}))
    for left, gone_on in ((french, english), (english, french), (french, french)):
        steps = [one.step for one in Course(Planner(left, ENGLISH), sixty_ms_a_character)]
        spot = Spot.of(next(step for step in steps if step.is_work and step.set == 2), 0)
        assert spot
        assert "Pigeon" == spot.name
        resumed = list(Course(Planner(gone_on, ENGLISH), sixty_ms_a_character, spot))
        assert (2, "left") == (resumed[0].step.set, resumed[0].step.side)

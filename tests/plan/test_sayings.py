from itertools import pairwise

import pytest

from tests.strategies import cue_names, sixty_ms_a_character
from voicecoach.plan.course import Course
from voicecoach.plan.cues import Talk
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.splice import resize
from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import SAMPLE_RATE, Segment
from voicecoach.routine.files import parse

ENGLISH = load_phrases("en")
ROUTINE = """
title = "Ride"
[[stage]]
title = "Ride"
[[stage.exercise]]
name = "Steady"
dose = "2 x 60 s moving"
say = [
    {at = 30.5, text = "Now a little harder than before, please."},
    {at = 10, text = "Sit up."},
    {at = 11, text = "Look up."},
    {at = 57, text = "Into the countdown."},
]
"""


def works(talk: Talk = Talk.FULL, text: str = ROUTINE) -> list[Segment]:
    """Return the sets of a session."""
    planner = Planner(parse(text, "ride.toml"), ENGLISH, talk)
    return [one for one in planner.segments(sixty_ms_a_character) if one.step.is_work]


def test_said_at_their_moments_in_each_set() -> None:
    """Each text is heard at its moment, later where another one is heard, and the same in every set."""
    first, second = works()
    told = [cue for cue in cue_names(first) if not cue[1].startswith("<") and not cue[1][0].isdigit()]
    said = [
        (10, "Sit up."),
        (pytest.approx(12.12), "Look up."),
        (30.5, "Now a little harder than before, please."),
    ]
    assert said == [cue for cue in told if cue[1] in {text for _, text in said}]
    own = {text for _, text in said}
    assert [cue for cue in cue_names(second) if cue[1] in own] == [cue for cue in told if cue[1] in own]


def test_never_into_a_countdown_or_another_cue() -> None:
    """The countdown keeps its seconds; what finds no place is left out, and that is told."""
    for segment in works():
        ends = [event.onset + sixty_ms_a_character(event.sound) for event in segment.events]
        assert all(end <= event.onset for end, event in zip(ends, segment.events[1:], strict=False))
        assert [57, 58, 59] == [at for at, _ in cue_names(segment)[-3:]]
        assert ("Into the countdown.", "dropped") in [(one.text, one.action) for one in segment.compromises]


def test_what_is_written_goes_before_what_is_usual() -> None:
    """A text at the middle of a set takes the place of the remark that would be made there."""
    (first, _) = works(text=ROUTINE.replace("30.5", "30"))
    assert (30, "Now a little harder than before, please.") in cue_names(first)
    assert "Halfway." not in [name for _, name in cue_names(first)]


@pytest.mark.parametrize("talk", [Talk.BRIEF, Talk.BEEPS])
def test_only_full_talk_says_them(talk: Talk) -> None:
    """Who wants names and counts alone, or tones alone, hears no further texts."""
    assert not {"Sit up.", "Look up."} & {name for one in works(talk) for _, name in cue_names(one)}


@pytest.mark.parametrize("at", range(0, 56, 5))
@pytest.mark.parametrize("seconds", [-8, 12])
def test_heard_once_over_a_splice(at: int, seconds: float) -> None:
    """However a set is changed on the way, a text that was heard is not heard again, and the others come."""
    planner = Planner(parse(ROUTINE, "ride.toml"), ENGLISH)
    segment = works()[0]
    changed = resize(planner, segment, at * SAMPLE_RATE, seconds, sixty_ms_a_character)
    names = [name for _, name in cue_names(changed)]
    for text in ("Sit up.", "Look up.", "Now a little harder than before, please."):
        assert 1 == names.count(text)
    assert all(first[0] < second[0] for first, second in pairwise(cue_names(changed)))


def test_prepared_beforehand() -> None:
    """A voice that prepares all phrases of a session is given these, too."""
    texts = [speech.text for speech in Planner(parse(ROUTINE, "ride.toml"), ENGLISH).speech()]
    assert {"Sit up.", "Look up."} <= set(texts)


def test_an_exercise_in_a_course_keeps_them() -> None:
    """They are heard in the sets of a live session as well."""
    course = Course(Planner(parse(ROUTINE, "ride.toml"), ENGLISH), sixty_ms_a_character)
    sets = [one for one in course if one.step.kind is Kind.TIMED]
    assert [2, 2] == [len({"Sit up.", "Look up."} & {name for _, name in cue_names(one)}) for one in sets]

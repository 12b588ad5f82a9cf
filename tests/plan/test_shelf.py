"""What holds for every bundled routine, as it is written and as it is heard."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.strategies import sixty_ms_a_character
from voicecoach.plan.estimate import routine_seconds
from voicecoach.plan.fit import fit, tolerance
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.timeline import SAMPLE_RATE, Segment
from voicecoach.routine.address import places
from voicecoach.routine.files import load
from voicecoach.routine.model import BOTH_SIDES, Exercise, Posture, Routine, Side
from voicecoach.routine.pace import PACES
from voicecoach.routine.shelf import LIBRARY, ORDER

ENGLISH = load_phrases("en")
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
LONGEST_INSTRUCTION = 45
"""Words: some 18 s at the steady pace, and then it is time to begin."""
MINUTES = {
    "hip-mobility": (65, 80),
    "hip-mobility-2": (60, 75),
    "hip-mobility-3": (60, 75),
    "lower-body-stretch": (30, 40),
    "ankles-and-feet": (25, 35),
    "desk-break": (8, 10),
    "morning": (12, 18),
    "wind-down": (20, 30),
}
"""What the README promises, at the pace of the routine; --fit makes it shorter."""
MOST_POSTURE_CHANGES = 11
FLOOR = {Posture.LYING, Posture.SIDE_LYING, Posture.KNEELING}
SUPPORT = re.compile(r"\b(wall|chair|desk)\b")
EYES_OPEN = re.compile(r"\beyes open\b|\bOpen your eyes\b")
REFERENCE = re.compile(r"doi 10\.\d{4,}/\S+|PubMed \d+|ACSM|Calgary Chiropractic")

pytestmark = pytest.mark.parametrize("name", ORDER)


def routine(name: str) -> Routine:
    """Return a bundled routine."""
    return load(LIBRARY / f"{name}.toml")


def exercises(name: str) -> list[Exercise]:
    """Return the exercises of a bundled routine, in their order."""
    return [exercise for _, exercise in places(routine(name))]


def planned(made: Routine) -> list[Segment]:
    """Plan a session with a fixed measure."""
    return list(Planner(made, ENGLISH).segments(sixty_ms_a_character))


def dropped(made: Routine) -> list[tuple[str, str]]:
    """Return each cue that is left out of a session, after what it would have been heard in."""
    compromises = [(segment.label, one) for segment in planned(made) for one in segment.compromises]
    return [(label, one.text) for label, one in compromises if one.action == "dropped"]


def test_it_says_what_it_is_and_what_it_rests_on(name: str) -> None:
    """A routine has an introduction, the safety words, and a source that can be looked up."""
    found = routine(name)
    assert found.introduction
    assert {"professional", "pain", "stop"} <= set(re.findall(r"\w+", found.caution))
    assert REFERENCE.search(found.source)


def test_each_exercise_is_told_to_closed_eyes(name: str) -> None:
    """Each has posture, muscle and an instruction that is short, says what to feel, and what to avoid."""
    for exercise in exercises(name):
        words = len(exercise.instruction.split())
        assert exercise.posture, exercise.name
        assert exercise.muscle, exercise.name
        assert "," not in exercise.name, "names are listed with commas between them"
        assert 15 <= words <= LONGEST_INSTRUCTION, f"{exercise.name}: {words} words"
        assert re.search(r"\b[Ff]eel\b", exercise.instruction), exercise.name


def test_ranks_are_without_ties(name: str) -> None:
    """Something is never left out when time is short, and the rest has an order."""
    ranks = [exercise.optional for exercise in exercises(name)]
    assert None in ranks
    assert {1} == set(Counter(rank for rank in ranks if rank is not None).values())


def test_nobody_balances_without_something_to_hold_on_to(name: str) -> None:
    """Standing is beside a wall, a chair or a desk, and on one leg with open eyes."""
    for exercise in exercises(name):
        if exercise.posture is Posture.STANDING:
            assert SUPPORT.search(exercise.instruction), exercise.name
            stands_on_one = re.search(
                r"[Mm]arch|Lift (one|the working) knee|[Ss]tand on the working leg", exercise.instruction
            )
            # There, the cue to stand up comes right before, and says it.
            if stands_on_one and name != "hip-mobility":
                assert EYES_OPEN.search(exercise.instruction), exercise.name


def test_postures_change_seldom(name: str) -> None:
    """One does not get up and down: all that is on the floor stands together in a stage."""
    postures = [exercise.posture for exercise in exercises(name)]
    assert sum(before is not after for before, after in pairwise(postures)) <= MOST_POSTURE_CHANGES
    rises = sum(before in FLOOR and after is Posture.STANDING for before, after in pairwise(postures))
    assert rises <= (2 if name == "hip-mobility" else 1)


@pytest.mark.parametrize("pace", PACES)
def test_everything_is_heard(name: str, pace: str) -> None:
    """At no pace is any cue left out of the plan."""
    assert [] == dropped(replace(routine(name), pace=PACES[pace]))


def test_both_sides_work_as_long(name: str) -> None:
    """In the plan, each exercise of two sides lasts as long on the one as on the other, to the frame."""
    worked: Counter[tuple[str, Side]] = Counter()
    for segment in planned(routine(name)):
        if segment.step.is_work and segment.step.side:
            worked[str(segment.step.bout[:2]), segment.step.side] += segment.frames
    for place, side in list(worked):
        assert worked[place, side] == worked[place, side.other]
    assert all(exercise.sides in {(), BOTH_SIDES} for exercise in exercises(name))


def test_it_takes_as_long_as_it_promises(name: str) -> None:
    """The estimate of the list, and the plan itself, lie within what the README says."""
    found = routine(name)
    estimate = routine_seconds(found) / 60
    plan = sum(segment.frames for segment in planned(found)) / SAMPLE_RATE / 60
    low, high = MINUTES[name]
    assert low <= estimate <= high
    assert low <= plan <= high
    assert re.search(rf"^\| `{name}` \|.*\b{low} to {high} min", README, re.MULTILINE)


def test_it_fits_into_less_time(name: str) -> None:
    """Whoever has three quarters of the time gets a session of that."""
    found = routine(name)

    def length(made: Routine) -> float:
        return sum(segment.frames for segment in planned(made)) / SAMPLE_RATE

    target = 0.75 * length(found)
    fitted = fit(found, target, length)
    assert abs(length(fitted.routine) - target) <= tolerance(target)


def test_a_level_says_when_it_is_time_for_it(name: str) -> None:
    """What is harder is for those to whom the level before is easy, without pain; and one may go back."""
    level = re.fullmatch(r"hip-mobility-(\d)", name)
    assert bool(level) == ("go back to the" in routine(name).introduction)
    if level:
        before = {"2": "first", "3": "second"}[level[1]]
        assert f"once the {before} level feels easy and is free of pain" in routine(name).introduction
        assert f"go back to the {before} level" in routine(name).introduction

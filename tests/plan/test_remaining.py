from collections import Counter
from itertools import islice, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import ROUTINES, sixty_ms_a_character
from voicecoach.plan.course import Course
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.remaining import PAUSES
from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import Segment
from voicecoach.routine.files import parse
from voicecoach.routine.model import Routine
from voicecoach.routine.pace import Effort

ENGLISH = load_phrases("en")
ROUTINE = """
title = "Hips"
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "2-3 x 20-40 s per side"
[[stage.exercise]]
name = "Butterfly"
dose = "1-2 x 20-30 s"
"""
BLOCK = ROUTINE.replace("per side", 'per side"\norder = "block')


def course(text: str = ROUTINE) -> Course:
    """Return a course at a steady pace: the high end of holds, the low end of sets."""
    return Course(Planner(parse(text, "hips.toml"), ENGLISH), sixty_ms_a_character)


def work(segments: list[Segment]) -> list[str]:
    """Write the sets in short: ``left 2/3 40``."""
    return [
        f"{one.step.side or 'both'} {one.step.set}/{one.step.sets} {one.step.seconds:g}"
        for one in segments
        if one.step.is_work
    ]


def change(session: Course, count: int, effort: Effort) -> list[str]:
    """Go on to the n-th set, or, with -n, to the pause before it; change, and return what follows."""
    sets = 0
    for segment in session:
        sets += segment.step.is_work
        if sets == count or (sets == -count - 1 and segment.step.kind in PAUSES):
            break
    session.change_pace(segment.step, session.planner.routine.pace.at(effort))
    return work(list(session))


@pytest.mark.parametrize(
    ("count", "effort", "expected"),
    [
        # On the left, the first set is under way: the right side does as much.
        (1, Effort.EASIER, ["right 1/2 40", "left 2/2 20", "right 2/2 20", "both 1/1 20"]),
        (1, Effort.HARDER, ["right 1/3 40", "left 2/3 40", "right 2/3 40", "left 3/3 40", "right 3/3 40",
                            "both 1/2 30", "both 2/2 30"]),
        # In the pause before it, the set that comes is easier already.
        (-1, Effort.EASIER, ["left 1/2 20", "right 1/2 20", "left 2/2 20", "right 2/2 20", "both 1/1 20"]),
        # The left side is done: the right side gets the same.
        (-2, Effort.EASIER, ["right 1/2 40", "left 2/2 20", "right 2/2 20", "both 1/1 20"]),
        # In the last set more can still be asked for.
        (4, Effort.HARDER, ["left 3/3 40", "right 3/3 40", "both 1/2 30", "both 2/2 30"]),
        (4, Effort.EASIER, ["both 1/1 20"]),
    ],
)  # fmt: skip
def test_what_remains_is_easier_or_harder(count: int, effort: Effort, expected: list[str]) -> None:
    """Sets and holds take the other ends of their ranges, and both sides stay equal."""
    assert expected == change(course(), count, effort)


def test_all_sets_of_one_side_are_owed_to_the_other() -> None:
    """Where one side is done first, the second is changed only as far as the first was."""
    assert ["left 2/2 20", "right 1/2 40", "right 2/2 20", "both 1/1 20"] == change(
        course(BLOCK), 1, Effort.EASIER
    )
    assert ["right 2/2 40", "both 1/2 30", "both 2/2 30"] == change(course(BLOCK), 3, Effort.HARDER)


def test_easier_and_back_again() -> None:
    """What is taken back before it was heard changes nothing."""
    session = course()
    segment = next(one for one in session if one.step.kind is Kind.LEAD_IN)
    pace = session.planner.routine.pace
    assert session.change_pace(segment.step, pace.at(Effort.EASIER))
    assert session.added < 0
    assert session.change_pace(segment.step, pace)
    assert 0 == session.added
    assert work(list(course())) == work(list(session))


def test_a_dose_without_a_range_stays() -> None:
    """Where the doses leave no room, nothing is changed, and that is told."""
    session = course(ROUTINE.replace("2-3 x 20-40", "2 x 40").replace("1-2 x 20-30", "1 x 30"))
    segment = next(one for one in session if one.step.is_work)
    assert not session.change_pace(segment.step, session.planner.routine.pace.at(Effort.EASIER))


CHANGES = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(Effort)), min_size=1, max_size=4)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES, CHANGES)
def test_both_sides_are_always_equal(routine: Routine, changes: list[tuple[int, Effort]]) -> None:
    """Whenever a session is made easier or harder, sides get the same, and each set has its pause."""
    session = Course(Planner(routine, ENGLISH), sixty_ms_a_character)
    heard: list[Segment] = []
    for count, effort in changes:
        heard += islice(session, count)
        if heard:
            session.change_pace(heard[-1].step, routine.pace.at(effort))
    heard += session
    assert Kind.FINISH is heard[-1].step.kind
    sides: dict[object, dict[object, Counter[object]]] = {}
    for before, segment in pairwise(heard):
        step = segment.step
        if before.step.kind in PAUSES and before.step.exercise:
            assert (before.step.bout, before.step.set, before.step.side) == (step.bout, step.set, step.side)
            assert step.is_work
        if step.is_work:
            assert not before.step.is_work
            assert (step.set or 0) <= (step.sets or 0)
            of_side = sides.setdefault(step.bout, {}).setdefault(step.side, Counter())
            of_side[step.set, step.kind, step.seconds, step.reps] += 1
    for exercise in sides.values():
        first, *others = exercise.values()
        assert all(first == other for other in others)
        assert all(times == 1 for times in first.values())
    for bout in {one.step.bout for one in heard if one.step.is_work}:
        stage, index, _ = bout
        assert stage is not None
        assert index is not None
        assert len(sides[bout]) == max(1, len(routine.stages[stage].exercises[index].sides))

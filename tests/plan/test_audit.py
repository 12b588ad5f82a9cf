from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import ROUTINES, sixty_ms_a_character
from voicecoach.plan.audit import Audit, audit
from voicecoach.plan.guidelines import (
    ACSM,
    BEHM,
    DELPHI,
    GUIDELINES,
    PAGE,
    Judgement,
    Measure,
    Verdict,
    judge,
)
from voicecoach.plan.load import Load, aim_of
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.timeline import SAMPLE_RATE
from voicecoach.routine.adjust import Adjustments, adjust
from voicecoach.routine.files import load, parse
from voicecoach.routine.model import BOTH_SIDES, Aim, Exercise, Routine, Side
from voicecoach.routine.pace import PACES
from voicecoach.routine.shelf import LIBRARY, shelf

HIPS = load(LIBRARY / "hip-mobility.toml")
ENGLISH = load_phrases("en")


def routine(*exercises: str, stage: str = "") -> Routine:
    """Return a routine of one stage, each exercise as the inside of a TOML table."""
    listed = ", ".join(f"{{ {exercise} }}" for exercise in exercises)
    return parse(f'title = "A"\n[[stage]]\ntitle = "B"\n{stage}\nexercise = [{listed}]\n', "a.toml")


def changed(made: Routine, change: dict[tuple[int, int], Exercise]) -> Routine:
    """Return a routine with some exercises, by place, in place of others."""
    return replace(
        made,
        stages=tuple(
            replace(
                stage,
                exercises=tuple(
                    change.get((index, number), exercise) for number, exercise in enumerate(stage.exercises)
                ),
            )
            for index, stage in enumerate(made.stages)
        ),
    )


def evened(made: Routine) -> Routine:
    """Return a routine in which whatever works one side is prescribed for it."""
    return changed(
        made,
        {
            (index, number): replace(exercise, one_sided=len(exercise.sides) == 1)
            for index, stage in enumerate(made.stages)
            for number, exercise in enumerate(stage.exercises)
        },
    )


@pytest.mark.parametrize(
    ("dose", "expected"),
    [
        ("2-3 x 20-30 s per side", (2, None, 30, 60, 60)),
        ("3 x 30 s", (3, None, 30, 90, 90)),
        ("2 x 45-60 s moving per side", (2, None, None, 120, 0)),
        ("3 x 8-12 reps per side @ 2-0-2-1", (3, 12, None, 180, 0)),
        ("2 x 10 reps, 5 s hold @ 2-0-2-1", (2, 10, 5, 200, 0)),
        ("3 x 6 s contract, 20 s deepen, per side", (3, None, 20, 78, 60)),
        ("2 x up to 60 s per side", (2, None, 60, 120, 0)),
    ],
)
def test_each_kind_of_work(dose: str, expected: tuple[float | None, ...]) -> None:
    """Sets, reps, one hold and totals are those of the pace; pressing is work, but no stretch."""
    (found,) = audit(routine(f'name = "a", dose = "{dose}"')).exercises
    assert found.left == found.right
    assert expected == (found.each.sets, found.reps, found.hold, found.each.seconds, found.each.stretch)


def test_the_pace_and_the_options_choose() -> None:
    """What is audited is what is asked for: another end of a range, another number of sets."""
    made = routine('name = "a", dose = "2-3 x 20-30 s per side"')
    gentle = adjust(made, Adjustments(pace="gentle")).routine
    more = adjust(made, Adjustments(sets=4, hold=45)).routine
    assert [(2, 20, 40)] == [(one.each.sets, one.hold, one.left.seconds) for one in audit(gentle).exercises]
    assert [(4, 45, 180)] == [(one.each.sets, one.hold, one.left.seconds) for one in audit(more).exercises]


def test_rounds_count() -> None:
    """The sets of all rounds are one dose."""
    made = routine('name = "a", dose = "2 x 10 s"', 'name = "b", wait = 20', stage="rounds = 3")
    (found,) = audit(made).exercises
    assert Load(sets=6, seconds=60, timed=60, stretch=60) == found.left == found.right


@pytest.mark.parametrize(
    ("more", "aim"),
    [
        ("hold = 30", Aim.STRETCH),
        ("contract = 6, deepen = 20", Aim.STRETCH),
        ("reps = 10", Aim.STRENGTHEN),
        ("open = 60", Aim.STRENGTHEN),
        ("time = 60", Aim.MOVE),
        ('time = 60, equipment = "foam roller"', Aim.ROLL),
        ('time = 60, equipment = ["mat", "Massage-Ball"]', Aim.ROLL),
        ('time = 60, equipment = "medicine ball"', Aim.MOVE),
        ('time = 60, equipment = "balloon"', Aim.MOVE),
        ('hold = 60, equipment = "foam roller"', Aim.STRETCH),
    ],
)
def test_the_aim_is_told_or_inferred(more: str, aim: Aim) -> None:
    """Without a word from the stage, the work tells what an exercise is for; with one, the stage does."""
    stage = routine(f'name = "a", {more}').stages[0]
    assert aim is aim_of(stage, stage.exercises[0])
    assert all(told is aim_of(replace(stage, aim=told), stage.exercises[0]) for told in Aim)


def test_what_is_under_stretch() -> None:
    """Holds of a stage for stretching count, long holds of reps too; a plank and short holds do not."""
    work = ('name = "a", hold = 30', 'name = "b", open = 40', 'name = "c", time = 50')
    reps = ('name = "d", reps = 4, hold = 15', 'name = "e", reps = 10, hold = 5')
    stretch = audit(routine(*work, *reps, stage='aim = "stretch"'))
    assert [30, 40, 0, 60, 0] == [dose.left.stretch for dose in stretch.exercises]
    assert [("a", 30), ("b", 40), ("d", 60)] == [(muscle.name, muscle.left) for muscle in stretch.muscles]
    strengthen = audit(routine(*work, *reps, stage='aim = "strengthen"'))
    assert () == strengthen.muscles


def test_muscles_are_added_up_by_their_text() -> None:
    """The text of a muscle is one group in any case of letters, and stands as first written."""
    found = audit(
        routine(
            'name = "a", dose = "30 s per side", muscle = "Gluteus medius and maximus"',
            'name = "b", dose = "2 x 20 s, right only", muscle = "gluteus medius and maximus"',
            'name = "c", dose = "10 s", muscle = "gluteus medius"',
        )
    )
    assert [("Gluteus medius and maximus", 30, 70), ("gluteus medius", 10, 10)] == [
        (muscle.name, muscle.left, muscle.right) for muscle in found.muscles
    ]
    first = found.muscles[0]
    assert ["30 s, below", "70 s, within"] == [str(first.judgement(side)) for side in BOTH_SIDES]


@pytest.mark.parametrize(
    ("measure", "figure", "expected"),
    [
        (Measure.HOLD, 9.9, "below"),
        (Measure.HOLD, 10, "within"),
        (Measure.HOLD, 30, "within"),
        (Measure.HOLD, 45, "within (older adults)"),
        (Measure.HOLD, 60, "within (older adults)"),
        (Measure.HOLD, 60.5, "above"),
        (Measure.HOLDS, 1, "below"),
        (Measure.HOLDS, 3, "within"),
        (Measure.TOTAL, 59, "below"),
        (Measure.TOTAL, 0.1 + 59.9, "within"),
        (Measure.TOTAL, 90, "within"),
        (Measure.TOTAL, 91, "above"),
        (Measure.EFFORT, 60, "within"),
        (Measure.EFFORT, 61, "above"),
        (Measure.DAYS, 7, "within"),
    ],
)
def test_figures_beside_guidelines(measure: Measure, figure: float, expected: str) -> None:
    """A figure is within where one guideline holds it; for whom is said where that is not anybody."""
    found = judge(Aim.STRETCH, measure, figure)
    assert found is not None
    assert expected == found.words


def test_the_table_of_guidelines() -> None:
    """Each figure has its source, and the figures of one measure leave no gap that would be no verdict."""
    assert {PAGE, ACSM, BEHM, DELPHI} == {row.source for row in GUIDELINES}
    assert [
        "30 s [1]", "10 to 30 s [2]", "older adults 30 to 60 s [2]", "2 to 3 [1]", "60 to 90 s [1]",
        "60 s [2]", "2 to 3 days a week or more [2]", "at most 60 s [4]", "1 to 3 [3]", "30 to 120 s [3]",
    ] == [str(row) for row in GUIDELINES]  # fmt: skip
    rows = defaultdict(list)
    for row in sorted(GUIDELINES, key=lambda row: row.low):
        rows[row.aim, row.measure].append(row)
    for group in rows.values():
        high = group[0].high
        for row in group[1:]:
            assert row.low <= high
            high = max(high, row.high)


@pytest.mark.parametrize("aim", [Aim.STRENGTHEN, Aim.MOVE])
def test_no_figure_is_made_up(aim: Aim) -> None:
    """What has no guideline here is not judged, so nothing warns of it."""
    found = audit(routine('name = "a", dose = "9 x 500 s moving"', stage=f'aim = "{aim}"'))
    assert () == found.exercises[0].judgements
    assert () == found.warnings
    assert not any(judge(aim, measure, 1) for measure in Measure)


def test_warnings_gather_what_is_alike() -> None:
    """A warning says where, what, how much, beside what, and which exercises or muscles have it."""
    found = audit(
        routine(
            *(f'name = "{name}", dose = "2 x 90 s", muscle = "{name}s"' for name in "ab"),
            'name = "c", dose = "130 s moving", equipment = "roller"',
        )
    )
    assert (
        "B: one hold: 90 s is above 30 s [1], 10 to 30 s [2], older adults 30 to 60 s [2]: a, b",
        "B: one set: 130 s is above 30 to 120 s [3]: c",
        "under stretch: total per muscle and side: 180 s is above 60 to 90 s [1], 60 s [2]: as, bs",
    ) == found.warnings


def test_uneven_sides() -> None:
    """A side that does less is an error that names the muscle, both figures, and how to mend it."""
    (found,) = audit(
        routine(
            'name = "Long", dose = "2 x 30 s, left", muscle = "Calf"',
            'name = "Short", dose = "30 s, right", muscle = "calf"',
            'name = "Both", dose = "30 s per side", muscle = "calf"',
        )
    ).asymmetries
    assert (
        "uneven sides: Calf (stretch): left 90 s, right 60 s, in 'Long', 'Short'; give both sides as much, "
        'or, if one side is meant, write sides = "left only"'
    ) == str(found)
    assert (0, 0) == found.place


@pytest.mark.parametrize(
    ("exercises", "uneven"),
    [
        (['name = "a", dose = "30 s, left"'], ["left 30 s, right nothing"]),
        (['name = "a", dose = "30 s, left"', 'name = "a", dose = "30 s, right"'], []),
        (
            ['name = "a", dose = "30 s, left"', 'name = "b", dose = "30 s, right"'],
            ["left 30 s, right nothing", "left nothing, right 30 s"],
        ),
        (['name = "a", dose = "30 s, left only"'], []),
        (['name = "a", dose = "2 x up to 40 s, right"'], ["left nothing, right 80 s"]),
        # Reps balance reps, however long they take, and not seconds.
        (['name = "a", dose = "8 reps, left"', 'name = "a", dose = "2 x 4 @ 3-1-3-1, right"'], []),
        (
            ['name = "a", dose = "9 reps, left"', 'name = "a", dose = "8 reps, right"'],
            ["left 9 reps, right 8 reps"],
        ),
        (
            ['name = "a", dose = "30 s, left"', 'name = "a", dose = "30 reps, right"'],
            ["left 30 s, right nothing", "left nothing, right 30 reps"],
        ),
        # What one side presses, the other may not make up for with another aim.
        (
            ['name = "a", time = 30, sides = "left"', 'name = "a", hold = 30, sides = "right"'],
            ["left 30 s, right nothing", "left nothing, right 30 s"],
        ),
    ],
)
def test_what_balances(exercises: list[str], uneven: list[str]) -> None:
    """Sides are compared for each muscle, or else each exercise, and aim: seconds, or reps where counted."""
    found = audit(routine(*exercises)).asymmetries
    assert uneven == [f"left {one.left}, right {one.right}" for one in found]


def test_one_side_as_prescribed() -> None:
    """What is meant for one side, by the routine or by an option, is listed, and is no error."""
    written = audit(routine('name = "a", dose = "30 s, left only"', 'name = "b", dose = "30 s per side"'))
    assert ["a"] == [dose.exercise.name for dose in written.prescribed]
    right = adjust(HIPS, Adjustments(sides="right")).routine
    found = audit(right)
    assert () == found.asymmetries
    assert 24 == len(found.prescribed)
    assert Side.RIGHT is found.prescribed[0].exercise.sides[0]


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("path", shelf().values(), ids=lambda path: path.stem)
def test_bundled_routines_have_good_doses(path: Path, pace: str) -> None:
    """Whatever the pace, no bundled routine is uneven, and every figure lies within its guidelines."""
    made = adjust(load(path), Adjustments(pace=pace)).routine
    found = audit(made)
    assert () == found.asymmetries
    assert () == found.warnings
    assert all(one.verdict is Verdict.WITHIN for one in judgements(found))


def judgements(found: Audit) -> list[Judgement]:
    """Return all that is judged of a session."""
    sides = [muscle.judgement(side) for muscle in found.muscles for side in BOTH_SIDES]
    return [*(one for dose in found.exercises for one in dose.judgements), *filter(None, sides)]


def test_hip_mobility() -> None:
    """The page's routine: nine areas rolled once, eleven muscles under stretch for 60 s a side."""
    found = audit(HIPS)
    rolled, stretched, strengthened = (
        [dose for dose in found.exercises if dose.aim is aim]
        for aim in (Aim.ROLL, Aim.STRETCH, Aim.STRENGTHEN)
    )
    assert (9, 11, 7) == (len(rolled), len(stretched), len(strengthened))
    assert {(2, 30, 60)} == {(dose.each.sets, dose.hold, dose.each.seconds) for dose in stretched}
    assert {(60, 60)} == {(muscle.left, muscle.right) for muscle in found.muscles}
    assert 11 == len(found.muscles)
    assert {1} == {dose.each.sets for dose in rolled}
    assert all(dose.judgements for dose in (*rolled, *stretched))


def test_json() -> None:
    """An audit is plain values, with the verdicts, and the sources by the numbers that they cite."""
    document = audit(routine('name = "a", dose = "2 x 45 s, left", muscle = "calf"')).to_json()
    (exercise,), (muscle,), (uneven,) = document["exercises"], document["muscles"], document["asymmetries"]
    assert ("stretch", True, "hold", ["left"]) == (
        exercise["aim"], exercise["aim_inferred"], exercise["kind"], exercise["sides"],
    )  # fmt: skip
    assert {"sets": 2, "reps": 0, "seconds": 90, "stretch_seconds": 90} == exercise["left"]
    assert {"holds": "within", "hold": "within"} == {
        one["measure"]: one["verdict"] for one in exercise["judgements"]
    }
    assert (90, 0, None) == (muscle["left_seconds"], muscle["right_seconds"], muscle["judgements"]["right"])
    assert uneven["message"].startswith("uneven sides: calf (stretch): left 90 s, right nothing")
    assert "ACSM, Garber 2011" == document["sources"]["2"]


@settings(deadline=None)
@given(ROUTINES)
def test_what_is_prescribed_is_even(made: Routine) -> None:
    """A routine of which all is for both sides, or prescribed for one, has no asymmetry."""
    assert () == audit(evened(made)).asymmetries


@settings(deadline=None)
@given(ROUTINES, st.data())
def test_one_side_left_out_is_one_error(made: Routine, data: st.DataObject) -> None:
    """One exercise on the left alone, in an even routine, is exactly one error, and it names the place."""
    even = evened(made)
    found = audit(even)
    if not found.exercises:
        return
    dose = data.draw(st.sampled_from(found.exercises))
    left = replace(dose.exercise, sides=(Side.LEFT,), one_sided=False)
    (uneven,) = audit(changed(even, {dose.place: left})).asymmetries
    assert (dose.place, (dose.exercise.name,), Side.LEFT) == (uneven.place, uneven.exercises, uneven.more)


@settings(deadline=None)
@given(ROUTINES)
def test_totals_are_those_of_the_plan(made: Routine) -> None:
    """The seconds of each exercise and side are the frames of its planned segments."""
    planned: dict[tuple[int | None, int | None, Side], int] = defaultdict(int)
    segments = 0
    for segment in Planner(made, ENGLISH).segments(sixty_ms_a_character):
        step = segment.step
        if step.is_work:
            segments += 1
            for side in (step.side,) if step.side else BOTH_SIDES:
                planned[step.stage_index, step.exercise_index, side] += segment.frames
    found: dict[tuple[int | None, int | None, Side], float] = {
        (*dose.place, side): load.seconds
        for dose in audit(made).exercises
        for side, load in zip(BOTH_SIDES, (dose.left, dose.right), strict=True)
        if load.sets
    }
    assert planned.keys() == found.keys()
    for place, frames in planned.items():
        assert pytest.approx(frames / SAMPLE_RATE, abs=segments / SAMPLE_RATE) == found[place]

import pytest

from tests.programs import doses, real, routine_of
from voicecoach.errors import RoutineError
from voicecoach.importers.tcx import read
from voicecoach.routine.quantities import Range

HEAD = (
    '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


def test_reads_real_repeats() -> None:
    """A repeat is a stage of rounds; steps before and after it keep their places."""
    draft = read(real("kaiord/WorkoutRepeatBlocks.tcx"), "WorkoutRepeatBlocks.tcx")
    assert "Interval Workout" == draft.title
    assert [
        [("Warmup", "1 x 600 s moving")],
        [("Work", "1 x 240 s moving"), ("Rest", "1 x 120 s moving")],
        [("Cooldown", "1 x 300 s moving")],
    ] == doses(draft)
    assert ["Workout 1", "Intervals", "Workout 2"] == [stage.title for stage in draft.stages]
    assert Range(5, 5) == routine_of(draft).stages[1].rounds
    assert [] == list(draft.left_out())


def test_reads_real_targets_as_notes() -> None:
    """What to aim at is kept as a note beside the step."""
    draft = read(real("kaiord/WorkoutHeartRateTargets.tcx"), "WorkoutHeartRateTargets.tcx")
    notes = [exercise.notes[0] for exercise in draft.exercises()]
    assert "target: heartrate heartratezone: number: 2" == notes[0]
    assert all(figure in notes[1] for figure in ("150", "165"))


def test_reads_real_durations_of_every_kind() -> None:
    """A step that a button ends is an open end; what is no time is left out, with reasons."""
    draft = read(real("kaiord/WorkoutMixedDurations.tcx"), "WorkoutMixedDurations.tcx")
    assert [[("Time Based", "1 x 300 s moving"), ("Lap Button", "1 x up to 300 s")]] == doses(draft)
    assert [
        (19, "Distance Based", "distance"),
        (44, "Calorie Based", "energy"),
        (53, "HR Above", "heart rate"),
        (64, "HR Below", "heart rate"),
    ] == [
        (
            one.line,
            one.text,
            next(word for word in ("distance", "energy", "heart rate") if word in one.reason),
        )
        for one in draft.left_out()
    ]
    assert ["lasts until a button is pressed: taken for 1 x up to 300 s"] == [
        one.reason for one in draft.guessed()
    ]
    assert 2 == routine_of(draft).exercises


def test_reads_real_speeds() -> None:
    """Where most steps are distances, what can be timed is kept."""
    draft = read(real("kaiord/WorkoutSpeedTargets.tcx"), "WorkoutSpeedTargets.tcx")
    assert [[("Recovery", "1 x 180 s moving")]] == doses(draft)
    assert ["Easy Run", "Fast Run"] == [one.text for one in draft.left_out()]


def nested(times: int, depth: int, step: str = "") -> bytes:
    """Return a workout of repeats inside one another."""
    step = (
        step or '<Child xsi:type="Step_t"><Duration xsi:type="Time_t"><Seconds>5</Seconds></Duration></Child>'
    )
    for _ in range(depth):
        step = f'<Child xsi:type="Repeat_t"><Repetitions>{times}</Repetitions>{step}</Child>'
    step = step.replace("Child", "Step", 1)[::-1].replace("dlihC", "petS", 1)[::-1]
    return f"{HEAD}<Workouts><Workout>{step}</Workout></Workouts></TrainingCenterDatabase>".encode()


def test_repeats_inside_repeats_are_written_out() -> None:
    """The outer repeat is rounds, the inner one as many steps; too many are refused at once."""
    draft = read(nested(3, 2), "run.tcx")
    assert [[(f"Step {number}", "1 x 5 s moving") for number in (1, 2, 3)]] == doses(draft)
    assert 3 == draft.stages[0].keys["rounds"]
    with pytest.raises(RoutineError, match="more than 500 steps"):
        read(nested(999_999, 9), "run.tcx")
    with pytest.raises(RoutineError, match="holds no step"):
        read(nested(999_999, 9, " "), "run.tcx")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEAD}<Activities/></TrainingCenterDatabase>", "records what was done, and has no <Workout>"),
        (f"{HEAD}</TrainingCenterDatabase>", "has no <Workout>; wanted a workout of Training Center"),
        ("<!DOCTYPE x><a/>", "declares a document type"),
        ("\0", "not valid XML"),
    ],
)
def test_refuses_in_one_line(text: str, said: str) -> None:
    """What holds no workout ends in one line that says what was wanted."""
    with pytest.raises(RoutineError) as caught:
        read(text.encode(), "run.tcx")
    assert 1 == len(caught.value.problems)
    assert said in caught.value.problems[0]

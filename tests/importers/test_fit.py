import pytest

from tests.fit_files import (
    ACTIVE,
    DISTANCE,
    ENUM,
    FILE_ID,
    OPEN,
    REPEAT,
    REPS,
    REST,
    TIME,
    WARMUP,
    file,
    message,
    workout,
)
from tests.programs import doses, routine_of
from voicecoach.errors import RoutineError
from voicecoach.importers.fit import read
from voicecoach.routine.quantities import Range


def test_reads_a_workout() -> None:
    """Times, reps, names of exercises, rests and repeats of a FIT workout become a routine."""
    data = workout(
        {"kind": TIME, "value": 300_500, "intensity": WARMUP, "target": 1, "target_value": 2},
        {
            "kind": REPS,
            "value": 10,
            "category": 0,
            "exercise": 1,
            "notes": "Slowly down.",
            "intensity": ACTIVE,
        },
        {"kind": TIME, "value": 60_000, "intensity": REST},
        {"kind": REPEAT, "value": 1, "target_value": 3},
        {
            "kind": TIME,
            "value": 45_000,
            "name": "Plank",
            "target": 4,
            "target_value": 0,
            "low": 1150,
            "high": 1200,
        },
        {"kind": DISTANCE, "value": 100_000, "name": "Row"},
        {"kind": OPEN, "name": "Stretch", "intensity": ACTIVE},
    )
    draft = read(data, "strength.fit")
    assert "Strength" == draft.title
    assert [
        [("Warmup", "1 x 300.5 s moving")],
        [("Barbell bench press", "3 x 10 reps")],
        [("Plank", "1 x 45 s moving"), ("Stretch", "1 x up to 300 s")],
    ] == doses(draft)
    notes = [exercise.notes for exercise in draft.exercises()]
    assert [("target: heart rate zone 2",), (), ("target: power 150 to 200 W",), ()] == notes
    assert [("Row", "its length is a distance, which cannot be timed")] == [
        (one.text, one.reason) for one in draft.left_out()
    ]
    assert ["lasts until a button is pressed: taken for 1 x up to 300 s"] == [
        one.reason for one in draft.guessed()
    ]
    press = routine_of(draft).stages[1].exercises[0]
    assert (Range(3, 3), 60, "Slowly down.") == (press.sets, press.rest, press.instruction)


def test_repeats_inside_repeats() -> None:
    """The outer repeat is rounds; the inner one is written out."""
    data = workout(
        {"kind": TIME, "value": 20_000, "name": "On"},
        {"kind": TIME, "value": 10_000, "name": "Off"},
        {"kind": REPEAT, "value": 0, "target_value": 2},
        {"kind": TIME, "value": 90_000, "name": "Walk"},
        {"kind": REPEAT, "value": 0, "target_value": 4},
    )
    (stage,) = read(data, "run.fit").stages
    assert 4 == stage.keys["rounds"]
    assert ["On 1", "Off 1", "On 2", "Off 2", "Walk"] == [one[0] for one in doses(read(data, "run.fit"))[0]]


RUN = {"kind": TIME, "value": 60_000}
ENDLESS = [RUN, *({"kind": REPEAT, "value": 0, "target_value": 2} for _ in range(30))]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "holds no steps of a workout"),
        (b"PK\3\4" * 10, "not a sound FIT file"),
        (workout(RUN)[:-1], "not a sound FIT file"),
        (workout(RUN)[:60] + b"\xff" + workout(RUN)[61:], "not a sound FIT file"),
        (
            file(message(FILE_ID, type=4), message((34, {"type": (0, ENUM)}), type=0)),
            "holds activity and no steps",
        ),
        (workout({"kind": REPEAT, "value": 0, "target_value": 2}), "step 1 repeats no step before it"),
        (workout(RUN, {"kind": REPEAT, "value": 7, "target_value": 2}), "step 2 repeats no step before it"),
        (workout(*ENDLESS), "more than 20 repeats inside one another"),
        (workout(*[RUN] * 501), "more than 500 steps"),
        (workout({"kind": TIME, "value": 4_000_000_000}), "holds no step that can be timed"),
        (b"\0" * 50_000_000, "is larger than 500,000 bytes"),
    ],
    ids=range(11),
)
def test_refuses_in_one_line(data: bytes, said: str) -> None:
    """What is no sound workout ends in one line."""
    with pytest.raises(RoutineError) as caught:
        read(data, "run.fit")
    assert 1 == len(caught.value.problems)
    assert caught.value.problems[0].startswith("run.fit: ")
    assert said in caught.value.problems[0]


def test_an_endless_repeat_is_done_once() -> None:
    """More repeats than there may be rounds are not guessed at: the step is done once, and that is told."""
    draft = read(workout(RUN, {"kind": REPEAT, "value": 0, "target_value": 4_000_000_000}), "run.fit")
    assert ["4,000,000,000 rounds"] == [one.text for one in draft.left_out()]
    assert {} == draft.stages[0].keys

import json

import pytest

from tests.programs import real, routine_of
from voicecoach.errors import ChoiceError, RoutineError
from voicecoach.importers.draft import Draft, DraftExercise, DraftStage
from voicecoach.importers.exercise_db import find_exercise
from voicecoach.routine.model import Exercise
from voicecoach.routine.readers import LONGEST


def as_exercise(found: DraftExercise) -> Exercise:
    """Return the exercise that a draft of one becomes, read back from a routine file."""
    return routine_of(Draft("Test", (DraftStage("Test", (found,)),))).stages[0].exercises[0]


@pytest.mark.parametrize(
    ("name", "dose", "equipment"),
    [
        ("3/4 sit-up", "2 x 10 reps", None),
        ("PLANK", "2 x 15 s", None),
        ("hamstring smr", "1 x 30-60 s moving per side", ["foam roller"]),
        ("Hamstring Stretch", "2 x 30 s per side", None),
        ("arm circles", "2 x 30 s moving", None),
        ("One Arm Against Wall", "2 x 30 s per side", None),
        ("barbell curl", "2 x 10 reps", ["barbell"]),
    ],
)
def test_finds_a_real_exercise(name: str, dose: str, equipment: list[str] | None) -> None:
    """A name is found in any case; the dose follows from what is done, and is told to be a guess."""
    found = find_exercise(name, real("free-exercise-db/exercises.json"), "exercises.json")
    assert (dose, equipment) == (found.keys["dose"], found.keys.get("equipment"))
    assert f"the dose {dose} is a guess" in found.guesses[0].reason
    assert as_exercise(found).instruction


def test_every_real_exercise_fits_a_routine() -> None:
    """Each exercise of the list becomes one that a routine file can hold, with a text that can be spoken."""
    data = real("free-exercise-db/exercises.json")
    names = [exercise["name"] for exercise in json.loads(data)]
    # One in twenty, and all the stretches: each look-up reads the list anew.
    for name in {*names[::20], *(name for name in names if "tretch" in name)}:
        exercise = as_exercise(find_exercise(name, data, "exercises.json"))
        assert len(exercise.instruction) <= LONGEST["text"]


def test_suggests_near_names() -> None:
    """A name that is not there names the nearest ones."""
    data = json.dumps([{"name": "Pigeon Pose"}, {"name": "Plank"}]).encode()
    with pytest.raises(ChoiceError, match=r"has no exercise 'pidgeon pose' \(did you mean 'Pigeon Pose'\?\)"):
        find_exercise("pidgeon pose", data, "exercises.json")


def test_a_long_instruction_ends_with_a_sentence() -> None:
    """An instruction is cut at the end of a sentence, and that is told."""
    steps = ["Stand tall on the left leg."] * 100
    found = find_exercise("tall", json.dumps([{"name": "Tall", "instructions": steps}]).encode(), "list.json")
    instruction = str(found.keys["instruction"])
    assert instruction.endswith("leg.")
    assert LONGEST["text"] - 30 < len(instruction) <= LONGEST["text"]
    assert "cut short" in found.guesses[-1].reason
    assert "2 x 10 reps per side" == found.keys["dose"]


def test_strange_values_are_left_out() -> None:
    """Values of another kind than the list has are as if they were not there."""
    odd = [
        {"name": "\x07!", "equipment": 3, "primaryMuscles": "x", "instructions": [1, None], "category": []}
    ]
    found = find_exercise("\x07!", json.dumps(odd).encode(), "list.json")
    assert {"name": "Exercise", "dose": "2 x 10 reps"} == found.keys


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not readable JSON"),
        (b"\xff\xfe\x00", "not readable JSON"),
        (b"[" * 100_000, "not readable JSON"),
        (b"{}", "is not a list of exercises"),
        (b"[]", "is not a list of exercises"),
        (b"[3]", "exercise 1 has no name"),
        (b" " * 50_000_000, "is larger than 20,000,000 bytes"),
    ],
    ids=range(7),
)
def test_refuses_in_one_line(data: bytes, said: str) -> None:
    """What is no such list ends in one line that names the file."""
    with pytest.raises(RoutineError) as caught:
        find_exercise("Plank", data, "list.json")
    assert 1 == len(caught.value.problems)
    assert said in caught.value.problems[0]

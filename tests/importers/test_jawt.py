import json

import pytest

from tests.programs import doses, routine_of
from voicecoach.errors import RoutineError
from voicecoach.importers.draft import Draft
from voicecoach.importers.jawt import read
from voicecoach.routine.quantities import Range


def exercise(name: str, seconds: float) -> dict[str, object]:
    """Return an exercise as the app writes it."""
    return {"name": name, "id": "4d0c2f1e", "duration": seconds}


def workout(*sets: tuple[int, list[dict[str, object]]], title: str = "Morning") -> dict[str, object]:
    """Return a workout of version 2: sets of repetitions and exercises."""
    listed = [{"repetitions": times, "id": "9a1b", "exercises": inside} for times, inside in sets]
    return {"title": title, "sets": listed, "version": 2, "position": 0}


def taken(document: object) -> Draft:
    """Read a document as the file of the app."""
    return read(json.dumps(document).encode(), "Morning.json")


def test_sets_become_stages() -> None:
    """A set is a stage of rounds; the pause at its end is the rest between rounds, one inside a wait."""
    draft = taken(
        workout(
            (1, [exercise("Jog", 60), exercise("Rest", 15), exercise("Squats", 30)]),
            (3, [exercise("Plank", 45), exercise("Push-ups", 30), exercise("Pause", 20)]),
        )
    )
    assert [
        [("Jog", "1 x 60 s moving"), ("Rest", "15 s wait"), ("Squats", "1 x 30 s moving")],
        [("Plank", "1 x 45 s moving"), ("Push-ups", "1 x 30 s moving")],
    ] == doses(draft)
    assert ["Set 1", "Set 2"] == [stage.title for stage in draft.stages]
    assert {"rounds": 3, "rest": 20} == draft.stages[1].keys
    assert ["taken for a step that waits for a key, else for so long"] == [
        one.reason for one in draft.guessed()
    ]
    assert (20, Range(3, 3)) == (routine_of(draft).stages[1].rest, routine_of(draft).stages[1].rounds)


def test_one_exercise_and_a_pause_are_sets_with_a_rest() -> None:
    """An exercise that is repeated with a pause between is one exercise of several sets."""
    draft = taken(workout((8, [exercise("Burpees", 20), exercise("Rest", 10)])))
    assert [[("Burpees", "8 x 20 s moving")]] == doses(draft)
    (one,) = routine_of(draft).stages[0].exercises
    assert (Range(8, 8), 10) == (one.sets, one.rest)


def test_version_1_and_exports_are_read() -> None:
    """The first version has neither version nor position; an export holds workouts in a list."""
    first = {"title": "Old", "sets": [{"repetitions": 1, "exercises": [{"name": "Sit-ups", "duration": 30}]}]}
    assert ("Old", [[("Sit-ups", "1 x 30 s moving")]]) == (taken(first).title, doses(taken(first)))
    both = taken({"workouts": [first, workout((1, [exercise("Jog", 60)]))]})
    assert ["Old set 1", "Morning set 1"] == [stage.title for stage in both.stages]
    assert 2 == routine_of(both).exercises


def test_what_does_not_fit_is_told() -> None:
    """Lengths out of bounds, and pauses that are shorter than any lead-in, are left out with a reason."""
    draft = taken(
        workout(
            (70, [exercise("Jog", 1e300), exercise("Rest", 3), exercise("Walk", 60), exercise("Run", 0.5)])
        )
    )
    assert [
        ("Jog", "time: 1e+15 is outside 1 to 7200 s"),
        ("Rest", "the time before each exercise is longer"),
        ("Run", "time: 0.5 is outside 1 to 7200 s"),
        ("70 rounds", "done once, as rounds: 70 is outside 1 to 50 rounds"),
    ] == [(one.text, one.reason) for one in draft.left_out()]


def test_counted_exercises_are_reps() -> None:
    """An exercise with a count in place of a length is counted aloud."""
    counted = {"type": "ExerciseType.counted", "name": "Squats", "count": 12}
    assert [[("Squats", "1 x 12 reps")]] == doses(taken(workout((1, [counted]))))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Morning.json:1: not valid JSON"),
        ("[1, 2]", "has neither 'sets' nor 'workouts'"),
        ('{"sets": 3}', "sets is not a list"),
        ('{"sets": [3]}', "set 1 is not a table"),
        ('{"sets": [{"exercises": [3]}]}', "set 1, exercise 1 is not a table"),
        ('{"sets": [{"exercises": [], "repetitions": "two"}]}', "repetitions has to be a whole number"),
        ('{"sets": []}', "holds no step"),
        ('{"workouts": []}', "holds no step"),
        ('{"workouts": [[]]}', "workout is not a table"),
        ("[" * 200_000, "not readable JSON"),
        ('{"sets": ' + "9" * 5000 + "}", "not readable JSON"),
        ("{\0}", "not valid JSON"),
        (" " * 50_000_000, "is larger than 2,000,000 bytes"),
    ],
    ids=lambda value: value[:20],
)
def test_refuses_in_one_line(text: str, said: str) -> None:
    """What is no workout ends in one line that names the file, and what was wanted."""
    with pytest.raises(RoutineError) as caught:
        read(text.encode(), "Morning.json")
    assert 1 == len(caught.value.problems)
    assert caught.value.problems[0].startswith("Morning.json")
    assert said in caught.value.problems[0]


def test_another_encoding_is_refused() -> None:
    """A file in another encoding ends in one line."""
    with pytest.raises(RoutineError, match="is not UTF-8 text"):
        read('{"sets": "Größe"}'.encode("latin-1"), "Morning.json")

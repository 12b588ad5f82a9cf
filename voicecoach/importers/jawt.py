"""Workouts of Just Another Workout Timer (.json): sets with repetitions, exercises with a length in seconds.

The format is that of the classes Workout, Set, Exercise and Backup in ``lib/utils/workout.dart`` of
blockbasti/just_another_workout_timer, in versions 1 and 2 (which adds a position and a name of a set);
its export holds one workout, or all, in a list ``workouts``. A pause is an exercise that the app names
"Rest", in the language of the user. Exercises that are counted come from a later draft of the format.
"""

import json
from collections.abc import Mapping
from typing import Any

from voicecoach.errors import RoutineError
from voicecoach.importers.blocks import Block, Break, Repeat, drafted, outside, staged, timed
from voicecoach.importers.draft import Draft, DraftExercise, DraftStage, Remark
from voicecoach.importers.sizes import refuse_large
from voicecoach.importers.texts import named, title_of

WANTED = "a workout of Just Another Workout Timer (.json)"
BREAKS = frozenset(
    {
        "break",
        "rest",
        "pause",
        "recovery",
        "repos",
        "riposo",
        "pausa",
        "descanso",
        "przerwa",
        "dinlenme",
        "mola",
        "отдых",
        "休息",
    }
)
"""The names of exercises that are pauses."""


def read(data: bytes, name: str) -> Draft:
    """Read the workouts of a file, one after another.

    Raises:
        RoutineError: it holds none, or nothing in it can be timed.
    """
    document = _document(data, name)
    workouts = _list(document["workouts"], "workouts", name) if "workouts" in document else [document]
    stages: list[DraftStage] = []
    for number, workout in enumerate(workouts, 1):
        place = f"workout {number}" if len(workouts) > 1 else ""
        prefix = named(_text(_table(workout, place, name).get("title")), place) if place else ""
        stages += _stages(_table(workout, place, name), place, prefix, name)
    first = _table(workouts[0], "workouts", name) if workouts else {}
    keys = {"source": "A workout of Just Another Workout Timer."}
    return drafted(title_of(_text(first.get("title")), name, "Workout"), stages, name, keys)


def _document(data: bytes, name: str) -> Mapping[str, Any]:
    refuse_large(data, name, WANTED)
    try:
        document = json.loads(data)
    except UnicodeDecodeError as error:
        raise RoutineError([f"{name}: is not UTF-8 text; wanted {WANTED}"]) from error
    except json.JSONDecodeError as error:
        message = f"{name}:{error.lineno}: not valid JSON: {error.msg}; wanted {WANTED}"
        raise RoutineError([message]) from error
    # A number of thousands of digits, or thousands of brackets.
    except (ValueError, RecursionError) as error:
        raise RoutineError([f"{name}: not readable JSON: {error}; wanted {WANTED}"]) from error
    if not isinstance(document, dict) or not {"sets", "workouts"} & document.keys():
        raise RoutineError([f"{name}: has neither 'sets' nor 'workouts'; wanted {WANTED}"])
    return document


def _stages(workout: Mapping[str, Any], place: str, prefix: str, name: str) -> tuple[DraftStage, ...]:
    """Return the sets of a workout as stages."""
    stages: list[DraftStage] = []
    for number, one in enumerate(_list(workout.get("sets"), _within(place, "sets"), name), 1):
        here = _within(place, f"set {number}")
        table = _table(one, here, name)
        exercises = _list(table.get("exercises"), _within(here, "exercises"), name)
        blocks = tuple(
            _block(_table(exercise, _within(here, f"exercise {at}"), name))
            for at, exercise in enumerate(exercises, 1)
        )
        times = table.get("repetitions", 1)
        if isinstance(times, bool) or not isinstance(times, int) or times < 1:
            raise RoutineError([f"{name}: {here}: repetitions has to be a whole number from 1 on"])
        title = named(f"{prefix} {_text(table.get('name')) or f'set {number}'}".strip().capitalize(), "Set")
        stages += staged([Repeat(times, blocks, title=title)], title, name)
    return tuple(stages)


def _block(exercise: Mapping[str, Any]) -> Block:
    """Return an exercise, or a pause."""
    name = named(_text(exercise.get("name")), "Exercise")
    if "count" in exercise and not exercise.get("duration"):
        count = exercise["count"]
        if isinstance(count, bool) or not isinstance(count, int) or (reason := outside("reps", count)):
            return Remark(None, name, "its count is no number of reps: 1 to 500")
        return DraftExercise({"name": name, "dose": f"1 x {count} reps"})
    seconds = exercise.get("duration", 30)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return Remark(None, name, "its duration is no number of seconds")
    is_break = name.casefold().strip(" .!") in BREAKS
    if is_break and not outside("time", seconds):
        return Break(name, float(seconds))
    # Any number, however large: the bounds say what is wrong.
    return Remark(None, name, reason) if (reason := outside("time", seconds)) else timed(name, float(seconds))


def _within(place: str, part: str) -> str:
    return ", ".join(filter(None, (place, part)))


def _table(value: object, place: str, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RoutineError(
            [f"{name}: {place or 'the workout'} is not a table of names and values; wanted {WANTED}"]
        )
    return value


def _list(value: object, place: str, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise RoutineError([f"{name}: {place} is not a list; wanted {WANTED}"])
    return value


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

"""An exercise out of the list of free-exercise-db (yuhonas/free-exercise-db, in the public domain).

The list is the user's own copy. It has instructions and no doses: each dose here is a guess by the category
of the exercise, at the cautious end of what `plan/guidelines.py` holds doses against, and says so.
"""

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from voicecoach.errors import ChoiceError, RoutineError, did_you_mean
from voicecoach.importers.draft import DraftExercise, Remark
from voicecoach.importers.sizes import refuse_large
from voicecoach.importers.texts import fitted, named, plain

WANTED = "the list of free-exercise-db (exercises.json)"
LARGEST = 20_000_000
"""Bytes; the list of 873 exercises has a million."""

DOSES: Mapping[str, str] = MappingProxyType(
    {
        "rolling": "1 x 30-60 s moving",
        "stretching": "2 x 30 s",
        "moving": "2 x 30 s moving",
        "cardio": "1 x 60 s moving",
        "holding": "2 x 15 s",
        "plyometrics": "2 x 5 reps",
        "strength": "2 x 10 reps",
    }
)
"""A dose by what is done; strength stands for each category that is not here."""

_CALLED = MappingProxyType({"body only": "", "foam roll": "foam roller", "other": "", "none": ""})
"""Names of equipment that a listener would not fetch, or that are called otherwise here."""
_SIDED = re.compile(
    r"\b(?:(?:other|opposite) (?:side|leg|arm|foot|hand|hip|knee|shoulder)|(?:each|both) sides?|each leg"
    r"|(?:one|single)[- ](?:leg|arm)(?:ged|ed)?|(?:switch|alternate|change) (?:sides?|legs?|arms?|feet)"
    r"|(?:left|right) (?:side|leg|arm|foot|hand|hip|knee|shoulder|elbow|thigh|heel))\b",
    re.IGNORECASE,
)
"""What tells that a side is worked at a time."""
_MOVING = re.compile(r"\b(?:circles?|dynamic|hops|inchworm|groiners|round the world|squats)\b", re.IGNORECASE)
"""Names of stretches that are movements, and no holds."""


def find_exercise(name: str, data: bytes, source: str) -> DraftExercise:
    """Return an exercise of the list, with a dose that is a guess.

    Args:
        name: of the exercise, in upper or lower case.
        data: the list, as it is kept in a file.
        source: what errors call that file.

    Raises:
        RoutineError: it is no such list.
        ChoiceError: no exercise has this name; the message lists the nearest.
    """
    exercises = _exercises(data, source)
    known: dict[str, list[Mapping[str, Any]]] = {}
    for exercise in exercises:
        known.setdefault(_key(exercise["name"]), []).append(exercise)
    found = known.get(_key(name), [])
    if not found:
        near = did_you_mean(name, [plain(exercise["name"]) for exercise in exercises])
        message = f"{source}: has no exercise '{plain(name)[:80]}'{near or '; look through its names'}"
        raise ChoiceError(message)
    return _drafted(found[0])


def _key(name: str) -> str:
    """Return a name as it is looked up: case, hyphens and spaces do not matter."""
    return " ".join(re.findall(r"\w+", name.casefold()))


def _exercises(data: bytes, source: str) -> list[Mapping[str, Any]]:
    refuse_large(data, source, WANTED, LARGEST)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:  # not JSON, not UTF-8, endless numbers or brackets
        raise RoutineError([f"{source}: not readable JSON: {error}; wanted {WANTED}"]) from error
    if not isinstance(document, list) or not document:
        raise RoutineError([f"{source}: is not a list of exercises; wanted {WANTED}"])
    for number, exercise in enumerate(document, 1):
        if not isinstance(exercise, dict) or not isinstance(exercise.get("name"), str):
            raise RoutineError([f"{source}: exercise {number} has no name; wanted {WANTED}"])
    return document


def _drafted(exercise: Mapping[str, Any]) -> DraftExercise:
    name = named(exercise["name"].replace("_", " "), "Exercise")
    steps = [plain(step) for step in _texts(exercise.get("instructions"))]
    instruction = fitted(" ".join(steps))
    kind = _kind(exercise)
    is_sided = bool(_SIDED.search(" ".join([name, *steps])))
    dose = DOSES[kind] + (" per side" if is_sided else "")
    equipment = _equipment(exercise.get("equipment"))
    keys: dict[str, object] = {"name": name, "dose": dose}
    if equipment:
        keys["equipment"] = [equipment]
    if muscles := _texts(exercise.get("primaryMuscles")):
        keys["muscle"] = fitted(", ".join(muscles), "line")
    if instruction:
        keys["instruction"] = instruction
    guesses = [Remark(None, name, f"the dose {dose} is a guess by its category, {kind}: the list has none")]
    if is_sided:
        guesses.append(Remark(None, name, "per side, as its instructions speak of sides"))
    if len(instruction) < len(" ".join(steps)):
        guesses.append(Remark(None, name, "its instruction is cut short: a spoken text has a limit"))
    return DraftExercise(keys, notes=("from free-exercise-db, public domain",), guesses=tuple(guesses))


def _kind(exercise: Mapping[str, Any]) -> str:
    """Return what is done, as a key of `DOSES`."""
    category = exercise.get("category")
    is_rolling = exercise.get("equipment") == "foam roll" or "-smr" in exercise["name"].casefold()
    if is_rolling:
        return "rolling"
    if category == "strength" and exercise.get("force") == "static":
        return "holding"
    if category == "stretching" and _MOVING.search(exercise["name"]):
        return "moving"
    return category if isinstance(category, str) and category in DOSES else "strength"


def _equipment(value: object) -> str:
    return _CALLED.get(value, fitted(value, "name")) if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

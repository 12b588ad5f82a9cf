"""Routine files: TOML to the model, with every problem of a file found at once."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from voicecoach.errors import RoutineError, did_you_mean
from voicecoach.routine.dose import Dose
from voicecoach.routine.forms import check_references
from voicecoach.routine.growth import check_rule
from voicecoach.routine.keys import (
    EXERCISE_KEYS,
    FORM_KEYS,
    PLAIN_DOSE,
    PLAIN_WORK,
    ROUTINE_KEYS,
    STAGE_KEYS,
    Key,
)
from voicecoach.routine.model import BOTH_SIDES, Exercise, Routine, Stage
from voicecoach.routine.problems import MOST, Problems, place_of
from voicecoach.routine.quantities import ONCE
from voicecoach.routine.readers import Reader
from voicecoach.routine.texts import read, table_of
from voicecoach.routine.work import ContractRelax, Hold, Open, Reps, Saying, Timed, Wait, Work
from voicecoach.units import number

SCHEMA = 1
"""The version of the file format that this program reads."""


def load(path: Path) -> Routine:
    """Read a routine file.

    Raises:
        RoutineError: the file cannot be read, or has problems; each with line, column, place and remedy.
    """
    return parse_file(read(path), path)


def parse_file(text: str, path: Path) -> Routine:
    """Read the text of a routine file; what it names is found from the folder of the file.

    Raises:
        RoutineError: with every problem of the text.
    """
    routine = parse(text, str(path))
    return replace(routine, stages=tuple(_found_from(path.parent, stage) for stage in routine.stages))


def _found_from(folder: Path, stage: Stage) -> Stage:
    """Return a stage whose music is found from anywhere: in a file it is relative to that file's folder."""
    is_relative = stage.music and not stage.music.startswith("~")
    return replace(stage, music=str(folder / stage.music)) if is_relative else stage


def parse(text: str, name: str) -> Routine:
    """Read the text of a routine file; `name` is what errors call it.

    Raises:
        RoutineError: with every problem of the text.
    """
    text = text.replace("\r\n", "\n")
    table = table_of(text, name)
    problems = Problems()
    routine = _routine(table, problems)
    if routine is None or problems.found:
        raise RoutineError(problems.findings(text, name))
    return routine


def _read(table: Mapping[str, Any], keys: Mapping[str, Key], problems: Problems) -> dict[str, Any]:
    return values_of(table, {name: key.kind.read for name, key in keys.items()}, problems)


def values_of(table: Mapping[str, Any], keys: Mapping[str, Reader], problems: Problems) -> dict[str, Any]:
    """Read the values of one table, noting unknown keys and unreadable values."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        shown = f"{key} = {_shown(value)}"
        if key not in keys:
            near = did_you_mean(key, list(keys), most=1) if len(problems.found) < MOST else ""
            problems.add(f"{shown}: unknown key{near}", key, code="unknown-key")
            continue
        try:
            values[key] = keys[key](value)
        except ValueError as error:
            problems.add(f"{shown}: {error}", key, code="wrong-value")
    return values


def _routine(table: Mapping[str, Any], problems: Problems) -> Routine | None:
    if (schema := table.get("schema", SCHEMA)) != SCHEMA or isinstance(schema, bool):
        problems.add(
            f"schema = {_shown(schema)}: this program reads schema {SCHEMA}", "schema", code="wrong-schema"
        )
        return None
    values = _read(table, ROUTINE_KEYS, problems)
    values.pop("schema", None)
    tables, of_forms = values.pop("stage", ()), values.pop("form", ())
    if "title" not in table:
        problems.add('a routine has a title: title = "Evening hips"', code="missing-key")
    if not table.get("stage"):
        problems.add("a routine has at least one [[stage]]", code="missing-key")
    stages = tuple(
        _stage(stage, problems.at(("stage", index), place_of("stage", index, stage.get("title"))))
        for index, stage in enumerate(tables)
    )
    forms = tuple(
        _exercise(form, problems.at(("form", index), place_of("form", index, form.get("name"))), FORM_KEYS)
        for index, form in enumerate(of_forms)
    )
    check_references(table, problems)
    if problems.found:
        return None
    return Routine(stages=tuple(filter(None, stages)), forms=tuple(filter(None, forms)), **values)


def _stage(table: Mapping[str, Any], problems: Problems) -> Stage | None:
    before = len(problems.found)
    values = _read(table, STAGE_KEYS, problems)
    tables = values.pop("exercise", ())
    if "title" not in table:
        problems.add('a stage has a title: title = "Stretch"', code="missing-key")
    if not table.get("exercise"):
        problems.add("a stage has at least one [[stage.exercise]]", code="missing-key")
    exercises = tuple(
        _exercise(
            exercise, problems.at(("exercise", index), place_of("exercise", index, exercise.get("name")))
        )
        for index, exercise in enumerate(tables)
    )
    if len(problems.found) > before:
        return None
    try:
        return Stage(exercises=tuple(filter(None, exercises)), **values)
    except ValueError as error:
        problems.add(str(error), _key_of(error, table), code="wrong-value")
        return None


def _exercise(
    table: Mapping[str, Any], problems: Problems, keys: Mapping[str, Key] = EXERCISE_KEYS
) -> Exercise | None:
    before = len(problems.found)
    values = _read(table, keys, problems)
    if "name" not in table:
        problems.add('an exercise has a name: name = "Pigeon"', code="missing-key")
    if len(problems.found) > before:
        return None
    try:
        dose = _dose_of(values)
        _check_sayings(values.get("say", ()), dose.work)
        kept = {key: value for key, value in values.items() if key not in {*PLAIN_DOSE, "dose", *_EXTRA}}
        made = Exercise(work=dose.work, sets=dose.sets, sides=dose.sides, one_sided=dose.one_sided, **kept)
        _check_progress(made, is_form=keys is FORM_KEYS)
    except ValueError as error:
        problems.add(str(error), _key_of(error, table), code="wrong-dose")
        return None
    return made


def _check_progress(exercise: Exercise, *, is_form: bool) -> None:
    """Check that a form is an exercise, and that the rule of an exercise can be applied to it."""
    if is_form and exercise.is_wait:
        message = "a form is an exercise; a wait takes the place of none"
        raise ValueError(message)
    if exercise.progress:
        check_rule(exercise.progress, exercise)


def _check_sayings(sayings: tuple[Saying, ...], work: Work) -> None:
    """Check that there is a moment for each thing that is to be said in a set."""
    if not sayings:
        return
    if not isinstance(work, Hold | Timed):
        message = f"say belongs to a hold or to movement for a time, but this is {_NOUNS[type(work)]}"
        raise ValueError(message)
    if late := [saying for saying in sayings if saying.at >= work.seconds.high]:
        message = (
            f"say: {_shown(late[0].text)} at {number(late[0].at)} s comes after the end ({work.seconds} s)"
        )
        raise ValueError(message)


def _key_of(error: ValueError, table: Mapping[str, Any]) -> str | None:
    """Return the key that an error is about: the first word of the message that is one."""
    words = re.findall(r"\w+", str(error))
    return next((word for word in words if word in table), "dose" if "dose" in table else None)


def _dose_of(values: Mapping[str, Any]) -> Dose:
    """Build the dose from the `dose` line or from the plain keys, whichever there is."""
    plain = [key for key in PLAIN_DOSE if key in values]
    if "dose" in values and plain:
        message = f"give either dose or {', '.join(plain)}, not both"
        raise ValueError(message)
    dose: Dose = values["dose"] if "dose" in values else Dose(_plain_work(values), **_plain_sets(values))
    for key, (kind, noun) in _EXTRA.items():
        if key not in values:
            continue
        if not isinstance(dose.work, kind):
            message = f"{key} belongs to {noun}, but this is {_NOUNS[type(dose.work)]}"
            raise ValueError(message)
        given = getattr(dose.work, key) if key != "starts" else None
        if given:
            message = f"{key} is given twice: in the dose ({given}) and as a key ({values[key]})"
            raise ValueError(message)
        dose = replace(dose, work=replace(dose.work, **{key: values[key]}))
    return dose


_EXTRA: Mapping[str, tuple[type[Work], str]] = MappingProxyType(
    {"tempo": (Reps, "reps"), "starts": (Reps, "reps"), "breath": (Hold, "a hold")}
)
"""The keys that say more of the work than a dose does, and the work that they belong to."""
_NOUNS: Mapping[type[Work], str] = MappingProxyType(
    {
        Hold: "a hold",
        Timed: "movement for a time",
        Reps: "a set of reps",
        ContractRelax: "contract and relax",
        Open: "an open-ended hold",
        Wait: "a wait",
    }
)


def _plain_work(values: Mapping[str, Any]) -> Work:
    kind = next((key for key in PLAIN_WORK if key in values), None)
    if kind is None:
        message = 'no dose; write dose = "2-3 x 30 s per side", or one of hold = 30, time = 60, reps = 10'
        raise ValueError(message)
    others = [key for key in (*PLAIN_WORK, "deepen", "relax") if key in values and key != kind]
    if unfit := [key for key in others if key not in PLAIN_WORK[kind]]:
        message = f"{kind} does not go with {' and '.join(unfit)}: they are different kinds of work"
        raise ValueError(message)
    match kind:
        case "reps":
            return Reps(values["reps"], hold=values.get("hold"))
        case "contract":
            if "deepen" not in values:
                message = "contract needs deepen, the seconds of the stretch after it: deepen = 20"
                raise ValueError(message)
            return ContractRelax(values["contract"], values["deepen"], values.get("relax"))
    made: Work = {"hold": Hold, "time": Timed, "open": Open, "wait": Wait}[kind](values[kind])
    return made


def _plain_sets(values: Mapping[str, Any]) -> dict[str, Any]:
    if "sides" in values and "per_side" in values:
        message = "give either sides or per_side, not both"
        raise ValueError(message)
    sides, one_sided = values.get("sides", (BOTH_SIDES if values.get("per_side") else (), False))
    return {"sets": values.get("sets", ONCE), "sides": sides, "one_sided": one_sided}


def _shown(value: object) -> str:
    """Write a value briefly, near enough to TOML to be recognised."""
    try:
        text = repr(value) if isinstance(value, str | list | dict) else str(value).lower()
    except ValueError:  # an integer of thousands of digits
        return "a huge number"
    longest = 40
    return text if len(text) <= longest else text[: longest - 3] + "..."

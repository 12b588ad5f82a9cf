"""Translations: the words of a routine in another language, beside its doses, sides and order. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from voicecoach.errors import did_you_mean
from voicecoach.routine.address import exercise_slug, stage_slug
from voicecoach.routine.model import Exercise, Routine, Stage
from voicecoach.routine.problems import MOST, Problems

REVIEWED_BY_NOBODY = "machine, unreviewed"
"""What stands for the reviewer where no speaker of the language has read the words."""


def is_reviewed(reviewer: str) -> bool:
    """Tell whether somebody who speaks the language vouches for the words."""
    return "unreviewed" not in reviewer.casefold()


@dataclass(frozen=True, slots=True)
class ExerciseWords:
    """The words of an exercise; an empty one is missing."""

    name: str = ""
    instruction: str = ""
    caution: str = ""
    reminders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageWords:
    """The words of a stage; an empty one is missing."""

    title: str = ""
    purpose: str = ""
    reminders: tuple[str, ...] = ()
    exercise: Mapping[str, ExerciseWords] = field(default_factory=dict)
    """By the slug of its name as written."""


@dataclass(frozen=True, slots=True)
class Translation:
    """The words of a routine in one language; an empty one is missing."""

    language: str
    reviewer: str = REVIEWED_BY_NOBODY
    """Who vouches for the words."""
    title: str = ""
    introduction: str = ""
    caution: str = ""
    equipment: Mapping[str, str] = field(default_factory=dict)
    """By the words of the routine."""
    muscle: Mapping[str, str] = field(default_factory=dict)
    """The same."""
    pronunciation: Mapping[str, str] = field(default_factory=dict)
    """Words that voices of this language get wrong."""
    stage: Mapping[str, StageWords] = field(default_factory=dict)
    """By the slug of its title as written."""
    form: Mapping[str, ExerciseWords] = field(default_factory=dict)
    """By the slug of its name as written."""


_ROUTINE_TEXTS = ("title", "introduction", "caution")
_STAGE_TEXTS = ("title", "purpose", "reminders")
_EXERCISE_TEXTS = ("name", "instruction", "caution", "reminders")
_NO_STAGE, _NO_EXERCISE = StageWords(), ExerciseWords()


def translate(routine: Routine, words: Translation) -> Routine:
    """Return a routine in the words of a translation; each text that it lacks stays as it was."""
    return replace(
        routine,
        language=words.language,
        pronunciation=words.pronunciation,
        words={**routine.words, **words.equipment},
        stages=tuple(
            _stage(stage, words.stage.get(stage_slug(stage), _NO_STAGE), words.muscle)
            for stage in routine.stages
        ),
        forms=tuple(
            _exercise(form, words.form.get(exercise_slug(form), _NO_EXERCISE), words.muscle)
            for form in routine.forms
        ),
        **_given(words, routine, _ROUTINE_TEXTS),
    )


def _stage(stage: Stage, words: StageWords, muscle: Mapping[str, str]) -> Stage:
    exercises = (
        _exercise(exercise, words.exercise.get(exercise_slug(exercise), _NO_EXERCISE), muscle)
        for exercise in stage.exercises
    )
    texts = _given(words, stage, _STAGE_TEXTS)
    return replace(stage, exercises=tuple(exercises), written=stage.written or stage.title, **texts)


def _exercise(exercise: Exercise, words: ExerciseWords, muscle: Mapping[str, str]) -> Exercise:
    texts = _given(words, exercise, _EXERCISE_TEXTS)
    named = muscle.get(exercise.muscle, exercise.muscle)
    return replace(exercise, muscle=named, written=exercise.written or exercise.name, **texts)


def _given(words: object, of: object, keys: tuple[str, ...]) -> dict[str, Any]:
    """Return the texts that are translated; a text that the routine has not is none."""
    return {key: getattr(words, key) for key in keys if getattr(words, key) and getattr(of, key)}


def missing(routine: Routine, words: Translation) -> tuple[str, ...]:
    """Return the places of the texts of a routine, as written, that a translation lacks."""
    return tuple(_missing(routine, words))


def _missing(routine: Routine, words: Translation) -> Iterator[str]:
    yield from _lacking(words, routine, _ROUTINE_TEXTS, "")
    exercises = _all(routine)
    for item in dict.fromkeys(item for exercise in exercises for item in exercise.equipment):
        if not words.equipment.get(item):
            yield f'equipment."{item}"'
    for name in dict.fromkeys(exercise.muscle for exercise in exercises):
        if name and not words.muscle.get(name):
            yield f'muscle."{name}"'
    for stage in routine.stages:
        place = f"stage.{stage_slug(stage)}"
        of_stage = words.stage.get(stage_slug(stage), _NO_STAGE)
        yield from _lacking(of_stage, stage, _STAGE_TEXTS, f"{place}.")
        for exercise in stage.exercises:
            slug = exercise_slug(exercise)
            of_exercise = of_stage.exercise.get(slug, _NO_EXERCISE)
            yield from _lacking(of_exercise, exercise, _EXERCISE_TEXTS, f"{place}.exercise.{slug}.")
    for form in routine.forms:
        slug = exercise_slug(form)
        yield from _lacking(words.form.get(slug, _NO_EXERCISE), form, _EXERCISE_TEXTS, f"form.{slug}.")


def _all(routine: Routine) -> list[Exercise]:
    """Return all exercises, and the forms."""
    return [*(exercise for stage in routine.stages for exercise in stage.exercises), *routine.forms]


def _lacking(words: object, of: object, keys: tuple[str, ...], place: str) -> Iterator[str]:
    return (f"{place}{key}" for key in keys if getattr(of, key) and not getattr(words, key))


def unknown(routine: Routine, words: Translation) -> Problems:
    """Return a problem for each word of a translation that belongs to nothing in the routine, as written."""
    problems = Problems()
    muscles = [exercise.muscle for exercise in _all(routine)]
    equipment = [item for exercise in _all(routine) for item in exercise.equipment]
    for key, known in (("equipment", equipment), ("muscle", muscles)):
        for item in getattr(words, key):
            _check(problems.at((key,), ""), f"the routine has no {key} '{item}'", item, known)
    stages = {stage_slug(stage): stage for stage in routine.stages}
    for slug, of_stage in words.stage.items():
        at = problems.at(("stage",), "")
        _check(at, f"the routine has no stage '{slug}'", slug, list(stages))
        if slug in stages:
            known = [exercise_slug(exercise) for exercise in stages[slug].exercises]
            within = at.at((slug, "exercise"), f"stage.{slug}")
            for name in of_stage.exercise:
                _check(within, f"the stage has no exercise '{name}'", name, known)
    forms = [exercise_slug(form) for form in routine.forms]
    for name in words.form:
        _check(problems.at(("form",), ""), f"the routine has no form '{name}'", name, forms)
    return problems


def _check(problems: Problems, message: str, key: str, known: list[str]) -> None:
    if key not in known:
        # To look for near names takes long where there are thousands.
        near = did_you_mean(key, known, most=1) if len(problems.found) < MOST else ""
        problems.add(f"{message}{near}", key)

"""Files of translations: TOML to the words of a routine, with every problem of a file found at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from voicecoach.errors import Finding, RoutineError
from voicecoach.routine.files import values_of
from voicecoach.routine.model import Routine
from voicecoach.routine.problems import Problems
from voicecoach.routine.texts import read, table_of
from voicecoach.routine.translation import ExerciseWords, StageWords, Translation, unknown
from voicecoach.routine.translation_keys import EXERCISE_WORDS, STAGE_WORDS, TRANSLATION_KEYS


def load(path: Path, routine: Routine) -> Translation:
    """Read the words of a routine in another language.

    Args:
        path: of the file, as ``hips.fr.toml``.
        routine: as written.

    Raises:
        RoutineError: the file cannot be read, or has problems; each names file, line, place and remedy.
    """
    translation = parse(read(path), str(path), routine)
    tag = path.stem.rpartition(".")[2]
    if translation.language != tag:
        message = f"language = '{translation.language}', but the name of the file says '{tag}'"
        raise RoutineError([Finding(message, str(path), "language")])
    return translation


def parse(text: str, name: str, routine: Routine) -> Translation:
    """Read the text of such a file; `name` is what errors call it.

    Raises:
        RoutineError: with every problem of the text.
    """
    text = text.replace("\r\n", "\n")
    table = table_of(text, name)
    problems = Problems()
    values = values_of(table, TRANSLATION_KEYS, problems)
    if "language" not in table:
        problems.add('a translation has a language: language = "fr"')
    stages = {
        slug: _stage(found, problems.at(("stage", slug), f"stage.{slug}"))
        for slug, found in values.pop("stage", {}).items()
    }
    forms = _exercises(values.pop("form", {}), "form", problems)
    if not problems.found:
        translation = Translation(stage=stages, form=forms, **values)
        problems = unknown(routine, translation)
        if not problems.found:
            return translation
    raise RoutineError(problems.findings(text, name))


def _stage(table: Mapping[str, Any], problems: Problems) -> StageWords:
    values = values_of(table, STAGE_WORDS, problems)
    exercises = _exercises(values.pop("exercise", {}), "exercise", problems)
    return StageWords(exercise=exercises, **values)


def _exercises(
    tables: Mapping[str, Mapping[str, Any]], kind: str, problems: Problems
) -> dict[str, ExerciseWords]:
    return {
        slug: ExerciseWords(**values_of(found, EXERCISE_WORDS, problems.at((kind, slug), f"{kind}.{slug}")))
        for slug, found in tables.items()
    }

"""Settings: what ``piriformis.hold=60`` makes of the text of a routine file. Pure.

A change is put into the text where the old value stood, so that all else, comments and layout, stays to the
character.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from voicecoach.errors import ChoiceError, RoutineError, did_you_mean
from voicecoach.routine.address import find_either, find_exercise, find_stage
from voicecoach.routine.changes import SETTINGS, Change
from voicecoach.routine.dose import format_dose, parse_dose
from voicecoach.routine.files import parse
from voicecoach.routine.forms import find_form
from voicecoach.routine.keys import EXERCISE_KEYS, FORM_KEYS, ROUTINE_KEYS, STAGE_KEYS, Key
from voicecoach.routine.model import BOTH_SIDES, Exercise, Routine
from voicecoach.routine.positions import Path
from voicecoach.routine.problems import place_of
from voicecoach.routine.sections import Sections

OF_EXERCISE = frozenset({"rest", "order"})
"""What can be set of an exercise, and does not belong to its dose."""
INSTEAD: Mapping[str, str] = {"sides": "per_side", "per_side": "sides"}
"""Two keys that say the same: one takes the place of the other."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to set, and where."""

    asked: str
    """As it was typed."""
    table: Path
    """The table that its key is in."""
    place: str
    """The same for people; empty at the top of the file."""
    key: str
    kind: Key
    value: str
    """As it was typed; empty: the key is taken out."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What was changed in the text."""

    place: str
    key: str
    before: str
    """As it stood in the file; empty: it was not there."""
    after: str
    """Empty: it was taken out."""

    def __str__(self) -> str:
        """Write the old and the new value."""
        where = f"{self.place}: {self.key}" if self.place else self.key
        return f"{where}: {self.before or 'nothing'} -> {self.after or 'nothing'}"


def apply_settings(text: str, name: str, asked: Sequence[str]) -> tuple[str, tuple[Edit, ...]]:
    """Return the text with all settings made, and what each changed.

    Args:
        text: of a routine file.
        name: what errors call it.
        asked: each ``EXERCISE.KEY=VALUE``, ``STAGE.KEY=VALUE`` or ``KEY=VALUE``.

    Raises:
        RoutineError: the text has problems before anything is set.
        ChoiceError: an address, a key or a value is wrong, or what comes out is no routine.
    """
    routine = parse(text, name)
    edits: list[Edit] = []
    sections: Sections | None = None
    for setting in [_read(routine, one) for one in asked]:
        try:
            sections, edit = _made(sections or Sections.of(text), setting)
        except ValueError as error:
            message = f"{setting.asked}: {error}; nothing was changed"
            raise ChoiceError(message) from error
        edits.append(edit)
    text = str(sections or text)
    try:
        parse(text, name)
    except RoutineError as error:
        first = error.findings[0]
        what = f"{first.place}: {first.message}" if first.place else first.message
        message = f"{' '.join(asked)}: {what}; nothing was changed"
        raise ChoiceError(message) from error
    return text, tuple(edits)


def _read(routine: Routine, asked: str) -> Setting:
    address, equals, value = asked.partition("=")
    reference, _, key = address.strip().rpartition(".")
    if not equals or not key:
        message = (
            f"{asked}: write ADDRESS.KEY=VALUE, as in piriformis.hold=60, or KEY=VALUE, as in pace=gentle"
        )
        raise ChoiceError(message)
    table, place, keys = _table(routine, reference, key)
    known = [name for name, row in keys.items() if row.kind.typed]
    if key not in known:
        whose = place or "a routine"
        near = did_you_mean(key, known)
        message = f"{asked}: {whose} has no '{key}' to set{near}; known: {', '.join(known)}"
        raise ChoiceError(message)
    return Setting(asked, table, place, key, keys[key], value.strip())


def _table(routine: Routine, reference: str, key: str) -> tuple[Path, str, Mapping[str, Key]]:
    """Return the table that a reference means, its name for people, and its keys."""
    if not reference:
        return (), "", ROUTINE_KEYS
    if reference.startswith("form.") and routine.forms:
        index, form = find_form(routine, reference.removeprefix("form."))
        return ("form", index), place_of("form", index, form.name), FORM_KEYS
    # A stage and an exercise may have one name: then the key can tell which is meant.
    if (key in STAGE_KEYS) == (key in EXERCISE_KEYS):
        found: int | tuple[int, int] = find_either(routine, reference)
    else:
        try:
            finder = find_stage if key in STAGE_KEYS else find_exercise
            found = finder(routine, reference)
        except ChoiceError:
            found = find_either(routine, reference)
    if isinstance(found, int):
        stage = routine.stages[found]
        return ("stage", found), place_of("stage", found, stage.title), STAGE_KEYS
    exercise = routine.stages[found[0]].exercises[found[1]]
    place = f"{found[0] + 1}.{found[1] + 1} {exercise.name}"
    return ("stage", found[0], "exercise", found[1]), place, EXERCISE_KEYS


def _made(sections: Sections, setting: Setting) -> tuple[Sections, Edit]:
    """Return the text with one setting made.

    Raises:
        ValueError: the value is none for this key; the message says what was wanted.
    """
    wanted = tomllib.loads(str(sections))
    table: Any = wanted
    for step in setting.table:
        table = table[step]
    key = setting.key
    value: object = None
    is_of_dose = key in {*SETTINGS, "per_side"} - OF_EXERCISE and "dose" in table and key not in table
    if is_of_dose and setting.kind is EXERCISE_KEYS[key]:
        key, value = "dose", _dose(str(table["dose"]), setting)
    elif setting.value and setting.kind.kind.typed:
        value = setting.kind.kind.typed(setting.value)
        setting.kind.kind.read(value)
        if (other := INSTEAD.get(key)) in table and other:
            sections = sections.without((*setting.table, other))
            del table[other]
    elif key not in table:
        message = "there is nothing to take out"
        raise ValueError(message)
    path = (*setting.table, key)
    before = sections.value(path)
    if value is None:
        sections = sections.without(path)
        del table[key]
    else:
        sections = sections.with_value(path, value)
        table[key] = value
    if tomllib.loads(str(sections)) != wanted:
        message = "it stands where it cannot be changed without changing more; change it in the file"
        raise ValueError(message)
    return sections, Edit(setting.place, key, before, sections.value(path))


def _dose(dose: str, setting: Setting) -> str:
    """Return a dose, as it is written, with one part of it changed."""
    if not setting.value:
        message = f'it is a part of the dose; write the whole: dose="{dose}"'
        raise ValueError(message)
    read = parse_dose(dose)
    exercise = Exercise("x", read.work, read.sets, read.sides, one_sided=read.one_sided)
    changed = _change(setting)(exercise)
    if changed is exercise:
        message = f"'{dose}' has no {setting.key}"
        raise ValueError(message)
    return format_dose(changed)


def _change(setting: Setting) -> Change:
    if setting.key != "per_side":
        return SETTINGS[setting.key](setting.value)
    if setting.value not in {"true", "false"}:
        message = "wanted true or false"
        raise ValueError(message)
    sides = BOTH_SIDES if setting.value == "true" else ()
    return lambda exercise: replace(exercise, sides=sides, one_sided=False)

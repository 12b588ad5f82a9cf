"""Forms: the harder and easier exercises that a routine refers to, and whether there are such. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from voicecoach.errors import ChoiceError, did_you_mean
from voicecoach.routine.address import exercise_slug, slug
from voicecoach.routine.model import Exercise, Routine
from voicecoach.routine.problems import MOST, Problems, place_of
from voicecoach.routine.readers import read_form

KEYS = ("next", "easier")
"""The keys of an exercise that refer to a form."""


def own_forms(routine: Routine) -> Mapping[str, Exercise]:
    """Return the forms of a routine file by their names as written, as exercises refer to them."""
    return {exercise_slug(form): form for form in routine.forms}


def find_form(routine: Routine, name: str) -> tuple[int, Exercise]:
    """Return the index and the form that a name means.

    Raises:
        ChoiceError: there is none of that name; the message names the nearest.
    """
    names = list(own_forms(routine))
    if slug(name) not in names:
        message = f"the routine has no form '{name}'{did_you_mean(name, names)}"
        raise ChoiceError(message)
    return names.index(slug(name)), routine.forms[names.index(slug(name))]


def is_elsewhere(reference: str) -> bool:
    """Tell whether a reference leads to another routine: ``hip-mobility-2/bird-dog``."""
    return "/" in reference


def referring(routine: Routine, among: Problems) -> Iterator[tuple[Problems, Exercise]]:
    """Yield each exercise and each form, with the place at which problems of it are noted."""
    for index, stage in enumerate(routine.stages):
        of_stage = among.at(("stage", index), place_of("stage", index, stage.title))
        for number, exercise in enumerate(stage.exercises):
            place = place_of("exercise", number, exercise.name)
            yield of_stage.at(("exercise", number), place), exercise
    for index, form in enumerate(routine.forms):
        yield among.at(("form", index), place_of("form", index, form.name)), form


def check_references(table: Mapping[str, Any], problems: Problems) -> None:
    """Note each reference of a routine file to a form that is not in it, and forms of one name.

    Args:
        table: of the file, as TOML has it: other parts of it may be wrong.
        problems: where they are noted.
    """
    forms = list(_tables(table.get("form")))
    names = {slug(name): None for _, form in forms if isinstance(name := form.get("name"), str)}
    before: set[str] = set()
    for index, form in forms:
        place = problems.at(("form", index), place_of("form", index, form.get("name")))
        _check(form, names, place)
        if isinstance(name := form.get("name"), str) and slug(name) in before:
            place.add("another form has this name; give it one of its own", "name", code="same-name")
        before.add(slug(str(form.get("name", ""))))
    _check_circles(forms, problems)
    for index, stage in _tables(table.get("stage")):
        of_stage = problems.at(("stage", index), place_of("stage", index, stage.get("title")))
        for number, exercise in _tables(stage.get("exercise")):
            place = of_stage.at(("exercise", number), place_of("exercise", number, exercise.get("name")))
            _check(exercise, names, place)


def _tables(value: object) -> Iterable[tuple[int, Mapping[str, Any]]]:
    found = enumerate(value) if isinstance(value, list) else ()
    return ((index, item) for index, item in found if isinstance(item, dict))


def _check_circles(forms: Iterable[tuple[int, Mapping[str, Any]]], problems: Problems) -> None:
    """Note each form whose harder, or easier, forms lead back to it."""
    named = {slug(str(form.get("name", ""))): (index, form) for index, form in forms}
    for key in KEYS:
        leads = {name: slug(str(form.get(key, ""))) for name, (_, form) in named.items()}
        for name in _in_circles(leads):
            index, form = named[name]
            place = problems.at(("form", index), place_of("form", index, form.get("name")))
            place.add(f"{key}: it leads back to this form itself; take one of them out", key)


def _in_circles(leads: Mapping[str, str]) -> Iterator[str]:
    """Yield the names from which one comes back to themselves; each is looked at once."""
    seen: set[str] = set()
    for start in leads:
        way: dict[str, None] = {}
        name = start
        while name in leads and name not in seen:
            seen.add(name)
            way[name] = None
            name = leads[name]
        if name in way:
            trail = list(way)
            yield from trail[trail.index(name) :]


def _check(table: Mapping[str, Any], names: Mapping[str, None], place: Problems) -> None:
    for key in KEYS:
        reference = ""
        with suppress(ValueError):  # noted where the value is read
            reference = read_form(table[key]) if key in table else ""
        if not reference or is_elsewhere(reference) or reference in names:
            continue
        # To look for near names takes long where there are thousands.
        near = did_you_mean(reference, list(names)) if len(place.found) < MOST else ""
        message = (
            f"{key} = '{reference}': the file has no [[form]] of that name{near}; "
            "name one, or write ROUTINE/EXERCISE"
        )
        place.add(message, key, code="no-form")

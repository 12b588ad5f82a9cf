"""Addresses of exercises: ``piriformis``, ``roll.piriformis``, ``2.3``; of stages: ``roll``, ``2``."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from voicecoach.errors import ChoiceError, did_you_mean
from voicecoach.routine.model import Exercise, Routine

Place = tuple[int, int]
"""The indices, from 0, of a stage and of an exercise in it."""

Part = TypeVar("Part")


def slug(name: str) -> str:
    """Write a name as it is typed: lower case, words joined by hyphens."""
    return "-".join(re.findall(r"\w+", name.casefold()))


def places(routine: Routine) -> Iterator[tuple[Place, Exercise]]:
    """Yield each exercise with its place, in order."""
    for stage_index, stage in enumerate(routine.stages):
        for exercise_index, exercise in enumerate(stage.exercises):
            yield (stage_index, exercise_index), exercise


def find_exercise(routine: Routine, reference: str) -> Place:
    """Return the one exercise that a reference means.

    Raises:
        ChoiceError: it means none, or several; the message lists the nearest, or all of them.
    """
    return _one(reference, {place: _spellings(routine, place) for place, _ in places(routine)})


def find_stage(routine: Routine, reference: str) -> int:
    """Return the index of the one stage that a reference means.

    Raises:
        ChoiceError: it means none, or several; the message lists the nearest, or all of them.
    """
    return _one(reference, _stages(routine))


def find_part(routine: Routine, reference: str) -> frozenset[Place]:
    """Return the exercises of the one stage, or the one exercise, that a reference means.

    Raises:
        ChoiceError: it means neither, or several; the message lists the nearest, or all of them.
    """
    part = find_either(routine, reference)
    return frozenset(place for place, _ in places(routine) if part in (place, place[0]))


def find_either(routine: Routine, reference: str) -> int | Place:
    """Return the index of the stage, or the place of the exercise, that a reference means.

    Raises:
        ChoiceError: it means neither, or several; the message lists the nearest, or all of them.
    """
    known: dict[int | Place, tuple[str, ...]] = dict(_stages(routine).items())
    known |= {place: _spellings(routine, place) for place, _ in places(routine)}
    return _one(reference, known)


def _stages(routine: Routine) -> dict[int, tuple[str, ...]]:
    """Return the ways to write each stage, by its index."""
    return {index: (slug(stage.title), str(index + 1)) for index, stage in enumerate(routine.stages)}


def _spellings(routine: Routine, place: Place) -> tuple[str, ...]:
    """Return the ways to write a place: the first is without doubt and can be read."""
    stage = routine.stages[place[0]]
    name, title = slug(stage.exercises[place[1]].name), slug(stage.title)
    return (f"{title}.{name}", name, f"{place[0] + 1}.{place[1] + 1}")


def _one(reference: str, known: Mapping[Part, tuple[str, ...]]) -> Part:
    wanted = ".".join(slug(part) for part in reference.split("."))
    found = [part for part, spellings in known.items() if wanted in spellings]
    if len(found) == 1:
        return found[0]
    if found:
        names = [known[part][0] for part in found]
        # Where two have one name, only their numbers tell them apart.
        listed = " or ".join(
            f"'{name}'" if names.count(name) == 1 else f"'{known[part][-1]}'"
            for name, part in zip(names, found, strict=True)
        )
        message = f"'{reference}' could be {listed}; write the one you mean"
        raise ChoiceError(message)
    spellings = [spelling for names in known.values() for spelling in names]
    message = f"the routine has no '{reference}'{did_you_mean(reference, spellings)}"
    raise ChoiceError(message)

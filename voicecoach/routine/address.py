"""Addresses of exercises: ``piriformis``, ``roll.piriformis``, ``2.3``; of stages: ``roll``, ``2``.

A translated routine keeps the addresses that it has as written; its own words are understood besides,
where they mean nothing else.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeVar

from voicecoach.errors import ChoiceError, did_you_mean
from voicecoach.routine.model import Exercise, Routine, Stage

Place = tuple[int, int]
"""The indices, from 0, of a stage and of an exercise in it."""

Part = TypeVar("Part")


def slug(name: str) -> str:
    """Write a name as it is typed: lower case, words joined by hyphens."""
    return "-".join(re.findall(r"\w+", name.casefold()))


def stage_slug(stage: Stage) -> str:
    """Return the address of a stage: that of its title as written."""
    return slug(stage.written or stage.title)


def exercise_slug(exercise: Exercise) -> str:
    """Return the address of an exercise within its stage: that of its name as written."""
    return slug(exercise.written or exercise.name)


def places(routine: Routine) -> Iterator[tuple[Place, Exercise]]:
    """Yield each exercise with its place, in order."""
    for stage_index, stage in enumerate(routine.stages):
        for exercise_index, exercise in enumerate(stage.exercises):
            yield (stage_index, exercise_index), exercise


def addresses(routine: Routine) -> Mapping[Place, str]:
    """Return the address of each exercise, by its place: no two have the same one.

    It is ``roll.piriformis``, or ``1.5`` where that could mean another part; an exercise of an adjusted
    routine has that of the routine as written, and so has a translated one.
    """
    known = _exercises(routine)
    counts = Counter(spelling for spellings in known.values() for spelling in set(spellings))
    return {
        place: exercise.address or (known[place][0] if counts[known[place][0]] == 1 else known[place][-1])
        for place, exercise in places(routine)
    }


def address_of(routine: Routine, place: Place) -> str:
    """Return the address of one exercise, as `addresses` has it."""
    return addresses(routine)[place]


def find_exercise(routine: Routine, reference: str) -> Place:
    """Return the one exercise that a reference means.

    Raises:
        ChoiceError: it means none, or several; the message lists the nearest, or all of them.
    """
    return _one(reference, _exercises(routine), _translated_exercises(routine))


def find_stage(routine: Routine, reference: str) -> int:
    """Return the index of the one stage that a reference means.

    Raises:
        ChoiceError: it means none, or several; the message lists the nearest, or all of them.
    """
    return _one(reference, _stages(routine), _translated_stages(routine))


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
    known.update(_exercises(routine).items())
    also: dict[int | Place, tuple[str, ...]] = dict(_translated_stages(routine).items())
    also.update(_translated_exercises(routine).items())
    return _one(reference, known, also)


def _stages(routine: Routine) -> dict[int, tuple[str, ...]]:
    """Return the ways to write each stage, by its index."""
    return {index: (stage_slug(stage), str(index + 1)) for index, stage in enumerate(routine.stages)}


def _translated_stages(routine: Routine) -> dict[int, tuple[str, ...]]:
    """Return what each stage is called in the language of the routine."""
    return {index: (slug(stage.title),) for index, stage in enumerate(routine.stages)}


def _exercises(routine: Routine) -> dict[Place, tuple[str, ...]]:
    return {place: spellings(routine, place) for place, _ in places(routine)}


def _translated_exercises(routine: Routine) -> dict[Place, tuple[str, ...]]:
    """Return what each exercise is called in the language of the routine."""
    return {
        place: (f"{slug(routine.stages[place[0]].title)}.{slug(exercise.name)}", slug(exercise.name))
        for place, exercise in places(routine)
    }


def spellings(routine: Routine, place: Place) -> tuple[str, ...]:
    """Return the ways to write a place: the first is without doubt and can be read."""
    stage = routine.stages[place[0]]
    name, title = exercise_slug(stage.exercises[place[1]]), stage_slug(stage)
    return (f"{title}.{name}", name, f"{place[0] + 1}.{place[1] + 1}")


def _one(reference: str, known: Mapping[Part, tuple[str, ...]], also: Mapping[Part, tuple[str, ...]]) -> Part:
    """Return the one part that a reference means; other spellings count where the first mean none."""
    wanted = ".".join(slug(part) for part in reference.split("."))
    found = [part for part, spellings in known.items() if wanted in spellings]
    found = found or [part for part, spellings in also.items() if wanted in spellings]
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
    spellings = [spelling for names in (*known.values(), *also.values()) for spelling in names]
    message = f"the routine has no '{reference}'{did_you_mean(reference, spellings)}"
    raise ChoiceError(message)

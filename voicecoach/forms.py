"""The forms that a routine refers to: its own, and exercises of other routines, in one language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from voicecoach.errors import ChoiceError, RoutineError, did_you_mean
from voicecoach.languages import in_language
from voicecoach.routine.address import find_exercise, places
from voicecoach.routine.files import load
from voicecoach.routine.forms import KEYS, is_elsewhere, own_forms
from voicecoach.routine.shelf import shelf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from voicecoach.routine.model import Exercise, Routine

MOST = 1000
"""Forms that are looked up for one routine."""


@dataclass(slots=True)
class Lookup:
    """Find exercises of the routines on the shelf; each file is read once."""

    own: Path | None
    """The user's own folder of routines."""
    lang: str | None = None
    """The language of what is found; None: as each routine is written."""
    _known: dict[str, Routine] = field(default_factory=dict)

    def routine(self, name: str) -> Routine:
        """Return a routine by its name.

        Raises:
            ChoiceError: there is none, or it cannot be used.
        """
        if name not in self._known:
            paths = shelf(self.own)
            if name not in paths:
                message = f"there is no routine '{name}'{did_you_mean(name, list(paths))}"
                raise ChoiceError(message)
            try:
                self._known[name], _ = in_language(load(paths[name]), paths[name], self.lang, self.own)
            except RoutineError as error:
                message = f"the routine '{name}' has problems; see: voicecoach check {name}"
                raise ChoiceError(message) from error
        return self._known[name]

    def form(self, reference: str) -> Exercise:
        """Return the exercise, or the form, that ``hip-mobility-2/bird-dog`` means; its own references whole.

        Raises:
            ChoiceError: there is none, or it is a wait.
        """
        name, _, address = reference.rpartition("/")
        routine = self.routine(name)
        form = own_forms(routine).get(address)
        if form is None:
            stage, number = find_exercise(routine, address)
            form = routine.stages[stage].exercises[number]
        if form.is_wait:
            message = f"'{reference}' is a wait, which takes the place of no exercise"
            raise ChoiceError(message)
        whole = {key: _whole(getattr(form, key), name) for key in KEYS}
        return replace(form, next=whole["next"], easier=whole["easier"])


def _whole(reference: str, name: str) -> str:
    """Return a reference as it is seen from other routines."""
    return reference if not reference or is_elsewhere(reference) else f"{name}/{reference}"


@dataclass(frozen=True, slots=True)
class Found:
    """The forms that there are, and what has to be known to speak of them."""

    forms: Mapping[str, Exercise]
    """By what exercises and forms refer to them with."""
    words: Mapping[str, str]
    """What their equipment is called, where it is translated."""
    pronunciation: Mapping[str, str]
    """Words of theirs that a voice gets wrong."""
    notes: tuple[str, ...] = ()
    """One for each reference that leads nowhere."""

    def lend(self, routine: Routine) -> Routine:
        """Return a routine that knows the words of the forms besides its own."""
        return replace(
            routine,
            words={**self.words, **routine.words},
            pronunciation={**self.pronunciation, **routine.pronunciation},
        )


def forms_of(routine: Routine, lang: str | None = None, own: Path | None = None) -> Found:
    """Return every form that the exercises of a routine lead to, one after another.

    Args:
        routine: as written, or in the language.
        lang: of the forms of other routines; None: as they are written.
        own: the user's own folder of routines.
    """
    lookup, here = Lookup(own, lang), own_forms(routine)
    forms: dict[str, Exercise] = dict(here)
    words: dict[str, str] = {}
    pronunciation: dict[str, str] = {}
    notes: list[str] = []
    waiting = [*(exercise for _, exercise in places(routine)), *here.values()]
    while waiting and len(forms) < MOST:
        exercise = waiting.pop()
        for reference in (getattr(exercise, key) for key in KEYS):
            if not is_elsewhere(reference) or reference in forms:
                continue
            try:
                form = lookup.form(reference)
            except ChoiceError as error:
                notes.append(f"{exercise.name}: '{reference}': {error}")
                continue
            of = lookup.routine(reference.rpartition("/")[0])
            words, pronunciation = {**of.words, **words}, {**of.pronunciation, **pronunciation}
            forms[reference] = form
            waiting.append(form)
    return Found(forms, words, pronunciation, tuple(dict.fromkeys(notes)))

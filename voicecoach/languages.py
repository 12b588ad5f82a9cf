"""The language of a session: a routine in it, and which languages a routine has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voicecoach.plan.phrases import language_name, load_phrases
from voicecoach.routine.shelf import translations
from voicecoach.routine.translation import Translation, missing, translate
from voicecoach.routine.translation_files import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from voicecoach.routine.model import Routine


def in_language(
    routine: Routine, path: Path, tag: str | None, own: Path | None = None
) -> tuple[Routine, tuple[str, ...]]:
    """Return a routine in a language, and the places of the texts that have no words in it.

    Args:
        routine: as written.
        path: of its file: the words of other languages stand beside it.
        tag: of the language; None: the routine's own.
        own: the user's own folder of routines.

    Raises:
        ChoiceError: the coach does not speak the language; the message lists those it speaks.
        RoutineError: the file of the words has problems.
    """
    if tag is None:
        return routine, ()
    tag = _plain(tag)
    load_phrases(tag)
    words = words_of(routine, path, tag, own)
    if words is None:
        if _base(tag) == _base(routine.language):
            return replace(routine, language=tag), ()
        words = Translation(tag)
    return replace(translate(routine, words), language=tag), missing(routine, words)


def words_of(routine: Routine, path: Path, tag: str, own: Path | None = None) -> Translation | None:
    """Return the words of a routine in a language; ``fr-ca`` takes those in ``fr`` where it has none.

    Raises:
        RoutineError: the file of the words has problems.
    """
    file = file_of(routine, path, tag, own)
    return load(file, routine) if file else None


def file_of(routine: Routine, path: Path, tag: str, own: Path | None = None) -> Path | None:
    """Return the file with the words of a routine in a language; None where there is none, or no need."""
    tag = _plain(tag)
    if tag == routine.language:
        return None
    found = translations(path, own)
    return found.get(tag) or found.get(_base(tag))


def untranslated(name: str, routine: Routine, tag: str, count: int) -> str:
    """Say in one line that texts of a routine have no words in a language."""
    texts = "1 text has" if count == 1 else f"{count} texts have"
    stay = f"{texts} no {language_name(tag)}, and stay in {language_name(routine.language)}"
    return f"{name}: {stay}; see: voicecoach check {name} --lang {tag}"


def reviewers(routine: Routine, path: Path, own: Path | None = None) -> Mapping[str, str]:
    """Return who vouches for the words of a routine in each language that it has, its own first.

    Raises:
        RoutineError: the file of such words has problems.
    """
    others = {tag: load(file, routine).reviewer for tag, file in translations(path, own).items()}
    return {routine.language: "the author", **others}


def _plain(tag: str) -> str:
    """Return a tag as files have it: ``fr-ca`` for ``fr_CA``."""
    return tag.lower().replace("_", "-")


def _base(tag: str) -> str:
    return tag.partition("-")[0]

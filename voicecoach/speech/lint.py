"""The lint: what a voice would misread in a routine, said before it is heard."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from voicecoach.routine.model import Exercise, Routine
from voicecoach.routine.problems import Problems, place_of
from voicecoach.routine.translation import ExerciseWords, Translation
from voicecoach.speech.text import spoken

LONGEST_NAME_WORDS = 6
"""A longer name takes some three seconds to say, and it is said before every set of brief talk."""

_MARKUP = re.compile(
    r"<\s*/?\s*[a-zA-Z][^>]*>|\[\[|\]\]|[\x00-\x08\x0b-\x1f\x7f]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""Tags, phonemes, control characters, marks of direction: no engine gets to see them."""
_ABBREVIATION = re.compile(r"(?<![\w.])(?=\w*[AEIOUY])[A-Z]{2,5}(?!\w|\.\w)")
"""Capitals with a vowel among them: a voice reads them as a word. Without one, it spells them."""
_PLAIN = re.compile(r"[\w\s.,;:!?'\"()%/&+\-\u2010-\u2026\u00b0\u00d7½⅓⅔¼¾⅛«»\u2039\u203a¿¡]")
"""What is spoken, or is known to be mended; and marks that a language writes and nobody misses."""


@dataclass(frozen=True, slots=True)
class _Ear:
    """How texts of one language are read."""

    language: str
    words: Mapping[str, str]
    """The routine's own pronunciation."""

    def listen(self, warnings: Problems, key: str, texts: Iterable[str]) -> None:
        """Note what would be misread in the texts of a key."""
        for text in texts:
            for complaint in dict.fromkeys(self._complaints(text)):
                warnings.add(f"{key}: {complaint}", key)

    def _complaints(self, text: str) -> Iterator[str]:
        for found in _MARKUP.finditer(text):
            yield f"{found[0]!r} looks like markup, and is not spoken"
        for sign in _MARKUP.sub("", text):
            if not _PLAIN.match(sign) and sign not in "".join(self.words):
                yield f"'{sign}' is not spoken; write what is meant as a word"
        if text.count('"') % 2 or text.count("(") != text.count(")"):
            yield "a quote or a bracket is not closed"
        for found in _ABBREVIATION.finditer(spoken(text, self.language, self.words)):
            letters = ".".join(found[0]) + "."
            remedy = f'[pronunciation] {found[0]} = "{letters}"'
            yield f"'{found[0]}' may be read as a word; to spell it: {remedy}"


def lint(routine: Routine) -> Problems:
    """Return a warning for each text of a routine that would not be spoken as it is meant."""
    warnings = Problems(code="misread", severity="warning")
    ear = _Ear(routine.language, routine.pronunciation)
    for key in ("title", "introduction", "caution"):
        ear.listen(warnings, key, (getattr(routine, key),))
    for index, stage in enumerate(routine.stages):
        of_stage = warnings.at(("stage", index), place_of("stage", index, stage.title))
        for key in ("title", "purpose"):
            ear.listen(of_stage, key, (getattr(stage, key),))
        ear.listen(of_stage, "reminders", stage.reminders)
        names: set[str] = set()
        for number, exercise in enumerate(stage.exercises):
            if exercise.name.casefold() in names:
                again = "another exercise of the stage has this name: only its number tells them apart"
                of_stage.at(("exercise", number), "").add(again, "name", code="same-name")
            names.add(exercise.name.casefold())
            place = place_of("exercise", number, exercise.name)
            _exercise(of_stage.at(("exercise", number), place), exercise, ear)
    for index, form in enumerate(routine.forms):
        _exercise(warnings.at(("form", index), place_of("form", index, form.name)), form, ear)
    return warnings


def _exercise(warnings: Problems, exercise: Exercise, ear: _Ear) -> None:
    for key in ("name", "instruction", "caution"):
        ear.listen(warnings, key, (getattr(exercise, key),))
    for key in ("equipment", "reminders"):
        ear.listen(warnings, key, getattr(exercise, key))
    ear.listen(warnings, "say", (saying.text for saying in exercise.say))
    if len(exercise.name.split()) > LONGEST_NAME_WORDS:
        warnings.add(f"the name has more than {LONGEST_NAME_WORDS} words: too long to be called out", "name")
    if not exercise.instruction:
        warnings.add(
            "there is no instruction: say what to do, for somebody with closed eyes", code="no-instruction"
        )


def lint_words(words: Translation) -> Problems:
    """Return a warning for each word of a translation that a voice of its language would misread.

    What is missing is no concern of this, nor is the length of a name: languages differ in how many words
    the same name takes.
    """
    warnings = Problems(code="misread", severity="warning")
    ear = _Ear(words.language, words.pronunciation)
    for key in ("title", "introduction", "caution"):
        ear.listen(warnings, key, (getattr(words, key),))
    for item, said in words.equipment.items():
        ear.listen(warnings.at(("equipment",), "equipment"), item, (said,))
    for slug, stage in words.stage.items():
        of_stage = warnings.at(("stage", slug), f"stage.{slug}")
        for key in ("title", "purpose"):
            ear.listen(of_stage, key, (getattr(stage, key),))
        ear.listen(of_stage, "reminders", stage.reminders)
        for name, exercise in stage.exercise.items():
            _exercise_words(of_stage.at(("exercise", name), f"exercise.{name}"), exercise, ear)
    for name, form in words.form.items():
        _exercise_words(warnings.at(("form", name), f"form.{name}"), form, ear)
    return warnings


def _exercise_words(warnings: Problems, words: ExerciseWords, ear: _Ear) -> None:
    for key in ("name", "instruction", "caution"):
        ear.listen(warnings, key, (getattr(words, key),))
    ear.listen(warnings, "reminders", words.reminders)

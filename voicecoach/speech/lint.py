"""The lint: what a voice would misread in a routine, said before it is heard."""

import re
from collections.abc import Iterator, Mapping

from voicecoach.routine.model import Exercise, Routine
from voicecoach.routine.problems import Problems, place_of
from voicecoach.speech.text import spoken

LONGEST_NAME_WORDS = 6
"""A longer name takes some three seconds to say, and it is said before every set of brief talk."""

_MARKUP = re.compile(
    r"<\s*/?\s*[a-zA-Z][^>]*>|\[\[|\]\]|[\x00-\x08\x0b-\x1f\x7f]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""Tags, phonemes, control characters, marks of direction: no engine gets to see them."""
_ABBREVIATION = re.compile(r"(?<![\w.])(?=\w*[AEIOUY])[A-Z]{2,5}(?!\w|\.\w)")
"""Capitals with a vowel among them: a voice reads them as a word. Without one, it spells them."""
_PLAIN = re.compile(r"[\w\s.,;:!?'\"()%/&+\-\u2010-\u2026\u00b0\u00d7½⅓⅔¼¾⅛]")
"""What is spoken, or is known to be mended."""


def lint(routine: Routine) -> Problems:
    """Return a warning for each text of a routine that would not be spoken as it is meant."""
    warnings = Problems(code="misread", severity="warning")
    words = routine.pronunciation
    for key in ("title", "introduction", "caution"):
        _text(warnings, key, getattr(routine, key), words)
    for index, stage in enumerate(routine.stages):
        of_stage = warnings.at(("stage", index), place_of("stage", index, stage.title))
        for key in ("title", "purpose"):
            _text(of_stage, key, getattr(stage, key), words)
        for reminder in stage.reminders:
            _text(of_stage, "reminders", reminder, words)
        names: set[str] = set()
        for number, exercise in enumerate(stage.exercises):
            if exercise.name.casefold() in names:
                again = "another exercise of the stage has this name: only its number tells them apart"
                of_stage.at(("exercise", number), "").add(again, "name", code="same-name")
            names.add(exercise.name.casefold())
            place = place_of("exercise", number, exercise.name)
            _exercise(of_stage.at(("exercise", number), place), exercise, words)
    return warnings


def _exercise(warnings: Problems, exercise: Exercise, words: Mapping[str, str]) -> None:
    for key in ("name", "instruction", "caution"):
        _text(warnings, key, getattr(exercise, key), words)
    for key in ("equipment", "reminders"):
        for item in getattr(exercise, key):
            _text(warnings, key, item, words)
    for saying in exercise.say:
        _text(warnings, "say", saying.text, words)
    if len(exercise.name.split()) > LONGEST_NAME_WORDS:
        warnings.add(f"the name has more than {LONGEST_NAME_WORDS} words: too long to be called out", "name")
    if not exercise.instruction:
        warnings.add(
            "there is no instruction: say what to do, for somebody with closed eyes", code="no-instruction"
        )


def _text(warnings: Problems, key: str, text: str, words: Mapping[str, str]) -> None:
    for complaint in dict.fromkeys(_complaints(text, words)):
        warnings.add(f"{key}: {complaint}", key)


def _complaints(text: str, words: Mapping[str, str]) -> Iterator[str]:
    for found in _MARKUP.finditer(text):
        yield f"{found[0]!r} looks like markup, and is not spoken"
    for sign in _MARKUP.sub("", text):
        if not _PLAIN.match(sign) and sign not in "".join(words):
            yield f"'{sign}' is not spoken; write what is meant as a word"
    if text.count('"') % 2 or text.count("(") != text.count(")"):
        yield "a quote or a bracket is not closed"
    for found in _ABBREVIATION.finditer(spoken(text, pronunciation=words)):
        letters = ".".join(found[0]) + "."
        yield f"'{found[0]}' may be read as a word; to spell it: [pronunciation] {found[0]} = \"{letters}\""

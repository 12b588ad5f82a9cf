"""Headings of a sheet: which lines are one, and what they are called."""

import re
from collections.abc import Sequence

from voicecoach.importers.lines import Line, looks_like_heading
from voicecoach.importers.naming import STAGE, is_instruction, named
from voicecoach.importers.prescription import Reading, read

PROGRAM = re.compile(
    r"\b(?:programs?|programme|rehab\w*|routine|workout|plan|protocol|sheet|hep|exercises for|exercises)$",
    re.IGNORECASE,
)
"""The end of a heading of a whole sheet, and not of a stage."""
ROUNDS = re.compile(
    r"(?:x ?(\d{1,2})\b|\b(\d{1,2}) ?(?:x\b|rounds?|circuits?|times|sets?)(?: of)?)", re.IGNORECASE
)
"""How often a stage is done."""
RESTED = re.compile(
    r",? ?(?:with )?(?:a )?(?:\d{1,3} ?[a-z\"']{1,7} rest|"
    r"rest:? ?\d{1,3} ?[a-z\"']{0,7})(?: (?:between|b/w|after)\b.*)?",
    re.IGNORECASE,
)
"""A rest between the rounds of a stage."""
_INSTRUCTIONS = 6
"""Lines between a name and its dose."""
_TITLED = re.compile(r"(.{3,60}?)(?: [-|/] |: |, | for )(.{2,80})")


def is_heading(reading: Reading, lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line heads what follows."""
    line = reading.line
    is_stage = _is_stage(RESTED.sub("", re.sub(r"\([^()]*\)", "", line.text)).strip(" :-,;"))
    has_rounds = bool(ROUNDS.search(line.text))
    after = read(lines[index + 1]) if index + 1 < len(lines) and not lines[index + 1].is_long else None
    if reading.has_dose and (
        (is_stage and has_rounds) or ((is_stage or _is_loud(line)) and _is_aside(reading, after))
    ):
        return True
    if reading.has_dose:
        is_exercise = bool(reading.name) and reading.facts.is_strong and not _is_exercise(after)
        return (line.is_heading and not is_exercise) or (
            line.text.endswith(":") and has_rounds and not line.is_item
        )
    is_name = _is_name(line, lines, index)
    if is_name and not is_stage:
        return False
    if looks_like_heading(line):
        return True
    return bool(
        line.after_gap
        and not line.is_item
        and after is not None
        and after.has_dose
        and after.name
        and not after.is_continuation
        and not lines[index + 1].after_gap
        and len(line.text.split()) <= 5  # noqa: PLR2004 - a few words
        and not line.text.endswith((".", "!", "?", ","))
        and not is_instruction(line.text)
    )


def _is_name(line: Line, lines: Sequence[Line], index: int) -> bool:
    """Tell whether the dose of a line stands below it, with nothing but instructions between."""
    for below in range(index + 1, min(index + 1 + _INSTRUCTIONS, len(lines))):
        if lines[below].is_long or (lines[below].after_gap and not (line.is_heading and below == index + 1)):
            return False
        reading = read(lines[below])
        if reading.has_dose:
            return reading.is_continuation
        if not is_instruction(lines[below].text) and not lines[below].text.endswith("."):
            return False
    return False


def _is_loud(line: Line) -> bool:
    """Tell whether a line is in capitals, but for what stands in parentheses."""
    letters = [char for char in re.sub(r"\([^()]*\)", "", line.text) if char.isalpha()]
    return len(letters) > 2 and all(char.isupper() for char in letters)  # noqa: PLR2004 - a word


def _is_aside(reading: Reading, after: Reading | None) -> bool:
    """Tell whether the dose of a heading is in parentheses alone, above an exercise: "Warm-up (5 min)"."""
    line = reading.line
    outside = re.sub(r"\([^()]*\)", "", line.text)
    return not line.is_item and not any(char.isdigit() for char in outside) and _is_exercise(after)


def _is_exercise(after: Reading | None) -> bool:
    """Tell whether what follows a heading is an exercise with a dose of its own."""
    return after is not None and after.has_dose and bool(after.name)


def _is_stage(text: str) -> bool:
    words = ROUNDS.sub("", text).strip(" :-,()")
    return len(words) > 2 and bool(STAGE.fullmatch(words))  # noqa: PLR2004 - a word


def title_above(text: str) -> tuple[str, str] | None:
    """Return the title in the first line of a sheet, and whom or what it names behind it."""
    match = _TITLED.fullmatch(text)
    if not match or _is_stage(match[2]):
        return None
    letters = [char for char in match[1] if char.isalpha()]
    is_loud = len(letters) > 2 and all(char.isupper() for char in letters)  # noqa: PLR2004 - a word
    return (titled(match[1]), match[2]) if is_loud or PROGRAM.search(match[1]) else None


def titled(text: str) -> str:
    """Return a heading as a title; one in capitals has only its first."""
    text = named(" ".join(text.split()))
    letters = [char for char in text if char.isalpha()]
    return (
        text.capitalize()
        if letters and all(char.isupper() for char in letters) and len(letters) > len("HIIT")
        else text
    )

"""A dose for lines that have none: lists of names, of which the user says the dose."""

import re
from dataclasses import replace

from voicecoach.errors import ChoiceError
from voicecoach.importers.draft import Draft, DraftExercise, DraftStage, Remark
from voicecoach.importers.lines import Line, line_of
from voicecoach.importers.naming import is_instruction, says_something
from voicecoach.importers.plain import plain
from voicecoach.importers.prescription import NO_DOSE, exercise, read

_MOST_WORDS = 10
_WORDED = re.compile(r"[.!?:]$|\b(?:your|you|if|when|stop|please|should|must)\b", re.IGNORECASE)


def with_dose(draft: Draft, dose: str) -> Draft:
    """Return a draft whose names without a dose have this one, each with a note that it was assumed.

    Args:
        draft: of a sheet or of a table.
        dose: as a sheet has it: ``3x10``, ``2 x 30 s per side``.

    Raises:
        ChoiceError: it is no dose.
    """
    reading = read(Line(0, dose, f"Squat, {plain(dose)}"))
    made = exercise(reading, reading.name, "") if reading.has_dose else None
    if not isinstance(made, DraftExercise) or reading.name != "Squat" or made.notes:
        message = f"--dose: '{dose}' is no dose; write one as 3x10 or '2 x 30 s per side'"
        raise ChoiceError(message)
    return replace(draft, stages=tuple(_dosed(stage, dose) for stage in draft.stages))


def _dosed(stage: DraftStage, dose: str) -> DraftStage:
    return replace(
        stage,
        items=tuple(
            _made(item, dose, stage.title) if isinstance(item, Remark) and item.reason == NO_DOSE else item
            for item in stage.items
        ),
    )


def _made(item: Remark, dose: str, stage: str) -> DraftExercise | Remark:
    """Make an exercise of a line that can be a name, and say what was assumed."""
    line = line_of(item.text, item.line or 0)
    text = re.sub(r"\([^()]*\)", "", line.text).strip()
    is_name = says_something(text) and len(text.split()) <= _MOST_WORDS
    if not is_name or _WORDED.search(text) or is_instruction(line.text):
        return item
    reading = read(replace(line, text=f"{line.text} , {plain(dose)}"))
    made = exercise(reading, reading.name, stage)
    if isinstance(made, Remark):
        return item
    guess = Remark(item.line, item.text, f"no dose stands here: {dose} is taken, as --dose has it")
    kept = [other for other in made.guesses if "number of sets" not in other.reason]
    return replace(made, guesses=(guess, *kept))

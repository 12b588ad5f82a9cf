"""One prescription: a line, or several that belong together, as an exercise of a draft."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from voicecoach.errors import RoutineError
from voicecoach.importers.draft import DraftExercise, Remark
from voicecoach.importers.facts import Facts, take_apart
from voicecoach.importers.headless import spelled
from voicecoach.importers.hiding import hide, show
from voicecoach.importers.lines import Line
from voicecoach.importers.movement import is_position, moves
from voicecoach.importers.naming import (
    divide,
    is_instruction,
    joined,
    named,
    pieces,
    says_something,
    tidy_edges,
)
from voicecoach.importers.phrases import DOSE
from voicecoach.importers.reading import meaning
from voicecoach.routine.dose import format_dose
from voicecoach.routine.files import parse
from voicecoach.routine.readers import LONGEST

LONGEST_REMARK = 120
NO_DOSE = "no dose was found"
"""The reason why most lines are left out."""
_HELD = re.compile(
    r"hold (?:(?:a|an|the) )?(?!for\b|it\b|this\b|each\b|position|stretch|end\b|up\b|at\b|"
    r"in\b)((?:[a-z]\w* ){0,3}?[a-z]\w*)(?= for\b| ?[:~]| \d)(?<!stretch)(?<!position)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A line, divided into its name, its dose, and the rest."""

    line: Line
    facts: Facts
    name: str
    notes: tuple[str, ...]
    guesses: tuple[str, ...] = ()
    """What was assumed of it before its figures were read."""

    @property
    def has_dose(self) -> bool:
        """Tell whether anything of it can be a dose."""
        return self.facts.has_dose

    @property
    def is_continuation(self) -> bool:
        """Tell whether it only says more of what stands before it: a dose or sides without a name."""
        says_more = self.has_dose or bool({"both", "one", "rest", "tempo", "often"} & self.facts.found.keys())
        return says_more and (not self.name or is_instruction(self.name))


@lru_cache(maxsize=8)
def read(line: Line) -> Reading:
    """Divide a line."""
    text, cells = spelled(line.text)
    hidden_text, hidden = hide(text)
    facts = take_apart(hidden_text)
    name, notes = pieces(facts.rest)
    if not name:
        # "Hold a plank for 30 seconds".
        names = (_HELD.match(found.text) for found in facts.found.get("hold", ()))
        name = next((match[1] for match in names if match), "")
    held = next((found.text for found in facts.found.get("hold", ())), "")
    if (
        name.isalpha()
        and not is_position(name)
        and not moves(name, "")
        and re.match(r"holds? [~:\d]", held, re.IGNORECASE)
    ):
        # "Hollow hold 30 s": the word belongs to the name.
        name = f"{name} hold" if f"{name} {held}".lower() in hidden_text.lower() else name
    asides = [
        found.text.strip("() @,;:")
        for kind in (
            "link",
            "aim",
            "progress",
            "effort",
            "often",
            "slow",
            "weight",
            "unrested",
            "alternating",
            "unclear side",
        )
        for found in facts.found.get(kind, ())
    ]
    return Reading(
        line,
        facts,
        show(name, hidden),
        tuple(show(note, hidden) for note in (*notes, *asides) if note),
        (f"the cells are taken as {cells}",) if cells else (),
    )


def name_of(line: Line) -> str:
    """Return the name that a line without a dose is."""
    hidden_text, hidden = hide(line.text)
    return show(tidy_edges(hidden_text), hidden)


def exercise(reading: Reading, name: str, stage: str, more: Sequence[str] = ()) -> DraftExercise | Remark:
    """Make an exercise of a reading, or say why there is none.

    Args:
        reading: of all its lines.
        name: it may stand on another line.
        stage: the heading that it stands under.
        more: what other lines say of it.
    """
    title, rest = divide(name)
    said = [*rest, *reading.notes, *more]
    meant = meaning(reading.facts, name, stage)
    if not meant.dose:
        return remark(reading.line, meant.reason)
    instructions = [text for text in said if is_instruction(text)]
    instruction = joined(instructions)
    notes = [text for text in said if text not in instructions]
    if len(instruction) > LONGEST["text"]:
        instruction, notes = "", [*instructions, *notes]
    notes += [note for note in meant.notes if note]
    guesses = [*reading.guesses, *meant.guesses]
    unread = [note for note in reading.notes if re.fullmatch(r"[\d\W]*\d[\d\W]*", note) and "%" not in note]
    guesses += [f"'{note}' was not understood and is kept as a note" for note in unread]
    shown = named(title)
    if len(shown) < len(title.strip()) - 2:
        guesses.append("the name is shortened")
        notes.append(title)
    keys: dict[str, object] = {"name": shown, "dose": format_dose(meant.dose)}
    if meant.rest is not None:
        keys["rest"] = int(meant.rest) if meant.rest == int(meant.rest) else meant.rest
    if instruction:
        keys["instruction"] = instruction
    if any(note.lower() in {"optional", "if time", "if time permits"} for note in notes):
        keys["optional"] = 1
    if fault := _fault(keys):
        return remark(reading.line, fault)
    said_of = tuple(Remark(reading.line.number, _short(reading.line.raw), guess) for guess in guesses)
    return DraftExercise(keys, reading.line.number, tuple(dict.fromkeys(notes)), said_of)


def remark(line: Line, reason: str) -> Remark:
    """Return a remark about a line."""
    return Remark(line.number, _short(line.raw), reason)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_REMARK else f"{text[: LONGEST_REMARK - 3]}..."


def _fault(keys: dict[str, object]) -> str:
    """Return why the reader of routine files would refuse an exercise; empty: it does not."""
    # Figures and texts without control characters are written in TOML as they are in JSON.
    written = "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items())
    try:
        parse(f'title = "x"\n[[stage]]\ntitle = "x"\n[[stage.exercise]]\n{written}\n', "x")
    except RoutineError as error:
        return error.problems[0].rpartition(": ")[2]
    return ""


def several(line: Line) -> list[Line]:
    """Return the prescriptions that stand on one line, each with its own name and dose; mostly the line."""
    for pattern in (r";", r" \+ | & (?=[A-Z])", r",? then ", r", ", r"\. (?=[A-Z])", r" / "):
        parts = [part.strip() for part in re.split(pattern, line.text) if part.strip()]
        if len(parts) > 1 and all(_stands_alone(part) for part in parts):
            return [Line(line.number, part, part, is_item=line.is_item, indent=line.indent) for part in parts]
    return [line]


def _stands_alone(part: str) -> bool:
    hidden_text, _ = hide(part)
    facts = take_apart(hidden_text)
    before = facts.rest.split(DOSE)[0]
    name, _ = pieces(facts.rest)
    return facts.is_strong and len(name) > len("L,") and says_something(before) and not is_instruction(name)

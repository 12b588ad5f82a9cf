"""Sheets: prescriptions as therapists and trainers write them, as text or Markdown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from voicecoach.importers.columns import is_row, read_table
from voicecoach.importers.draft import Draft, DraftExercise, DraftStage, Remark
from voicecoach.importers.headings import PROGRAM, RESTED, ROUNDS, is_heading, title_above, titled
from voicecoach.importers.lines import Line, lines_of
from voicecoach.importers.naming import UNTITLED, is_instruction, title_of
from voicecoach.importers.paperwork import paperwork
from voicecoach.importers.plain import decoded
from voicecoach.importers.prescription import NO_DOSE, Reading, exercise, name_of, read, remark, several
from voicecoach.importers.quantities import TIMES, read_time
from voicecoach.routine.quantities import BOUNDS

_MORE = 400
"""Lines of one exercise, beyond which they are read for themselves."""


@dataclass(slots=True)
class _Stage:
    title: str
    line: Line | None = None
    items: list[DraftExercise | Remark] = field(default_factory=list)
    keys: dict[str, object] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is read, from top to bottom."""

    stages: list[_Stage] = field(default_factory=list)
    title: str = ""
    notes: list[str] = field(default_factory=list)
    """What stands beside the title."""
    undosed: list[Reading] = field(default_factory=list)
    """Lines without a dose since the last exercise or heading: one may be the name of the next."""
    open: list[Reading] = field(default_factory=list)
    """The exercise that is being read: its line, and the lines that say more of it."""
    name: str = ""
    said: list[str] = field(default_factory=list)

    @property
    def stage(self) -> _Stage:
        if not self.stages:
            self.stages.append(_Stage(UNTITLED))
        return self.stages[-1]

    def close(self) -> None:
        """Make an exercise of what is being read."""
        if self.open:
            self.stage.items += _merged(self.open, self.name, self.stage.title, self.said)
        self.open, self.name, self.said = [], "", []

    def give_up(self) -> None:
        """Keep the lines without a dose as remarks."""
        self.close()
        if self.undosed:
            self.stage.items += [remark(reading.line, NO_DOSE) for reading in self.undosed]
        self.undosed = []


def read_sheet(data: bytes, name: str) -> Draft:
    """Read a sheet of plain text or Markdown.

    Raises:
        RoutineError: it is no text in UTF-8, or too large.
    """
    lines = lines_of(decoded(data, name))
    sheet = _Sheet()
    index = 0
    while index < len(lines):
        if is_row(lines, index):
            sheet.give_up()
            items, index = read_table(lines, index, sheet.stage.title)
            sheet.stage.items += items
            continue
        _take(sheet, lines, index)
        index += 1
    sheet.give_up()
    return _draft(sheet, name)


def _take(sheet: _Sheet, lines: Sequence[Line], index: int) -> None:
    """Read the next line."""
    line = lines[index]
    if line.is_long:
        sheet.give_up()
        sheet.stage.items.append(
            remark(line, f"the line has {len(line.raw):,} characters; is it a prescription?")
        )
        return
    reading = read(line)
    if _names_the_sheet(sheet, reading, lines, index):
        return
    if (reason := paperwork(line.text)) and not _says_more(sheet, line):
        sheet.give_up()
        sheet.stage.items.append(remark(line, reason))
    elif is_heading(reading, lines, index):
        _head(sheet, line)
    elif reading.is_continuation and not (reading.name and _begins_anew(sheet, reading)):
        _continue(sheet, reading)
    elif reading.has_dose:
        _begin(sheet, reading)
    elif sheet.open and _explains(sheet, line) and len(sheet.said) < _MORE:
        sheet.said.append(line.text)
    else:
        sheet.undosed.append(reading)


def _says_more(sheet: _Sheet, line: Line) -> bool:
    """Tell whether a line stands close below an exercise or a name: it is then about that."""
    is_below = bool(sheet.open or sheet.undosed) and not line.after_gap
    return is_below and bool(
        re.match(r"(?:goal|aim|freq|equip|weight|time|duration|progress)", line.text, re.IGNORECASE)
    )


def _names_the_sheet(sheet: _Sheet, reading: Reading, lines: Sequence[Line], index: int) -> bool:
    """Take the title of a sheet with a name behind it: "KNEE REHAB - Jane Doe"."""
    if index or reading.has_dose or reading.line.is_item or not (named := title_above(reading.line.text)):
        return False
    if index + 1 < len(lines) and not lines[index + 1].is_long and read(lines[index + 1]).is_continuation:
        return False
    sheet.title, note = named
    sheet.notes.append(note)
    return True


def _begin(sheet: _Sheet, reading: Reading) -> None:
    sheet.give_up()
    parts = several(reading.line)
    for part in parts:
        sheet.close()
        of_part = read(part) if len(parts) > 1 else reading
        sheet.open, sheet.name = [of_part], of_part.name


def _continue(sheet: _Sheet, reading: Reading) -> None:
    """Add a dose without a name to the exercise above, or to the name above."""
    if sheet.undosed:
        sheet.close()
        paragraph = len(sheet.undosed) - 1
        while (
            paragraph
            and not sheet.undosed[paragraph].line.after_gap
            and not sheet.undosed[paragraph].line.is_item
        ):
            paragraph -= 1
        if paragraph and is_instruction(sheet.undosed[paragraph].line.text):
            paragraph -= 1
        *unused, named = sheet.undosed[: paragraph + 1]
        after = sheet.undosed[paragraph + 1 :]
        sheet.undosed = unused
        sheet.give_up()
        sheet.open, sheet.name = [named, reading], name_of(named.line)
        sheet.said = [other.line.text for other in after]
    elif sheet.open and not (reading.facts.is_joined and any(above.facts.is_strong for above in sheet.open)):
        sheet.open.append(reading)
    else:
        sheet.close()
        sheet.stage.items.append(remark(reading.line, "a dose without a name"))
        return
    if reading.name:
        sheet.said.append(reading.name)


def _begins_anew(sheet: _Sheet, reading: Reading) -> bool:
    """Tell whether an instruction with a dose is an exercise of its own."""
    if sheet.undosed:
        return False
    if not sheet.open:
        return True
    above = sheet.open[0]
    is_beside = reading.line.is_item and above.line.is_item and reading.line.indent <= above.line.indent
    return is_beside or (above.facts.is_strong and reading.facts.is_strong)


def _explains(sheet: _Sheet, line: Line) -> bool:
    """Tell whether a line without a dose says more of the exercise above it."""
    above = sheet.open[0].line
    if sheet.undosed:
        return False
    deeper = line.indent > above.indent
    return (
        deeper
        or (is_instruction(line.text) and not (line.is_item and above.is_item))
        or (line.text.lower().startswith(("note:", "notes:", "cue:", "cues:", "tip:", "(")))
    )


def _merged(
    readings: Sequence[Reading], name: str, stage: str, said: Sequence[str]
) -> list[DraftExercise | Remark]:
    """Make one exercise of all its lines; where they do not go together, of the first."""
    first, *others = readings
    if not others:
        return [exercise(first, name, stage, said)]
    dosed = [reading for reading in readings if reading.has_dose or reading is not first]
    text = " , ".join(reading.line.text.rstrip(" .") for reading in (readings if first.has_dose else dosed))
    line = Line(first.line.number, " / ".join(reading.line.raw for reading in readings), text)
    whole = read(line)
    notes = whole.notes
    if is_instruction(whole.name) or whole.name != name:
        notes = (
            *(() if whole.name in said or whole.name == name else (whole.name,) if whole.name else ()),
            *notes,
        )
    apart = tuple(
        f"the rest on line {other.line.number} is taken for it"
        for other in others
        if other.line.after_gap and other.facts.found.keys() == {"rest"} and not other.facts.figures
    )
    made = exercise(Reading(line, whole.facts, name, notes, apart), name, stage, said)
    alone = exercise(first, name, stage, said) if first.has_dose else made
    if isinstance(made, Remark) and isinstance(alone, DraftExercise):
        return [alone, *(remark(other.line, made.reason) for other in others)]
    return [made]


def _head(sheet: _Sheet, line: Line) -> None:
    sheet.give_up()
    above: list[DraftExercise | Remark] = []
    if (
        len(sheet.stages) == 1
        and sheet.stages[0].line
        and not sheet.title
        and not _has_exercise(sheet.stages[0])
    ):
        # Two headings with no exercise between them: the first is that of the sheet.
        above = sheet.stages[0].items
        sheet.title = sheet.stages.pop().title
    notes = [note.strip() for note in re.findall(r"\(([^()]*)\)", line.text)]
    title = re.sub(r"\([^()]*\)", " ", line.text).strip(" :-=*")
    if rested := RESTED.search(line.text):
        notes += [rested[0].strip(" ,")] if RESTED.search(title) else []
        title = RESTED.sub("", title).strip(" :-=*,;")
    stage = _Stage(titled(title or line.text), line, items=above, notes=notes)
    if match := ROUNDS.search(line.text):
        rounds = int(match[1] or match[2])
        if BOUNDS["rounds"].low < rounds <= BOUNDS["rounds"].high:
            stage.keys["rounds"] = rounds
            stage.title = titled(ROUNDS.sub("", title).strip(" :-=*,") or title)
        if rested and (seconds := TIMES.search(rested[0])):
            pause = read_time(seconds[0]).low
            if BOUNDS["rest"].low <= pause <= BOUNDS["rest"].high:
                stage.keys["rest"] = int(pause)
    if not sheet.stages and not sheet.title and PROGRAM.search(title):
        sheet.title = stage.title
        return
    sheet.stages.append(stage)


def _has_exercise(stage: _Stage) -> bool:
    return any(isinstance(item, DraftExercise) for item in stage.items)


def _draft(sheet: _Sheet, name: str) -> Draft:
    stages: list[DraftStage] = []
    waiting: list[DraftExercise | Remark] = []
    for stage in sheet.stages:
        if _has_exercise(stage):
            stages.append(DraftStage(stage.title, (*waiting, *stage.items), stage.keys, tuple(stage.notes)))
            waiting = []
        else:
            waiting += [remark(stage.line, "no exercise was found under it")] if stage.line else []
            waiting += stage.items
    if waiting:
        last = stages.pop() if stages else DraftStage(UNTITLED, ())
        stages.append(replace(last, items=(*last.items, *waiting)))
    return Draft(
        sheet.title or title_of(name),
        tuple(stages),
        {"language": "en", "source": f"imported from {PurePath(name).name}"},
        tuple(sheet.notes),
    )

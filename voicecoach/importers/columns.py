"""Tables of exercises: CSV, and tables of Markdown or tabs within a sheet.

Columns are known by the words of their heads. The cells of a row are put together as a line is written
("2 sets, 8 reps, hold 3 s"), so that a row means what the same line would mean.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType

from voicecoach.errors import RoutineError
from voicecoach.importers.draft import Draft, DraftExercise, DraftStage, Remark
from voicecoach.importers.heads import delimiter, is_head, kinds_of, units_of
from voicecoach.importers.lines import Line, readable
from voicecoach.importers.naming import UNTITLED, named, title_of
from voicecoach.importers.plain import LONGEST_LINE, decoded, plain, tidy
from voicecoach.importers.prescription import NO_DOSE, Reading, exercise, read, remark
from voicecoach.importers.quantities import RANGE

_FIGURE = re.compile(rf"^ ?{RANGE}$")
_WRITTEN: Mapping[str, str] = MappingProxyType(
    {
        "sets": "{} sets",
        "reps": "{} reps",
        "hold": "hold {} {unit}",
        "time": "{} {unit}",
        "rest": "rest {} {unit}",
    }
)
"""How a figure without a unit is written in a line."""
_NOTHING = frozenset({"", "-", "--", "n/a", "na", "none", "no", "nil", "0", "/", "x", "false", "n"})
_SIDES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            ("both", "each", "yes", "y", "true", "1", "2", "lr", "rl", "b", "bilateral", "ea", "per side"),
            "each side",
        ),
        **dict.fromkeys(("l", "left", "left only", "l only"), "left only"),
        **dict.fromkeys(("r", "right", "right only", "r only"), "right only"),
    }
)


def read_csv(data: bytes, name: str) -> Draft:
    """Read a table of exercises with a head: exercise, sets, reps, hold, time, side, rest, tempo, notes.

    Raises:
        RoutineError: it is no text in UTF-8, too large, or has no column of names.
    """
    text = decoded(data, name)
    rows = _rows(text, name)
    at = next((index for index, (_, cells) in enumerate(rows) if is_head(cells)), None)
    if at is None and (read_by_order := _headless(rows)):
        return _draft(name, (DraftStage(UNTITLED, read_by_order),))
    if at is None:
        message = f"{name}: no line names the columns; write one, as exercise,sets,reps,hold,side,rest,notes"
        raise RoutineError([message])
    kinds, units = kinds_of(rows[at][1]), units_of(rows[at][1])
    before = tuple(
        Remark(number, _shown(cells), "it stands above the names of the columns")
        for number, cells in rows[:at]
    )
    items: list[tuple[str, DraftExercise | Remark]] = []
    stage = UNTITLED
    for number, cells in rows[at + 1 :]:
        filled = [cell for cell in cells if cell]
        if "stage" in kinds and kinds.index("stage") < len(cells) and cells[kinds.index("stage")]:
            stage = cells[kinds.index("stage")]
        elif len(filled) == 1 and filled[0] == cells[0] and _heads(filled[0]):
            stage = filled[0].strip(" :")
            continue
        items.append((stage, row(number, cells, kinds, stage, units)))
    stages = tuple(
        DraftStage(named(title), tuple(item for of, item in items if of == title))
        for title in dict.fromkeys(title for title, _ in items)
    )
    return _draft(name, stages, before)


def _draft(name: str, stages: tuple[DraftStage, ...], before: tuple[Remark, ...] = ()) -> Draft:
    source = f"imported from {PurePath(name).name}"
    return Draft(title_of(name), stages, {"language": "en", "source": source}, remarks=before)


def _headless(rows: Sequence[tuple[int, list[str]]]) -> tuple[DraftExercise | Remark, ...]:
    """Read a table that does not name its columns, where most of its rows are exercises; else nothing."""
    items = []
    for number, cells in rows:
        filled = [cell for cell in cells if cell]
        raw = _shown(cells)[:LONGEST_LINE]
        reading = read(Line(number, raw, plain(" | ".join(filled)[:LONGEST_LINE])))
        is_whole = reading.has_dose and bool(reading.name) and len(filled) > 1
        made = exercise(reading, reading.name, UNTITLED) if is_whole else remark(reading.line, NO_DOSE)
        items.append(made)
    read_well = sum(isinstance(item, DraftExercise) for item in items)
    return tuple(items) if read_well * 2 > len(items) else ()


def _heads(cell: str) -> bool:
    reading = read(Line(0, cell, plain(cell)))
    return not reading.has_dose and len(cell) <= 60  # noqa: PLR2004 - a heading


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything, with the numbers of their lines."""
    lines = text.split("\n")
    if long := next((number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE * 10), None):
        raise RoutineError(
            [f"{name}:{long}: the line has {len(lines[long - 1]):,} characters; is it a table?"]
        )
    reader = csv.reader(io.StringIO(text), delimiter=delimiter(lines), skipinitialspace=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            tidied = [tidy(cell) for cell in cells]
            if any(tidied):
                rows.append((line, tidied))
            line = reader.line_num + 1
    except csv.Error as error:
        raise RoutineError([f"{name}:{reader.line_num}: not a table: {error}"]) from error
    return rows


def row(
    number: int, cells: Sequence[str], kinds: Sequence[str], stage: str, units: Sequence[str]
) -> DraftExercise | Remark:
    """Read one row.

    Args:
        number: of its line.
        cells: of the row.
        kinds: of its columns.
        stage: that it stands in.
        units: of time, that the heads of its columns name.
    """
    raw = _shown(cells)
    line = Line(number, raw, "")
    if len(raw) > LONGEST_LINE:
        return remark(line, f"the row has {len(raw):,} characters; is it a prescription?")
    by_kind: dict[str, str] = {}
    notes: list[str] = []
    for index, cell in enumerate(cells):
        kind = kinds[index] if index < len(kinds) else "notes"
        if not cell or (not kind and cell.rstrip(".)").isdigit()):
            continue
        if kind in {"notes", "", "weight", "often", "instruction"}:
            notes.append(
                cell if kind != "often" or not cell.isdigit() else f"{cell} times, as the table has it"
            )
        elif kind not in by_kind:
            by_kind[kind] = readable(cell)
    name = by_kind.pop("name", "")
    if not name:
        return remark(line, "the row has no name")
    by_kind.pop("stage", None)
    of_kind = dict(zip(kinds, units, strict=True))
    text = " , ".join(_phrases(by_kind, of_kind))
    reading = read(Line(number, raw, text))
    if not reading.has_dose:
        # The name, or the notes, may have it.
        whole = read(Line(number, raw, f"{name} , {text}" if text else name))
        if whole.has_dose and whole.name:
            return exercise(whole, whole.name, stage, notes)
        return remark(line, "the row has no sets, reps or time")
    guesses = tuple(
        f"a {kind} without a unit is taken as seconds"
        for kind in ("hold", "time", "rest")
        if not of_kind.get(kind) and _is_bare(by_kind.get(kind, ""))
    )
    extra = ((reading.name,) if reading.name else ()) + reading.notes
    return exercise(Reading(reading.line, reading.facts, name, extra, guesses), name, stage, notes)


def _is_bare(cell: str) -> bool:
    """Tell whether a cell is a figure without a unit."""
    return cell.lower() not in _NOTHING and ":" not in cell and bool(_FIGURE.match(f" {cell}"))


def _phrases(by_kind: Mapping[str, str], units: Mapping[str, str]) -> Iterator[str]:
    """Yield the cells of a row as phrases of a line."""
    order = ("sets", "dose", "reps", "hold", "time", "side", "tempo", "rest")
    has_reps = bool(by_kind.get("reps", "").strip())
    for kind in order:
        cell = by_kind.get(kind, "").strip()
        low = cell.lower()
        if kind == "side":
            if low in _SIDES:
                yield _SIDES[low]
            elif low not in _NOTHING:
                yield cell
        elif low in _NOTHING:
            continue
        elif kind == "tempo":
            yield f"tempo {cell}"
        elif _is_bare(cell) and kind in _WRITTEN:
            yield _WRITTEN[kind].format(cell, unit=units.get(kind) or "s")
        elif (kind == "hold" and not re.search("hold|max|fail", low)) or (kind == "time" and has_reps):
            yield f"hold {cell}"
        elif kind == "rest" and "rest" not in low:
            yield f"rest {cell}"
        else:
            yield cell


def _shown(cells: Sequence[str]) -> str:
    return ", ".join(cell for cell in cells if cell)


def _cells(line: Line) -> list[str]:
    """Return the cells of a line of a table within a sheet."""
    return [cell.strip() for cell in line.raw.strip().strip("|").split("|")]


def is_row(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a table begins at a line of a sheet: one that names columns between bars."""
    line = lines[index]
    return not line.is_long and "|" in line.raw and is_head(_cells(line))


def read_table(lines: Sequence[Line], index: int, stage: str) -> tuple[list[DraftExercise | Remark], int]:
    """Read a table within a sheet, and return its exercises and the place after it."""
    kinds, units = kinds_of(_cells(lines[index])), units_of(_cells(lines[index]))
    items: list[DraftExercise | Remark] = []
    index += 1
    while index < len(lines) and "|" in lines[index].raw and not lines[index].is_long:
        items.append(row(lines[index].number, _cells(lines[index]), kinds, stage, units))
        index += 1
    return items, index

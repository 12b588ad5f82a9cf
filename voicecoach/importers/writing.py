"""A draft written as a routine file, with what could not be read as comments at its place."""

import re
from collections.abc import Iterator, Mapping

import tomlkit

from voicecoach.errors import RoutineError
from voicecoach.importers.draft import Draft, DraftExercise, DraftStage, Remark
from voicecoach.importers.plain import tidy
from voicecoach.routine.files import SCHEMA, parse
from voicecoach.routine.readers import LONGEST

LONGEST_COMMENT = 300
"""Characters; what is longer is cut."""
_EXAMPLE = "write a name and a dose on a line, as 'Clamshell 3 x 10 per side'"


def write(draft: Draft, name: str) -> str:
    """Return the text of a routine file; `name` is what errors call the file that was read.

    Raises:
        RoutineError: there is no exercise in it.
    """
    if not any(draft.exercises()):
        left_out = len(list(draft.left_out()))
        why = f": {left_out} lines have no dose that could be read" if left_out else ""
        raise RoutineError([f"{name}: no exercise was found{why}; {_EXAMPLE}"])
    above = [_comment(note) for note in draft.notes] + [_comment(_unread(remark)) for remark in draft.remarks]
    document = tomlkit.document()
    document["schema"] = SCHEMA
    document["title"] = _name(draft.title, "Routine")
    for key, value in draft.keys.items():
        document[key] = tidy(value)[: LONGEST["text"]] if isinstance(value, str) else value
    text = "".join([*above, "\n"] if above else []) + tomlkit.dumps(document)
    # Comments between tables have their place in the text, which tomlkit does not keep for tables in arrays.
    text += "".join(_stage(stage) for stage in draft.stages)
    parse(text, name)
    return text


def _stage(stage: DraftStage) -> str:
    lines = ["\n"]
    is_empty = not any(isinstance(item, DraftExercise) for item in stage.items)
    if is_empty and not stage.items and not stage.notes:
        return f"\n{_comment(stage.title)}"
    lines += [_comment(note) for note in stage.notes]
    if is_empty:
        lines.append(_comment(f"{stage.title}: nothing of it could be read"))
    else:
        lines.append(_table("stage", {"title": _name(stage.title, "Exercises"), **stage.keys}))
    for item in stage.items:
        lines.append("\n")
        lines += _item(item)
    return "".join(lines)


def _item(item: DraftExercise | Remark) -> Iterator[str]:
    if isinstance(item, Remark):
        yield _comment(_unread(item))
        return
    for note in item.notes:
        yield _comment(note)
    for guess in item.guesses:
        yield _comment(_placed(guess, f"assumed: {guess.reason}"))
    yield _table("stage.exercise", item.keys)


def _table(head: str, values: Mapping[str, object]) -> str:
    table = tomlkit.table()
    for key, value in values.items():
        table[key] = value
    return f"[[{head}]]\n{table.as_string()}"


def _unread(remark: Remark) -> str:
    return _placed(remark, f"could not be read: '{remark.text}' ({remark.reason})")


def _placed(remark: Remark, text: str) -> str:
    return f"line {remark.line}: {text}" if remark.line else text


def _comment(text: str) -> str:
    """Return a comment: one line, without control characters, of a sensible length."""
    plain = tidy(text)
    return f"# {plain if len(plain) <= LONGEST_COMMENT else f'{plain[: LONGEST_COMMENT - 3]}...'}\n"


def _name(text: str, otherwise: str) -> str:
    """Return a text as a routine file takes it for a name."""
    plain = re.sub(r"\s+", " ", tidy(text))[: LONGEST["name"]].strip()
    return plain if any(char.isalnum() for char in plain) else otherwise

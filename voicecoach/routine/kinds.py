"""The kinds of values that the keys of a routine file have: read, described to editors, and typed.

A row joins three things that have to agree: the reader of the TOML value, the JSON Schema of what that
reader takes, and how the value is written where it is typed on a command line.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from voicecoach.routine import readers
from voicecoach.routine.quantities import BOUNDS, Bounds
from voicecoach.routine.readers import LANGUAGE_TAG, LONGEST, Reader
from voicecoach.units import parse_duration

Schema = Mapping[str, Any]
"""A JSON Schema (draft 7) as plain values."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is."""

    read: Reader
    """Turn the TOML value into a value of the model, or raise ValueError with what was wanted."""
    schema: Schema
    typed: Callable[[str], object] | None = str
    """Turn what is typed into the TOML value, or raise ValueError; None: it cannot be typed."""


def _figure(text: str) -> int | float:
    seconds = parse_duration(text)
    return int(seconds) if seconds.is_integer() else seconds


def typed_range(text: str) -> object:
    """Read ``30``, ``2-3``, ``1:00-1:30`` or ``1-2m`` as a number, or as a list of two."""
    low, dash, high = text.partition("-")
    if not dash or not low.strip():
        return _figure(text)
    unit = re.search(r"[a-zA-Z]*\s*$", high)
    shared = unit[0] if unit and ":" not in low and not re.search(r"[a-zA-Z]", low) else ""
    return [_figure(low.strip() + shared), _figure(high)]


def typed_counts(text: str) -> object:
    """Read ``3`` or ``2-3`` as a number, or as a list of two."""
    low, dash, high = text.partition("-")
    return [_whole(low), _whole(high)] if dash and low.strip() else _whole(text)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        message = f"'{text}' is not a whole number"
        raise ValueError(message) from None


def _flag(text: str) -> bool:
    if text not in {"true", "false"}:
        message = "wanted true or false"
        raise ValueError(message)
    return text == "true"


def _date(text: str) -> object:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = "wanted a date, as 2026-06-01"
        raise ValueError(message) from None


def _list(text: str) -> object:
    """Read ``["mat", "wall"]`` as a list, anything else as one text."""
    if not text.lstrip().startswith("["):
        return text
    try:
        return tomllib.loads(f"list = {text}")["list"]
    except (ValueError, RecursionError):
        message = 'wanted one text, or a list as in ["mat", "wall"]'
        raise ValueError(message) from None


def _text(longest: str) -> Kind:
    return Kind(readers.text_of(longest), {"type": "string", "maxLength": LONGEST[longest]})


def _one_or_more(read: Reader, schema: Schema) -> Kind:
    return Kind(read, {"anyOf": [schema, {"type": "array", "items": schema}]}, _list)


def _within(bounds: Bounds) -> Schema:
    return {
        "type": "integer" if bounds.whole else "number",
        "minimum": bounds.low,
        "maximum": bounds.high,
    }


_DURATION: Schema = {"type": "string", "pattern": r"^\s*\d[\d.:a-zA-Z\s]*$"}
"""A duration in quotes: near enough to tell it from a word."""


def _range_of(schemas: Iterable[Schema]) -> Schema:
    """Return the schema of one figure, or two from low to high."""
    one = list(schemas)
    two = {"type": "array", "items": {"anyOf": one}, "minItems": 2, "maxItems": 2}
    return {"anyOf": [*one, two]}


def seconds(what: str) -> Kind:
    """Return the kind of one length within the bounds of a quantity."""
    return Kind(readers.read_figure, {"anyOf": [_within(BOUNDS[what]), _DURATION]}, _figure)


def lengths(*quantities: str) -> Kind:
    """Return the kind of a length or of two, within the bounds of one of some quantities."""
    bounds = [BOUNDS[what] for what in quantities]
    widest = Bounds(min(each.low for each in bounds), max(each.high for each in bounds), "s")
    return Kind(readers.read_range, _range_of((_within(widest), _DURATION)), typed_range)


def counts(what: str) -> Kind:
    """Return the kind of a count, or of two, within the bounds of a quantity."""
    return Kind(readers.read_counts, _range_of((_within(BOUNDS[what]),)), typed_counts)


def choice(choices: Mapping[str, object]) -> Kind:
    """Return the kind of one word of some."""
    return Kind(readers.one_of(choices), {"enum": list(choices)})


_NAME: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST["name"]}
_LINE: Schema = {"type": "string", "maxLength": LONGEST["line"]}
NAME = Kind(readers.read_name, _NAME)
TEXT = _text("text")
LINE = _text("line")
NAMES = _one_or_more(readers.read_names, _NAME)
LINES = _one_or_more(readers.read_lines, _LINE)
FLAG = Kind(readers.read_flag, {"type": "boolean"}, _flag)
RANK = Kind(readers.read_rank, _within(BOUNDS["optional"]), _whole)
LANGUAGE = Kind(readers.read_language, {"type": "string", "pattern": f"^{LANGUAGE_TAG}$"})
DATE = Kind(readers.read_date, {"type": "string", "format": "date"}, _date)
PATH = Kind(readers.read_path, {"type": "string", "minLength": 1})
DOSE = Kind(
    readers.read_dose,
    {**_LINE, "examples": ["2-3 x 30 s per side", "3 x 10 reps, 5 s hold", "1 x 45-60 s moving"]},
)
TEMPO = Kind(readers.read_tempo, {**_LINE, "examples": ["3-1-1-0"]})
BREATH = Kind(readers.read_breath, {**_LINE, "examples": ["4-6"]})
FORM = Kind(
    readers.read_form,
    {**_LINE, "minLength": 1, "examples": ["clam-with-band", "hip-mobility-2/side-lying-leg-raise"]},
)
RULE = Kind(
    readers.read_rule,
    {**_LINE, "examples": ["after 3 easy: hold +5 s to 45 s, sets +1 to 3, next form", "off"]},
)
SAYINGS = Kind(
    readers.read_sayings,
    {
        "type": "array",
        "maxItems": readers.MOST_SAYINGS,
        "items": {
            "type": "object",
            "required": ["at", "text"],
            "additionalProperties": False,
            "properties": {
                "at": seconds("at").schema,
                "text": {**_LINE, "minLength": 1},
            },
        },
    },
    None,
)
WORDS = Kind(
    readers.read_pronunciation,
    {"type": "object", "additionalProperties": _LINE, "maxProperties": readers.MOST_WORDS},
    None,
)
VERSION = Kind(lambda value: value, {"const": 1}, None)
"""The reader of the file looks at it before all else."""
TABLES = Kind(readers.read_tables, {"type": "array", "minItems": 1}, None)
"""What is in the tables, the schema of a whole file adds."""

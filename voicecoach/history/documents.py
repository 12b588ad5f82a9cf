"""The log as documents: sessions as JSON and as CSV. Pure.

Versioned by ``schema``; readers ignore keys that they do not know.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from voicecoach.history.records import Pain, Performed, Record

SCHEMA = 1
"""The version of the document."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula; the last four are the wide ones of East Asia."""
UNDER_WAY = "under way"
"""How the end of a session is called that plays right now."""

_OPENING = ("session", "began", "routine", "title", "origin", "end", "feel", "level_form", "level_rung")
_EXERCISE = ("address", "exercise", "muscle", "aim")
_SET = (
    "kind",
    "round",
    "set",
    "side",
    "planned_seconds",
    "done_seconds",
    "planned_reps",
    "done_reps",
    "extended",
    "paused",
    "skipped",
    "done",
)
COLUMNS = (*_OPENING, *_EXERCISE, *_SET)
"""Of the table of sets."""


def ending(record: Record, under_way: int | None = None) -> str:
    """Say how a session ended.

    Args:
        record: the session.
        under_way: the number of the one that plays right now, which looks as if nobody had ended it.
    """
    return UNDER_WAY if record.id == under_way and record.ended is None else str(record.end)


def record_json(record: Record, under_way: int | None = None) -> dict[str, Any]:
    """Return all that the log has of a session, as plain values for JSON."""
    known = _fields(record)
    opening = known.pop("opening")
    for one, performed in zip(known["performed"], record.performed, strict=True):
        one["done"] = performed.is_done
    return {"session": known.pop("id"), **opening, **known, "end": ending(record, under_way)}


def pain_json(pain: Pain) -> dict[str, Any]:
    """Return a pain as plain values for JSON."""
    return _fields(pain)


def document(
    records: Iterable[Record], pains: Iterable[Pain], under_way: int | None = None
) -> dict[str, Any]:
    """Return sessions and pains as one document for JSON; one session may be under way."""
    return {
        "schema": SCHEMA,
        "sessions": [record_json(record, under_way) for record in records],
        "pains": [pain_json(pain) for pain in pains],
    }


def _fields(value: Record | Pain) -> dict[str, Any]:
    return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    """Return a value as JSON has it: moments as ISO 8601 writes them."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    match value:
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case dt.date():
            return value.isoformat()
        case None | bool() | int() | float():
            return value
        case _:
            return str(value)


def sets_csv(records: Iterable[Record], under_way: int | None = None) -> str:
    """Return one row for each set, under a row of names, as RFC 4180 has it: with CR and LF at its end."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS)
    rows.writeheader()
    for record in records:
        rows.writerows(
            {name: _cell(value) for name, value in row.items()} for row in _rows(record, under_way)
        )
    return text.getvalue()


def _rows(record: Record, under_way: int | None) -> Iterator[dict[str, object]]:
    for one in record.performed:
        yield {
            **_of_session(record, one),
            "end": ending(record, under_way),
            **{name: getattr(one, name, None) for name in _SET},
            "done": one.is_done,
        }


def _of_session(record: Record, one: Performed) -> dict[str, object]:
    opening, asked = record.opening, record.prescribed(one.address)
    level = asked.level if asked else None
    return {
        "session": record.id,
        "began": opening.began.isoformat(),
        "routine": opening.routine,
        "title": opening.title,
        "origin": opening.origin,
        "feel": record.feel,
        "level_form": level.form if level else None,
        "level_rung": level.rung if level else None,
        "address": one.address,
        "exercise": asked.name if asked else None,
        "muscle": asked.muscle if asked else None,
        "aim": asked.aim if asked else None,
    }


def _cell(value: object) -> object:
    """Return what stands in a cell; a text that a spreadsheet would run as a formula is made one to read."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.3f}".rstrip("0").rstrip(".")
        case str() if value.startswith(FORMULA):
            return f"'{value}"
        case _:
            return value

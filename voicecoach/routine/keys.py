"""The keys of a routine file: tables of names and the readers of their values.

A reader turns a TOML value into a value of the model, or raises ValueError with what was wanted; the
place is added by the reader of the file.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from voicecoach.errors import did_you_mean
from voicecoach.routine.dose import Dose, parse_dose
from voicecoach.routine.model import BOTH_SIDES, Aim, Order, Posture, Side
from voicecoach.routine.pace import PACES
from voicecoach.routine.quantities import HUGE, Breath, Range, Tempo
from voicecoach.routine.work import Starts
from voicecoach.units import parse_duration

LONGEST = MappingProxyType({"name": 80, "line": 200, "text": 2000})
"""Characters of a name, of a line, and of a text that is spoken."""

Reader = Callable[[object], object]
"""Turn a TOML value into a value of the model, or raise ValueError with what was wanted."""


def _text(longest: str) -> Reader:
    limit = LONGEST[longest]

    def read(value: object) -> str:
        if not isinstance(value, str):
            message = "wanted text in quotes"
            raise ValueError(message)
        if len(value) > limit:
            message = f"has {len(value):,} characters; at most {limit:,}"
            raise ValueError(message)
        return " ".join(value.split())

    return read


def _name(value: object) -> str:
    text = str(_text("name")(value))
    if not text.isprintable():
        message = "holds a control character, which nobody can see or say; take it out"
        raise ValueError(message)
    if not any(character.isalnum() for character in text):
        message = "wanted a name with a letter or digit, since it is spoken"
        raise ValueError(message)
    return text


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(str(_name(item)) for item in values)


def _figure(value: object) -> float:
    if isinstance(value, str):
        return parse_duration(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "wanted a number, as 30, or a duration, as '1:30'"
        raise ValueError(message)
    if abs(value) > HUGE:
        message = "wanted a number of a sensible size"
        raise ValueError(message)
    return float(value)


def _range(value: object) -> Range:
    match value:
        case [low, high]:
            return Range(_figure(low), _figure(high))
        case list():
            message = "wanted one number, or two as in [2, 3]"
            raise ValueError(message)
        case _:
            return Range.just(_figure(value))


def _counts(value: object) -> Range:
    try:
        return _range(value)
    except ValueError as error:
        # Whoever writes a word here was told of durations.
        message = str(error) if "duration" not in str(error) else "wanted a number, or two as in [2, 3]"
        raise ValueError(message) from error


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        message = "wanted true or false"
        raise ValueError(message)
    return value


def _rank(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        message = "wanted a whole number: the rank in which it may be left out"
        raise ValueError(message)
    return int(_figure(value))


def _one_of(choices: Mapping[str, object]) -> Reader:
    def read(value: object) -> object:
        if not isinstance(value, str) or value not in choices:
            near = did_you_mean(value, list(choices)) if isinstance(value, str) else ""
            message = f"wanted one of {', '.join(choices)}{near}"
            raise ValueError(message)
        return choices[value]

    return read


def _language(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*", value):
        message = "wanted a language tag, as en or pt-br"
        raise ValueError(message)
    return value.lower()


def _date(value: object) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, date) or isinstance(value, datetime):
        message = "wanted a date, as 2026-06-01"
        raise ValueError(message)
    return value


def _dose(value: object) -> Dose:
    return parse_dose(str(_text("line")(value)))


def _tempo(value: object) -> Tempo:
    return Tempo.parse(str(_text("line")(value)))


def _breath(value: object) -> Breath:
    return Breath.parse(str(_text("line")(value)))


def _path(value: object) -> str:
    # As it is: a name may have two spaces in it, or begin with one.
    if not isinstance(value, str) or not value.strip():
        message = "wanted the path of a file or folder in quotes"
        raise ValueError(message)
    if not value.isprintable():
        message = "holds a control character, which no path has; take it out"
        raise ValueError(message)
    return value


def _lines(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(str(_text("line")(item)) for item in values)


def _pronunciation(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        message = "wanted a table of words and how to spell them for the voice"
        raise ValueError(message)
    return MappingProxyType(
        {str(_text("line")(word)): str(_text("line")(said)) for word, said in value.items()}
    )


def _tables(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        message = "wanted a table under double brackets, as [[stage]]"
        raise ValueError(message)
    return value


SIDES: Mapping[str, tuple[tuple[Side, ...], bool]] = MappingProxyType(
    {
        "both": (BOTH_SIDES, False),
        **{f"{side} first": ((side, side.other), False) for side in Side},
        **{side.value: ((side,), False) for side in Side},
        **{f"{side} only": ((side,), True) for side in Side},
    }
)
"""The sides in their order, and whether one alone is meant."""

ORDERS: Mapping[str, Order] = MappingProxyType({order.value: order for order in Order})

ROUTINE_KEYS: Mapping[str, Reader] = MappingProxyType(
    {
        "schema": lambda value: value,
        "title": _name,
        "language": _language,
        "introduction": _text("text"),
        "caution": _text("text"),
        "source": _text("text"),
        "date": _date,
        "pace": _one_of(PACES),
        "pronunciation": _pronunciation,
        "stage": _tables,
    }
)
"""The keys at the top of a routine file."""

STAGE_KEYS: Mapping[str, Reader] = MappingProxyType(
    {
        "title": _name,
        "purpose": _text("text"),
        "aim": _one_of({aim.value: aim for aim in Aim}),
        "rounds": _counts,
        "rest": _figure,
        "reminders": _lines,
        "music": _path,
        "exercise": _tables,
    }
)
"""The keys of a ``[[stage]]``."""

EXERCISE_KEYS: Mapping[str, Reader] = MappingProxyType(
    {
        "name": _name,
        "dose": _dose,
        "sets": _counts,
        "hold": _range,
        "time": _range,
        "reps": _counts,
        "contract": _range,
        "deepen": _range,
        "relax": _figure,
        "open": _range,
        "wait": _range,
        "breath": _breath,
        "per_side": _flag,
        "sides": _one_of(SIDES),
        "order": _one_of(ORDERS),
        "rest": _figure,
        "tempo": _tempo,
        "starts": _one_of({start.value: start for start in Starts}),
        "instruction": _text("text"),
        "caution": _text("text"),
        "muscle": _text("line"),
        "equipment": _texts,
        "posture": _one_of({posture.value: posture for posture in Posture}),
        "optional": _rank,
        "reminders": _lines,
    }
)
"""The keys of a ``[[stage.exercise]]``."""

PLAIN_WORK: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "reps": ("hold",),
        "contract": ("deepen", "relax"),
        "hold": (),
        "time": (),
        "open": (),
        "wait": (),
    }
)
"""The key that tells a kind of work, and the keys that go with it. The first one there decides."""
PLAIN_DOSE = ("sets", "per_side", "sides", *PLAIN_WORK, "deepen", "relax")
"""The keys of an exercise that together say what ``dose`` says in one line."""

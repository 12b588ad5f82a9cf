"""The readers of values: what a TOML value has to be.

A reader turns a TOML value into a value of the model, or raises ValueError with what was wanted; the
place is added by the reader of the file.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from voicecoach.errors import did_you_mean
from voicecoach.routine.address import slug
from voicecoach.routine.dose import Dose, parse_dose
from voicecoach.routine.progression import Rule, parse_rule
from voicecoach.routine.quantities import HUGE, Breath, Range, Tempo
from voicecoach.routine.work import Saying
from voicecoach.units import parse_duration

LANGUAGE_TAG = r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*"

LONGEST = MappingProxyType({"name": 80, "line": 200, "text": 2000})
"""Characters of a name, of a line, and of a text that is spoken."""
MOST_WORDS = 300
"""Words of a table of pronunciations: each is looked for in every text."""
MOST_SAYINGS = 200
"""Texts that one exercise may have said at moments of a set."""

Reader = Callable[[object], object]
"""Turn a TOML value into a value of the model, or raise ValueError with what was wanted."""


def text_of(longest: str) -> Reader:
    """Return a reader of text of so many characters; blanks and line ends become one blank each."""
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


def read_name(value: object) -> str:
    """Read a name, which is spoken."""
    text = str(text_of("name")(value))
    if not text.isprintable():
        message = "holds a control character, which nobody can see or say; take it out"
        raise ValueError(message)
    if not any(character.isalnum() for character in text):
        message = "wanted a name with a letter or digit, since it is spoken"
        raise ValueError(message)
    return text


def read_names(value: object) -> tuple[str, ...]:
    """Read one name or a list of them."""
    values = value if isinstance(value, list) else [value]
    return tuple(str(read_name(item)) for item in values)


def read_figure(value: object) -> float:
    """Read a number or a duration."""
    if isinstance(value, str):
        return parse_duration(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = "wanted a number, as 30, or a duration, as '1:30'"
        raise ValueError(message)
    if abs(value) > HUGE:
        message = "wanted a number of a sensible size"
        raise ValueError(message)
    return float(value)


def read_range(value: object) -> Range:
    """Read one figure, or two from low to high."""
    match value:
        case [low, high]:
            return Range(read_figure(low), read_figure(high))
        case list():
            message = "wanted one number, or two as in [2, 3]"
            raise ValueError(message)
        case _:
            return Range.just(read_figure(value))


def read_counts(value: object) -> Range:
    """Read one count, or two from low to high."""
    try:
        return read_range(value)
    except ValueError as error:
        # Whoever writes a word here was told of durations.
        message = str(error) if "duration" not in str(error) else "wanted a number, or two as in [2, 3]"
        raise ValueError(message) from error


def read_flag(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        message = "wanted true or false"
        raise ValueError(message)
    return value


def read_rank(value: object) -> int:
    """Read the rank in which an exercise may be left out."""
    if isinstance(value, bool) or not isinstance(value, int):
        message = "wanted a whole number: the rank in which it may be left out"
        raise ValueError(message)
    return int(read_figure(value))


def one_of(choices: Mapping[str, object]) -> Reader:
    """Return a reader of one of some words."""

    def read(value: object) -> object:
        if not isinstance(value, str) or value not in choices:
            near = did_you_mean(value, list(choices)) if isinstance(value, str) else ""
            message = f"wanted one of {', '.join(choices)}{near}"
            raise ValueError(message)
        return choices[value]

    return read


def read_language(value: object) -> str:
    """Read a language tag."""
    if not isinstance(value, str) or not re.fullmatch(LANGUAGE_TAG, value):
        message = "wanted a language tag, as en or pt-br"
        raise ValueError(message)
    return value.lower()


def read_date(value: object) -> date:
    """Read a date, with quotes or without."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, date) or isinstance(value, datetime):
        message = "wanted a date, as 2026-06-01"
        raise ValueError(message)
    return value


def read_dose(value: object) -> Dose:
    """Read a dose."""
    return parse_dose(str(text_of("line")(value)))


def read_tempo(value: object) -> Tempo:
    """Read a tempo."""
    return Tempo.parse(str(text_of("line")(value)))


def read_breath(value: object) -> Breath:
    """Read a pace of breathing."""
    return Breath.parse(str(text_of("line")(value)))


def read_rule(value: object) -> Rule:
    """Read a rule of progress."""
    return parse_rule(str(text_of("line")(value)))


def read_form(value: object) -> str:
    """Read the name of a form of this file, or ``ROUTINE/EXERCISE``; return it as it is looked up."""
    text = str(text_of("line")(value))
    routine, slash, exercise = text.rpartition("/")
    routine = routine.strip()
    address = ".".join(slug(part) for part in exercise.split("."))
    if not all(address.split(".")) or (slash and not re.fullmatch(r"\w[\w-]*", routine)):
        message = "wanted the name of a [[form]], as clam-with-band, or ROUTINE/EXERCISE"
        raise ValueError(message)
    return f"{routine}/{address}" if slash else slug(exercise)


def read_path(value: object) -> str:
    """Read the path of a file or folder."""
    # As it is: a name may have two spaces in it, or begin with one.
    if not isinstance(value, str) or not value.strip():
        message = "wanted the path of a file or folder in quotes"
        raise ValueError(message)
    if not value.isprintable():
        message = "holds a control character, which no path has; take it out"
        raise ValueError(message)
    return value


def read_lines(value: object) -> tuple[str, ...]:
    """Read one line of text or a list of them."""
    values = value if isinstance(value, list) else [value]
    return tuple(str(text_of("line")(item)) for item in values)


def read_sayings(value: object) -> tuple[Saying, ...]:
    """Read what is to be said at moments of a set."""
    if not isinstance(value, list) or not all(
        isinstance(item, dict) and item.keys() == {"at", "text"} for item in value
    ):
        message = 'wanted moments and texts, as [{ at = 10, text = "Breathe out." }]'
        raise ValueError(message)
    if len(value) > MOST_SAYINGS:
        message = f"holds {len(value):,} texts; at most {MOST_SAYINGS}"
        raise ValueError(message)
    return tuple(Saying(read_figure(item["at"]), _said(item["text"])) for item in value)


def _said(value: object) -> str:
    if not (text := str(text_of("line")(value))):
        message = "a text to be said is empty"
        raise ValueError(message)
    return text


def read_pronunciation(value: object) -> Mapping[str, str]:
    """Read a table of words and how they are spelt for a voice."""
    if not isinstance(value, dict):
        message = "wanted a table of words and how to spell them for the voice"
        raise ValueError(message)
    if len(value) > MOST_WORDS:
        message = f"holds {len(value):,} words; at most {MOST_WORDS}"
        raise ValueError(message)
    return MappingProxyType(
        {str(text_of("line")(word)): str(text_of("line")(said)) for word, said in value.items()}
    )


def read_tables(value: object) -> list[dict[str, object]]:
    """Read an array of tables."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        message = "wanted a table under double brackets, as [[stage]]"
        raise ValueError(message)
    return value

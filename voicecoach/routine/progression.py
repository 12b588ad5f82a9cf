"""Progression: the rule by which an exercise gets harder, read and written as clinicians write it. Pure.

As ``after 3 easy: hold +5 s to 45 s, sets +1 to 3, next form``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from voicecoach.routine.quantities import BOUNDS, Bounds
from voicecoach.units import number, parse_duration

AFTER = 3
"""Easy sessions in a row before a step, where a rule does not say: the project's own."""
MOST_AFTER = Bounds(1, 50, "easy sessions", whole=True)
MOST_INCREMENTS = 6
"""Increments of one rule: few enough to be looked over."""
OFF_WORD = "off"
EXAMPLE = "'after 3 easy: hold +5 s to 45 s, sets +1 to 3, next form', or 'off'"


class Quantity(StrEnum):
    """Name what of a dose can grow."""

    HOLD = "hold"
    """Seconds of a hold, of the stretch after pressing, or of the hold in each rep."""
    TIME = "time"
    """Seconds of movement."""
    REPS = "reps"
    SETS = "sets"

    @property
    def is_time(self) -> bool:
        """Tell whether it counts seconds."""
        return self in {Quantity.HOLD, Quantity.TIME}


@dataclass(frozen=True, slots=True)
class Increment:
    """One quantity, its steps, and where they end."""

    quantity: Quantity
    by: int
    """Seconds, reps or sets."""
    up_to: int

    def __post_init__(self) -> None:
        """Check the figures."""
        BOUNDS[self.quantity].check(self.quantity, self.up_to)
        if not 1 <= self.by <= self.up_to:
            message = (
                f"{self.quantity} +{self.by} to {self.up_to}: a step is 1 or more, and no more than its end"
            )
            raise ValueError(message)

    def __str__(self) -> str:
        """Write it as ``hold +5 s to 45 s``, or ``sets +1 to 3``."""
        unit = " s" if self.quantity.is_time else ""
        return f"{self.quantity} +{self.by}{unit} to {self.up_to}{unit}"


@dataclass(frozen=True, slots=True)
class Rule:
    """When an exercise gets harder, and how: one increment after another, then another form."""

    after: int = AFTER
    """Easy sessions in a row, each of them complete."""
    increments: tuple[Increment, ...] = ()
    """In the order in which they are gone through."""
    to_next_form: bool = False
    """Whether the next form takes its place after the last increment."""

    def __post_init__(self) -> None:
        """Check the number of sessions and of increments."""
        MOST_AFTER.check("after", self.after)
        if len(self.increments) > MOST_INCREMENTS:
            message = f"it has {len(self.increments)} increments; at most {MOST_INCREMENTS}"
            raise ValueError(message)

    @property
    def is_off(self) -> bool:
        """Tell whether it changes nothing at all."""
        return not self.increments and not self.to_next_form

    def __str__(self) -> str:
        """Write it as `format_rule` does."""
        return format_rule(self)


OFF = Rule()
"""The rule of an exercise that stays as it is written."""


def format_rule(rule: Rule) -> str:
    """Write a rule so that `parse_rule` reads it back as it was; one that changes nothing is ``off``."""
    if rule.is_off:
        return OFF_WORD
    parts = [*map(str, rule.increments), *(["next form"] if rule.to_next_form else [])]
    return f"after {rule.after} easy: {', '.join(parts)}"


_NUMBERS: Mapping[str, int] = MappingProxyType(
    {word: count for count, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)}
)
_WORDS: Mapping[str, Quantity] = MappingProxyType(
    {
        "hold": Quantity.HOLD,
        "holds": Quantity.HOLD,
        "time": Quantity.TIME,
        "moving": Quantity.TIME,
        "movement": Quantity.TIME,
        "rep": Quantity.REPS,
        "reps": Quantity.REPS,
        "repetition": Quantity.REPS,
        "repetitions": Quantity.REPS,
        "set": Quantity.SETS,
        "sets": Quantity.SETS,
    }
)
_QUANTITY = "|".join(sorted(_WORDS, key=len, reverse=True))
_UNIT = r"minutes?|mins?|m|seconds?|secs?|s"
_AMOUNT = rf"\d{{1,6}}(?::\d\d|[.]\d{{1,3}})?\s*(?:(?:{_UNIT})\b)?"
_HEAD = re.compile(
    r"after\s+(?P<after>\d{1,6}|[a-z]+)\s+easy\b\s*(?:(?:sessions?|times|days?|ones?)\b)?\s*"
    r"(?:in a row\b)?\s*[:,]?"
)
_PART = re.compile(
    rf"(?:add\s+|plus\s+)?(?:(?P<before>{_QUANTITY})\b\s*)?(?:by\s+)?\+?\s*(?P<by>{_AMOUNT})\s*"
    rf"(?:(?:of\s+|to\s+the\s+|more\s+)?(?P<between>{_QUANTITY})\b)?\s*"
    rf"(?:up\s+to|until|to|max(?:imum)?)\s+(?P<end>{_AMOUNT})\s*(?:(?P<behind>{_QUANTITY})\b)?"
)
_NEXT = re.compile(r"(?:go\s+(?:on\s+)?)?(?:to\s+)?(?:the\s+)?(?:next|harder)\s+(?:form|exercise|one)")
_BETWEEN = re.compile(r"\s*(?:[,;]|\band\b|\bthen\b)[\s,;]*(?:(?:and|then)\b[\s,;]*)*")
_PLAIN = str.maketrans("–—−\N{FULLWIDTH PLUS SIGN}", "---+")  # noqa: RUF001 - as people write them


def parse_rule(text: str) -> Rule:
    """Read a rule.

    Raises:
        ValueError: the text is no rule, or a figure is out of bounds; the message says what was wanted.
    """
    plain = " ".join(text.translate(_PLAIN).lower().split()).strip(" .")
    if plain == OFF_WORD:
        return OFF
    head = _HEAD.match(plain)
    if not head and plain.startswith("after"):
        message = f"'{text}' does not say after how many easy sessions; write {EXAMPLE}"
        raise ValueError(message)
    after = _count(head["after"], text) if head else AFTER
    parts = [part for part in _BETWEEN.split(plain[head.end() if head else 0 :].strip(" ,;")) if part]
    if not parts:
        message = f"'{text}' does not say what gets harder; write {EXAMPLE}"
        raise ValueError(message)
    to_next_form = bool(_NEXT.fullmatch(parts[-1]))
    steps = parts[:-1] if to_next_form else parts
    return Rule(after, tuple(_increment(part, text) for part in steps), to_next_form)


def _count(word: str, text: str) -> int:
    if word.isdecimal():
        return int(word)
    if word not in _NUMBERS:
        message = f"'{text}': '{word}' is no number of easy sessions; write {EXAMPLE}"
        raise ValueError(message)
    return _NUMBERS[word]


def _increment(part: str, text: str) -> Increment:
    if _NEXT.fullmatch(part):
        message = f"'{text}': the next form comes last, since all that follows would be of that"
        raise ValueError(message)
    match = _PART.fullmatch(part)
    if not match:
        message = f"'{text}' is not a rule of progress (at '{part}'); write {EXAMPLE}"
        raise ValueError(message)
    named = {_WORDS[word] for word in match.group("before", "between", "behind") if word}
    if len(named) != 1:
        what = "names two quantities" if named else "does not say of what"
        message = f"'{text}': '{part}' {what}; write hold, time, reps or sets, as in {EXAMPLE}"
        raise ValueError(message)
    quantity = named.pop()
    return Increment(quantity, *(_figure(match[name], quantity, text) for name in ("by", "end")))


def _figure(amount: str, quantity: Quantity, text: str) -> int:
    is_time = ":" in amount or bool(re.search("[a-z]", amount))
    if is_time and not quantity.is_time:
        message = f"'{text}': '{amount.strip()}' is a time, and {quantity} are counted"
        raise ValueError(message)
    figure = parse_duration(amount)
    if not figure.is_integer():
        message = f"'{text}': {number(figure)} is not a whole number"
        raise ValueError(message)
    return int(figure)

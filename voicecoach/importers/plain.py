"""The text of a sheet: its encoding, its limits, and its characters made plain."""

import re
import unicodedata

from voicecoach.errors import RoutineError
from voicecoach.importers.tongues import in_english
from voicecoach.routine import texts

LONGEST_LINE = 1_000
"""Characters. What is longer is no prescription."""
MOST_LINES = 2_000

_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("×✕✖⨯хⅹ", "x"),  # noqa: RUF001 - as people and word processors write them
        **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001
        **dict.fromkeys("“”„‟″〃", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),  # noqa: RUF001
        **dict.fromkeys("∕⁄", "/"),  # noqa: RUF001
        "：": ":",  # noqa: RUF001
        "，": ",",  # noqa: RUF001
        "＠": "@",  # noqa: RUF001
        "…": "...",
    }
)
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75", "⅓": ".33", "⅔": ".67"}
_PART = re.compile(r"(?:(\d+) ?)?([½¼¾⅓⅔])(?= ?(?:min|hour|hr|h\b|m\b|sec))", re.IGNORECASE)
_HALF = re.compile(r"(?:\b(\d{1,2}) )?\b1/2(?= ?(?:min|hour|hr)s?)", re.IGNORECASE)
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
_WORDS = {word: value for value, word in enumerate(_ONES)} | {
    "sixteen": 16,
    "eighteen": 18,
    "twenty": 20,
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
_WORD = "|".join(re.escape(word).replace(r"\-", "[- ]") for word in sorted(_WORDS, key=len, reverse=True))
_COUNTED = (
    r"(?:sets?|reps?|rep|repetitions?|times?|rounds?|seconds?|secs?|minutes?|mins?|hours?|breaths?|x\b)"
)
_NUMBER_WORDS = re.compile(
    rf"\b({_WORD})\b(?=(?: ?(?:-|to|or) ?(?:{_WORD}|\d+)\b)?[ -](?:\w+[ -])?{_COUNTED})"
    rf"|(?<=\bof )({_WORD})\b|(?<=\bto )({_WORD})\b(?=[ -]{_COUNTED})",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(rf"\b({_WORD}|\d{{1,2}}) and (?:a|one) half (?=min|hour)", re.IGNORECASE)
_PLURAL = re.compile(r"(?<=[a-z])\(s\)", re.IGNORECASE)
_OTHER_WORDS = (
    (re.compile(r"\bhalf (?:a |of a )?min(?:ute)?\b", re.IGNORECASE), "30 seconds"),
    (re.compile(r"\b(?:a|one) min(?:ute)? and a half\b", re.IGNORECASE), "90 seconds"),
    (re.compile(r"\b(?:a|one) (minute|hour)\b", re.IGNORECASE), r"1 \1"),
    (re.compile(r"\ba couple (?:of )?(?=sets|reps|times|minutes|rounds)", re.IGNORECASE), "2 "),
    (re.compile(r"\ba few (?=sets|reps|times|minutes|rounds)", re.IGNORECASE), "3 "),
    (re.compile(r"\ba dozen\b", re.IGNORECASE), "12"),
    (re.compile(r"\brepeat (once|one more time|1 more time)\b", re.IGNORECASE), "2 times"),
    (
        re.compile(r"\b(?:repeat )?twice\b(?! ?(?:a|per|daily|each|every|/|weekly|on))", re.IGNORECASE),
        "2 times",
    ),
    (re.compile(r"\bthrice\b(?! ?(?:a|per|daily|each|every|/|weekly))", re.IGNORECASE), "3 times"),
    (re.compile(r"(?<=\d) times (?=\d+(?!\d| ?(?:a |per|x|times|/)))", re.IGNORECASE), " x "),
    # x and * between or beside figures stand alone.
    (
        re.compile(
            r"(?<!@ \d\d)(?<!@\d\d)(?<!tempo \d\d)(?<!tempo: \d\d)(?<=[\ds\"']) ?[x*] ?(?=[\d:~(])",
            re.IGNORECASE,
        ),
        " x ",
    ),
    (re.compile(r"(?<![a-z0-9])x(?=[\d:~])", re.IGNORECASE), "x "),
    (re.compile(r"(?<=\d)x(?![a-z0-9])", re.IGNORECASE), " x"),
    (re.compile(r"(?<=\d)x(?=amrap|max|fail)", re.IGNORECASE), " x "),
)


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file.

    Raises:
        RoutineError: it is too large, or no UTF-8 text; one line says how to mend it.
    """
    text = texts.decoded(data, name, "a sheet of exercises")
    if "\0" in text:
        raise RoutineError([f"{name}: holds NUL bytes: no text"])
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (count := text.count("\n")) > MOST_LINES:
        raise RoutineError(
            [f"{name}: has {count:,} lines, at most {MOST_LINES:,}; is it a sheet of exercises?"]
        )
    return text


def tidy(text: str) -> str:
    """Return a text on one line without control or invisible characters, with single spaces."""
    seen = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return " ".join(seen.split())


def plain(text: str) -> str:
    """Return a line in plain characters, with its number words before a unit as figures.

    ``4x:30`` becomes ``4 x :30``, ``thirty seconds`` becomes ``30 seconds``, ``1½ min`` ``1.5 min``.
    """
    made = tidy(text).translate(_CHARACTERS)
    made = _PLURAL.sub("s", made)
    made = _AND_A_HALF.sub(lambda match: f"{_WORDS.get(match[1].lower(), match[1])}½ ", made)
    made = _PART.sub(lambda match: f"{match[1] or 0}{_FRACTIONS[match[2]]}", made)
    made = _HALF.sub(lambda match: f"{match[1] or 0}.5", made)
    made = in_english(made)
    for pattern, written in _OTHER_WORDS[:3]:
        made = pattern.sub(written, made)
    made = _NUMBER_WORDS.sub(lambda match: str(_WORDS[match[0].lower().replace(" ", "-")]), made)
    # A word before "to" or "-" is seen once the word after it is a figure.
    for pattern, written in _OTHER_WORDS[3:]:
        made = pattern.sub(written, made)
    return made

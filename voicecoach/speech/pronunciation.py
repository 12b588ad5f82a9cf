"""Pronunciation: what a voice would misread, and how it is written so that it reads it well.

One table per language; English stands here. A word is replaced as a whole, whatever its case, and a
pattern is a regular expression with what it becomes. A routine's own table goes before both.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Becomes = str | Callable[[re.Match[str]], str]
"""What a pattern is replaced with: a template as of `re.Match.expand`, or a function of the match."""


@dataclass(frozen=True, slots=True)
class Table:
    """What is mended in one language."""

    words: Mapping[str, str] = field(default_factory=dict)
    """Words and abbreviations, and what is spoken instead."""
    patterns: Mapping[str, Becomes] = field(default_factory=dict)
    """Regular expressions without named groups, and what each becomes; the first that fits wins."""


def _counted(number: str, one: str, other: str) -> str:
    """Return ``1 second`` or ``30 seconds``."""
    return f"{number} {one if number == '1' else other}"


def _clock(match: re.Match[str]) -> str:
    """Read ``1:30`` as one minute thirty seconds."""
    minutes, seconds = int(match[1]), int(match[2])
    parts = [(minutes, "minute"), (seconds, "second")]
    return " ".join(_counted(str(number), one, f"{one}s") for number, one in parts if number) or "0 seconds"


_FRACTIONS = {
    "1/2": ("a half", "and a half"),
    "1/3": ("a third", "and a third"),
    "2/3": ("two thirds", "and two thirds"),
    "1/4": ("a quarter", "and a quarter"),
    "3/4": ("three quarters", "and three quarters"),
    "1/8": ("an eighth", "and an eighth"),
}
_GLYPHS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8"}


def _fraction(match: re.Match[str]) -> str:
    """Read ``1/2`` as a half, ``2 1/2`` as two and a half."""
    alone, after = _FRACTIONS[_GLYPHS.get(match[2], match[2])]
    return f"{match[1]} {after}" if match[1] else alone


def _pair(between: str) -> Callable[[re.Match[str]], str]:
    """Read ``2-3`` as two to three, ``3/10`` as three of ten, and ``90/90`` as ninety ninety."""
    return lambda match: f"{match[1]} " if match[1] == match[2] else f"{match[1]} {between} "


def _unit(one: str, other: str) -> Callable[[re.Match[str]], str]:
    """Read ``1 s`` as one second, ``30s`` as thirty seconds."""
    return lambda match: _counted(match[1], one, other)


_ALONE = r"(?:(?<![\w.:/])|(?<=\d[x\u00d7]))"
"""Where a number begins that is no part of another, or of a word."""
_NUMBER = _ALONE + r"(\d+(?:\.\d+)?)"
_UNITS = {
    # After the number at once, after a blank or a hyphen.
    r"[ -]?(?:s|secs?)": ("second", "seconds"),
    r"(?:m|[ -]?mins?)": ("minute", "minutes"),
    r"[ -]?(?:h|hrs?)": ("hour", "hours"),
    r"[ -]?kg": ("kilogram", "kilograms"),
    r"[ -]?lbs?": ("pound", "pounds"),
    r"[ -]?mm": ("millimetre", "millimetres"),
    r"[ -]?cm": ("centimetre", "centimetres"),
    r"[ -]m": ("metre", "metres"),
    r" ?\u2033": ("second", "seconds"),
    r" ?\u2032": ("minute", "minutes"),
}

_ENGLISH = Table(
    words={
        # As eSpeak NG 1.52 misreads them with its American voice; checked by its phonemes.
        "ITB": "I.T.B.",  # "itb"
        "ACL": "A.C.L.",  # "ackle"
        "ROM": "range of motion",  # "rom"
        "TA": "T.A.",  # "tah"
        "EMOM": "every minute on the minute",  # "eemom"
        "HIIT": "hit",  # "hee-it"
        "CARs": "cars",  # "car", and spelled out after another word
        "gluts": "glutes",  # rhymes with "huts"
        "patella": "puh-tella",  # "pay tella"
        "patellar": "puh-tellar",
        "peroneal": "perro-neal",  # "perony-al"
        "peroneals": "perro-neals",
        "L/R": "left and right",
        "R/L": "right and left",
        "(L)": "left",
        "(R)": "right",
        "and/or": "and or",
        "w/": "with",
        "w/o": "without",
        "vs": "versus",
        "vs.": "versus",
        "&": "and",
        "→": "to",
    },
    patterns={
        r"(?<![\w:])(\d{1,2}):([0-5]\d)(?![\w:])(?! ?[ap]\.?m)": _clock,
        r"\b(set|rep|round|side|stage|exercise|part) (\d+)/(\d+)(?![\w/])": r"\1 \2 of \3",
        r"(?:(?<![\w/.])(\d+) )?(?<![\w/.])(1/[2348]|[23]/[34])(?![\w/])": _fraction,
        r"(\d+)? ?([½⅓⅔¼¾⅛])": _fraction,
        r"(?<![\w/.])(\d+)/(?=(\d+)(?![\w/]))": _pair("of"),
        r"(?<![\w.-])\d+(?:[-\u2013]\d+){2,}(?![\w-])": lambda match: re.sub(r"\D", " ", match[0]),
        _NUMBER + r" ?[-\u2013] ?(?=(\d+(?:\.\d+)?)(?!\.?\d| ?[-\u2013] ?\d))": _pair("to"),
        r"(?<=\d) ?[x\u00d7] ?(?=\d)": " times ",
        r"(?<!\w)[x\u00d7] ?(\d+)(?!\w)": r"\1 times",
        _NUMBER + r" ?[x\u00d7](?!\w)": r"\1 times",
        # In your 60s: not seconds.
        r"(?:(?<=your )|(?<=their ))\d0s\b": r"\g<0>",
        **{_NUMBER + unit + r"(?!\w)": _unit(*words) for unit, words in _UNITS.items()},
        r"\b(?-i:L)(?= (?:side|leg|arm|hip|knee|foot|hand|shoulder)\b)": "left",
        r"\b(?-i:R)(?= (?:side|leg|arm|hip|knee|foot|hand|shoulder)\b)": "right",
        r"(?<=[a-z])/(?=(?:side|leg|arm|foot|hand|set|day|week)\b)": " per ",
        r"(?:#|\b(?-i:No\.)) ?(?=\d)": "number ",
        r"~ ?(?=\d)": "about ",
        r"< ?(?=\d)": "less than ",
        r"> ?(?=\d)": "more than ",
        r"≤ ?(?=\d)": "at most ",
        r"≥ ?(?=\d)": "at least ",
    },
)

_AGREEING: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "fr": {
        r"(?:minute|seconde|série|répétition)s?": {
            "1": "une",
            "21": "vingt et une",
            "31": "trente et une",
            "41": "quarante et une",
            "51": "cinquante et une",
            "61": "soixante et une",
        },
    },
    "de": {
        r"(?:Minute|Sekunde|Wiederholung|Übung|Runde)": {"1": "eine"},
        r"Satz": {"1": "ein"},
    },
    "es": {
        r"(?:minuto|segundo|ejercicio)s?": {
            "1": "un",
            "21": "veintiún",
            "31": "treinta y un",
            "41": "cuarenta y un",
            "51": "cincuenta y un",
            "61": "sesenta y un",
            "71": "setenta y un",
        },
        r"(?:repetición|repeticiones|series?)": {"1": "una", "21": "veintiuna", "31": "treinta y una"},
    },
    "it": {
        r"(?:minuto|secondo|esercizio)": {"1": "un"},
        r"(?:ripetizione|serie)": {"1": "una"},
    },
    "pt": {
        r"(?:repetição|repetições|séries?)": {
            "1": "uma",
            "2": "duas",
            "21": "vinte e uma",
            "22": "vinte e duas",
        },
    },
    "pl": {
        r"(?:minuta|sekunda|seria)": {"1": "jedna"},
        r"(?:minutę|sekundę|serię)": {"1": "jedną"},
        r"powtórzenie": {"1": "jedno"},
        r"(?:minuty|sekundy|serie)": {
            "2": "dwie",
            "22": "dwadzieścia dwie",
            "32": "trzydzieści dwie",
            "42": "czterdzieści dwie",
            "52": "pięćdziesiąt dwie",
            "62": "sześćdziesiąt dwie",
            "72": "siedemdziesiąt dwie",
        },
    },
}
"""By language and noun, the numbers that agree with it in gender: eSpeak NG 1.52 reads them as if alone."""


def _agreement(number: str, noun: str) -> str:
    return rf"(?<![\w.,:]){number}(?= {noun}(?!\w))"


TABLES = {
    "en": _ENGLISH,
    **{
        language: Table(
            patterns={
                _agreement(number, noun): said
                for noun, words in nouns.items()
                for number, said in words.items()
            }
        )
        for language, nouns in _AGREEING.items()
    },
}
"""By language, without a region. A language that is not here is only cleaned."""

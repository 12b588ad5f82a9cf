"""Text: from what a routine says to what an engine is given, in which nothing is markup any more."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from voicecoach.speech.pronunciation import TABLES, Becomes, Table

NO_WORDS: Mapping[str, str] = MappingProxyType({})
"""A routine's table of pronunciation that mends nothing."""
LONGEST_WORD = 60
"""Characters after which a word without an end is broken: engines have buffers of fixed length."""
_MANY_MARKS = re.compile(r"([\u0300-\u036f]{3})[\u0300-\u036f]+")
"""Accents on one letter; beyond three they are a prank."""

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc", "'"),
        **dict.fromkeys("\u2010\u2011\u2212", "-"),
        **dict.fromkeys("\u2014\u2015\u2026", ", "),
        "\u2044": "/",
    }
)
"""Signs that are written in several ways."""
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d|[^\w\s.,;:!?'-]|\b[LR]\b")
"""Without one of these and without one of its words, no rule applies."""
_SIGNS = frozenset(".,;:!?'-/%+=&@#$€£°\u00d7÷±")
"""What is kept beside letters, digits and accents."""
_TIDIED = (
    # What stands in brackets is an aside.
    (re.compile(r"[()]"), ", "),
    (re.compile(r"([^\w\s])\1+"), r"\1"),
    (re.compile(rf"(\w{{{LONGEST_WORD}}})(?=\w)"), r"\1 "),
    # A slash is spoken only within a fraction, a hyphen as such only within a word or before a number.
    (re.compile(r"(?<!\d)/|/(?!\d)"), " "),
    (re.compile(r"-(?![^\W_])|(?<![\w\s])-"), ", "),
    (re.compile(r"(?<![^\W_])'|'(?![^\W_])"), " "),
    (re.compile(r"\s+"), " "),
    # Of several stops in a row the strongest.
    (re.compile(r" ?[.,;:!?](?:[ .,;:!?]*[.,;:!?])?(?!\d)"), lambda stops: _strongest(stops[0])),
    (re.compile(r"^[\W_]+|\s+$"), ""),
)
"""Patterns and what they become, in this order."""


def spoken(text: str, language: str = "en", pronunciation: Mapping[str, str] = NO_WORDS) -> str:
    """Return what is sent to an engine: mended where it would be misread, and free of markup.

    Args:
        text: what is shown.
        language: its tag; a region is not looked at.
        pronunciation: the routine's own words, which go before those of the language.

    Returns:
        Plain text without control characters, tags and phonemes; empty if nothing in it can be spoken.
    """
    mend = _mender(language.lower().partition("-")[0], tuple(sorted(pronunciation.items())))
    mended = cleaned(mend(_TAG.sub(" ", _plain(text))))
    return mended if any(map(str.isalnum, mended)) else ""


def cleaned(text: str) -> str:
    """Return the text without anything that an engine could take for a command."""
    text = "".join(map(_kept, _TAG.sub(" ", _plain(text))))
    for pattern, becomes in _TIDIED:
        text = pattern.sub(becomes, text)
    return text


def _plain(text: str) -> str:
    """Write alike what looks alike, and drop what is not seen: direction marks, joiners, selectors."""
    text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    return _MANY_MARKS.sub(r"\1", "".join(map(_seen, text)))


@lru_cache(maxsize=4096)
def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cf", "Me"} or unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
        return ""
    return " " if category[0] in "CZ" else character


@lru_cache(maxsize=4096)
def _kept(character: str) -> str:
    """Keep what can be spoken: letters, digits, accents and a few signs; the rest becomes a blank."""
    category = unicodedata.category(character)
    # Modifier letters are for linguists, and what lies beyond the first plane is dead scripts and emoji.
    speakable = (category[0] in "LNM" or category == "Sc") and character <= "\uffff"
    if category == "Lm" and character not in "々ー":
        speakable = False
    return character if speakable or character in _SIGNS or character in "()" else " "


def _strongest(stops: str) -> str:
    """Return the stop with the longest pause, as the first of its kind in a run of stops."""
    return next((stop for kind in (".!?", ":;", ",") for stop in stops if stop in kind), "")


@lru_cache(maxsize=16)
def _mender(language: str, own: tuple[tuple[str, str], ...]) -> Callable[[str], str]:
    """Return a function that mends a text in one pass, so that nothing is mended twice.

    The routine's words come first, then those of the language, long ones before short ones, then patterns.
    """
    table = TABLES.get(language, Table())
    words = [*_long_first(dict(own)), *_long_first(table.words)]
    rules = [*(_whole_word(word, said) for word, said in words), *table.patterns.items()]
    triggers = [frozenset(_WORD.findall(word.lower())) for word, _ in words]
    compiled = [(re.compile(pattern, re.IGNORECASE), becomes) for pattern, becomes in rules]
    names = (f"(?P<rule{number}>{pattern})" for number, (pattern, _) in enumerate(rules))
    anywhere = re.compile("|".join(names), re.IGNORECASE)

    def becomes(found: re.Match[str]) -> str:
        pattern, becomes = compiled[int((found.lastgroup or "").removeprefix("rule"))]
        # Matched once more by itself, so that its groups count from one.
        alone = pattern.match(found.string, found.start()) or found
        return becomes(alone) if callable(becomes) else alone.expand(becomes)

    def mend(text: str) -> str:
        # Most phrases hold nothing to mend, and the search for all rules takes a fifth of a millisecond.
        present = set(_WORD.findall(text.lower()))
        if rules and (_FIGURE.search(text) or any(trigger <= present for trigger in triggers)):
            return anywhere.sub(becomes, text)
        return text

    return mend


def _long_first(words: Mapping[str, str]) -> list[tuple[str, str]]:
    plain = [(_plain(word).strip(), said) for word, said in words.items()]
    return sorted(plain, key=lambda pair: -len(pair[0]))


def _whole_word(word: str, said: str) -> tuple[str, Becomes]:
    """Return the pattern of a word that is no part of another; a sign at its edge counts as one by itself."""
    before, after = (edge.isalnum() for edge in (word[:1], word[-1:]))
    pattern = ("(?<!\\w)" if before else "") + re.escape(word) + ("(?!\\w)" if after else "")
    padded = ("" if before else " ") + said + ("" if after else " ")
    return (pattern if word else "(?!)"), lambda _: padded

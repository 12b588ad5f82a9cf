"""Texts of other people's files, made fit for a routine: printable, and no longer than they may be."""

import re
import unicodedata

from voicecoach.routine.readers import LONGEST

_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")


def plain(text: str) -> str:
    """Return a text with single spaces and without what nobody can see."""
    seen = (" " if character.isspace() else character for character in text)
    shown = "".join(one for one in seen if one == " " or unicodedata.category(one)[0] != "C")
    return " ".join(shown.split())


def fitted(text: str, longest: str = "text") -> str:
    """Return a text no longer than allowed: cut at the end of a sentence, else between two words.

    Args:
        text: any text.
        longest: which limit holds, a key of `LONGEST`.
    """
    text, limit = plain(text), LONGEST[longest]
    if len(text) <= limit:
        return text
    kept = _joined(_SENTENCE.split(text), limit) or _joined(text.split(" "), limit - 1).rstrip(",;:- ")
    return kept or text[:limit]


def _joined(parts: list[str], limit: int) -> str:
    """Return as many parts as fit, joined by spaces."""
    kept = ""
    for part in parts:
        longer = f"{kept} {part}".strip()
        if len(longer) > limit:
            break
        kept = longer
    return kept


def named(text: str, otherwise: str) -> str:
    """Return a name that can be spoken: the text, cut to its limit, or another one where it has no letter."""
    name = fitted(text, "name")
    return name if any(character.isalnum() for character in name) else otherwise


def title_of(text: str, file: str, otherwise: str) -> str:
    """Return the title of a workout: as it is written, else the name of its file, else what it is."""
    stem = re.split(r"[/\\]", file)[-1].rpartition(".")[0]
    return named(text, named(stem.replace("_", " "), otherwise))

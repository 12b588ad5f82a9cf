"""The heads of a table: what its columns hold, in which units, and what divides its cells."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from voicecoach.importers.plain import tidy

COLUMNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        kind: re.compile(pattern, re.IGNORECASE)
        for kind, pattern in {
            "name": (
                r"^(?:exercises?|name|exercise name|movements?|stretch(?:es)?|activity|drill|item|übung|"
                r"exercice|ejercicio|esercizio|oefening)\b"
            ),
            "rest": r"\b(?:rest|recovery|pause|repos|descanso|recupero|rust)\b",
            "often": r"\b(?:freq\w*|per (?:day|week)|(?:times|x)/(?:day|week)|days?|daily|weekly|often)\b",
            "sets": r"\b(?:sets?|rounds?|series|serien|sätze|séries|serie)\b(?!.*reps)",
            "reps": (
                r"\b(?:reps?|repetitions?|repeats?|count|wdh|wiederholungen|répétitions|repeticiones|"
                r"ripetizioni|herhalingen)\b"
            ),
            "hold": r"\b(?:hold|holds|held|isometric|halten)\b",
            "tempo": r"\b(?:tempo|cadence)\b",
            "time": (
                r"\b(?:time|duration|secs?|seconds|mins?|minutes|length|dauer|zeit|durée|duración|tiempo|"
                r"durata|duur)\b"
            ),
            "side": r"\b(?:sides?|each|unilateral|left|l/r|leg|bilateral|seite|côté|lado|lato|zijde)\b",
            "stage": r"\b(?:stage|section|block|phase|category|group|type|part)\b",
            "dose": r"\b(?:dose|dosage|prescription|sets.*reps|volume|amount)\b",
            "instruction": r"\b(?:instructions?|how|description|directions?|technique)\b",
            "weight": r"\b(?:weight|load|kgs?|lbs?|resistance|band|intensity|rpe|rir|effort|equipment)\b",
            "notes": (
                r"\b(?:notes?|comments?|cues?|remarks?|details?|tips?|tracking|bemerkung(?:en)?|"
                r"hinweise?)\b"
            ),
        }.items()
    }
)
"""The kinds of columns, by the words of their heads; the first that fits."""
_MINUTES = frozenset({"min", "mins", "minutes", "minuten", "minutos", "minuti"})
_SECONDS = frozenset({"s", "sec", "secs", "seconds", "sek", "sekunden", "secondes", "segundos"})
_DELIMITERS = ",;\t|"
_DOSES = frozenset({"sets", "reps", "hold", "time", "dose"})


def delimiter(lines: Sequence[str]) -> str:
    """Return what divides the cells of a table: a comma, a semicolon, a tab or a bar."""
    head = next((line for line in lines if any(is_head(line.split(mark)) for mark in _DELIMITERS)), "")
    if head:
        return max(_DELIMITERS, key=lambda mark: len(set(kinds_of(head.split(mark))) - {""}))
    few = [line for line in lines if line.strip()][:50]
    return max(_DELIMITERS, key=lambda mark: (sum(mark in line for line in few), "".join(few).count(mark)))


def kinds_of(cells: Sequence[str]) -> list[str]:
    """Return the kind of each column; empty where its head says nothing that is known."""
    kinds: list[str] = []
    for cell in cells:
        head = tidy(cell).strip(' "*:#').replace("_", " ")
        found = (kind for kind, pattern in COLUMNS.items() if pattern.search(head))
        kinds.append(
            next((kind for kind in found if kind not in kinds or kind == "notes"), "notes" if head else "")
        )
    return kinds


def is_head(cells: Sequence[str]) -> bool:
    """Tell whether cells name columns: one of names, and one of doses."""
    if len(cells) > 40 or any(len(cell) > 60 for cell in cells):  # noqa: PLR2004 - no heads
        return False
    kinds = set(kinds_of(cells))
    return "name" in kinds and bool(kinds & _DOSES)


def units_of(cells: Sequence[str]) -> list[str]:
    """Return the unit of time that each head names: s, min, or none."""
    heads = [re.sub(r"[^a-z]+", " ", cell.lower()).split() for cell in cells]
    return [
        "min" if _MINUTES.intersection(head) else "s" if _SECONDS.intersection(head) else "" for head in heads
    ]

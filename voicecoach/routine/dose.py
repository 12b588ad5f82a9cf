"""Doses, read and written the way clinicians write them: ``2-3 x 30 s per side``."""

import re
from dataclasses import dataclass

from voicecoach.routine.model import BOTH_SIDES, Exercise, Hold, Reps, Side, Timed, Work
from voicecoach.routine.quantities import ONCE, Range, Tempo
from voicecoach.units import parse_duration

EXAMPLES = "'2-3 x 30 s per side', '3 x 10 reps, 5 s hold', '1 x 60 s moving' or '2 x 8 @ 3-1-1-0'"

_RANGE = r"\d+(?:[.:]\d+)?(?:\s*-\s*\d+(?:[.:]\d+)?)?"
_SECONDS = r"hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s"
_HEAD = re.compile(
    rf"(?:(?P<sets>{_RANGE})\s*(?:x|sets?(?:\s+of)?)\s*)?"
    rf"(?P<amount>{_RANGE})\s*(?:(?P<seconds>{_SECONDS})(?:\s+holds?)?\b|(?:reps?|repetitions?|times)\b)?"
)
_QUALIFIERS = {
    "hold": re.compile(rf"(?P<range>{_RANGE})\s*(?P<unit>(?:{_SECONDS})\b)?\s*holds?\b"),
    "tempo": re.compile(r"@\s*(?P<tempo>[\d.]+(?:-[\d.]+)*)"),
    "sides": re.compile(r"(?:per|each|/)\s*side\b|both sides\b"),
    "only": re.compile(r"(?P<only>left|right)\s+(?:side\s+)?only\b"),
    "moving": re.compile(r"moving\b"),
}
_PLAIN = str.maketrans("×–—−", "x---")  # noqa: RUF001 - as people and word processors write them


@dataclass(frozen=True, slots=True)
class Dose:
    """What is done, how often, on which sides."""

    work: Work
    sets: Range = ONCE
    sides: tuple[Side, ...] = ()

    def __post_init__(self) -> None:
        """Check the sets."""
        self.sets.check("sets")


def parse_dose(text: str) -> Dose:
    """Read a dose.

    Raises:
        ValueError: the text is no dose, or a figure is out of bounds; the message says what was wanted.
    """
    plain = text.translate(_PLAIN).strip().lower()
    head = _HEAD.match(plain)
    if not head:
        raise _not_a_dose(text, plain)
    found = _qualifiers(text, plain[head.end() :])
    sets = _range(head["sets"]) if head["sets"] else ONCE
    if not head["seconds"] and ":" not in head["amount"]:
        work: Work = Reps(
            _range(head["amount"]),
            tempo=Tempo.parse(found["tempo"]["tempo"]) if "tempo" in found else None,
            hold=_range(found["hold"]["range"], found["hold"]["unit"] or "s") if "hold" in found else None,
        )
        unfit = found.keys() & {"moving"}
    else:
        kind = Timed if "moving" in found else Hold
        work = kind(_range(head["amount"], head["seconds"] or ""))
        unfit = found.keys() & {"tempo", "hold"}
    if unfit:
        message = (
            f"in '{text}', '{found[min(unfit)][0]}' does not go with '{head[0].strip()}'; write {EXAMPLES}"
        )
        raise ValueError(message)
    sides = (Side(found["only"]["only"]),) if "only" in found else BOTH_SIDES if "sides" in found else ()
    return Dose(work, sets, sides)


def format_dose(exercise: Exercise | Dose) -> str:
    """Write a dose so that `parse_dose` reads it back as it was (but for where a rep starts)."""
    work = exercise.work
    match work:
        case Hold(seconds):
            parts = [f"{exercise.sets} x {seconds} s"]
        case Timed(seconds):
            parts = [f"{exercise.sets} x {seconds} s moving"]
        case Reps(count, tempo, hold, _):
            parts = [f"{exercise.sets} x {count} reps"]
            parts += [f"{hold} s hold"] if hold else []
            parts += [f"@ {tempo}"] if tempo else []
    if exercise.sides:
        parts.append("per side" if len(exercise.sides) > 1 else f"{exercise.sides[0]} only")
    return ", ".join(parts)


def _qualifiers(text: str, rest: str) -> dict[str, re.Match[str]]:
    """Match what follows the amount, in any order, each kind at most once."""
    found: dict[str, re.Match[str]] = {}
    while rest := rest.lstrip(" ,;"):
        for name, pattern in _QUALIFIERS.items():
            if name not in found and (match := pattern.match(rest)):
                found[name], rest = match, rest[match.end() :]
                break
        else:
            raise _not_a_dose(text, rest)
    if {"sides", "only"} <= found.keys():
        raise _not_a_dose(text, found["only"][0])
    return found


def _range(text: str, unit: str = "") -> Range:
    low, _, high = text.partition("-")
    seconds = [parse_duration(end if ":" in end else end.strip() + unit) for end in (low, high or low)]
    return Range(*seconds)


def _not_a_dose(text: str, at: str) -> ValueError:
    where = f" (at '{at.strip()}')" if at.strip() not in {"", text.strip().lower()} else ""
    return ValueError(f"'{text}' is not a dose{where}; write {EXAMPLES}")

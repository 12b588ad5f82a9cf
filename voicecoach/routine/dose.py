"""Doses, read and written the way clinicians write them: ``2-3 x 30 s per side``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voicecoach.routine.model import BOTH_SIDES, Exercise, Side
from voicecoach.routine.quantities import ONCE, Breath, Range, Tempo
from voicecoach.routine.work import ContractRelax, Hold, Open, Reps, Timed, Wait, Work
from voicecoach.units import parse_duration

EXAMPLES = (
    "'2-3 x 30 s per side', '30 s, right first', '3 x 10 reps, 5 s hold', '10 x 5 s', '1 x 60 s moving', "
    "'2 x 8 @ 3-1-1-0', "
    "'3 x 6 s contract, 20 s deepen', '60 s, breathing 4-6', "
    "'2 x up to 60 s' or '30 s wait'"
)
SHORT_HOLD, MANY = 10, 5
"""Holds of fewer seconds, done so often and more, are reps with a hold in each (``10 x 5 s``) and not sets
with a rest between them: static stretches are held for 10 s and more (ACSM, Garber 2011)."""

_RANGE = r"\d+(?:[.:]\d+)?(?:\s*-\s*\d+(?:[.:]\d+)?)?"
_SECONDS = r"hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s"
_LENGTH = rf"(?P<range>{_RANGE})\s*(?P<unit>(?:{_SECONDS})\b)?\s*"
_HEAD = re.compile(
    rf"(?:(?P<sets>{_RANGE})\s*(?:(?P<of>sets?(?:\s+of|\s*x)?)|x)\s*)?"
    rf"(?:(?P<reps>{_RANGE})\s*(?:reps?\s*)?x\s*)?"
    rf"(?P<most>up\s+to\s+)?"
    rf"(?P<amount>{_RANGE})\s*(?:(?P<seconds>{_SECONDS})(?:\s+holds?)?\b|(?:reps?|repetitions?|times)\b)?"
)
_QUALIFIERS = {
    "hold": re.compile(rf"{_LENGTH}holds?\b"),
    "relax": re.compile(rf"{_LENGTH}relax\b"),
    "deepen": re.compile(rf"{_LENGTH}deepen\b"),
    "tempo": re.compile(r"@\s*(?P<tempo>[\d.]+(?:-[\d.]+)*)"),
    "breathing": re.compile(r"breathing\s+(?P<breath>[\d.]+(?:-[\d.]+)*)"),
    "sides": re.compile(r"(?:per|each|/)\s*(?:side|leg|arm)\b|both (?:sides|legs|arms)\b"),
    "first": re.compile(r"(?P<side>left|right)\s+(?:side\s+)?first\b"),
    "one": re.compile(r"(?P<side>left|right)(?:\s+side)?(?P<only>\s+only)?\b"),
    "moving": re.compile(r"moving\b"),
    "contract": re.compile(r"contract\b"),
    "wait": re.compile(r"wait\b"),
}
_FOR_SIDES = frozenset({"sides", "first", "one"})
_PLAIN = str.maketrans("×–—−", "x---")  # noqa: RUF001 - as people and word processors write them


@dataclass(frozen=True, slots=True)
class Dose:
    """What is done, how often, on which sides."""

    work: Work
    sets: Range = ONCE
    sides: tuple[Side, ...] = ()
    one_sided: bool = False

    def __post_init__(self) -> None:
        """Check the sets."""
        self.sets.check("sets")


_Found = Mapping[str, re.Match[str]]


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
    kind = _kind(head, found)
    if unfit := found.keys() - _FOR_SIDES - _FITTING[kind]:
        message = (
            f"in '{text}', '{found[min(unfit)][0]}' does not go with '{head[0].strip()}'; write {EXAMPLES}"
        )
        raise ValueError(message)
    if (head["most"] and kind != "open") or (kind == "wait" and (head["sets"] or _FOR_SIDES & found.keys())):
        raise _not_a_dose(text, plain)
    try:
        work = _WORK[kind](head, found)
    except LookupError:
        message = f"'{text}' says how long to press, but not how long to stretch; write {EXAMPLES}"
        raise ValueError(message) from None
    # In '10 x 5 s' the number before the x counts reps.
    counts_reps = kind == "held reps" and not head["reps"]
    sets = _range(head["sets"]) if head["sets"] and not counts_reps else ONCE
    sides, one_sided = _sides(found)
    return Dose(work, sets, sides, one_sided)


def _kind(head: re.Match[str], found: _Found) -> str:
    """Return the kind of work that a dose means, as a key of `_WORK`."""
    is_time = head["seconds"] or ":" in head["amount"]
    if head["reps"]:
        return "held reps"
    if head["most"] and is_time:
        return "open"
    if not is_time:
        return "reps"
    named = found.keys() & {"moving", "contract", "wait"}
    if named:
        return min(named)
    times = _range(head["sets"]) if head["sets"] and not head["of"] else ONCE
    return "held reps" if are_reps(times, _amount(head)) else "hold"


def are_reps(times: Range, seconds: Range) -> bool:
    """Tell whether ``10 x 5 s`` would be read as reps with a hold in each, and not as sets."""
    return times.high >= MANY and seconds.high < SHORT_HOLD


def _amount(head: re.Match[str]) -> Range:
    return _range(head["amount"], head["seconds"] or "")


def _length(found: _Found, name: str) -> Range:
    return _range(found[name]["range"], found[name]["unit"] or "s")


def _hold(head: re.Match[str], found: _Found) -> Work:
    breath = Breath.parse(found["breathing"]["breath"]) if "breathing" in found else None
    return Hold(_amount(head), breath)


def _reps(head: re.Match[str], found: _Found) -> Work:
    return Reps(_range(head["amount"]), _tempo(found), _length(found, "hold") if "hold" in found else None)


def _held_reps(head: re.Match[str], found: _Found) -> Work:
    return Reps(_range(head["reps"] or head["sets"]), _tempo(found), _amount(head))


def _tempo(found: _Found) -> Tempo | None:
    return Tempo.parse(found["tempo"]["tempo"]) if "tempo" in found else None


def _contract(head: re.Match[str], found: _Found) -> Work:
    relax = _length(found, "relax") if "relax" in found else None
    if relax and relax.low != relax.high:
        message = f"relax takes one figure, not {relax}"
        raise ValueError(message)
    return ContractRelax(_amount(head), _length(found, "deepen"), relax.low if relax else None)


_WORK: Mapping[str, Callable[[re.Match[str], _Found], Work]] = MappingProxyType(
    {
        "hold": _hold,
        "moving": lambda head, _: Timed(_amount(head)),
        "reps": _reps,
        "held reps": _held_reps,
        "contract": _contract,
        "open": lambda head, _: Open(_amount(head)),
        "wait": lambda head, _: Wait(_amount(head)),
    }
)
_FITTING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "hold": frozenset({"breathing"}),
        "moving": frozenset({"moving"}),
        "reps": frozenset({"tempo", "hold"}),
        "held reps": frozenset({"tempo"}),
        "contract": frozenset({"contract", "relax", "deepen"}),
        "open": frozenset[str](),
        "wait": frozenset({"wait"}),
    }
)
"""The qualifiers that each kind of work takes."""


def _sides(found: _Found) -> tuple[tuple[Side, ...], bool]:
    if "one" in found:
        return (Side(found["one"]["side"]),), bool(found["one"]["only"])
    if "first" in found:
        first = Side(found["first"]["side"])
        return (first, first.other), False
    return (BOTH_SIDES if "sides" in found else ()), False


def format_dose(exercise: Exercise | Dose) -> str:
    """Write a dose so that `parse_dose` reads it back as it was (but for where a rep starts)."""
    work = exercise.work
    times = f"{exercise.sets} x "
    match work:
        case Hold(seconds, breath):
            if are_reps(exercise.sets, seconds):
                times = f"{exercise.sets} sets of "
            parts = [f"{times}{seconds} s"]
            parts += [f"breathing {breath}"] if breath else []
        case Timed(seconds):
            parts = [f"{times}{seconds} s moving"]
        case Reps(count, tempo, hold, _):
            parts = [f"{times}{count} reps"]
            parts += [f"{hold} s hold"] if hold else []
            parts += [f"@ {tempo}"] if tempo else []
        case ContractRelax(contract, deepen, relax):
            parts = [f"{times}{contract} s contract"]
            parts += [f"{Range.just(relax)} s relax"] if relax is not None else []
            parts += [f"{deepen} s deepen"]
        case Open(seconds):
            parts = [f"{times}up to {seconds} s"]
        case Wait(seconds):
            parts = [f"{seconds} s wait"]
    match exercise.sides:
        case (_, _):
            parts += ["per side"] if exercise.sides == BOTH_SIDES else [f"{exercise.sides[0]} first"]
        case (side,):
            parts.append(f"{side} only" if exercise.one_sided else side)
    return ", ".join(parts)


def _qualifiers(text: str, rest: str) -> dict[str, re.Match[str]]:
    """Match what follows the amount, in any order, each kind at most once."""
    found: dict[str, re.Match[str]] = {}
    while rest := rest.lstrip(" ,;."):
        for name, pattern in _QUALIFIERS.items():
            if name not in found and (match := pattern.match(rest)):
                found[name], rest = match, rest[match.end() :]
                break
        else:
            raise _not_a_dose(text, rest)
    if "one" in found and {"sides", "first"} & found.keys():
        raise _not_a_dose(text, found["one"][0])
    return found


def _range(text: str, unit: str = "") -> Range:
    low, _, high = text.partition("-")
    seconds = [parse_duration(end if ":" in end else end.strip() + unit) for end in (low, high or low)]
    return Range(*seconds)


def _not_a_dose(text: str, at: str) -> ValueError:
    where = f" (at '{at.strip()}')" if at.strip() not in {"", text.strip().lower()} else ""
    return ValueError(f"'{text}' is not a dose{where}; write {EXAMPLES}")

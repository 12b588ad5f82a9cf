"""What is said beside the work of a dose: sides, rest, and what found no place in it."""

import re

from voicecoach.importers.account import Account
from voicecoach.importers.facts import EACH_SET
from voicecoach.importers.movement import goes_round
from voicecoach.importers.phrases import DOSE
from voicecoach.importers.quantities import read_time
from voicecoach.routine.model import BOTH_SIDES, Side
from voicecoach.routine.quantities import BOUNDS, Range
from voicecoach.routine.work import Reps, Work
from voicecoach.units import number

_NAMED = re.compile(r"^(?:left|right)\b(?! angle)|\b(?:left|right)$", re.IGNORECASE)
"""A side at the start or the end of a name."""
_BARE_EACH = re.compile(r"each|ea\.?|e", re.IGNORECASE)
_WAYS = re.compile(r"\b(?:way|direction|dir)", re.IGNORECASE)


_ABOUT = re.compile(
    rf"\b(at least|at most|up to|max(?:imum)?|minimum|no more than|about|around|"
    rf"approx(?:imately)?)\.? ?(?:of )?{DOSE}",
    re.IGNORECASE,
)
"""Words before a figure that say that it is not exact."""


def sides(account: Account) -> tuple[tuple[Side, ...], bool]:
    """Return the sides in their order, and whether one alone is meant."""
    found = account.facts.found
    one = {"left" if match.value.lower().startswith("l") else "right" for match in found.get("one", ())}
    if len(one) > 1:
        message = "left and right are given apart; write a line for each side"
        raise ValueError(message)
    if "unclear side" in found:
        account.guess(f"which side is meant by '{account.said('unclear side').strip('()')}' is not said")
    if not one and "both" not in found and (named := _NAMED.search(account.name)):
        one = {named[0].lower()}
    if one:
        return (Side(min(one)),), True
    if "both" not in found:
        return (), False
    if all(_BARE_EACH.fullmatch(match.text) for match in found["both"]):
        account.guess("'each' is taken as each side")
    ways = [match.text.lower() for match in found["both"] if _WAYS.search(match.text)]
    if ways:
        said = ", ".join(ways)
        if len(ways) < len(found["both"]):
            account.notes.append(said)
        elif goes_round(account.name):
            account.guess(f"'{said}' is kept as a note: two directions are not two sides")
            account.notes.append(said)
            return (), False
        else:
            account.guess(f"'{said}' is taken as each side")
    return BOTH_SIDES, False


def rest(account: Account, work: Work) -> float | None:
    """Return the seconds between two sets, where they are said."""
    if account.rest and "rest" not in account.facts.found:
        return _least(account, account.rest)
    for found in account.facts.found.get("rest", ()):
        account.seconds(found.value, "a rest")
        value = read_time(found.value)
        if isinstance(work, Reps) and work.hold and re.search("relax", found.text, re.IGNORECASE):
            account.notes.append(found.text.strip("() "))
            account.guess("a pause between holds is kept as a note")
            return None
        bounds = BOUNDS["rest"]
        if not bounds.low <= value.low <= bounds.high:
            account.notes.append(found.text.strip("() "))
            account.guess(f"a rest of {value} s is kept as a note: it is outside {bounds}")
            return None
        return _least(account, value)
    return None


def _least(account: Account, value: Range) -> float:
    if value.low != value.high:
        account.guess(f"a rest of {value} s is taken as {number(value.low)} s")
    return value.low


def unused(account: Account, work: Work) -> None:
    """Keep what found no place in the dose as notes, and say so."""
    facts = account.facts
    over = [
        found.text for kind in ("hold", "rest", "distance", "on") for found in facts.found.get(kind, ())[1:]
    ]
    if not isinstance(work, Reps):
        over += [found.text for found in facts.found.get("tempo", ())]
    for kind in ("time", "sets", "reps", "times"):
        over += [figure.text for figure in facts.figures if figure.kind == kind][1:]
    bare = facts.bare
    over += [figure.text for figure in facts.figures if figure.kind == "bare" and figure not in bare[:3]]
    named = [figure.text for figure in facts.figures if figure.kind in {"sets", "times"}]
    over += named if len(bare) > 1 else named[1:] if bare or facts.of("reps") else []
    for text in over:
        if text.strip("() ") not in account.notes:
            account.notes.append(text.strip("() "))
            account.guess(f"'{text.strip('() ')}' found no place in the dose and is kept as a note")


def vague(account: Account) -> None:
    """Say what was taken to be exact."""
    figures = [(figure.text, figure.value, figure.kind == "time") for figure in account.facts.figures]
    for kind in ("hold", "on"):
        figures += [
            (found.value, read_time(found.value), True) for found in account.facts.found.get(kind, ())[:1]
        ]
    for match in _ABOUT.finditer(account.facts.rest):
        account.guess(f"'{match[1].lower()}' is left away: the figure is taken as it stands")
    if EACH_SET in account.facts.rest:
        account.guess("'each' is taken as each set")
    if "often" in account.facts.found:
        account.guess("how often it is done is kept as a note")
    for text, value, is_time in figures:
        if re.search(r"[+~<>=]", text):
            account.guess(f"'{text.strip()}' is taken as {value}{' s' if is_time else ''}")

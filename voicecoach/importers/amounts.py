"""What one set is made of: reps with their tempo and hold, or seconds."""

import re

from voicecoach.importers.account import Account
from voicecoach.importers.movement import is_position, is_timed
from voicecoach.importers.quantities import read_time
from voicecoach.routine.quantities import BOUNDS, ONCE, Range, Tempo
from voicecoach.routine.work import Hold, Reps, Work

LEAST_SECONDS = 15
"""From here on a figure without a unit at a stretch or a plank is seconds and no reps."""
FEW = 5
"""Reps; fewer of them with a time are more likely holds."""
LEAST_REST = 30
"""From here on a time beside sets and reps is the rest after a set, and no hold in each rep."""
BARE = "a figure without a word for it is taken as reps"


def amount(account: Account, value: Range, hold: Range | None = None) -> Work:
    """Return reps, or seconds where a stretch has a figure without a unit."""
    if not hold and value.low >= LEAST_SECONDS and is_timed(account.name):
        account.guess(f"{value} without a unit is taken as seconds")
        return Hold(value)
    return reps_of(account, value, hold)


def reps_of(account: Account, count: Range, hold: Range | None = None) -> Reps:
    """Return reps with the tempo and the hold that are said beside them."""
    hold = hold or hold_of(account)
    if tempo := tempo_of(account):
        try:
            return Reps(count, tempo, hold)
        except ValueError as error:
            account.guess(f"the tempo is kept as a note: {error}")
            account.notes.append(account.said("tempo"))
    return Reps(count, None, hold)


def once(account: Account) -> Range:
    """Return one set, and note that it was assumed."""
    account.guess("the number of sets is not said: taken as 1")
    return ONCE


def beside(account: Account, seconds: Range, reps: Range, *, has_sets: bool) -> Range | None:
    """Return a time beside reps as the hold in each, where it is none of rest and is not too long for it."""
    rests = has_sets and seconds.low >= LEAST_REST and seconds.high <= BOUNDS["rest"].high
    if rests and reps.high >= FEW and "rest" not in account.facts.found and not is_position(account.name):
        account.rest = seconds
        account.guess("a time beside sets and reps is taken as the rest")
    elif seconds.high > BOUNDS["hold in each rep"].high:
        account.notes.append(account.facts.text("time"))
        account.guess(f"'{account.facts.text('time')}' beside reps is kept as a note")
    else:
        account.guess(f"{seconds} s beside reps is taken as a hold in each")
        return seconds
    return None


def hold_of(account: Account) -> Range | None:
    """Return the seconds of a hold that is called one."""
    for found in account.facts.found.get("hold", ()):
        account.seconds(found.value, "a hold")
        return read_time(found.value)
    return None


def tempo_of(account: Account) -> Tempo | None:
    """Return the tempo; a phase that is missing is none."""
    for found in account.facts.found.get("tempo", ()):
        figures = re.findall(r"[\dx]", found.value.lower())
        if "x" in figures:
            account.guess(f"x in the tempo {found.value} is taken as 1 s")
        phases = [1.0 if figure == "x" else float(figure) for figure in figures]
        if len(phases) == 3:  # noqa: PLR2004 - a phase is missing
            phases.append(0.0)
            account.guess(f"the tempo {found.value} is taken as lowering, pause, lifting: {Tempo(*phases)}")
        return Tempo(*phases)
    return None

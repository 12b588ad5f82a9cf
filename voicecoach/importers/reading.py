"""From the figures of a line to a dose: what they mean together, and what had to be assumed."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.importers.account import Account
from voicecoach.importers.amounts import BARE, LEAST_SECONDS, amount, beside, hold_of, once, reps_of
from voicecoach.importers.besides import rest, sides, unused, vague
from voicecoach.importers.facts import Facts, Figure
from voicecoach.importers.movement import is_plainly_still, is_position, moves, surely_held, surely_moves
from voicecoach.importers.quantities import read_range, read_time
from voicecoach.routine.dose import MANY, SHORT_HOLD, Dose
from voicecoach.routine.quantities import ONCE, Breath, Range
from voicecoach.routine.work import Hold, Open, Reps, Timed, Work
from voicecoach.units import number

FEW_SETS, MANY_REPS = 5, 10
"""In ``15 x 3`` the larger figure is the reps, though sets usually stand first."""
HELD = "a time without a word for it is taken as a hold"
MOVED = "a time without a word for it is taken as movement throughout"
BREATH = Breath(4, 6)
"""Seconds in and out that a deep breath is taken for: this project's own, six a minute."""
LONG_HOLD = 60
"""Seconds at which a hold for as long as one can ends, where nothing is said."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a line means: a dose, or the reason why there is none."""

    dose: Dose | None = None
    rest: float | None = None
    guesses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""


def meaning(facts: Facts, name: str, stage: str) -> Meaning:
    """Tell what the figures of a line mean, given the name of the exercise and of its stage."""
    account = Account(facts, name, stage)
    try:
        work, sets = _work(account)
        dose = Dose(work, sets, *sides(account))
    except ValueError as error:
        return Meaning(reason=str(error))
    pause = rest(account, work)
    vague(account)
    unused(account, work)
    return Meaning(dose, pause, tuple(account.guesses), tuple(account.notes))


def _work(account: Account) -> tuple[Work, Range]:
    """Return what one set is, and how many."""
    for kind, read in _KINDS.items():
        if kind in account.facts.found and (made := read(account)):
            return made
    if account.facts.pyramid:
        counts = account.facts.pyramid
        reps = Range(min(counts), max(counts))
        sets = Range.just(len(counts))
        listed = ", ".join(map(number, counts))
        named = account.facts.of("sets") or next((figure.value for figure in account.facts.bare), sets)
        if named != sets:
            account.guess(f"{named} sets do not fit {listed} reps: taken as {sets}")
        if reps.low != reps.high:
            account.guess(f"{listed} reps are taken as {sets} sets of {reps}")
        return reps_of(account, reps), sets
    return _plain(account)


def _plain(account: Account) -> tuple[Work, Range]:
    facts = account.facts
    sets, reps, times = facts.of("sets"), facts.of("reps"), facts.of("times")
    hold, seconds = hold_of(account), facts.of("time")
    bare = facts.bare
    if reps:
        count = sets or (bare[0].value if bare else None) or times
        if seconds and not hold:
            hold = beside(account, seconds, reps, has_sets=count is not None)
        if hold and (not count or count.high == 1) and hold.low >= LEAST_SECONDS and reps.high <= MANY:
            account.guess(f"{reps} reps of a hold of {hold} s are taken as sets")
            return Hold(hold), reps
        return reps_of(account, reps, hold), count or once(account)
    if hold and seconds and not bare and not sets:
        account.notes.append(account.said("hold"))
        hold = None
    if time := hold or seconds:
        return _timed(account, time, sets, times, bare, is_held=hold is not None)
    return _counted(account, sets, times, bare)


def _timed(  # noqa: PLR0913 - all that is said beside a time
    account: Account,
    time: Range,
    sets: Range | None,
    times: Range | None,
    bare: list[Figure],
    *,
    is_held: bool,
) -> tuple[Work, Range]:
    """Read a line that has a time but does not name its reps."""
    values = [figure.value for figure in bare]
    if len(values) > 1:
        at = next(
            (figure.start for figure in account.facts.figures if figure.kind == "time"),
            len(account.facts.rest),
        )
        first, second = values[:2]
        if bare[1].start > at and first.high > second.high:
            first, second = second, first
        is_meant = is_held or any(figure.joined for figure in account.facts.figures if figure.kind == "time")
        hold = time if is_meant else beside(account, time, second, has_sets=True)
        return reps_of(account, second, hold), first
    many = values[0] if values else times
    if many and (count := sets or (times if values else None)):
        if count.high == 1 and time.low >= LEAST_SECONDS and many.high < MANY_REPS:
            return Hold(time), many
        return reps_of(account, many, time), count
    is_tenfold = many is not None and many.high >= MANY_REPS
    is_short = time.high < SHORT_HOLD or ((is_held or is_tenfold) and time.low <= SHORT_HOLD)
    is_pause = re.search(r"pause|squeeze", account.said("hold"))
    if many and is_short and (many.high >= MANY or is_pause):
        return reps_of(account, many, time), ONCE
    count = sets or many
    if not is_held and moves(account.name, account.stage):
        if not surely_moves(account.name, account.stage):
            account.guess(MOVED)
        return Timed(time), count or ONCE
    if not is_held and not surely_held(account.name, account.stage):
        account.guess(HELD)
    return Hold(time), count or once(account)


def _counted(
    account: Account, sets: Range | None, times: Range | None, bare: list[Figure]
) -> tuple[Work, Range]:
    """Read a line without a time."""
    values = [figure.value for figure in bare]
    if len(values) > 1:
        first, second = values[:2]
        if MANY_REPS <= first.low <= LONG_HOLD and second.high <= FEW_SETS:
            account.guess(f"{first} x {second} is taken as {second} sets of {first}")
            first, second = second, first
        hold = None
        if len(values) > 2 and values[2].high <= LONG_HOLD:  # noqa: PLR2004 - a third figure
            hold = values[2]
            account.guess(f"the third figure, {hold}, is taken as a hold in seconds")
        return amount(account, second, hold), first
    if values:
        work = amount(account, values[0])
        if isinstance(work, Reps) and not sets and not times:
            account.guess(BARE)
        return work, sets or times or once(account)
    if times:
        return reps_of(account, times), sets or once(account)
    if sets and "round" in account.facts.text("sets"):
        account.guess("rounds of one exercise are taken as its reps")
        return reps_of(account, sets), ONCE
    if sets:
        message = "it says how many sets, but not of what; write reps or seconds"
        raise ValueError(message)
    message = "no dose was found; write sets and reps or seconds, as 3 x 10 or 2 x 30 s"
    raise ValueError(message)


def _most(account: Account) -> tuple[Work, Range] | None:
    """Read as long, or as many, as one can."""
    facts = account.facts
    said = account.said("most").lower()
    if facts.of("reps") or len(facts.bare) > 1 or facts.pyramid:
        account.notes.append(said)
        return None
    sets = facts.of("sets") or (facts.bare[0].value if facts.bare else None) or facts.of("times")
    time = hold_of(account) or facts.of("time")
    is_still = is_position(account.name)
    if re.search(r"amrap|amap|many|reps", said) or (re.fullmatch(r"max(?:imum)?", said) and not is_still):
        if time:
            account.notes.append(said)
            return Timed(time), sets or ONCE
        message = "as many as one can is no figure; write reps or a time"
        raise ValueError(message)
    if time and "max" not in said:
        account.notes.append(said)
        return None
    aim = re.search(r"\d+ ?(?:s|m|\"|')|:\d\d", account.said("aim"))
    if not time and aim:
        from_aim = re.search(r"\d.*|:\d\d.*", account.said("aim"))
        time = read_time(from_aim[0].split("(")[0]) if from_aim else None
    if not time:
        if "max" not in said and not is_still and "long" not in said:
            message = f"'{said}' is no figure; write reps or a time"
            raise ValueError(message)
        time = Range.just(LONG_HOLD)
        account.guess(f"'{said}' is taken as up to {LONG_HOLD} s")
    return Open(time), sets or once(account)


def _breaths(account: Account) -> tuple[Work, Range] | None:
    facts = account.facts
    count = read_range(facts.found["breaths"][0].value)
    many = facts.of("sets") or facts.of("times") or facts.of("reps")
    many = many or (facts.bare[0].value if facts.bare else None)
    if facts.of("time") or hold_of(account):
        account.notes.append(account.said("breaths"))
        return None
    length = BREATH.inward + BREATH.outward
    seconds = Range(count.low * length, count.high * length)
    pace = f"{number(BREATH.inward)} s in, {number(BREATH.outward)} s out"
    account.guess(f"{count} breaths are taken as {seconds} s: {pace}")
    return Hold(seconds, BREATH), many or once(account)


def _on(account: Account) -> tuple[Work, Range] | None:
    """Read intervals: so long on, so long off."""
    facts = account.facts
    account.seconds(facts.found["on"][0].value, "an interval")
    seconds = read_time(facts.found["on"][0].value)
    many = facts.of("sets") or facts.of("times") or (facts.bare[0].value if facts.bare else None)
    work = Hold(seconds) if is_plainly_still(account.name) else Timed(seconds)
    return work, many or once(account)


def _distance(account: Account) -> tuple[Work, Range] | None:
    facts = account.facts
    if facts.of("time") or facts.of("reps") or hold_of(account) or len(facts.bare) > 1:
        account.notes.append(account.said("distance"))
        return None
    message = f"'{account.said('distance')}' is a distance; write reps or a time"
    raise ValueError(message)


_KINDS: dict[str, Callable[[Account], tuple[Work, Range] | None]] = {
    "most": _most,
    "distance": _distance,
    "breaths": _breaths,
    "on": _on,
}

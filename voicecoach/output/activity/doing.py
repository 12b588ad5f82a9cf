"""A session in the log as an activity: its sets one after another, each with the moment it began at. Pure.

Exact, as the log has them: when the session began and ended, how long it was heard without pauses, and of
each set how long it was done and how many reps. Derived: the moment at which a set began, since the log
keeps their order alone. What the sets leave of the session (announcements, rests, pauses between sets) is
spread evenly: before each set, and after the last one.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voicecoach.history.records import Performed, Prescribed, Record
from voicecoach.routine.model import Aim, Side

if TYPE_CHECKING:
    from voicecoach.plan.steps import Kind


@dataclass(frozen=True, slots=True)
class Turn:
    """One set of an exercise, on one side or with both at once."""

    address: str
    name: str
    side: Side | None
    seconds: float
    """Without pauses: all of its parts."""
    paused: float
    """Seconds within the set."""
    reps: int | None
    begins: float = 0
    """Seconds from the beginning of the session, derived."""


@dataclass(frozen=True, slots=True)
class Doing:
    """A session as an activity."""

    title: str
    began: dt.datetime
    elapsed: float
    """Seconds from its beginning to its end, pauses too."""
    active: float
    """Seconds that were heard, without pauses."""
    is_strength: bool
    """Whether at least half of what was done strengthens."""
    turns: tuple[Turn, ...]


def doing(record: Record) -> Doing:
    """Return a session in the log as an activity; sets that were skipped before they began are left out."""
    turns = [turn for turn in _turns(record) if turn.seconds > 0]
    active = max(record.seconds, sum(turn.seconds for turn in turns))
    paused = max(record.paused, sum(turn.paused for turn in turns))
    opening = record.opening
    # Where nobody ended it, or where the clock was set meanwhile, its end follows from its length.
    by_clock = (record.ended - opening.began).total_seconds() if record.ended else 0
    elapsed = max(by_clock, active + paused)
    placed = tuple(_placed(turns, elapsed))
    return Doing(opening.title, opening.began, elapsed, active, _is_strength(record), placed)


def _turns(record: Record) -> Iterator[Turn]:
    """Yield the sets in their order; the parts of one (contract, relax) are one."""
    asked = {one.address: one for one in record.opening.prescribed}
    last: Turn | None = None
    parts: dict[Kind, Performed] = {}
    for one in record.performed:
        if last and one.kind not in parts and all(_is_same(one, part) for part in parts.values()):
            parts[one.kind] = one
            last = replace(
                last,
                seconds=last.seconds + one.done_seconds,
                paused=last.paused + one.paused,
                reps=last.reps if one.done_reps is None else one.done_reps,
            )
            continue
        if last:
            yield last
        parts = {one.kind: one}
        name = asked[one.address].name if one.address in asked else one.address
        last = Turn(one.address, name, one.side, one.done_seconds, one.paused, one.done_reps)
    if last:
        yield last


def _is_same(one: Performed, other: Performed) -> bool:
    """Tell whether two parts belong to one set."""
    return (one.address, one.round, one.set, one.side) == (other.address, other.round, other.set, other.side)


def _placed(turns: list[Turn], elapsed: float) -> Iterator[Turn]:
    """Yield the sets with their beginnings, the gaps between them equal."""
    gap = (elapsed - sum(turn.seconds + turn.paused for turn in turns)) / (len(turns) + 1)
    now = 0.0
    for turn in turns:
        now += gap
        yield replace(turn, begins=now)
        now += turn.seconds + turn.paused


def _is_strength(record: Record) -> bool:
    """Tell whether at least half of the work strengthens: of what was done, else of what was asked."""
    asked = {one.address: one for one in record.opening.prescribed}
    work = [
        (asked[one.address].aim, one.done_seconds) for one in record.performed if one.address in asked
    ] or [(one.aim, _asked_seconds(one)) for one in asked.values()]
    total = sum(seconds for _, seconds in work)
    return 2 * sum(seconds for aim, seconds in work if aim == Aim.STRENGTHEN) >= total > 0


def _asked_seconds(one: Prescribed) -> float:
    return one.seconds * one.turns

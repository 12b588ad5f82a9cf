"""Departures: where sessions went another way than planned, as a table of a report. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from voicecoach.history.amounts import is_counted
from voicecoach.history.records import Ending
from voicecoach.reporting.places import key, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.history.records import Performed, Prescribed, Record
    from voicecoach.reporting.places import Key
    from voicecoach.routine.model import Side

SHORTEST_PAUSE = 5.0
"""Seconds below which a pause is not told: a finger that slipped."""


@dataclass(frozen=True, slots=True)
class Departure:
    """What went another way with one exercise."""

    name: str
    place: str
    """Its address, where another exercise has the same name; else empty."""
    sessions: int
    """Those in which anything of it did."""
    skipped: int
    """Sets that were left before their end, or parts of one."""
    left: int
    """Sets of finished sessions that were never begun: those that were ended early lack their last ones."""
    pauses: int
    """Sets with a pause."""
    paused: float
    """Seconds, in all."""
    longer: float
    """Seconds that were added, in all."""
    shorter: float
    """Seconds that were taken away, in all."""


def departures(records: Sequence[Record]) -> tuple[Departure, ...]:
    """Return the exercises of which anything was skipped, paused or changed, those of most sessions first."""
    found: dict[Key, list[Departure]] = defaultdict(list)
    for record in filter(is_counted, records):
        sets: dict[str, list[Performed]] = defaultdict(list)
        for each in record.performed:
            sets[each.address].append(each)
        for asked in record.opening.prescribed:
            one = _of_session(record, asked, sets[asked.address])
            if one.sessions:
                found[key(record, asked)].append(one)
    placed = places(records)
    sums = (replace(_sum(each), place=placed[one]) for one, each in found.items())
    return tuple(sorted(sums, key=lambda one: (-one.sessions, -one.skipped - one.left, -one.paused)))


def _of_session(record: Record, asked: Prescribed, sets: Sequence[Performed]) -> Departure:
    done = {(_turn(one), one.kind) for one in sets if one.is_done}
    skipped = {_turn(one) for one in sets if one.skipped and (_turn(one), one.kind) not in done}
    pauses = [one.paused for one in sets if one.paused >= SHORTEST_PAUSE]
    one = Departure(
        asked.name,
        "",
        1,
        len(skipped),
        max(asked.turns - len(set(map(_turn, sets))), 0) if record.end is Ending.FINISHED else 0,
        len(pauses),
        sum(pauses),
        sum(max(each.extended, 0) for each in sets),
        sum(max(-each.extended, 0) for each in sets),
    )
    happened = any((one.skipped, one.left, one.pauses, one.longer, one.shorter))
    return one if happened else replace(one, sessions=0)


def _turn(one: Performed) -> tuple[int | None, int, Side | None]:
    return one.round, one.set, one.side


def _sum(found: Sequence[Departure]) -> Departure:
    numbers = (one.name for one in fields(Departure) if one.name not in {"name", "place"})
    return replace(found[-1], **{name: sum(getattr(one, name) for one in found) for name in numbers})

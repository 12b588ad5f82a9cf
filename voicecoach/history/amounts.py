"""Amounts: what was done of each exercise on each side, beside what was prescribed. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from voicecoach.history.records import Opening, Origin, Performed, Prescribed, Record, whole_turns
from voicecoach.plan.steps import Kind
from voicecoach.routine.model import Side


@dataclass(frozen=True, slots=True)
class Amount:
    """Sets, seconds and reps."""

    sets: int = 0
    seconds: float = 0
    reps: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.sets + other.sets, self.seconds + other.seconds, self.reps + other.reps)


@dataclass(frozen=True, slots=True)
class DoneDose:
    """What was done of one exercise on one side, in all sessions that asked for it."""

    routine: str
    title: str
    """Of the routine, as it was last."""
    address: str
    name: str
    muscle: str
    kind: Kind
    """Of its sets."""
    side: Side | None
    """None where both sides work at once."""
    sessions: int
    """Those that asked for it."""
    asked: Amount
    done: Amount
    """Sets that were done to their end; seconds and reps also of those that were not."""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        return {
            "routine": self.routine,
            "exercise": self.name,
            "address": self.address,
            "muscle": self.muscle,
            "kind": self.kind.value,
            "side": self.side.value if self.side else None,
            "sessions": self.sessions,
            **{f"{one.name}_prescribed": getattr(self.asked, one.name) for one in fields(Amount)},
            **{f"{one.name}_done": getattr(self.done, one.name) for one in fields(Amount)},
        }


def is_counted(record: Record) -> bool:
    """Tell whether it is known which sets of a session were done: not of one that was entered by hand."""
    return bool(record.performed) or record.opening.origin is not Origin.BY_HAND


def sets_of(record: Record) -> tuple[int, int]:
    """Return how many of the prescribed sets of a session were done to their end, and how many there are.

    Sets beyond those of one exercise make up for none that another lacks.
    """
    asked = record.opening.prescribed
    done = (min(record.whole_turns(one.address), one.turns) for one in asked)
    return sum(done), sum(one.turns for one in asked)


def done_doses(records: Iterable[Record]) -> tuple[DoneDose, ...]:
    """Return what was done of each exercise and side beside what was prescribed, in order of appearance.

    An exercise in another form has another name, and stands by itself. Of contract and relax, the stretch
    is counted.
    """
    found: defaultdict[_Key, list[_Entry]] = defaultdict(list)
    for record in filter(is_counted, records):
        opening = record.opening
        sets: defaultdict[tuple[str, Side | None], list[Performed]] = defaultdict(list)
        for one in record.performed:
            sets[one.address, one.side].append(one)
        for asked in opening.prescribed:
            for side in asked.sides or (None,):
                key = (opening.routine, asked.address, asked.name, side)
                found[key].append((opening, asked, _done(asked, sets[asked.address, side])))
    return tuple(_sum(key[-1], entries) for key, entries in found.items())


_Key = tuple[str, str, str, Side | None]
_Entry = tuple[Opening, Prescribed, Amount]
"""What one session asked for, and what was done."""


def _done(asked: Prescribed, sets: Sequence[Performed]) -> Amount:
    of_kind = [one for one in sets if one.kind is asked.kind]
    return Amount(
        whole_turns(sets, asked.kind),
        sum(one.done_seconds for one in of_kind),
        sum(one.done_reps or 0 for one in of_kind),
    )


def _sum(side: Side | None, entries: Sequence[_Entry]) -> DoneDose:
    opening, last, _ = entries[-1]
    prescribed = Amount(
        sum(asked.sets for _, asked, _ in entries),
        sum(asked.sets * asked.seconds for _, asked, _ in entries),
        sum(asked.sets * (asked.reps or 0) for _, asked, _ in entries),
    )
    done = sum((amount for _, _, amount in entries), Amount())
    what = (opening.routine, opening.title, last.address, last.name, last.muscle, last.kind)
    return DoneDose(*what, side, len(entries), prescribed, done)

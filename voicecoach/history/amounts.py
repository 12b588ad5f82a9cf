"""Amounts: what was done of each exercise on each side, beside what was prescribed. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from voicecoach.history.records import Origin, Prescribed, Record
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
    """Return how many sets of a session were done to their end, and how many were prescribed."""
    asked = record.opening.prescribed
    return sum(record.whole_turns(one.address) for one in asked), sum(one.turns for one in asked)


def done_doses(records: Iterable[Record]) -> tuple[DoneDose, ...]:
    """Return what was done of each exercise and side beside what was prescribed, in order of appearance.

    An exercise in another form has another name, and stands by itself. Of contract and relax, the stretch
    is counted.
    """
    found: dict[tuple[str, str, str, Side | None], list[DoneDose]] = defaultdict(list)
    for record in filter(is_counted, records):
        for asked in record.opening.prescribed:
            for side in asked.sides or (None,):
                key = (record.opening.routine, asked.address, asked.name, side)
                found[key].append(_of_session(record, asked, side))
    return tuple(map(_sum, found.values()))


def _of_session(record: Record, asked: Prescribed, side: Side | None) -> DoneDose:
    sets = tuple(one for one in record.performed if (one.address, one.side) == (asked.address, side))
    of_kind = [one for one in sets if one.kind is asked.kind]
    done = Amount(
        replace(record, performed=sets).whole_turns(asked.address),
        sum(one.done_seconds for one in of_kind),
        sum(one.done_reps or 0 for one in of_kind),
    )
    prescribed = Amount(asked.sets, asked.sets * asked.seconds, asked.sets * (asked.reps or 0))
    here = record.opening
    what = (here.routine, here.title, asked.address, asked.name, asked.muscle, asked.kind)
    return DoneDose(*what, side, 1, prescribed, done)


def _sum(doses: list[DoneDose]) -> DoneDose:
    return replace(
        doses[-1],
        sessions=len(doses),
        asked=sum((dose.asked for dose in doses), Amount()),
        done=sum((dose.done for dose in doses), Amount()),
    )

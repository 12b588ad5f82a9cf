"""Holds: how the length of an exercise's holds went over time. Pure."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from voicecoach.history.records import Record
from voicecoach.plan.steps import Kind


@dataclass(frozen=True, slots=True)
class Held:
    """The holds of one exercise in one session."""

    day: dt.date
    asked: float
    """Seconds of one hold."""
    done: float
    """Seconds of one hold, on average over those that were begun."""


@dataclass(frozen=True, slots=True)
class HoldLine:
    """The holds of one exercise, session by session."""

    name: str
    points: tuple[Held, ...]
    """Oldest first."""

    @property
    def change(self) -> float:
        """Return the seconds between the shortest and the longest hold that was asked for."""
        asked = [point.asked for point in self.points]
        return max(asked) - min(asked)


def hold_lines(records: Iterable[Record]) -> tuple[HoldLine, ...]:
    """Return how long each exercise was held, first those whose holds changed most.

    An exercise in another form has another name, and a line of its own; of several exercises of one name,
    each is called by its routine and address as well.
    """
    lines: dict[tuple[str, str, str], list[Held]] = defaultdict(list)
    for record in records:
        for asked in record.opening.prescribed:
            done = [
                one.done_seconds
                for one in record.performed
                if one.address == asked.address and one.kind is Kind.HOLD
            ]
            if asked.kind is Kind.HOLD and done:
                key = (record.opening.routine, asked.address, asked.name)
                lines[key].append(Held(record.opening.began.date(), asked.seconds, sum(done) / len(done)))
    named = Counter(name for _, _, name in lines)
    found = [
        HoldLine(name if named[name] == 1 else f"{name} ({PurePath(routine).stem}, {address})", tuple(points))
        for (routine, address, name), points in lines.items()
    ]
    return tuple(sorted(found, key=lambda line: (-line.change, -len(line.points))))

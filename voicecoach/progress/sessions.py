"""The sessions of one exercise as progress looks at them: its level, was it done, how did it feel. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from voicecoach.history.records import (
    TOLERANCE,
    Feel,
    Level,
    Origin,
    Pain,
    Performed,
    Prescribed,
    Record,
)
from voicecoach.plan.steps import Kind


@dataclass(frozen=True, slots=True)
class Session:
    """One session in which an exercise was done, or was begun."""

    day: dt.date
    level: Level | None
    """None: its dose was asked for itself, so that it is training and no more."""
    feel: Feel | None
    """How the session felt; pain counts as hard for the exercise that hurt, and as right for the others."""
    complete: bool
    """Whether all of its sets were done to their end, and none was made shorter or easier on the way."""

    @property
    def is_easy(self) -> bool:
        """Tell whether it counts as easy."""
        return self.feel is Feel.EASY and self.complete

    @property
    def is_hard(self) -> bool:
        """Tell whether it counts as hard."""
        return self.feel is Feel.HARD


def sessions_by_exercise(
    records: Iterable[Record], pains: Iterable[Pain] = ()
) -> Mapping[str, tuple[Session, ...]]:
    """Return the sessions in which each exercise was begun, by its address, the oldest first.

    One that was asked for, and not begun, says nothing of it.

    Args:
        records: of one routine, the oldest first.
        pains: of the same.
    """
    all_of_them = list(records)
    began = [record.opening.began for record in all_of_them]
    hurt = {(pain.address, _within(began, pain.at)) for pain in pains}
    found: defaultdict[str, list[Session]] = defaultdict(list)
    for index, record in enumerate(all_of_them):
        for part in _by_exercise(record):
            (asked,) = part.opening.prescribed
            if session := _session(asked, part, is_hurt=(asked.address, index) in hurt):
                found[asked.address].append(session)
    return {address: tuple(sessions) for address, sessions in found.items()}


def sessions_of(address: str, records: Iterable[Record], pains: Iterable[Pain] = ()) -> tuple[Session, ...]:
    """Return the sessions in which one exercise was begun, the oldest first."""
    return sessions_by_exercise(records, pains).get(address, ())


def _within(began: list[dt.datetime], at: dt.datetime) -> int | None:
    """Return the session in which, or after which, something was told; None: before the first."""
    return max((index for index, begin in enumerate(began) if begin <= at), default=None)


def _by_exercise(record: Record) -> Iterator[Record]:
    """Yield what a session was for each of its exercises: to look through all of it for each takes long."""
    done: defaultdict[str, list[Performed]] = defaultdict(list)
    for one in record.performed:
        done[one.address].append(one)
    for asked in record.opening.prescribed:
        opening = replace(record.opening, prescribed=(asked,))
        yield replace(record, opening=opening, performed=tuple(done[asked.address]))


def _session(asked: Prescribed, record: Record, *, is_hurt: bool) -> Session | None:
    """Return the session of one exercise.

    Args:
        asked: of the exercise.
        record: of the session, with that exercise alone.
        is_hurt: whether it hurt.
    """
    is_told = record.opening.origin is Origin.BY_HAND and not record.performed
    begun = any(one.done_seconds > 0 for one in record.performed)
    if not (begun or is_told):
        return None
    feel = Feel.RIGHT if record.feel is Feel.PAIN else record.feel
    full = replace(record, performed=tuple(one for one in record.performed if _is_full(one, asked)))
    return Session(
        record.opening.began.date(),
        asked.level,
        Feel.HARD if is_hurt else feel,
        full.is_complete(asked.address),
    )


def _is_full(one: Performed, asked: Prescribed) -> bool:
    """Tell whether a set was as long as it was asked for, whatever the listener changed on the way."""
    if one.kind is not asked.kind or one.kind is Kind.OPEN:
        return True
    if asked.reps is not None:
        return (one.planned_reps or 0) >= asked.reps
    return one.planned_seconds + one.extended >= asked.seconds - TOLERANCE

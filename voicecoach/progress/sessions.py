"""The sessions of one exercise as progress looks at them: its level, was it done, how did it feel. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from voicecoach.history.records import Feel, Level, Origin, Pain, Record


@dataclass(frozen=True, slots=True)
class Session:
    """One session in which an exercise was done, or was begun."""

    day: dt.date
    level: Level | None
    """None: its dose was asked for itself, so that it is training and no more."""
    feel: Feel | None
    """How the session felt; pain counts as hard for the exercise that hurt, and as right for the others."""
    complete: bool
    """Whether all of its sets were done to their end."""

    @property
    def is_easy(self) -> bool:
        """Tell whether it counts as easy."""
        return self.feel is Feel.EASY and self.complete

    @property
    def is_hard(self) -> bool:
        """Tell whether it counts as hard."""
        return self.feel is Feel.HARD


def sessions_of(address: str, records: Iterable[Record], pains: Iterable[Pain] = ()) -> tuple[Session, ...]:
    """Return the sessions in which an exercise was begun, the oldest first.

    One that was asked for, and not begun, says nothing of it.

    Args:
        address: of the exercise as written.
        records: of its routine, the oldest first.
        pains: of its routine.
    """
    all_of_them = list(records)
    began = [record.opening.began for record in all_of_them]
    hurt = {_within(began, pain.at) for pain in pains if pain.address == address}
    return tuple(
        session
        for index, record in enumerate(all_of_them)
        if (session := _session(address, record, is_hurt=index in hurt))
    )


def _within(began: list[dt.datetime], at: dt.datetime) -> int | None:
    """Return the session in which, or after which, something was told; None: before the first."""
    return max((index for index, begin in enumerate(began) if begin <= at), default=None)


def _session(address: str, record: Record, *, is_hurt: bool) -> Session | None:
    asked = record.prescribed(address)
    is_told = record.opening.origin is Origin.BY_HAND and not record.performed
    begun = any(one.address == address and one.done_seconds > 0 for one in record.performed)
    if asked is None or not (begun or is_told):
        return None
    feel = Feel.RIGHT if record.feel is Feel.PAIN else record.feel
    return Session(
        record.opening.began.date(),
        asked.level,
        Feel.HARD if is_hurt else feel,
        record.is_complete(address),
    )

"""Sessions that are written down by hand: done with a recording, or without the program. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voicecoach.errors import ChoiceError
from voicecoach.history.prescription import NO_LEVELS, changed, done_as_prescribed, prescribed
from voicecoach.history.records import Ending, Feel, Level, Opening, Origin, Pain, Record
from voicecoach.plan.estimate import routine_seconds
from voicecoach.routine.address import addresses, find_exercise
from voicecoach.routine.model import Routine
from voicecoach.units import clock

WHOLE = 0.9
"""The part of the length of a routine from which all of it counts as done: this project's own."""

OLDEST = 1970
"""The year before which nobody trained with a program."""
NOON = dt.time(12)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells of a session."""

    routine: str
    """What the routine is called in the log."""
    version: str
    """A digest of what its file says."""
    began: dt.datetime
    """With the offset of its time zone."""
    seconds: float
    feel: Feel | None
    adjustments: Mapping[str, object]
    program: str
    """The version of the program."""


def began(now: dt.datetime, day: dt.date | None, hour: dt.time | None, seconds: float) -> dt.datetime:
    """Return when a session began: it has ended just now, unless a day or an hour is told.

    A day alone means noon of it.

    Args:
        now: with the offset of the local time zone.
        day: the day; None: today.
        hour: the hour of that day, by the local clock.
        seconds: how long it lasted.

    Raises:
        ChoiceError: the session would end in the future, or is from before 1970.
    """
    if hour is None and day in {None, now.date()}:
        return (now - dt.timedelta(seconds=seconds)).replace(microsecond=0)
    day = day or now.date()
    if day.year < OLDEST:
        message = f"--on {day}: give a day from {OLDEST} on"
        raise ChoiceError(message)
    if day > now.date():
        message = f"{day} is still to come; write a session down when it is done"
        raise ChoiceError(message)
    start = dt.datetime.combine(day, hour or NOON).astimezone()
    end = start + dt.timedelta(seconds=seconds)
    if start > now:
        message = f"{start:%Y-%m-%d %H:%M} is still to come; write a session down when it is done"
        raise ChoiceError(message)
    if end > now:
        message = (
            f"a session of {clock(seconds)} that began at {start:%H:%M} would end at {end:%H:%M}, "
            "which is still to come; give --at and --done as they were"
        )
        raise ChoiceError(message)
    return start


def session(
    told: Told, written: Routine, adjusted: Routine, levels: Mapping[str, Level | None] = NO_LEVELS
) -> Record:
    """Return a session as it is told; with its sets, as prescribed, where it lasted long enough for them.

    Args:
        told: what is told of it.
        written: the routine as it stands in its file.
        adjusted: the same, as it was done.
        levels: how far exercises have progressed, by their addresses, where they are not done as written;
            None: what is done of them says nothing of progress.
    """
    needed = routine_seconds(adjusted)
    is_whole = told.seconds >= WHOLE * needed
    opening = Opening(
        told.routine,
        adjusted.title,
        told.version,
        told.began,
        prescribed(adjusted, {**levels, **changed(written, adjusted)}),
        needed,
        told.adjustments,
        adjusted.language,
        told.program,
        Origin.BY_HAND,
    )
    return Record(
        0,
        opening,
        told.began + dt.timedelta(seconds=told.seconds),
        Ending.FINISHED if is_whole else Ending.QUIT,
        told.seconds,
        feel=told.feel,
        performed=done_as_prescribed(adjusted) if is_whole else (),
    )


def pains(told: Told, routine: Routine, references: Iterable[str]) -> tuple[Pain, ...]:
    """Return the exercises that hurt, each once.

    Args:
        told: what is told of the session.
        routine: as it stands in its file.
        references: to its exercises, as they are typed.

    Raises:
        ChoiceError: one means no exercise, or several.
    """
    known = addresses(routine)
    places = dict.fromkeys(find_exercise(routine, reference) for reference in references)
    return tuple(
        Pain(told.routine, known[place], routine.stages[place[0]].exercises[place[1]].name, told.began)
        for place in places
    )

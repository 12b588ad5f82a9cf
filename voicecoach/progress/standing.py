"""Standings: how far an exercise has come, and the one step that is due. Pure: same history, same answer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from voicecoach.history.records import AS_WRITTEN, Level
from voicecoach.progress.sessions import Session
from voicecoach.progress.way import Way

GAP = 14
"""Days without training after which a step back is due: the project's own, a careful figure."""


class Change(StrEnum):
    """Name the step that is due."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Why(StrEnum):
    """Name the reason for a step, or for none."""

    NEW = "not done yet"
    OFF = "it stays as it is written"
    EASY = "felt easy"
    HARD = "the last one felt hard"
    GAP = "not done for some time"
    LATER = "felt easy, and others get harder first"
    GOING_ON = "on the way"
    LOWEST = "the last one felt hard, and there is nothing easier"
    HIGHEST = "felt easy, and there is nothing harder"
    RESTED = "not done for some time, and not above what is written"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an exercise has come."""

    way: Way
    level: Level
    """Of the last session that counts, or the nearest that there is."""
    change: Change
    then: Level
    """The level after the change; the same where there is none."""
    why: Why
    easy: int = 0
    """Easy sessions in a row at this level, up to the last one."""
    away: int = 0
    """Days since it was last done; 0 where it never was."""

    @property
    def after(self) -> int:
        """Return how many easy sessions in a row make a step up at this level."""
        return self.way.part(self.level).rule.after

    @property
    def above(self) -> Level | None:
        """Return the level above the one that it will have; None at the top."""
        return self.way.up(self.then)


def standing(way: Way, sessions: Sequence[Session], today: dt.date) -> Standing:
    """Return how far an exercise has come, and the step that is due today.

    The last level that was done counts. So many complete easy sessions in a row at that level, as its rule
    says, are a step up; a last one that was hard is a step down; so are two weeks without the exercise, but
    not below the dose as written. It is never more than one step.

    Args:
        way: of the exercise.
        sessions: in which it was done, the oldest first.
        today: the day to come.
    """
    if way.parts[way.here].rule.is_off:
        return Standing(way, AS_WRITTEN, Change.NONE, AS_WRITTEN, Why.OFF)
    away = max((today - sessions[-1].day).days, 0) if sessions else 0
    last = next((session for session in reversed(sessions) if session.level is not None), None)
    if last is None:
        return Standing(way, AS_WRITTEN, Change.NONE, AS_WRITTEN, Why.NEW, away=away)
    level = way.nearest(last.level or AS_WRITTEN)
    easy = _easy(way, sessions, level)
    if away >= GAP and way.is_above_written(level):
        then, why = way.down(level), Why.GAP
    elif last.is_hard:
        then = way.down(level)
        why = Why.HARD if then else Why.LOWEST
    elif away >= GAP:
        then, why = None, Why.RESTED
    elif easy >= way.part(level).rule.after:
        then = way.up(level)
        why = Why.EASY if then else Why.HIGHEST
    else:
        then, why = None, Why.GOING_ON
    return Standing(way, level, _CHANGES.get(why, Change.NONE), then or level, why, easy, away)


_CHANGES = {Why.EASY: Change.UP, Why.HARD: Change.DOWN, Why.GAP: Change.DOWN}


def _easy(way: Way, sessions: Sequence[Session], level: Level) -> int:
    """Count the easy sessions in a row at a level, up to the last one; two weeks without any end the row."""
    easy, day = 0, sessions[-1].day
    for session in reversed(sessions):
        if (day - session.day).days >= GAP:
            break
        day = session.day
        if session.level is None:
            continue
        if not session.is_easy or way.nearest(session.level) != level:
            break
        easy += 1
    return easy

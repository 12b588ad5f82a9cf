"""Training: what the log of sessions makes of the session of today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from voicecoach.coach import Prepared
from voicecoach.history.prescription import changed
from voicecoach.progress import words
from voicecoach.progress.mode import Mode
from voicecoach.progress.progressed import due, levels, progressed
from voicecoach.progress.standing import Change
from voicecoach.reached import reached
from voicecoach.routine.address import addresses
from voicecoach.routine.pace import PACES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from voicecoach.history.log import Log
    from voicecoach.history.records import Level, Pain, Record
    from voicecoach.progress.progressed import Standings
    from voicecoach.progress.standing import Standing
    from voicecoach.routine.adjust import Adjustments
    from voicecoach.routine.model import Routine
    from voicecoach.routine.pace import Pace


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that is due for the same reason in several exercises."""

    change: Change
    step: str
    """What is new, as ``35 s``."""
    why: str
    names: tuple[str, ...]
    """Of the exercises."""

    def __str__(self) -> str:
        """Write it as ``35 s (the last 3 felt easy): Butterfly, Frog``."""
        return f"{self.step} ({self.why}): {', '.join(self.names)}"


@dataclass(slots=True)
class Training:
    """Prepare a routine for today; remember at which levels its exercises are done."""

    log: Log
    name: str
    """By which the log knows the routine."""
    mode: Mode
    confirm: Callable[[tuple[Offer, ...]], bool | None]
    """Offer steps of one kind, up or back; None: nobody can be asked."""
    own: Path | None = None
    """The user's own folder of routines."""
    goes_on: bool = False
    """Whether a session goes on that was left: no step is taken then."""
    left: Record | None = None
    """That session, as far as the log has it."""
    today: dt.date = field(default_factory=lambda: dt.datetime.now().astimezone().date())
    _prepared: Routine | None = field(default=None, init=False)
    _levels: Mapping[str, Level] = field(default_factory=dict, init=False)

    def __call__(self, routine: Routine, adjustments: Adjustments) -> Prepared:
        """Return a routine at the levels of today, and without what hurt.

        Raises:
            CoachError: the log cannot be read.
        """
        pace = PACES[adjustments.pace] if adjustments.pace else routine.pace
        where = reached(routine, self.name, self.log, today=self.today, pace=pace, own=self.own)
        notes = [
            *where.notes,
            *(self._left_out(pain, where.standings) for pain in where.left_out.values()),
        ]
        # One that was renamed or taken out since cannot be looked for any more.
        left_out = tuple(address for address in where.left_out if address in where.standings)
        if left_out:
            adjustments = replace(adjustments, skip=(*adjustments.skip, *left_out))
        if self.mode is Mode.OFF:
            return Prepared(routine, adjustments, tuple(notes))
        standings = _as_begun(where.standings, self.left) if self.goes_on else where.standings
        open_to_step = {address: one for address, one in standings.items() if address not in where.left_out}
        accepted: set[str] = set()
        for change in (Change.DOWN, Change.UP):
            stepping = {address: one for address, one in due(open_to_step).items() if one.change is change}
            taken, told = self._decide(stepping, pace, change)
            accepted |= stepping.keys() if taken else set()
            notes += told
        self._levels = levels(standings, accepted)
        self._prepared = progressed(where.routine, standings, accepted)
        return Prepared(self._prepared, adjustments, tuple(notes))

    def levels(self, done: Routine) -> Mapping[str, Level | None]:
        """Return the level of each exercise of the session; None where its dose was asked for itself.

        Args:
            done: the routine as it is played in the end.
        """
        if self._prepared is None:
            return dict.fromkeys(addresses(done).values())
        return {**self._levels, **changed(self._prepared, done)}

    def _decide(self, stepping: Mapping[str, Standing], pace: Pace, change: Change) -> tuple[bool, list[str]]:
        """Tell whether steps are taken, and what is to be told of them."""
        offers = tuple(_offers(stepping.values(), pace))
        if not offers:
            return False, []
        lines = [f"today: {offer}" for offer in offers]
        if self.mode is Mode.AUTO:
            return True, lines
        answer = self.confirm(offers)
        if answer is not None:
            return answer, []
        if change is Change.DOWN:
            return True, lines
        return False, [f"{line}; --progress auto takes the step" for line in lines]

    def _left_out(self, pain: Pain, standings: Standings) -> str:
        if pain.address not in standings:
            return f"{pain.name} hurt on {pain.at.date()}; the routine has no exercise of that name any more"
        since = f"{pain.name} is left out, because it hurt on {pain.at.date()}"
        return f"{since}; to put it back: voicecoach progress {self.name} --resume {pain.address}"


def _as_begun(standings: Standings, left: Record | None) -> Standings:
    """Return standings at the levels that a session was begun with, and without a step to take."""
    asked = left.opening.prescribed if left else ()
    begun = {one.address: one.level for one in asked if one.level}
    found = {address: one.way.nearest(begun.get(address, one.level)) for address, one in standings.items()}
    return {
        address: replace(one, level=found[address], change=Change.NONE, then=found[address])
        for address, one in standings.items()
    }


def _offers(stepping: Iterable[Standing], pace: Pace) -> Iterable[Offer]:
    """Yield steps, those together that are the same for the same reason."""
    found: dict[tuple[Change, str, str], list[str]] = {}
    for one in stepping:
        key = (one.change, words.today(one, pace), words.reason(one))
        found.setdefault(key, []).append(one.way.parts[one.way.here].exercise.name)
    for (change, step, why), names in found.items():
        yield Offer(change, step, why, tuple(names))

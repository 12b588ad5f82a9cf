"""Fit a session into the minutes that one has. Pure.

In this order, and each only as far as it has to be: sets and holds inside the ranges of their doses;
optional exercises left out; pauses down to those of the brisk pace; the remainder spread over the rests.
Where something was left out, what is left grows again, so that the time goes to work and not to pauses.

The search goes by estimates, which cost nothing. What it finds is measured, the estimates are mended by
what came out, and it goes on, until what is measured fits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from voicecoach.plan.estimate import routine_seconds
from voicecoach.plan.fitting.bisection import first, last
from voicecoach.plan.fitting.draft import Draft, Pinned, build, chosen, static_holds
from voicecoach.plan.fitting.ladder import drop_order, ladder
from voicecoach.plan.fitting.pauses import EASES, eased, lengthened
from voicecoach.plan.fitting.words import changes
from voicecoach.plan.steps import unroll
from voicecoach.routine.model import Routine

__all__ = ["NOTHING_PINNED", "Fitted", "Length", "Pinned", "fit", "tolerance"]

SHARE, LEAST = 0.02, 10.0
"""A session fits where it is off by no more than this share of the time, or by so many seconds."""
MARGIN = 0.9
"""The share of that which an estimate may be off, so that what is measured still fits."""
MEASUREMENTS = 5
"""So often at most the search measures what it finds: each time, new phrases have to be spoken."""
ENDLESS = 1e6
"""More seconds than all pauses can take."""
NOTHING_PINNED = Pinned()

Length = Callable[[Routine], float]
"""Tell how many seconds a session of a routine lasts, measured with the voice that will be heard."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A routine that lasts as long as was asked for, or as nearly as it can."""

    routine: Routine
    seconds: float
    """As measured."""
    reached: bool
    """Whether that is within the tolerance."""
    changes: tuple[str, ...]
    """What is done otherwise than planned, a line each."""


def tolerance(target: float) -> float:
    """Return by how many seconds a session may be off."""
    return max(SHARE * target, LEAST)


def fit(
    routine: Routine,
    target: float,
    length: Length,
    *,
    pinned: Pinned = NOTHING_PINNED,
    fit_holds: bool = False,
) -> Fitted:
    """Change a routine so that its session lasts some seconds, or as nearly as it can.

    Args:
        routine: as adjusted, with the ranges of its doses.
        target: the seconds that one has.
        length: measures a session.
        pinned: what was asked for itself, and stays as it is.
        fit_holds: whether static holds may leave their ranges, within 15 and 60 s.
    """
    search = _Search(routine, target, _Gauge(length), pinned, fit_holds=fit_holds)
    draft, seconds = search.best()
    if draft == search.planned:
        return Fitted(routine, seconds, search.fits(seconds), ())
    return Fitted(build(routine, draft), seconds, search.fits(seconds), changes(routine, draft))


class _Gauge:
    """Tell how long a session lasts: as measured, or as estimated in the light of the last measurement."""

    def __init__(self, length: Length) -> None:
        self._length = length
        self._measured: dict[Routine, float] = {}
        self._share = 1.0
        self._estimate = cache(_estimate)

    def measure(self, routine: Routine) -> float:
        """Measure a session."""
        if routine not in self._measured:
            self._measured[routine] = self._length(routine)
            known, said = self._estimate(routine)
            self._share = (self._measured[routine] - known) / said
        return self._measured[routine]

    def knows(self, routine: Routine) -> bool:
        """Tell whether a session was measured."""
        return routine in self._measured

    def guess(self, routine: Routine) -> float:
        """Return how long a session lasts, as far as is known."""
        if routine in self._measured:
            return self._measured[routine]
        known, said = self._estimate(routine)
        return known + self._share * said


def _estimate(routine: Routine) -> tuple[float, float]:
    """Return the seconds of a session that are known, and an estimate of what is said between."""
    known = sum(step.seconds for step in unroll(routine) if step.seconds is not None)
    return known, routine_seconds(routine) - known


class _Search:
    """Look for the draft of a routine whose session fits."""

    def __init__(
        self, routine: Routine, target: float, gauge: _Gauge, pinned: Pinned, *, fit_holds: bool
    ) -> None:
        self.planned = Draft(routine.pace, chosen(routine))
        self._routine, self._target, self._gauge, self._pinned = routine, target, gauge, pinned
        self._near = tolerance(target)
        self._aim = MARGIN * self._near
        self._ladder = ladder(routine, static_holds(routine, pinned) if fit_holds else frozenset())
        self._order = drop_order(routine)
        self._eases = 0 if pinned.pauses else EASES
        self._at = cache(self._drafted)

    def fits(self, seconds: float) -> bool:
        """Tell whether a session of so many seconds will do."""
        return abs(seconds - self._target) <= self._near

    def best(self) -> tuple[Draft, float]:
        """Return the first draft found that fits, or the nearest, with its seconds as measured."""
        found = [self.planned]
        while not self.fits(self._measure(found[-1])) and len(found) <= MEASUREMENTS:
            draft = self._proposed()
            if self._gauge.knows(build(self._routine, draft)):
                break
            found.append(draft)
        if not self.fits(self._measure(found[-1])):
            # Where nothing fits, one of the ends may be the nearest.
            found += [self._shortest(), self._longest()]
        best = min(found, key=lambda draft: self._off(self._measure(draft)))
        return best, self._measure(best)

    def _measure(self, draft: Draft) -> float:
        return self._gauge.measure(build(self._routine, draft))

    def _guess(self, draft: Draft) -> float:
        return self._gauge.guess(build(self._routine, draft))

    def _off(self, seconds: float) -> float:
        return abs(seconds - self._target)

    def _proposed(self) -> Draft:
        """Return the first draft that should fit, or the one that comes nearest."""
        nearest, least = self.planned, self._off(self._guess(self.planned))
        for draft in self._candidates():
            off = self._off(self._guess(draft))
            if off <= self._aim:
                return draft
            if off < least:
                nearest, least = draft, off
        return nearest

    def _candidates(self) -> Iterator[Draft]:
        """Yield drafts, the most wanted first."""
        most = self._target + self._aim
        every = len(self._order)
        least = self._least_dropped()
        for dropped in range(least, every + 1):
            # Another set, with shorter holds, rather than long waits before a side or an exercise.
            yield from self._doses(dropped, replace(self._pinned, pauses=True))
            yield from self._doses(dropped, self._pinned)
            # With more left out, what is too short already becomes no longer.
            if self._guess(self._longest(dropped)) < self._target - self._near:
                break
        # To leave one more out may be too much at once: then shorter pauses come before it after all.
        for dropped in range(max(0, least - 1), least) if self._seconds(least) <= most else ():
            yield from (self._at(dropped, 0, 0, eases) for eases in range(self._eases + 1))
        eases = first(self._eases, lambda eases: self._seconds(every, eases=eases) <= most)
        yield from self._spread(self._at(every, 0, 0, min(eases, self._eases)), self._pinned)

    def _least_dropped(self) -> int:
        """Return how many exercises have to be left out for the rest not to be too long."""
        most = self._target + self._aim
        return first(len(self._order), lambda dropped: self._seconds(dropped) <= most)

    def _doses(self, dropped: int, pinned: Pinned) -> Iterator[Draft]:
        """Yield drafts with some exercises left out: the longest doses that are not too long, and more."""
        rungs = self._ladder
        sets = len(rungs.coarse)
        least = last(sets, lambda coarse: self._seconds(dropped, coarse, rungs.inside) <= self._target)
        for coarse in range(least, sets + 1):
            if self._seconds(dropped, coarse) > self._target + self._aim:
                return
            top = rungs.top(coarse)
            fine = self._finest(dropped, coarse, top)
            pair = self._at(dropped, coarse, fine, 0), self._at(dropped, coarse, min(fine + 1, top), 0)
            yield from sorted(pair, key=lambda draft: self._off(self._guess(draft)))
            yield from self._spread(pair[0], pinned)

    def _finest(self, dropped: int, coarse: int, top: int) -> int:
        return last(top, lambda fine: self._seconds(dropped, coarse, fine) <= self._target)

    def _spread(self, draft: Draft, pinned: Pinned) -> Iterator[Draft]:
        """Yield a draft, and the same with what is missing spread over its pauses."""
        yield draft
        missing = self._target - self._guess(draft)
        if missing > 0:
            yield lengthened(self._routine, draft, missing, pinned, self._near / 2)

    def _seconds(self, dropped: int, coarse: int = 0, fine: int = 0, eases: int = 0) -> float:
        return self._guess(self._at(dropped, coarse, fine, eases))

    def _shortest(self) -> Draft:
        return self._at(len(self._order), 0, 0, self._eases)

    def _longest(self, dropped: int = 0) -> Draft:
        rungs = self._ladder
        draft = self._at(dropped, len(rungs.coarse), len(rungs.fine), 0)
        return lengthened(self._routine, draft, ENDLESS, self._pinned, 0)

    def _drafted(self, dropped: int, coarse: int, fine: int, eases: int) -> Draft:
        """Return the draft with some exercises left out, on some rungs, with pauses made shorter."""
        pace = eased(self._routine.pace, eases, keep_rest=self._pinned.rests)
        return Draft(pace, self._ladder.at(fine, coarse), frozenset(self._order[:dropped]))

"""Transitions: how long the body needs from one exercise to the next. One table of figures.

The figures are this project's own, for somebody who moves with stiff hips and closed eyes at the steady
pace; a pace multiplies them. Getting up from the floor takes longest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from voicecoach.routine.model import Exercise, Posture, Side
from voicecoach.routine.pace import Pace

SETTLE = 3.0
"""Seconds to settle into another exercise in the same posture, where no instruction gives that time."""
PLACES = frozenset({"wall", "chair", "step", "doorway", "table", "desk", "bench"})
"""Equipment that one goes to."""
GO, FETCH = 4.0, 5.0
"""Seconds to move to a place; to take anything else: a roller, a band, a cushion."""

_L, _S, _T, _K, _U = Posture.LYING, Posture.SIDE_LYING, Posture.SITTING, Posture.KNEELING, Posture.STANDING
CHANGES: Mapping[Posture | None, Mapping[Posture, float]] = MappingProxyType(
    {
        None: {_L: 8, _S: 8, _T: 6, _K: 6, _U: 5},
        _L: {_L: SETTLE, _S: 5, _T: 5, _K: 6, _U: 10},
        _S: {_L: 5, _S: 6, _T: 5, _K: 6, _U: 10},
        _T: {_L: 5, _S: 5, _T: SETTLE, _K: 5, _U: 8},
        _K: {_L: 6, _S: 6, _T: 5, _K: SETTLE, _U: 6},
        _U: {_L: 9, _S: 9, _T: 7, _K: 6, _U: SETTLE},
    }
)
"""Seconds from one posture (None: unknown, as at the start) to another; side-lying to side-lying is turning
over to the other side."""


@dataclass(frozen=True, slots=True)
class Body:
    """What the body does, and what is at hand."""

    posture: Posture | None = None
    """None: not known."""
    on_top: Side | None = None
    """The upper side, where it lies on one."""
    equipment: tuple[str, ...] = ()

    def turned(self, side: Side | None) -> "Body":
        """Return the body with another side working: on the side, the one that works is on top."""
        return replace(self, on_top=side) if self.posture is Posture.SIDE_LYING else self

    def after(self, exercise: Exercise) -> "Body":
        """Return the body as it is once it is ready for the first set of an exercise."""
        if exercise.is_wait:
            return Body(exercise.posture or self.posture, self.on_top, (*self.equipment, *exercise.equipment))
        posture = exercise.posture or self.posture
        side = exercise.sides[0] if exercise.sides else None
        return Body(posture, side if posture is Posture.SIDE_LYING else None, exercise.equipment)


@dataclass(frozen=True, slots=True)
class Transition:
    """What has to happen before an exercise."""

    posture: Posture | None
    """The new posture; None: it stays as it is."""
    side: Side | None
    """The side to have on top, where the new posture has one."""
    fetch: tuple[str, ...]
    """What to take that was not at hand."""
    seconds: float
    """The time that it takes."""

    @property
    def is_change(self) -> bool:
        """Tell whether there is anything to announce."""
        return self.posture is not None or bool(self.fetch)


def transition(before: Body, exercise: Exercise, pace: Pace) -> Transition:
    """Return what has to happen to be ready for an exercise."""
    ready = before.after(exercise)
    new = exercise.posture is not None and (
        exercise.posture is not before.posture or (ready.on_top is not None and ready.on_top != before.on_top)
    )
    fetch = tuple(item for item in exercise.equipment if item not in before.equipment)
    move = CHANGES[before.posture][exercise.posture] if new and exercise.posture else 0.0
    seconds = max(SETTLE, move + _fetching(fetch)) * pace.change
    return Transition(exercise.posture if new else None, ready.on_top if new else None, fetch, seconds)


def _fetching(items: Iterable[str]) -> float:
    return sum(GO if item in PLACES else FETCH for item in items)

"""Loads: what one step of work asks of a side, and what it is for. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from voicecoach.plan.steps import Kind, Step
from voicecoach.routine.dose import SHORT_HOLD
from voicecoach.routine.model import Aim, Exercise, Stage
from voicecoach.routine.work import ContractRelax, Hold, Open, Phase, Reps, Timed, Wait, Work
from voicecoach.units import number

AIMS: Mapping[type[Work], Aim] = MappingProxyType(
    {
        Hold: Aim.STRETCH,
        ContractRelax: Aim.STRETCH,
        Reps: Aim.STRENGTHEN,
        Open: Aim.STRENGTHEN,
        Timed: Aim.MOVE,
        Wait: Aim.MOVE,
    }
)
"""What work is for where its stage does not say: the usual, not the certain."""
ROLLED_ON = frozenset({"roller", "rollers", "ball", "balls"})
"""Movement for a time with one of these is rolling."""
NOT_ROLLED_ON = frozenset({"medicine", "gym", "exercise", "stability", "swiss", "slam"})
"""Unless one of these words stands with it."""


def aim_of(stage: Stage, exercise: Exercise) -> Aim:
    """Return what an exercise is for: what its stage says, else what its work lets one infer.

    The inference can be wrong: a plank in a stage without an aim is taken for a stretch. The key
    ``aim = "strengthen"`` of the stage puts that right.
    """
    if stage.aim is not None:
        return stage.aim
    if isinstance(exercise.work, Timed) and any(map(_is_rolled_on, exercise.equipment)):
        return Aim.ROLL
    return AIMS[type(exercise.work)]


def _is_rolled_on(item: str) -> bool:
    words = set(item.casefold().replace("-", " ").split())
    return bool(words & ROLLED_ON) and not words & NOT_ROLLED_ON


def held(step: Step) -> float | None:
    """Return the seconds of one hold in a step, of reps the hold in each; None where nothing is held."""
    if step.kind in {Kind.HOLD, Kind.OPEN}:
        return step.seconds
    work = step.exercise.work if step.exercise else None
    return dict(step.rep)[Phase.HOLD] if isinstance(work, Reps) and work.hold else None


def under_stretch(step: Step) -> float:
    """Return the seconds of a step in which a stretch is held: pressing and moving are none.

    Contract and relax is a stretch whatever its stage is for. The holds of reps count where each is as long
    as a static stretch.
    """
    stage, exercise = step.stage, step.exercise
    if stage is None or exercise is None:
        return 0.0
    if aim_of(stage, exercise) is not Aim.STRETCH and not isinstance(exercise.work, ContractRelax):
        return 0.0
    seconds = held(step) or 0.0
    if step.reps is None:
        return seconds
    return step.reps * seconds if seconds >= SHORT_HOLD else 0.0


@dataclass(frozen=True, slots=True)
class Load:
    """What one side does."""

    sets: int = 0
    reps: int = 0
    seconds: float = 0.0
    """Of work: from each start tone to its end tone, open-ended holds with their most."""
    timed: float = 0.0
    """Those seconds that no reps are counted in."""
    stretch: float = 0.0
    """Those seconds in which a stretch is held."""

    @classmethod
    def of(cls, step: Step) -> "Load":
        """Return the load of one step of work; pressing is a part of a set, not a set."""
        sets = 0 if step.kind is Kind.CONTRACT else 1
        seconds = step.seconds or 0.0
        return cls(sets, step.reps or 0, seconds, 0.0 if step.reps else seconds, under_stretch(step))

    def __add__(self, other: "Load") -> "Load":
        return Load(
            self.sets + other.sets,
            self.reps + other.reps,
            self.seconds + other.seconds,
            self.timed + other.timed,
            self.stretch + other.stretch,
        )

    def balances(self, other: "Load") -> bool:
        """Tell whether the other side does as many reps, and as many seconds of what is not counted."""
        return self.reps == other.reps and math.isclose(self.timed, other.timed, abs_tol=1e-6)

    def __str__(self) -> str:
        """Write the amount that sides are compared by, as ``60 s`` or ``20 reps``."""
        reps = f"{self.reps} reps" if self.reps else ""
        timed = f"{number(round(self.timed, 1))} s" if self.timed else ""
        return " and ".join(filter(None, (reps, timed))) or "nothing"

    def to_json(self) -> dict[str, Any]:
        """Return the load as plain values for JSON."""
        return {
            "sets": self.sets,
            "reps": self.reps,
            "seconds": self.seconds,
            "stretch_seconds": self.stretch,
        }

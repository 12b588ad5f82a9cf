"""Doses: what a session asks of an exercise and of a muscle, on either side. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from voicecoach.plan.guidelines import Judgement, Measure, judge
from voicecoach.plan.load import Load
from voicecoach.plan.steps import Kind
from voicecoach.routine.address import Place
from voicecoach.routine.model import BOTH_SIDES, Aim, Exercise, Side


@dataclass(frozen=True, slots=True)
class ExerciseDose:
    """What a session asks of one exercise, over all rounds."""

    place: Place
    stage: str
    exercise: Exercise
    aim: Aim
    is_inferred: bool
    """Whether the aim is not told by the stage, but inferred from the work."""
    kind: Kind
    """Of its sets."""
    reps: int | None
    """Of one set."""
    hold: float | None
    """Seconds of one hold: of contract and relax the deepening, of reps the hold in each."""
    seconds: float
    """Of one set; contract and relax with its pressing."""
    left: Load
    right: Load
    judgements: tuple[Judgement, ...]

    @property
    def each(self) -> Load:
        """Return what each side that works does: two do the same."""
        return self.left if self.left.sets else self.right

    @property
    def group(self) -> str:
        """Return what it is added up under: the muscle, as it is written, or else its own name."""
        return self.exercise.muscle or self.exercise.name

    @property
    def is_prescribed(self) -> bool:
        """Tell whether it is meant for one side alone."""
        return self.exercise.one_sided and len(self.exercise.sides) == 1

    def judgement(self, *measures: Measure) -> Judgement | None:
        """Return what is found of the first of some measures that is judged."""
        return next((found for found in self.judgements if found.measure in measures), None)

    def to_json(self) -> dict[str, Any]:
        """Return the dose as plain values for JSON; indices count from 0."""
        return {
            "stage": self.stage,
            "stage_index": self.place[0],
            "exercise": self.exercise.name,
            "exercise_index": self.place[1],
            "muscle": self.exercise.muscle,
            "aim": self.aim.value,
            "aim_inferred": self.is_inferred,
            "kind": self.kind.value,
            "sides": [side.value for side in self.exercise.sides],
            "one_sided": self.is_prescribed,
            "sets_per_side": self.each.sets,
            "reps_per_set": self.reps,
            "hold_seconds": self.hold,
            "set_seconds": self.seconds,
            "left": self.left.to_json(),
            "right": self.right.to_json(),
            "judgements": [found.to_json() for found in self.judgements],
        }


@dataclass(frozen=True, slots=True)
class MuscleDose:
    """How long a muscle is under stretch, on either side."""

    name: str
    """As first written; where an exercise names no muscle, the name of the exercise."""
    left: float
    right: float

    @property
    def most(self) -> float:
        """Return the seconds of the side that is stretched longer."""
        return max(self.left, self.right)

    def judgement(self, side: Side) -> Judgement | None:
        """Hold one side against the guidelines; None where it is not stretched."""
        seconds = self.left if side is Side.LEFT else self.right
        return judge(Aim.STRETCH, Measure.TOTAL, seconds) if seconds else None

    def to_json(self) -> dict[str, Any]:
        """Return the dose as plain values for JSON."""
        found = {side.value: self.judgement(side) for side in BOTH_SIDES}
        return {
            "muscle": self.name,
            "left_seconds": self.left,
            "right_seconds": self.right,
            "judgements": {side: one.to_json() if one else None for side, one in found.items()},
        }


def muscle_doses(doses: Iterable[ExerciseDose]) -> tuple[MuscleDose, ...]:
    """Return how long each muscle is under stretch; one text that names several is one muscle."""
    found: dict[str, list[ExerciseDose]] = defaultdict(list)
    for dose in doses:
        if dose.each.stretch:
            found[dose.group.casefold()].append(dose)
    return tuple(
        MuscleDose(
            group[0].group,
            sum(dose.left.stretch for dose in group),
            sum(dose.right.stretch for dose in group),
        )
        for group in found.values()
    )

"""A spot: where a listener stands in a session, so that another session can go on there. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NoReturn

from voicecoach.errors import ChoiceError
from voicecoach.plan.steps import Bout, Kind, Step
from voicecoach.routine.model import Side
from voicecoach.routine.pace import Effort, Pace


@dataclass(frozen=True, slots=True)
class Length:
    """How long the listener has made a set, or a part of one, and the same on the other side."""

    set: int | None
    side: Side | None
    kind: Kind
    seconds: float


@dataclass(frozen=True, slots=True)
class Spot:
    """The set that is under way, or about to begin; an exercise or a stage that is being announced."""

    stage_index: int
    """Counted from 0, in the routine as adjusted."""
    exercise_index: int | None = None
    round: int | None = None
    set: int | None = None
    side: Side | None = None
    name: str | None = None
    """Of the exercise, as written: the same in every language of the routine."""
    passed: int = 0
    """Frames of the session before it."""
    effort: Effort = Effort.AS_CHOSEN
    lengths: tuple[Length, ...] = ()
    """Of the sets of the exercise that were made longer or shorter."""

    @classmethod
    def of(
        cls,
        step: Step,
        passed: int,
        effort: Effort = Effort.AS_CHOSEN,
        lengths: tuple[Length, ...] = (),
    ) -> "Spot | None":
        """Return the spot of a step; None in the opening and at the finish."""
        if step.stage_index is None:
            return None
        name = (step.exercise.written or step.exercise.name) if step.exercise else None
        return cls(
            step.stage_index,
            step.exercise_index,
            step.round,
            step.set,
            step.side,
            name,
            passed,
            effort,
            lengths,
        )

    @property
    def bout(self) -> Bout:
        """Return which appearance of an exercise it is in."""
        return self.stage_index, self.exercise_index, self.round

    def is_at(self, step: Step) -> bool:
        """Tell whether a step is the first of what belongs to this spot."""
        exercise = step.exercise
        names = {exercise.written or exercise.name, exercise.name} if exercise else {None}
        mine = self.bout, self.set, self.side
        return self.name in names and mine == (step.bout, step.set, step.side)

    def steps(self, step: Step, pace: Pace) -> Iterator[Step]:
        """Yield how a session goes on here: what is done and where, and a lead-in instead of a rest.

        Args:
            step: the first that belongs to the spot.
            pace: the lengths of pauses.
        """
        if step.set is None:
            yield step
            return
        yield replace(step, kind=Kind.ANNOUNCE, seconds=None)
        yield replace(step, kind=Kind.LEAD_IN, seconds=pace.lead_in, other_side=False, again=False)

    def refuse(self) -> NoReturn:
        """Say that a routine has no such place.

        Raises:
            ChoiceError: always.
        """
        stage = f"stage {self.stage_index + 1}"
        what = f"set {self.set} of '{self.name}'" if self.set else f"'{self.name}'" if self.name else stage
        message = f"the routine has changed: {what} is not where it was; begin anew with 'voicecoach play'"
        raise ChoiceError(message)

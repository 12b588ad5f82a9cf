"""The audit of doses: what a session asks of each exercise, muscle and side, beside the guidelines. Pure.

Everything is added up from the steps of the session, so it is what will be done: at its pace, with its
rounds, sets and sides. What works both sides at once counts for each of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from voicecoach.plan.doses import ExerciseDose, MuscleDose, muscle_doses
from voicecoach.plan.guidelines import GUIDELINES, UNITS, Judgement, Measure, Verdict, judge, listed
from voicecoach.plan.load import Load, aim_of, held
from voicecoach.plan.steps import Kind, Step, unroll
from voicecoach.plan.symmetry import Asymmetry, asymmetries
from voicecoach.routine.address import Place, places
from voicecoach.routine.model import BOTH_SIDES, Exercise, Routine, Side
from voicecoach.units import number


@dataclass(frozen=True, slots=True)
class Audit:
    """What a whole session asks."""

    title: str
    pace: str
    exercises: tuple[ExerciseDose, ...]
    muscles: tuple[MuscleDose, ...]
    """Those under stretch."""
    asymmetries: tuple[Asymmetry, ...]

    @property
    def prescribed(self) -> tuple[ExerciseDose, ...]:
        """Return the exercises that are meant for one side alone."""
        return tuple(dose for dose in self.exercises if dose.is_prescribed)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return a line for each figure that lies outside its guidelines, with all that have it."""
        outside: dict[tuple[str, Judgement], dict[str, None]] = defaultdict(dict)
        for where, who, found in self._judgements():
            if found.verdict is not Verdict.WITHIN:
                outside[where, found][who] = None
        return tuple(
            f"{where}: {found.measure}: {number(found.figure)} {UNITS[found.measure]}".rstrip()
            + f" is {found.verdict} {listed(found.guidelines)}: {', '.join(who)}"
            for (where, found), who in outside.items()
        )

    def _judgements(self) -> Iterator[tuple[str, str, Judgement]]:
        for dose in self.exercises:
            for found in dose.judgements:
                yield dose.stage, dose.exercise.name, found
        for muscle in self.muscles:
            for side in BOTH_SIDES:
                if judgement := muscle.judgement(side):
                    yield "under stretch", muscle.name, judgement

    def to_json(self) -> dict[str, Any]:
        """Return the audit as plain values for JSON."""
        sources = {row.source.number: row.source.text for row in GUIDELINES}
        return {
            "pace": self.pace,
            "exercises": [dose.to_json() for dose in self.exercises],
            "muscles": [muscle.to_json() for muscle in self.muscles],
            "asymmetries": [one.to_json() for one in self.asymmetries],
            "one_sided": [dose.exercise.name for dose in self.prescribed],
            "warnings": list(self.warnings),
            "sources": {str(figure): text for figure, text in sorted(sources.items())},
        }


def audit(routine: Routine) -> Audit:
    """Add up what a routine asks, as its pace has it."""
    loads: dict[tuple[int | None, int | None, Side], Load] = defaultdict(Load)
    sets: dict[tuple[int | None, int | None], dict[Kind, Step]] = defaultdict(dict)
    for step in unroll(routine):
        if step.is_work:
            load = Load.of(step)
            # All sets of an exercise are alike, so one of each kind tells of all.
            sets[step.bout[:2]][step.kind] = step
            for side in (step.side,) if step.side else BOTH_SIDES:
                loads[*step.bout[:2], side] += load
    doses = tuple(
        _dose(routine, place, exercise, sets[place], {side: loads[*place, side] for side in BOTH_SIDES})
        for place, exercise in places(routine)
        if not exercise.is_wait
    )
    return Audit(routine.title, routine.pace.name, doses, muscle_doses(doses), asymmetries(doses))


def _dose(
    routine: Routine, place: Place, exercise: Exercise, parts: Mapping[Kind, Step], loads: Mapping[Side, Load]
) -> ExerciseDose:
    stage = routine.stages[place[0]]
    aim = aim_of(stage, exercise)
    *_, last = parts.values()
    hold = held(last)
    seconds = sum(step.seconds or 0.0 for step in parts.values())
    left, right = loads[Side.LEFT], loads[Side.RIGHT]
    each = left if left.sets else right
    figures = {Measure.SETS: each.sets, Measure.SET: seconds}
    if each.stretch and hold is not None:
        figures |= {Measure.HOLDS: each.reps or each.sets, Measure.HOLD: hold}
    judgements = tuple(
        found for measure, figure in figures.items() if (found := judge(aim, measure, figure)) is not None
    )
    return ExerciseDose(
        place=place,
        stage=stage.title,
        exercise=exercise,
        aim=aim,
        is_inferred=stage.aim is None,
        kind=Kind.CONTRACT if Kind.CONTRACT in parts else last.kind,
        reps=last.reps,
        hold=hold,
        seconds=seconds,
        left=left,
        right=right,
        judgements=judgements,
    )

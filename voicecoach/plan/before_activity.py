"""Before activity: what speaks against a routine right before an effort, and what is fine then. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from voicecoach.errors import ChoiceError
from voicecoach.plan.audit import audit
from voicecoach.plan.doses import ExerciseDose, MuscleDose, muscle_doses
from voicecoach.plan.guidelines import PAGE, Measure, Verdict, guidelines_for, judge
from voicecoach.routine.address import find_part, slug
from voicecoach.routine.model import Aim, Routine
from voicecoach.units import number

(LIMIT,) = guidelines_for(Aim.STRETCH, Measure.EFFORT)
"""The most that a muscle may be stretched right before maximal effort."""
ADVICE = (
    "static stretching is planned: better not right before activity or competition, but after it or on a "
    f"rest day ({PAGE.text})"
)
NOTHING = "no static stretching is planned"

Doses = tuple[ExerciseDose, ...]
"""Of one stage."""


def before_activity(routine: Routine) -> tuple[str, ...]:
    """Return the lines that warn of a routine right before an effort: its stretches, and what goes without.

    The last line, where a part of the routine is without stretches, has the options that choose it.
    """
    found = audit(routine)
    if not found.muscles:
        return (NOTHING,)
    in_all = {muscle.name.casefold(): muscle.most for muscle in found.muscles}
    stages = [tuple(doses) for _, doses in groupby(found.exercises, key=lambda dose: dose.place[0])]
    return (ADVICE, *_stretches(stages, in_all), *_limit(found.muscles), *_fine(routine, stages))


def _stretches(stages: Iterable[Doses], in_all: Mapping[str, float]) -> Iterator[str]:
    for doses in stages:
        muscles = [_muscle(muscle, in_all[muscle.name.casefold()]) for muscle in muscle_doses(doses)]
        if muscles:
            yield f"{doses[0].stage}: under stretch per side: {', '.join(muscles)}"


def _muscle(muscle: MuscleDose, in_all: float) -> str:
    text = f"{muscle.name} {number(round(muscle.most, 1))} s"
    if not _is_above(in_all):
        return text
    more = f"{number(round(in_all, 1))} s in all, " if in_all > muscle.most else ""
    return f"{text} ({more}above {number(LIMIT.high)} s)"


def _is_above(seconds: float) -> bool:
    found = judge(LIMIT.aim, LIMIT.measure, seconds)
    return found is not None and found.verdict is Verdict.ABOVE


def _limit(muscles: Iterable[MuscleDose]) -> Iterator[str]:
    above = [muscle.name for muscle in muscles if _is_above(muscle.most)]
    if above:
        yield f"more than {number(LIMIT.high)} s {LIMIT.measure} ({LIMIT.source.text}): {', '.join(above)}"


def _fine(routine: Routine, stages: Iterable[Doses]) -> Iterator[str]:
    """Yield the options that leave out every stretch; none where that leaves nothing."""
    options = [f"--only {address}" for doses in stages for address in _addresses(routine, doses)]
    if options:
        yield f"fine before activity: {' '.join(options)}"


def _addresses(routine: Routine, doses: Doses) -> list[str]:
    """Return how to ask for what a stage has besides stretches: the stage, or else each exercise.

    Never by number: numbers are those of the routine as written, and this one may have been adjusted.
    """
    title = slug(doses[0].stage)
    fine = [dose for dose in doses if not dose.each.stretch]
    if len(fine) == len(doses) and _means(routine, title, doses[0].place[0]):
        return [title]
    return [f"{title}.{slug(dose.exercise.name)}" for dose in fine]


def _means(routine: Routine, reference: str, stage: int) -> bool:
    """Tell whether a reference means this stage, and nothing else."""
    try:
        return {place[0] for place in find_part(routine, reference)} == {stage}
    except ChoiceError:
        return False

"""Concerns: what the doses of a routine file give cause to warn of, each at its place in the file. Pure."""

from voicecoach.plan.audit import Audit
from voicecoach.plan.doses import ExerciseDose
from voicecoach.plan.guidelines import UNITS, Judgement, Verdict, listed
from voicecoach.routine.model import BOTH_SIDES, Routine
from voicecoach.routine.problems import Problems, place_of
from voicecoach.units import number

CLEARLY = 2
"""A figure is clearly outside where it is more than twice the highest figure of its guidelines, or less than
half of the lowest: this project's own measure of what nobody asked for should be told."""
MANY_SETS = 20_000
"""Of so many sets, doses are not added up unasked: it takes seconds, and no session has them."""


def uneven_sides(audit: Audit, severity: str) -> Problems:
    """Return each muscle, or exercise, of which one side does more than the other."""
    problems = Problems(code="uneven-sides", severity=severity)
    doses = {dose.place: dose for dose in audit.exercises}
    for found in audit.asymmetries:
        _at(problems, doses[found.place]).add(str(found))
    return problems


def outside_guidelines(audit: Audit) -> Problems:
    """Return a warning for each figure that is clearly outside its guidelines."""
    problems = Problems(code="dose", severity="warning")
    for dose in audit.exercises:
        for found in dose.judgements:
            _judged(_at(problems, dose), found)
    # The first exercise of each muscle: later ones are overwritten by it.
    first = {dose.group.casefold(): dose for dose in reversed(audit.exercises)}
    for muscle in audit.muscles:
        judged = (muscle.judgement(side) for side in BOTH_SIDES)
        for found in dict.fromkeys(filter(None, judged)):
            _judged(_at(problems, first[muscle.name.casefold()]), found, f"{muscle.name}, under stretch: ")
    return problems


def is_auditable(routine: Routine) -> bool:
    """Tell whether doses can be added up in no time."""
    sets = sum(
        stage.rounds.high * exercise.sets.high * max(1, len(exercise.sides))
        for stage in routine.stages
        for exercise in stage.exercises
    )
    return sets <= MANY_SETS


def _judged(problems: Problems, found: Judgement, what: str = "") -> None:
    if not _is_clear(found):
        return
    figure = f"{number(found.figure)} {UNITS[found.measure]}".rstrip()
    problems.add(
        f"{what}{found.measure}: {figure} is far {found.verdict} {listed(found.guidelines)}; "
        "see --dose for the sources",
        "dose",
    )


def _is_clear(found: Judgement) -> bool:
    if found.verdict is Verdict.BELOW:
        return found.figure * CLEARLY < min(row.low for row in found.guidelines)
    above = found.verdict is Verdict.ABOVE
    return above and found.figure > CLEARLY * max(row.high for row in found.guidelines)


def _at(problems: Problems, dose: ExerciseDose) -> Problems:
    stage, exercise = dose.place
    of_stage = problems.at(("stage", stage), place_of("stage", stage, dose.stage))
    return of_stage.at(("exercise", exercise), place_of("exercise", exercise, dose.exercise.name))

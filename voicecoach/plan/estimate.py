"""How long a routine takes, before anything is measured: its sets to the second, its speech by its words.

For "about ten minutes", for lists, and for a first choice: what is planned is measured, never estimated.
"""

from functools import lru_cache

from voicecoach.plan.steps import Step, Tracker, bouts, sets_seconds
from voicecoach.plan.transitions import Body, transition
from voicecoach.routine.model import Exercise, Order, Routine, Side, Stage
from voicecoach.routine.pace import Pace
from voicecoach.routine.quantities import Range
from voicecoach.routine.work import Work

WORDS_IN_ANNOUNCEMENT, GAPS_IN_ANNOUNCEMENT = 13, 6
"""What is said of an exercise or stage besides its texts."""
WORDS_IN_REMINDER, GAPS_IN_REMINDER = 4, 2
"""What is said of an exercise that is known already."""


def stage_seconds(stage: Stage, pace: Pace, index: int = 0) -> float:
    """Estimate how long a stage takes by itself, in full talk."""
    return _stage_seconds(stage, pace, index, Tracker())


def routine_seconds(routine: Routine) -> float:
    """Estimate how long a whole routine takes, in full talk."""
    words = len(f"{routine.introduction} {routine.caution}".split()) + 2 * WORDS_IN_ANNOUNCEMENT
    tracker, pace = Tracker(), routine.pace
    stages = (_stage_seconds(stage, pace, index, tracker) for index, stage in enumerate(routine.stages))
    return 60 * words / pace.rate_wpm + sum(stages)


def _stage_seconds(stage: Stage, pace: Pace, index: int, tracker: Tracker) -> float:
    total = 0.0
    for bout in bouts(stage, pace, index):
        step = tracker.see(bout)
        total += step.seconds if step.seconds is not None else _spoken_seconds(step, pace)
        if exercise := step.exercise:
            total += _dose_seconds(
                exercise.work, exercise.sets, exercise.sides, exercise.order, exercise.rest, pace
            )
            tracker.body = tracker.body.turned(exercise.sides[-1] if exercise.sides else None)
    return total


@lru_cache(maxsize=4096)
def _dose_seconds(  # noqa: PLR0913, PLR0917 - all that the length of a dose depends on
    work: Work, sets: Range, sides: tuple[Side, ...], order: Order, rest: float | None, pace: Pace
) -> float:
    """Return how long a dose takes: as long wherever it stands, and the same doses stand in many places."""
    return sets_seconds(Exercise("", work, sets, sides, order, rest=rest), pace)


def _spoken_seconds(step: Step, pace: Pace) -> float:
    words, gaps, change = WORDS_IN_ANNOUNCEMENT, GAPS_IN_ANNOUNCEMENT, 0.0
    if step.exercise:
        coming = transition(step.body or Body(), step.exercise, pace)
        pauses = coming.is_change or step.known or not step.exercise.instruction
        change = coming.seconds if pauses and not step.exercise.is_wait else 0.0
        if step.known or step.exercise.is_wait:
            words, gaps = WORDS_IN_REMINDER, GAPS_IN_REMINDER
        else:
            words += len(f"{step.exercise.instruction} {step.exercise.caution}".split())
    elif step.stage:
        words += len(step.stage.purpose.split())
    return change + gaps * pace.sentence_gap + 60 * words / pace.rate_wpm

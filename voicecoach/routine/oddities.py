"""Oddities: what a routine says that comes to nothing, or leaves out. Warned of, and never an error."""

from collections.abc import Iterator

from voicecoach.routine.model import Exercise, Order, Posture, Routine
from voicecoach.routine.pace import Pace
from voicecoach.routine.problems import Problems, place_of
from voicecoach.routine.quantities import ONCE
from voicecoach.routine.work import Hold, Timed


def oddities(routine: Routine) -> Problems:
    """Return a warning for each thing that is written and has no effect, and for sides that are missing."""
    warnings = Problems(code="no-effect", severity="warning")
    for index, stage in enumerate(routine.stages):
        of_stage = warnings.at(("stage", index), place_of("stage", index, stage.title))
        if stage.rest is not None and stage.rounds == ONCE:
            of_stage.add(
                "rest is between rounds, and there is one round; write rounds = 2, or leave it out", "rest"
            )
        for number, exercise in enumerate(stage.exercises):
            place = of_stage.at(("exercise", number), place_of("exercise", number, exercise.name))
            for key, message in _of_exercise(exercise, routine.pace):
                place.add(message, key)
            if exercise.posture is Posture.SIDE_LYING and not exercise.sides:
                place.add(
                    "one lies on one side, but no side is told; write per side, or left only",
                    "dose",
                    code="no-sides",
                )
    return warnings


def _of_exercise(exercise: Exercise, pace: Pace) -> Iterator[tuple[str, str]]:
    if exercise.order is Order.BLOCK and len(exercise.sides) <= 1:
        yield "order", "order is that of two sides, and there is one; write per side, or leave it out"
    if isinstance(exercise.work, Hold | Timed):
        seconds = exercise.work.seconds.take(pace.holds)
        for late in [saying for saying in exercise.say if saying.at >= seconds]:
            shown = f"'{late.text[:40]}' at {late.at:g} s"
            yield "say", f"{shown} is not said at the {pace.name} pace: its sets last {seconds:g} s"
    if isinstance(exercise.work, Hold) and exercise.work.breath:
        breath = exercise.work.breath
        least = pace.breath_from + breath.inward + breath.outward + pace.countdown
        if exercise.work.seconds.low < least:
            shown = f"{exercise.work.seconds} s"
            yield (
                "breath",
                f"a hold of {shown} has no room for a breath of {breath}; hold for {least:g} s and more",
            )

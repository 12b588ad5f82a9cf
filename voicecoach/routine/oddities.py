"""Oddities: what a routine says that comes to nothing, or leaves out. Warned of, and never an error."""

from collections.abc import Iterator

from voicecoach.routine.forms import KEYS, own_forms, referring
from voicecoach.routine.growth import amount
from voicecoach.routine.model import Exercise, Order, Posture, Routine
from voicecoach.routine.pace import Pace
from voicecoach.routine.problems import Problems, place_of
from voicecoach.routine.progression import Quantity
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
    _of_forms(routine, warnings)
    return warnings


def _of_forms(routine: Routine, warnings: Problems) -> None:
    """Warn of forms that nothing leads to, and of rules that come to nothing."""
    led_to = {getattr(exercise, key) for _, exercise in referring(routine, Problems()) for key in KEYS}
    for index, (name, form) in enumerate(own_forms(routine).items()):
        if name not in led_to:
            place = warnings.at(("form", index), place_of("form", index, form.name))
            place.add("no exercise has it as its next or its easier form: it is never done", "name")
    for place, exercise in referring(routine, warnings):
        for key, message in _of_rule(exercise, routine.pace):
            place.add(message, key)


def _of_rule(exercise: Exercise, pace: Pace) -> Iterator[tuple[str, str]]:
    rule = exercise.progress
    if rule is None:
        return
    if rule.is_off:
        for key in KEYS:
            if getattr(exercise, key):
                yield key, f"{key}: its progress is off, so that no form takes its place"
        return
    if exercise.next and not rule.to_next_form:
        yield "progress", "progress: it never comes to the next form; add: , next form"
    if rule.to_next_form and not exercise.next:
        yield "progress", 'progress: there is no next form; name one, as next = "clam-with-band"'
    for increment in rule.increments:
        choice = pace.sets if increment.quantity is Quantity.SETS else pace.holds
        written = amount(exercise, increment.quantity)
        if written and written.take(choice) >= increment.up_to:
            yield (
                "progress",
                f"progress: {increment}: {written.take(choice):g} already at the {pace.name} pace",
            )


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

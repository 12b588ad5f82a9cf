"""Doses in the words of a language, as a routine is shown: ``2-3 x 30 s per side``. Pure.

In English it is the notation that a routine is written in, and that `parse_dose` reads.
"""

from collections.abc import Iterator

from voicecoach.plan.phrases import Phrases
from voicecoach.routine.dose import are_reps
from voicecoach.routine.model import BOTH_SIDES, Exercise
from voicecoach.routine.quantities import Range
from voicecoach.routine.work import ContractRelax, Hold, Open, Reps, Timed, Wait


def written_dose(exercise: Exercise, phrases: Phrases) -> str:
    """Return the dose of an exercise as it is written, its ranges and all."""
    return ", ".join((*_work(exercise, phrases), *_sides(exercise, phrases)))


def _work(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    """Yield what is done, and how."""
    text, sets = phrases.text, _span(phrases, exercise.sets)
    match exercise.work:
        case Hold(seconds, breath):
            key = "written.hold.many" if are_reps(exercise.sets, seconds) else "written.hold"
            yield text(key, sets=sets, seconds=_span(phrases, seconds))
            if breath:
                yield text("written.breathing", breath=_joined(phrases, breath.inward, breath.outward))
        case Timed(seconds):
            yield text("written.moving", sets=sets, seconds=_span(phrases, seconds))
        case Reps():
            yield from _reps(exercise.work, sets, phrases)
        case ContractRelax(contract, deepen, relax):
            yield text("written.contract", sets=sets, seconds=_span(phrases, contract))
            if relax is not None:
                yield text("written.relax", seconds=relax)
            yield text("written.deepen", seconds=_span(phrases, deepen))
        case Open(seconds):
            yield text("written.open", sets=sets, seconds=_span(phrases, seconds))
        case Wait(seconds):
            yield text("written.wait", seconds=_span(phrases, seconds))


def _reps(work: Reps, sets: str, phrases: Phrases) -> Iterator[str]:
    yield phrases.text("written.reps", count=work.count.high, sets=sets, reps=_span(phrases, work.count))
    if work.hold:
        yield phrases.text("written.reps.hold", seconds=_span(phrases, work.hold))
    if work.tempo:
        yield f"@ {_joined(phrases, *work.tempo.phases)}"


def _sides(exercise: Exercise, phrases: Phrases) -> Iterator[str]:
    """Yield which sides, and in which order, where there are any."""
    match exercise.sides:
        case (first, _):
            yield phrases.text("written.both" if exercise.sides == BOTH_SIDES else f"written.first.{first}")
        case (side,):
            yield phrases.text(f"written.only.{side}" if exercise.one_sided else f"written.{side}")


def _span(phrases: Phrases, of: Range) -> str:
    """Write a range as ``2-3``, or as one figure."""
    return _joined(phrases, *dict.fromkeys((of.low, of.high)))


def _joined(phrases: Phrases, *figures: float) -> str:
    return "-".join(map(phrases.figure, figures))

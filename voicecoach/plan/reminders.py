"""Reminders: short encouragements in the quiet parts of long holds and of movement.

They take only what everything else has left free, so nobody misses one that finds no place. The same
session has the same reminders in the same places.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from voicecoach.plan.cues import Anchor, Cue, Priority, Talk
from voicecoach.plan.place import Fitter
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Measure, Speech
from voicecoach.plan.wanted import panned
from voicecoach.plan.wishes import Wishes


def texts(step: Step) -> tuple[str, ...]:
    """Return what may be said in a step, as written: of its exercise, else of its stage."""
    if step.exercise is None or step.stage is None:
        return ()
    return step.exercise.reminders or step.stage.reminders


def circle(step: Step, seed: int) -> tuple[str, ...]:
    """Return the reminders of a step in the order in which they go round: shuffled, the same each time."""
    order = list(dict.fromkeys(texts(step)))
    # Its name and no counter: the choice is the same wherever the session was begun.
    name = (step.exercise.written or step.exercise.name) if step.exercise else ""
    Random(f"{seed}:{name}").shuffle(order)  # noqa: S311 - no secret
    return tuple(order)


@dataclass(frozen=True, slots=True)
class Said:
    """The reminder that was said last: it is not said twice in a row."""

    text: str | None = None
    since: int = 0
    """The frame of the step from which on there may be another."""


def remind(fitter: Fitter, wishes: Wishes, step: Step, measure: Measure, said: Said) -> str | None:
    """Put reminders where there is room for them.

    Args:
        fitter: holds all other events of the segment already.
        wishes: what the session has in common.
        step: the hold or the movement.
        measure: how long each reminder lasts.
        said: what was said before.

    Returns:
        The reminder that was said last.
    """
    order, pace, last = circle(step, wishes.seed), wishes.pace, said.text
    seconds = step.seconds or 0
    is_quiet = step.kind in {Kind.HOLD, Kind.TIMED} and not step.breath and seconds >= pace.reminder_least
    if wishes.talk is not Talk.FULL or not order or not is_quiet:
        return last
    apart = _apart(wishes, step)
    gap = wishes.frames(pace.reminder_gap)
    limit = wishes.frames(seconds - pace.reminder_until) - gap
    start = max(said.since, wishes.frames(pace.reminder_from))
    while start < limit:
        event = None
        for text in _following(order, last):
            speech = Speech(text, wishes.phrases.language)
            # It has ended before anything tells of the end.
            slack = limit - start - measure(speech)
            cue = Cue(start, (speech,), Priority.REMINDER, Anchor.FROM, slack=slack, apart=gap)
            if slack >= 0 and (event := fitter.grant(panned(wishes, step, cue))):
                last, start = text, event.onset + measure(speech) + apart
                break
        if event is None:
            return last
    return last


def _apart(wishes: Wishes, step: Step) -> int:
    """Return the least number of frames from one reminder to the next."""
    pace = wishes.pace
    return wishes.frames(pace.prompt_apart if step.kind is Kind.TIMED else pace.reminder_apart)


def _following(order: Sequence[str], last: str | None) -> Sequence[str]:
    """Return the reminders after the last one, all round, without it."""
    if last not in order:
        return order
    at = order.index(last)
    return (*order[at + 1 :], *order[:at])


def said_before(
    wishes: Wishes, step: Step, heard: Iterable[Event], measure: Measure, before: str | None
) -> Said:
    """Return the reminder that was said last when a step is under way.

    Args:
        wishes: what the session has in common.
        step: the one that is under way.
        heard: what was heard in it.
        measure: how long each reminder lasts.
        before: the one that was said last before it.
    """
    known = set(texts(step))
    apart = _apart(wishes, step)
    said = Said(before)
    for event in heard:
        if isinstance(event.sound, Speech) and event.sound.text in known:
            said = Said(event.sound.text, event.onset + measure(event.sound) + apart)
    return said

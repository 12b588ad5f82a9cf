"""The splice: make a segment that is under way longer or shorter.

What was heard stays as it was. What lies ahead is planned anew: a warning is heard at the moment at
which it is true, and one countdown, heard to its end, leads up to the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voicecoach.plan.cues import Anchor, Cue, Priority
from voicecoach.plan.place import Fitter, named
from voicecoach.plan.planner import Planner
from voicecoach.plan.reminders import remind, said_before
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Measure, Segment, Sound, Tone
from voicecoach.plan.wanted import panned, wanted
from voicecoach.plan.wishes import Wishes

RESIZABLE = frozenset(
    {Kind.HOLD, Kind.TIMED, Kind.OPEN, Kind.CONTRACT, Kind.RELAX, Kind.REST, Kind.SWITCH, Kind.LEAD_IN}
)
"""The kinds of steps that can be made longer or shorter: those that last for a time."""

_FIXED = frozenset[Sound]({Tone("start"), Tone("end")})
_ONCE = frozenset({Priority.TONE, Priority.SIGNAL, Priority.SIDE, Priority.HALFWAY, Priority.LENGTH})
"""What is said once in a step, and not again when its length changes; all else is true at its moment."""


def resize(  # noqa: PLR0913, PLR0917 - a moment of a session, and what is done to it
    planner: Planner,
    segment: Segment,
    now: int,
    seconds: float,
    measure: Measure,
    reminder: str | None = None,
) -> Segment:
    """Return a running segment made longer, or shorter, by some seconds.

    Shortened by more than there is, it ends after a fresh countdown; while its last seconds are being
    counted already, as soon as the number that is heard has ended.

    Args:
        planner: that of the session.
        segment: one that lasts for a time; any other is returned as it is.
        now: the frame of it that is heard next.
        seconds: by how much; negative makes it shorter.
        measure: how long each sound lasts.
        reminder: the one that was said last before the segment.
    """
    step, wishes = segment.step, planner.wishes
    if step.kind not in RESIZABLE:
        return segment
    heard = _heard(segment, now)
    free = max([now, *(event.onset + measure(event.sound) for event in heard)])
    end = _end(planner, segment, now, seconds, heard, free, measure)
    changed = replace(step, seconds=end / planner.sample_rate)
    fitter = Fitter(end, measure, heard, free)
    fitter.place(_ahead(wishes, step, changed, heard, free))
    remind(fitter, wishes, changed, measure, said_before(wishes, step, heard, measure, reminder))
    events = fitter.events()
    # What was not as wished before still was not, unless it is heard after all.
    now_heard = {named(event.sound) for event in events}
    told = [one for one in segment.compromises if one.text not in now_heard]
    compromises = tuple(dict.fromkeys([*told, *fitter.compromises]))
    return replace(segment, step=changed, frames=end, events=events, compromises=compromises)


def insert(
    planner: Planner, segment: Segment, now: int, variants: Sequence[Sound], measure: Measure
) -> Segment | None:
    """Return a running segment in which something more is said, as soon as there is room for it.

    All else keeps its place. None where there is no room, or nothing to be said at this level of talk.

    Args:
        planner: that of the session.
        segment: the one that is running.
        now: the frame of it that is heard next.
        variants: from the best to the least.
        measure: how long each sound lasts.
    """
    wishes = planner.wishes
    heard = [event.onset + measure(event.sound) for event in segment.events if event.onset < now]
    # Whatever has begun to sound is heard to its end.
    fitter = Fitter(segment.frames, measure, segment.events, max([now, *heard]))
    said = wishes.spoken(*variants)
    cue = Cue(now, said, Priority.REMINDER, Anchor.FROM, slack=segment.frames, apart=wishes.gap)
    if not said or not fitter.grant(panned(wishes, segment.step, cue)):
        return None
    return replace(segment, events=fitter.events())


def _heard(segment: Segment, now: int) -> list[Event]:
    """Return what has begun to sound; the tones that start and end a set are never taken back."""
    return [event for event in segment.events if event.onset < now or event.sound in _FIXED]


def _end(  # noqa: PLR0913, PLR0917 - as for resize
    planner: Planner,
    segment: Segment,
    now: int,
    seconds: float,
    heard: Sequence[Event],
    free: int,
    measure: Measure,
) -> int:
    """Return the new length in frames."""
    wishes = planner.wishes
    counting = wishes.frames(planner.routine.pace.countdown) if _is_counted(segment.step) else 0
    if seconds < 0 and segment.frames - now < counting:
        return free
    # The side to change to is called, however short the time for it becomes.
    calls = [
        cue
        for cue in _ahead(wishes, segment.step, segment.step, heard, free)
        if cue.priority in {Priority.SIGNAL, Priority.SIDE} and cue.anchor is Anchor.FROM
    ]
    calling = sum(measure(cue.variants[0]) + wishes.gap for cue in calls)
    asked = segment.frames + wishes.frames(seconds)
    called = min(free + calling + wishes.gap * bool(calls) + counting, segment.frames)
    return max(asked, called, free + counting)


def _is_counted(step: Step) -> bool:
    """Tell whether a countdown leads up to the end of a step; not so between two rounds."""
    return step.exercise is not None


def _ahead(wishes: Wishes, step: Step, changed: Step, heard: Sequence[Event], free: int) -> Iterator[Cue]:
    """Yield the cues that are still to be heard."""
    said = {event.sound for event in heard}
    done = {(cue.priority, cue.anchor) for cue in wanted(wishes, step) if said & set(cue.variants)}
    if free > wishes.frames(1):
        # How long a step is, is told at its beginning or not at all.
        done.add((Priority.LENGTH, Anchor.FROM))
    for cue in wanted(wishes, changed):
        is_done = cue.priority in _ONCE and (cue.priority, cue.anchor) in done
        passed = cue.at + (cue.slack if cue.anchor is Anchor.FROM else 0) < free
        is_done |= cue.priority is Priority.SAYING and _was_said(cue, heard)
        if not is_done and not passed and cue.priority is not Priority.COUNTDOWN:
            yield cue
    numbers = list(wishes.last_numbers(wishes.frames(changed.seconds or 0))) if _is_counted(step) else []
    if numbers and numbers[0].at >= free:
        yield from numbers


def _was_said(cue: Cue, heard: Sequence[Event]) -> bool:
    """Tell whether a cue was granted already: the same text may be wanted again at a later moment."""
    return any(event.sound in cue.variants and 0 <= event.onset - cue.at <= cue.slack for event in heard)

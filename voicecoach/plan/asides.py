"""Asides: what is heard when something happens, while the session itself stands still. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from voicecoach.plan.announce import Line, Pause, lay
from voicecoach.plan.place import Fitter
from voicecoach.plan.planner import Planner
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Measure, Segment, Sound, Tone


def lead_back(planner: Planner, step: Step, measure: Measure, *, inside: bool) -> Segment:
    """Return the countdown that leads back into a set.

    Args:
        planner: that of the session.
        step: the set.
        measure: how long each sound lasts.
        inside: whether it goes on in its middle; then a start tone tells when, else its own does.
    """
    wishes = planner.wishes
    end = wishes.frames(planner.routine.pace.countdown)
    fitter = Fitter(end, measure)
    fitter.place(cue for cue in wishes.last_numbers(end) if cue.variants)
    if not inside:
        return _aside(planner, step, fitter.events(), end)
    start = Tone("start")
    return _aside(planner, step, [*fitter.events(), Event(end, start)], end + measure(start) + wishes.gap)


def spoken(planner: Planner, step: Step, measure: Measure, *lines: Line) -> Segment:
    """Return lines, one after another, as far as they may be said at this level of talk."""
    wishes = planner.wishes
    allowed = [line for line in lines if isinstance(line, Pause) or wishes.spoken(line)]
    events, frames = lay(allowed, measure, wishes.pace, planner.sample_rate, after_set=False)
    return _aside(planner, step, events, frames)


def tone(planner: Planner, segment: Segment, measure: Measure, name: str) -> Segment:
    """Return one tone, and the silence after it; to those who look it belongs to a segment."""
    frames = measure(Tone(name)) + planner.wishes.gap
    return replace(_aside(planner, segment.step, [Event(0, Tone(name))], frames), label=segment.label)


def wake(planner: Planner, step: Step, measure: Measure) -> Segment:
    """Return the tone that wakes headphones, and the time that they take."""
    frames = max(planner.wishes.frames(planner.routine.pace.wake), measure(Tone("wake")))
    return _aside(planner, step, [Event(0, Tone("wake"))], frames)


def _aside(planner: Planner, step: Step, events: Iterable[Event], frames: int) -> Segment:
    here = Step(Kind.LEAD_IN, step.stage, step.exercise, step.stage_index, step.exercise_index)
    return Segment(here, planner.phrases.text("label.lead-in"), frames, tuple(events))


def where(planner: Planner, step: Step) -> tuple[Sound, ...]:
    """Return what tells a listener where they are, from the best variant to the least."""
    if step.exercise is None:
        return ()
    phrases, side, name = planner.phrases, step.side or "none", step.exercise.name
    calls = (phrases.say(f"side.{side}"),) if step.side else ()
    if step.is_work or step.kind is Kind.LEAD_IN:
        return (phrases.say(f"exercise.brief.{side}", name=name), *calls, phrases.say("exercise", name=name))
    if step.set is None:
        return (phrases.say("exercise", name=name),)
    return (phrases.say(f"next.{side}", set=step.set, sets=step.sets), *calls)

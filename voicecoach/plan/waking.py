"""Waking: headphones that sleep in a long silence get a soft tone before whatever comes after it. Pure."""

from dataclasses import replace

from voicecoach.plan.timeline import Event, Measure, Segment, Tone
from voicecoach.plan.wishes import Wishes

_WAKE = Tone("wake")


def waking(segment: Segment, silent: int, measure: Measure, wishes: Wishes) -> Segment:
    """Return a segment with a tone before each sound that a long silence precedes.

    A sound at the very start of its segment has no room for it before: it comes unannounced.

    Args:
        segment: with all its events in their places.
        silent: frames of silence before it.
        measure: how long each sound lasts.
        wishes: what the session has in common.
    """
    long, ahead = wishes.frames(wishes.pace.long_silence), wishes.frames(wishes.pace.wake)
    events, end = [], -silent
    for event in segment.events:
        at = event.onset - ahead
        if event.sound != _WAKE and event.onset - end >= long and at >= 0:
            events.append(Event(at, _WAKE))
        events.append(event)
        end = event.onset + measure(event.sound)
    return replace(segment, events=tuple(events)) if len(events) > len(segment.events) else segment


def silence_after(segment: Segment, silent: int, measure: Measure) -> int:
    """Return the frames of silence at the end of a segment, with those before it where nothing is heard."""
    if not segment.events:
        return silent + segment.frames
    last = segment.events[-1]
    return segment.frames - last.onset - measure(last.sound)

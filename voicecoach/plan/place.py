"""Give cues their places: greedily by priority, each variant in turn, nearest to its moment.

The search is exact: the best free place is either the wanted one, or touches a neighbour or an end
of the cue's window; so no cue is left out where a free place existed.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.plan.cues import Anchor, Cue
from voicecoach.plan.timeline import Compromise, Event, Measure, Sound, Tone


@dataclass(frozen=True, slots=True, order=True)
class _Taken:
    """A stretch of a segment that is taken."""

    start: int
    end: int
    apart: int


@dataclass(frozen=True, slots=True)
class _Window:
    """The onsets that a sound may have, first and last included, and the one that is wanted."""

    wanted: int
    low: int
    high: int


def place(
    cues: Sequence[Cue], frames: int, measure: Measure
) -> tuple[tuple[Event, ...], tuple[Compromise, ...]]:
    """Place cues in a segment of a length in frames.

    Returns:
        The events in the order of their onsets, and what was shortened, moved or dropped.
    """
    taken: list[_Taken] = []
    events: list[Event] = []
    compromises: list[Compromise] = []
    for cue in sorted(cues, key=lambda cue: cue.priority):
        granted = _grant(cue, frames, measure, taken)
        if granted:
            sound, onset, length = granted
            insort(taken, _Taken(onset, onset + length, cue.apart))
            events.append(Event(onset, sound))
        if compromise := _compromise(cue, granted, measure):
            compromises.append(compromise)
    events.sort(key=lambda event: event.onset)
    return tuple(events), tuple(compromises)


def _grant(cue: Cue, frames: int, measure: Measure, taken: list[_Taken]) -> tuple[Sound, int, int] | None:
    """Return the first variant that finds a place, its onset and its length."""
    for sound in cue.variants:
        length = measure(sound)
        if cue.longest is not None and length > cue.longest:
            continue
        wanted = _wanted(cue, length)
        low = wanted if cue.anchor is Anchor.FROM else wanted - cue.slack
        window = _Window(wanted, max(0, low), min(frames - length, wanted + cue.slack))
        onset = _nearest(window, length, cue.apart, taken)
        if onset is not None:
            return sound, onset, length
    return None


def _wanted(cue: Cue, length: int) -> int:
    return cue.at - length if cue.anchor is Anchor.BY else cue.at


def _nearest(window: _Window, length: int, apart: int, taken: Sequence[_Taken]) -> int | None:
    """Return the free onset of the window that is nearest to the wanted one."""
    if window.low > window.high:
        return None
    # Only what is taken around the window can be in the way; stretches never overlap, so all are in order.
    first_near = bisect_left(taken, window.low - apart, key=_start_of) - 1
    last_near = bisect_right(taken, window.high + length + apart, key=_start_of)
    # Around each stretch that is taken lie the onsets that would touch it, from first to last.
    near = [
        (one.start - length - min(apart, one.apart) + 1, one.end + min(apart, one.apart) - 1)
        for one in taken[max(0, first_near) : last_near]
    ]
    start = min(max(window.wanted, window.low), window.high)
    candidates = [start, *(first - 1 for first, _ in near), *(last + 1 for _, last in near)]
    free = [
        onset
        for onset in candidates
        if window.low <= onset <= window.high and not any(first <= onset <= last for first, last in near)
    ]
    return min(free, key=lambda onset: (abs(onset - window.wanted), onset), default=None)


def _start_of(taken: _Taken) -> int:
    return taken.start


def _compromise(cue: Cue, granted: tuple[Sound, int, int] | None, measure: Measure) -> Compromise | None:
    first = cue.variants[0]
    if granted is None:
        return Compromise(_named(first), "dropped", "", "no free place near its moment")
    sound, onset, length = granted
    if sound != first:
        too_long = cue.longest is not None and measure(first) > cue.longest
        reason = "longer than it may be" if too_long else "no free place for the whole of it"
        return Compromise(_named(first), "shortened", _named(sound), reason)
    if cue.anchor is not Anchor.FROM and onset != _wanted(cue, length):
        return Compromise(_named(first), "moved", _named(sound), "its moment was taken")
    return None


def _named(sound: Sound) -> str:
    return sound.name if isinstance(sound, Tone) else sound.text

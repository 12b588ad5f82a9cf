"""Ducking: how music makes room for what is said. Pure.

All cues are known beforehand, so the music is down before a cue begins, and does not come up between two
that are close together: nothing pumps.
"""

from collections.abc import Iterable, Iterator

from voicecoach import units
from voicecoach.plan.timeline import Measure, Segment

DEPTH_DB = -10.0
"""How much softer music is beneath a cue than without one."""
DOWN_SECONDS = 0.4
"""In which it goes down, before the cue begins: soon enough to be heard as a breath and not as a cut."""
LEAD_SECONDS = 0.15
"""By which it is down before the cue begins."""
UP_SECONDS = 1.2
"""In which it comes back, after the cue has ended: slowly enough not to be noticed."""
APART_SECONDS = 2.5
"""Between cues that are closer together than this it stays down."""

Span = tuple[int, int]
"""A stretch of sound: its first frame, and the frame after its last."""
Point = tuple[int, float]
"""A frame, and the gain there in dB."""


def spans(segment: Segment, measure: Measure, start: int = 0) -> Iterator[Span]:
    """Yield where something is said or sounds in a segment that starts at some frame."""
    for event in segment.events:
        onset = start + event.onset
        yield onset, onset + measure(event.sound)


def ducking(cues: Iterable[Span], sample_rate: int) -> tuple[Point, ...]:
    """Return the gain of music beneath cues, as break points in order.

    Between two points the gain in dB is a straight line; before the first and after the last it stays as
    it is there. Where there is no cue, it is 0 dB throughout.

    Args:
        cues: in any order; they may overlap.
        sample_rate: frames a second.
    """
    down, lead = units.frames(DOWN_SECONDS, sample_rate), units.frames(LEAD_SECONDS, sample_rate)
    up, apart = units.frames(UP_SECONDS, sample_rate), units.frames(APART_SECONDS, sample_rate)
    points: list[Point] = []
    for start, end in _joined(cues, apart):
        low = start - lead
        points += [(low - down, 0.0), (low, DEPTH_DB), (end, DEPTH_DB), (end + up, 0.0)]
    return tuple(points) or ((0, 0.0),)


def heard_before(cues: Iterable[Span], now: int, sample_rate: int) -> tuple[Span, ...]:
    """Return the cues, as far as they were heard before a frame, that still matter to what comes after it.

    Args:
        cues: what was planned.
        now: the frame; what was to be heard from there on was not.
        sample_rate: frames a second.

    Returns:
        The cues counted from that frame.
    """
    since = now - units.frames(APART_SECONDS, sample_rate)
    return tuple((start - now, min(end, now) - now) for start, end in cues if start < now and end > since)


def _joined(cues: Iterable[Span], apart: int) -> Iterator[Span]:
    """Yield stretches in order, with those joined that are closer together."""
    whole: Span | None = None
    for start, end in sorted(cues):
        if whole and start - whole[1] < apart:
            whole = whole[0], max(whole[1], end)
            continue
        if whole:
            yield whole
        whole = start, end
    if whole:
        yield whole

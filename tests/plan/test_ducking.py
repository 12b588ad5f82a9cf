import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.plan.ducking import (
    APART_SECONDS,
    DEPTH_DB,
    DOWN_SECONDS,
    LEAD_SECONDS,
    UP_SECONDS,
    Span,
    ducking,
    heard_before,
    spans,
)
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Segment, Tone

RATE = 1000
CUES = st.lists(
    st.tuples(st.integers(-3000, 60_000), st.integers(1, 5000)).map(lambda cue: (cue[0], sum(cue))),
    max_size=20,
)


def test_one_cue() -> None:
    """Music is down 150 ms before a cue, stays down until it ends, and takes its time to come back."""
    assert ((4450, 0.0), (4850, DEPTH_DB), (6000, DEPTH_DB), (7200, 0.0)) == ducking([(5000, 6000)], RATE)


def test_nothing_is_said() -> None:
    """Without a cue music stays as it is."""
    assert ((0, 0.0),) == ducking([], RATE)


@pytest.mark.parametrize(("gap", "stretches"), [(2499, 1), (2500, 2)])
def test_close_cues_are_one(gap: int, stretches: int) -> None:
    """Between cues less than 2.5 s apart music stays down; a countdown is one stretch, in any order."""
    cues = [(onset, onset + 300) for onset in (5000, 6000, 7000)] + [(7300 + gap, 8000 + gap)]
    assert 4 * stretches == len(ducking(reversed(cues), RATE))


@settings(deadline=None)
@given(CUES)
def test_never_a_pump_and_never_in_the_way(cues: list[Span]) -> None:
    """In every cue, and 100 ms before it, the gain is down; nowhere does it move faster than it may."""
    points = np.array(ducking(cues, RATE))
    assert (np.diff(points[:, 0]) > 0).all()
    frames = np.arange(-4000, 70_000)
    gains = np.interp(frames, points[:, 0], points[:, 1])
    for start, end in cues:
        assert (DEPTH_DB == gains[(frames >= start - RATE // 10) & (frames < end)]).all()
    steps = np.diff(gains)
    assert DEPTH_DB / DOWN_SECONDS / RATE - 1e-9 <= steps.min()
    assert steps.max() <= -DEPTH_DB / UP_SECONDS / RATE + 1e-9
    # Once it begins to come back it comes all the way: room for that is left between any two cues.
    assert LEAD_SECONDS + DOWN_SECONDS + UP_SECONDS <= APART_SECONDS
    assert 0 == sum(step > 0 > gains[at] and steps[at + 1] < 0 for at, step in enumerate(steps[:-1]))


def test_what_was_heard() -> None:
    """Of the cues before a moment those count that ended lately, as far as they were heard."""
    cues = [(0, 500), (4000, 4500), (5500, 7000), (8000, 9000)]
    assert ((-2000, -1500), (-500, 0)) == heard_before(cues, 6000, RATE)


def test_spans_of_a_segment() -> None:
    """Each event is a cue, as long as its sound, counted from where the segment starts."""
    events = (Event(0, Tone("end")), Event(700, Tone("tick")))
    segment = Segment(Step(Kind.REST), "Rest", 2000, events)
    lengths = {"end": 400, "tick": 100}
    found = spans(segment, lambda sound: lengths[getattr(sound, "name", "")], 10_000)
    assert [(10_000, 10_400), (10_700, 10_800)] == list(found)

"""The gain of music: out of the way of every cue, in blocks of any size, smooth wherever it goes."""

from collections.abc import Iterator, Sequence
from itertools import cycle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from voicecoach.plan.ducking import DEPTH_DB, DOWN_SECONDS, UP_SECONDS
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Moment, Segment, Sound, Tone, with_following
from voicecoach.sound.envelope import BACK_SECONDS, END_SECONDS, Envelope
from voicecoach.units import gain

RATE = 1000
LENGTH = 300
"""Frames of every sound."""
Gains = NDArray[np.float32]


def measure(sound: Sound) -> int:
    """Return how long each sound lasts."""
    del sound
    return LENGTH


def segment(frames: int, *onsets: int, kind: Kind = Kind.HOLD) -> Segment:
    """Return a segment in which sounds begin."""
    return Segment(Step(kind), kind.value, frames, tuple(Event(onset, Tone("tick")) for onset in onsets))


def moments(segments: Sequence[Segment], sizes: Sequence[int]) -> Iterator[tuple[int, Moment]]:
    """Yield the blocks of a session, as it is played to its end: their lengths and moments."""
    size = cycle(sizes)
    for one, following in with_following(segments):
        offset = 0
        while offset < one.frames:
            frames = min(next(size), one.frames - offset)
            yield frames, Moment(one, offset, following)
            offset += frames


def gains(blocks: Iterator[tuple[int, Moment]] | Sequence[tuple[int, Moment]]) -> Gains:
    """Return the gain of each frame of some blocks."""
    envelope = Envelope(measure, RATE)
    return np.concatenate([envelope.gains(frames, moment) for frames, moment in blocks])


def fastest(found: Gains) -> tuple[float, float]:
    """Return how fast a gain falls and rises at most, in dB a second."""
    steps = np.diff(20 * np.log10(found.astype(np.float64))) * RATE
    return float(steps.min(initial=0)), float(steps.max(initial=0))


HOLD = (segment(8000, 0, 7000), segment(20_000, 0, 10_000, 17_000, 18_000, 19_000), segment(9000, 0))


def test_down_before_each_cue_and_up_between_far_ones() -> None:
    """Down 100 ms before each cue, also one at the start of the next segment; up again between them."""
    found = gains(moments(HOLD, [20]))
    starts = (0, 8000, 28_000)
    cues = [start + event.onset for start, one in zip(starts, HOLD, strict=True) for event in one.events]
    low = np.float32(gain(DEPTH_DB))
    for cue in cues:
        assert (np.abs(found[max(0, cue - 100) : cue + LENGTH] - low) < 1e-6).all()
    for up in ((1500, 6400), (9500, 17_400), (19_600, 24_400), (29_500, 37_000)):
        assert (found[slice(*up)] == 1).all()
    # The last second of the first segment, and the countdown, are one duck each.
    assert (np.abs(found[6850:8300] - low) < 1e-6).all()
    assert (np.abs(found[24_850:28_300] - low) < 1e-6).all()
    down, up = fastest(found)
    assert (
        pytest.approx(DEPTH_DB / DOWN_SECONDS, rel=0.01),
        pytest.approx(-DEPTH_DB / UP_SECONDS, rel=0.01),
    ) == (
        down,
        up,
    )


SEGMENTS = st.lists(
    st.tuples(st.integers(1, 9000), st.lists(st.floats(0, 1), max_size=5)).map(
        lambda made: segment(made[0], *sorted(round(part * (made[0] - 1)) for part in made[1]))
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(SEGMENTS, st.lists(st.integers(1, 3000), min_size=1, max_size=4))
def test_blocks_of_any_size(segments: list[Segment], sizes: list[int]) -> None:
    """The block size changes nothing."""
    assert np.array_equal(gains(moments(segments, [20])), gains(moments(segments, sizes)))


@settings(deadline=None)
@given(SEGMENTS)
def test_it_never_moves_faster_than_it_may(segments: list[Segment]) -> None:
    """However cues and segments lie, nothing falls or rises at more than twice the usual speed."""
    down, up = fastest(gains(moments(segments, [20])))
    assert 2 * DEPTH_DB / DOWN_SECONDS - 0.1 <= down
    assert up <= 2 * -DEPTH_DB / UP_SECONDS + 0.1


@settings(deadline=None)
@given(
    SEGMENTS.filter(lambda segments: sum(one.frames for one in segments) > 500),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.integers(1, 2000)), min_size=1, max_size=5),
)
def test_the_moment_may_jump(segments: list[Segment], jumps: list[tuple[float, float, int]]) -> None:
    """Wherever the listener goes, the gain goes on from where it was, once a cut has faded in."""
    pairs = list(with_following(segments))
    envelope = Envelope(measure, RATE)
    before: float | None = None
    for which, where, frames in jumps:
        one, following = pairs[round(which * (len(pairs) - 1))]
        offset = round(where * (one.frames - 1))
        block = envelope.gains(min(frames, one.frames - offset), Moment(one, offset, following))
        settled = block[round(BACK_SECONDS * RATE) :]
        if before is not None and len(settled):
            moved = 20 * np.log10(settled[0]) - before
            seconds = BACK_SECONDS + 2 / RATE
            assert 2 * DEPTH_DB / DOWN_SECONDS * seconds <= moved <= 2 * -DEPTH_DB / UP_SECONDS * seconds
        before = 20 * np.log10(block[-1]) if block[-1] > 0.1 and len(settled) else None


def test_after_a_cut_music_comes_back_without_a_click() -> None:
    """A device that was halted is silent, and music fades in; where a segment merely ends, it does not."""
    first, second = segment(5000), segment(5000)
    cut = gains([(1000, Moment(first, 0, second)), (1000, Moment(second, 0, None))])
    assert (1.0, 0.0, 1.0) == (cut[999], cut[1000], cut[1020])
    assert (1.0 == gains([(5000, Moment(first, 0, second)), (1000, Moment(second, 0, None))])).all()


def test_it_fades_out_at_the_end() -> None:
    """Beneath the last segment of a session music fades out; a last segment that is no finish keeps it."""
    finish = segment(6000, kind=Kind.FINISH)
    found = gains(moments([segment(3000), finish], [20]))
    assert (found[: round(9000 - END_SECONDS * RATE)] == 1).all()
    assert pytest.approx(0.5, abs=0.01) == found[round(9000 - END_SECONDS * RATE / 2)]
    assert found[-1] < 0.001
    assert (gains(moments([segment(3000)], [20])) == 1).all()

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.output.islands import GAP, LONGEST, Island, Islands
from voicecoach.output.pcm import to_pcm16

RATE = 1000
GAP_FRAMES = round(GAP * RATE)
STRETCHES = st.lists(st.tuples(st.integers(1, 200), st.booleans()), max_size=20)
CUTS = st.lists(st.integers(1, 300), min_size=1, max_size=30)


def session(stretches: list[tuple[int, bool]]) -> np.ndarray:
    """Return stretches of noise and of silence, in turn."""
    noise = np.random.default_rng(7).uniform(0.1, 0.9, 4000).astype(np.float32)
    parts = [noise[:frames] * loud for frames, loud in stretches]
    return np.concatenate([np.zeros(0, np.float32), *parts]).astype(np.float32)


def collect(samples: np.ndarray, cuts: list[int]) -> list[Island]:
    """Write samples in blocks of these lengths, over and over, and return all islands."""
    islands, found, first, turn = Islands(RATE), [], 0, 0
    while first < len(samples):
        found.append(islands.add(samples[first : first + cuts[turn % len(cuts)]]))
        first += cuts[turn % len(cuts)]
        turn += 1
    assert islands.written == len(samples)
    return [island for island in [*found, islands.take()] if island is not None]


@given(STRETCHES, CUTS)
def test_islands_and_silence_make_the_session(stretches: list[tuple[int, bool]], cuts: list[int]) -> None:
    """Laid at their starts into silence, the islands are the session, whatever the size of its blocks."""
    samples = session(stretches)
    laid = bytearray(2 * len(samples))
    for island in collect(samples, cuts):
        laid[2 * island.start : 2 * island.start + len(island.pcm)] = island.pcm
    assert to_pcm16(samples) == bytes(laid)


@given(STRETCHES, CUTS)
def test_no_island_is_empty_or_silent_at_an_end(stretches: list[tuple[int, bool]], cuts: list[int]) -> None:
    """Each island begins and ends with sound, and a gap lies between it and the next."""
    end = -GAP_FRAMES
    for island in collect(session(stretches), cuts):
        assert any(island.pcm[:2])
        assert any(island.pcm[-2:])
        assert island.start - end >= GAP_FRAMES
        end = island.start + len(island.pcm) // 2


def test_sound_without_end_is_cut() -> None:
    """Music without a silence is handed on in pieces that join, so that memory stays flat."""
    found = collect(np.ones(round(2.5 * LONGEST * RATE), np.float32), [50])
    length = round(LONGEST * RATE)
    assert [(0, length), (length, length), (2 * length, length // 2)] == [
        (island.start, len(island.pcm) // 2) for island in found
    ]


@given(STRETCHES, CUTS)
def test_two_channels_make_the_same_islands(stretches: list[tuple[int, bool]], cuts: list[int]) -> None:
    """An island begins with the first frame that sounds on either side, and ends with the last."""
    samples = session(stretches)
    left, right = samples.copy(), samples.copy()
    left[::2], right[1::2] = 0, 0
    mono, stereo = collect(samples, cuts), collect(np.stack([left, right], axis=1), cuts)
    assert [(one.start, 2 * len(one.pcm)) for one in mono] == [(one.start, len(one.pcm)) for one in stereo]
    for one, both in zip(mono, stereo, strict=True):
        sides = np.frombuffer(both.pcm, "<i2").reshape(-1, 2)
        assert one.pcm == sides.sum(axis=1).astype("<i2").tobytes()
        assert not sides[one.start % 2 :: 2, 0].any()


def test_blocks_may_be_used_again() -> None:
    """A writer that fills the same block again does not change what was written."""
    islands, block = Islands(RATE), np.ones(10, np.float32)
    islands.add(block)
    block[:] = 0.5
    assert Island(0, to_pcm16(np.ones(10, np.float32))) == islands.take()


def test_a_cleared_collector_begins_anew() -> None:
    """After clearing, nothing is left of what was written."""
    islands = Islands(RATE)
    islands.add(np.ones(10, np.float32))
    islands.clear()
    assert (None, None, 0) == (islands.start, islands.take(), islands.written)

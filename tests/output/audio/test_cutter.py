import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.output.audio.cutter import Cutter, Silence, Sound
from voicecoach.output.audio.kinds import Grid

GRID = Grid(10, 25)
RATE = 1000
CELL = 100
"""Frames of a tenth of a second, which is ten packets."""


def stretches(samples: np.ndarray, blocksize: int) -> list[Sound | Silence]:
    """Cut a session that comes in blocks."""
    channels = samples.shape[1] if samples.ndim > 1 else 1
    cutter = Cutter(GRID, RATE, channels)
    blocks = (samples[first : first + blocksize] for first in range(0, len(samples), blocksize))
    return [one for block in blocks for one in cutter.add(block)] + list(cutter.rest())


@pytest.mark.parametrize("channels", [1, 2])
@given(st.lists(st.tuples(st.integers(1, 1500), st.booleans()), min_size=1, max_size=8), st.integers(1, 3000))
def test_stretches_joined_are_the_session(
    channels: int, runs: list[tuple[int, bool]], blocksize: int
) -> None:
    """Every frame has its place, on borders of packets, whatever the blocks; silence fills up the end."""
    shape = (channels,) if channels > 1 else ()
    samples = np.concatenate([np.full((length, *shape), sounds, np.float32) for length, sounds in runs])
    found = stretches(samples, blocksize)
    parts = [
        one.samples if isinstance(one, Sound) else np.zeros((one.packets * GRID.frames, *shape), np.float32)
        for one in found
    ]
    assert all(len(part) % GRID.frames == 0 for part in parts)
    joined = np.concatenate(parts)
    assert samples.tolist() == joined[: len(samples)].tolist()
    assert not joined[len(samples) :].any()
    assert len(joined) - len(samples) < CELL


@given(st.lists(st.integers(1, 1500), min_size=2, max_size=8))
def test_an_encoder_has_silence_before_and_after_each_sound(lengths: list[int]) -> None:
    """Between two parts there is what the encoder needs to begin, and to let go of what came before."""
    runs = [np.full(length, index % 2, np.float32) for index, length in enumerate(lengths)]
    samples = np.concatenate([*runs, np.zeros(1000, np.float32)])
    found = stretches(samples, 77)
    inner = [one.samples for one in found if isinstance(one, Sound)]
    for index, part in enumerate(inner):
        sounding = np.flatnonzero(part)
        assert len(part) - sounding[-1] > GRID.delay + 2 * GRID.frames
        if index or lengths[0] >= 2 * CELL:
            assert sounding[0] >= CELL


def test_a_short_pause_is_no_place_to_cut() -> None:
    """What is close together is one part; a long pause divides it, and costs one number."""
    close = np.concatenate([np.ones(100), np.zeros(200), np.ones(100), np.zeros(5000), np.ones(100)])
    first, pause, second = stretches(close.astype(np.float32), 50)
    assert isinstance(first, Sound)
    assert isinstance(second, Sound)
    assert Silence((5400 - len(first.samples) - CELL) // GRID.frames) == pause

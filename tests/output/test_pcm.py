import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from voicecoach.output.pcm import FULL_SCALE, frame_bytes, silence, to_pcm16
from voicecoach.sound.render import silence as silent_block

LEVELS = st.floats(-2.0, 2.0, width=32)
SHAPES = st.integers(0, 300) | st.tuples(st.integers(0, 150), st.just(2))
BLOCKS = arrays(np.float32, SHAPES, elements=LEVELS)


def decoded(pcm: bytes) -> np.ndarray:
    """Read 16 bit PCM back."""
    return np.frombuffer(pcm, "<i2").astype(np.float64)


@given(BLOCKS)
def test_the_nearest_step_is_taken(block: np.ndarray) -> None:
    """Each frame is at most half a step from what was written, and full scale at most."""
    wanted = np.clip(block.astype(np.float64), -1, 1).ravel() * FULL_SCALE
    assert np.all(np.abs(decoded(to_pcm16(block)) - wanted) <= 0.5 + 1e-2)


@given(BLOCKS)
def test_the_wave_turned_over_is_turned_over(block: np.ndarray) -> None:
    """Both halves of the wave are treated alike: no sound is shifted off zero."""
    assert np.array_equal(-decoded(to_pcm16(block)), decoded(to_pcm16(-block)))


@given(BLOCKS, st.integers(0, 300))
def test_the_size_of_blocks_changes_nothing(block: np.ndarray, cut: int) -> None:
    """Two parts of a block make the same bytes as the block."""
    assert to_pcm16(block) == to_pcm16(block[:cut]) + to_pcm16(block[cut:])


@given(BLOCKS)
def test_the_block_is_only_read(block: np.ndarray) -> None:
    """A block that is read-only is taken, and unchanged afterwards."""
    block.setflags(write=False)
    before = block.copy()
    to_pcm16(block)
    assert np.array_equal(before, block)


def test_full_scale_and_beyond_is_clipped() -> None:
    """What is too loud is cut at full scale, and does not wrap around."""
    block = np.array([1.0, -1.0, 1.5, -7.0], np.float32)
    assert [FULL_SCALE, -FULL_SCALE, FULL_SCALE, -FULL_SCALE] == list(decoded(to_pcm16(block)))


def test_the_bytes_of_silence_are_shared() -> None:
    """The renderer's silence always becomes the very same object."""
    assert silence(2400) is to_pcm16(silent_block(1200, 1))
    assert bytes(2400) == silence(2400) == to_pcm16(np.zeros(1200, np.float32))


def test_the_channels_of_a_frame_lie_side_by_side() -> None:
    """A block of two channels becomes left, right, left, right; so does silence."""
    block = np.array([[1.0, -1.0], [0.0, 1.0]], np.float32)
    assert [FULL_SCALE, -FULL_SCALE, 0, FULL_SCALE] == list(decoded(to_pcm16(block)))
    assert 2 * frame_bytes(2) == len(to_pcm16(block)) == len(to_pcm16(0 * block))

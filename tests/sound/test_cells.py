import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.sound.cells import Cells

CELL = 5


@pytest.mark.parametrize("shape", [(), (2,)])
@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=12))
def test_cells_are_the_session_whatever_the_blocks(
    shape: tuple[int, ...], runs: list[tuple[int, bool]]
) -> None:
    """Joined, cells are what was given, with silence up to the last one; each tells whether it sounds."""
    blocks = [np.full((length, *shape), sounds, np.float32) for length, sounds in runs]
    cells = Cells(CELL, *shape)
    found = [(cell.copy(), sounds) for block in blocks for cell, sounds in cells.add(block)]
    found += [(cell.copy(), sounds) for cell, sounds in cells.rest()]
    whole = np.concatenate(blocks)
    joined = np.concatenate([whole[:0], *(cell for cell, _ in found)])
    assert whole.tolist() == joined[: len(whole)].tolist()
    assert 0 <= len(joined) - len(whole) < CELL
    assert not joined[len(whole) :].any()
    assert [bool(cell.any()) for cell, _ in found] == [sounds for _, sounds in found]


def test_what_is_below_the_threshold_is_silence() -> None:
    """The threshold itself still counts as silence, on either side of zero."""
    cells = Cells(2, threshold=0.5)
    block = np.array([0.5, -0.5, 0.0, -0.6], np.float32)
    assert [] == list(cells.add(block))
    assert [False, True] == [sounds for _, sounds in cells.rest()]

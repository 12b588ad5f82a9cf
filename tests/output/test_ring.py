from hypothesis import given
from hypothesis import strategies as st

from voicecoach.output.ring import Ring

STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 40)), max_size=60)


@given(STEPS, st.sampled_from([2, 4]))
def test_what_goes_in_comes_out_in_order(steps: list[tuple[bool, int]], size: int) -> None:
    """Whatever the sizes of what is put in and taken out, the bytes are the same, and the count is right."""
    ring, put, got, number = Ring(100, size), b"", b"", 0
    for into, frames in steps:
        if into:
            count = min(frames, ring.room)
            pcm = b"".join((number + each).to_bytes(size, "little") for each in range(count))
            number += count
            ring.append(memoryview(pcm))
            put += pcm
        else:
            taken = ring.take(frames)
            assert len(taken) == size * min(frames, (len(put) - len(got)) // size)
            got += taken
        assert ring.frames == (len(put) - len(got)) // size == ring.capacity - ring.room
    assert put == got + ring.take(100)


def test_clearing_says_how_much_was_lost() -> None:
    """A cleared ring is empty, and returns how many frames were in it."""
    ring = Ring(10, 2)
    ring.append(memoryview(bytes(14)))
    assert (7, 0, 10, b"") == (ring.clear(), ring.frames, ring.room, ring.take(10))

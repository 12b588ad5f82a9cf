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


def test_only_silence_is_skipped() -> None:
    """At the front, whole silent frames go, as many as allowed; what sounds stays, on either channel."""
    ring = Ring(20, 4)
    ring.append(memoryview(bytes(4 * 3)))
    ring.append(memoryview(bytes(4 * 2) + b"\0\0\0\1" + bytes(4)))
    assert (2, 5) == (ring.skip_silence(2), ring.frames)
    assert (3, 2) == (ring.skip_silence(10), ring.frames)
    assert (0, b"\0\0\0\1" + bytes(4)) == (ring.skip_silence(10), ring.take(5))
    assert 0 == ring.skip_silence(10)

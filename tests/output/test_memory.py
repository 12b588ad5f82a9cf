import numpy as np

from voicecoach.output.memory import MemorySink


def ramp(first: int, last: int) -> np.ndarray:
    """Return a block in which each frame is its own number."""
    return np.arange(first, last, dtype=np.float32)


def test_what_was_written_is_there() -> None:
    """All blocks are kept in order, as copies."""
    sink = MemorySink()
    block = ramp(0, 10)
    sink.write(block)
    block[:] = 0
    sink.write(ramp(10, 12))
    assert list(range(12)) == list(sink.samples)
    assert 12 == sink.heard()


def test_a_halt_takes_back_what_has_not_sounded() -> None:
    """With a latency of 30 frames, a halt after 100 leaves 70, and counting begins anew."""
    sink = MemorySink(latency=30)
    sink.write(ramp(0, 100))
    assert (70, 30) == (sink.heard(), sink.halt())
    sink.write(ramp(70, 120))
    assert list(range(120)) == list(sink.samples)
    assert 20 == sink.heard()


def test_closing_is_noted() -> None:
    """Whether the session closed its output can be seen."""
    sink = MemorySink()
    assert not sink.closed
    sink.close()
    assert sink.closed
    assert [] == list(sink.samples)


def test_two_channels() -> None:
    """Frames are frames with two channels as well, also where a halt takes back all that was written."""
    sink, sides = MemorySink(latency=30), np.stack([ramp(0, 100), -ramp(0, 100)], axis=1)
    sink.write(sides[:20])
    assert 20 == sink.halt()
    sink.write(sides)
    assert (70, 30) == (sink.heard(), sink.halt())
    assert sides[:70].tolist() == sink.samples.tolist()

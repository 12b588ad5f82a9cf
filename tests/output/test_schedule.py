from hypothesis import given
from hypothesis import strategies as st

from voicecoach.output.schedule import Schedule


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.floats(0, 1e6))
def test_moments_and_frames_are_inverse(anchor: int, frame: int, moment: float) -> None:
    """The frame at the moment of a frame is that frame, to the rounding of the clock."""
    schedule = Schedule(24_000)
    schedule.place(anchor, moment)
    start = moment - anchor / 24_000
    assert abs(schedule.frame(schedule.moment(frame)) - frame) <= 1
    assert abs(schedule.moment(frame) - (start + frame / 24_000)) < 1e-6


def test_nothing_has_sounded_before_the_start() -> None:
    """Before the first frame's moment, and without a start, no frame has sounded."""
    schedule = Schedule(1000)
    assert 0 == schedule.frame(5.0)
    schedule.place(0, 7.0)
    assert (0, 0, 1000) == (schedule.frame(6.0), schedule.frame(7.0), schedule.frame(8.0))
    schedule.clear()
    assert not schedule.running

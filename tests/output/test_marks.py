import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.output.marks import Mark, marks, milliseconds, parse_stamp, stamp
from voicecoach.plan.document import ChapterEntry


@given(st.integers(0, 10**11), st.integers(0, 10**6), st.sampled_from([8000, 22_050, 24_000, 44_100]))
def test_milliseconds_are_the_nearest_and_in_order(frame: int, more: int, rate: int) -> None:
    """A millisecond is off by half of one at most, and never before that of an earlier frame."""
    assert abs(milliseconds(frame, rate) * rate - frame * 1000) * 2 <= rate
    assert milliseconds(frame, rate) <= milliseconds(frame + more, rate)


@given(st.integers(0, 10**9))
def test_reading_a_stamp_is_the_inverse(moment_ms: int) -> None:
    """A moment that was written is read as itself."""
    assert moment_ms == parse_stamp(stamp(moment_ms))


@pytest.mark.parametrize(
    ("moment_ms", "text"),
    [(0, "00:00:00.000"), (61_234, "00:01:01.234"), (360_000_000, "100:00:00.000")],
)
def test_stamp(moment_ms: int, text: str) -> None:
    """Hours, minutes, seconds, milliseconds."""
    assert text == stamp(moment_ms)


def test_marks_touch() -> None:
    """A chapter ends in the millisecond in which the next one starts."""
    chapters = (ChapterEntry("a", 0, 12_013), ChapterEntry("b", 12_013, 7))
    assert (Mark("a", 0, 501), Mark("b", 501, 501)) == marks(chapters, 24_000)

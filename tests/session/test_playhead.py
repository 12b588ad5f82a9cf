from collections.abc import Iterator

import pytest

from tests.script import Script
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Segment, Speech
from voicecoach.routine.model import Exercise
from voicecoach.routine.quantities import Range
from voicecoach.routine.work import Wait
from voicecoach.session.playhead import KEPT, Playhead

ORDER = (Kind.LEAD_IN, Kind.HOLD, Kind.REST, Kind.HOLD, Kind.FINISH)
SEGMENTS = tuple(Segment(Step(kind), str(index), 10, ()) for index, kind in enumerate(ORDER))


def where(playhead: Playhead) -> tuple[str, int]:
    """Return the label of the segment and the offset in it."""
    place = playhead.place()
    return place.segment.label, place.offset


def at(index: int, offset: int) -> Playhead:
    """Return a playhead that has played to a moment."""
    playhead = Playhead(Script(SEGMENTS))
    for _ in range(index):
        playhead.advance(10)
    if offset:
        playhead.advance(offset)
    return playhead


def test_advances_into_the_next_segment() -> None:
    """At the end of a segment the cursor stands at the start of the next; after the last, it is all over."""
    playhead = at(0, 9)
    assert ("0", 9) == where(playhead)
    playhead.advance(1)
    assert ("1", 0) == where(playhead)
    assert not playhead.ended
    assert at(5, 0).ended


def test_place_tells_what_surrounds_it() -> None:
    """A moment knows what follows it and how much has passed, also some frames behind the cursor."""
    playhead = at(2, 4)
    assert ("2", "3", 24) == (
        playhead.place().segment.label,
        playhead.place().following.label,
        playhead.place().passed,
    )  # type: ignore[union-attr]
    behind = playhead.place(17)
    assert ("0", 7, 7) == (behind.segment.label, behind.offset, behind.passed)
    assert ("4", 10, 50) == (at(5, 0).place().segment.label, at(5, 0).place().offset, at(5, 0).place().passed)


@pytest.mark.parametrize(
    ("frames", "expected"), [(0, ("2", 4)), (4, ("2", 0)), (5, ("1", 9)), (24, ("0", 0)), (99, ("0", 0))]
)
def test_rewinds(frames: int, expected: tuple[str, int]) -> None:
    """What was never heard is taken back, over the bounds of segments."""
    playhead = at(2, 4)
    playhead.rewind(frames)
    assert expected == where(playhead)


def test_rewinds_after_the_end() -> None:
    """When all is written and the listener goes back, the session has not ended."""
    playhead = at(5, 0)
    playhead.rewind(3)
    assert ("4", 7) == where(playhead)
    assert not playhead.ended


@pytest.mark.parametrize(
    ("index", "offset", "expected"),
    [(1, 9, "1"), (1, 2, "0"), (3, 9, "3"), (3, 2, "1"), (2, 5, "1"), (4, 1, "3"), (0, 4, "0")],
)
def test_goes_back(index: int, offset: int, expected: str) -> None:
    """Back is to the start of the set, or to the one before where the set has hardly begun."""
    playhead = at(index, offset)
    playhead.back(grace=3)
    assert (expected, 0) == where(playhead)


def test_a_phrase_that_was_cut_is_said_again() -> None:
    """Within a phrase the cursor moves to its start; between two it stays."""
    segment = Segment(Step(Kind.HOLD), "a", 10, (Event(2, Speech("abc")), Event(6, Speech("de"))))
    for offset, expected in [(2, 2), (3, 2), (5, 5), (7, 6), (9, 9)]:
        playhead = Playhead(Script([segment]))
        playhead.advance(offset)
        playhead.settle(lambda sound: len(sound.text) if isinstance(sound, Speech) else 0, 1)
        assert ("a", expected) == where(playhead)


def test_plans_one_segment_ahead_and_forgets_what_is_long_past() -> None:
    """However long a session is, a few segments are held: the one ahead, and those one may go back to."""
    taken: list[Segment] = []

    def segments() -> Iterator[Segment]:
        for segment in SEGMENTS * 100:
            taken.append(segment)
            yield segment

    playhead = Playhead(Script(segments()))
    for played in range(400):
        assert played + 2 == len(taken)
        playhead.skip()
    assert KEPT + 2 >= len(playhead._window)  # noqa: SLF001 - what is held cannot be seen from outside
    assert 4000 == playhead.place().passed


READY = Segment(Step(Kind.WAIT, exercise=Exercise("Ready", Wait(Range(30, 30)))), "ready", 10, ())


def test_goes_round_where_it_waits_for_the_listener() -> None:
    """A step that waits begins again until the listener skips it; a rewind is as exact as elsewhere."""
    playhead = Playhead(Script((SEGMENTS[0], READY, SEGMENTS[4])), has_listener=True)
    for _ in range(3):
        playhead.advance(10)
    playhead.advance(2)
    assert ("ready", 2) == where(playhead)
    playhead.rewind(5)
    assert ("ready", 7) == where(playhead)
    playhead.skip()
    assert ("4", 0) == where(playhead)


def test_does_not_wait_for_nobody() -> None:
    """Where nobody can say that they are ready, the step ends by itself."""
    playhead = Playhead(Script((READY, SEGMENTS[4])))
    playhead.advance(10)
    assert ("4", 0) == where(playhead)

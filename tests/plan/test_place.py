from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.plan.cues import Anchor, Cue, Priority
from voicecoach.plan.place import Fitter, place
from voicecoach.plan.timeline import Compromise, Event, Sound, Speech, Tone

END = 100
"""Frames of the segments of these tests."""


def letters(sound: Sound) -> int:
    """Measure a frame for each letter."""
    return len(sound.text if isinstance(sound, Speech) else sound.name)


def cue(at: int, *texts: str, **wishes: object) -> Cue:
    """Return a cue whose variants are texts; those in capitals are tones."""
    variants = tuple(Tone(text) if text.isupper() else Speech(text) for text in texts)
    wishes.setdefault("priority", Priority.REMAINING)
    return Cue(at, variants, **wishes)  # type: ignore[arg-type]


def heard(cues: Sequence[Cue]) -> list[tuple[int, str]]:
    """Return what is heard when."""
    events, _ = place(cues, END, letters)
    return [
        (event.onset, event.sound.text if isinstance(event.sound, Speech) else event.sound.name)
        for event in events
    ]


TAKEN = cue(40, "x" * 20, priority=Priority.TONE)
"""From 40 to 60."""


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (cue(10, "ten"), (10, "ten")),
        (cue(10, "ten", anchor=Anchor.BY), (7, "ten")),
        (cue(38, "long", "ab"), (38, "ab")),
        (cue(38, "long", "longer", "T"), (38, "T")),
        (cue(38, "long", "ab", slack=2), (36, "long")),
        (cue(58, "long", slack=5), (60, "long")),
        (cue(50, "long", anchor=Anchor.FROM, slack=50), (60, "long")),
        (cue(38, "long", anchor=Anchor.BY), (34, "long")),
        (cue(62, "long", anchor=Anchor.BY), None),
        (cue(62, "long", anchor=Anchor.BY, slack=2), (60, "long")),
        (cue(98, "long", slack=2), (96, "long")),
        (cue(98, "long"), None),
        (cue(10, "eleven", "ten", longest=3), (10, "ten")),
    ],
)
def test_finds_the_nearest_place(wish: Cue, expected: tuple[int, str] | None) -> None:
    """A cue gets the first variant that fits, as near to its moment as its slack allows."""
    assert [(40, "x" * 20), *([expected] if expected else [])] == sorted(
        heard([wish, TAKEN]), key=lambda one: one[1] != "x" * 20
    )


def test_keeps_apart() -> None:
    """Two cues keep the lesser of the distances that they wish for."""
    first, second = cue(0, "abcde", apart=10), cue(0, "fgh", anchor=Anchor.FROM, slack=50, apart=7)
    assert [(0, "abcde"), (12, "fgh")] == heard([first, second])


def test_reports_compromises() -> None:
    """What was moved, shortened or dropped is told, with what is heard instead."""
    wishes = [TAKEN, cue(45, "gone"), cue(59, "late", slack=3), cue(38, "shorter", "ab")]
    _, compromises = place(wishes, END, letters)
    assert (
        Compromise("gone", "dropped", "", f"'{'x' * 20}' has that place"),
        Compromise("late", "moved", "late", f"'{'x' * 20}' has that place", by=1),
        Compromise("shorter", "shortened", "ab", f"'{'x' * 20}' has that place"),
    ) == compromises


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (cue(98, "long"), "it would not end within its step"),
        (cue(2, "long", anchor=Anchor.BY), "it would begin before its step"),
        (cue(10, "long", longest=3), "it lasts longer than it may"),
        (cue(45, "long", anchor=Anchor.FROM, slack=3), f"'{'x' * 20}' has that place"),
    ],
)
def test_says_why(wish: Cue, reason: str) -> None:
    """The reason for a compromise is what stood in the way of the wish."""
    _, (compromise,) = place([TAKEN, wish], END, letters)
    assert ("dropped", reason) == (compromise.action, compromise.reason)


def test_a_segment_under_way() -> None:
    """Beside what was heard, cues find places from the present moment on; what is past is reported."""
    heard = [Event(0, Speech("start")), Event(28, Speech("running"))]
    fitter = Fitter(END, letters, heard, since=30)
    fitter.place([cue(10, "past"), cue(0, "soon", anchor=Anchor.FROM, slack=90, apart=2), cue(60, "then")])
    assert [*heard, Event(37, Speech("soon")), Event(60, Speech("then"))] == list(fitter.events())
    assert [Compromise("past", "dropped", "", "its moment had passed")] == fitter.compromises


CUES = st.lists(
    st.builds(
        Cue,
        at=st.integers(0, END),
        variants=st.lists(
            st.text("abc", min_size=1, max_size=25).map(Speech)
            | st.sampled_from([Tone("tick"), Tone("halfway")]),
            min_size=1,
            max_size=3,
        ).map(tuple),
        priority=st.sampled_from(Priority),
        anchor=st.sampled_from(Anchor),
        slack=st.integers(0, 30),
        apart=st.integers(0, 8),
        longest=st.none() | st.integers(1, 20),
    ),
    max_size=9,
)


@given(CUES)
def test_nothing_overlaps_or_leaves(cues: list[Cue]) -> None:
    """Whatever is wished for, no two sounds overlap and none leaves the segment."""
    events, _ = place(cues, END, letters)
    assert all(0 <= event.onset and event.onset + letters(event.sound) <= END for event in events)
    assert all(first.onset + letters(first.sound) <= second.onset for first, second in pairwise(events))


@given(CUES)
def test_every_cue_is_placed_or_reported(cues: list[Cue]) -> None:
    """As many events and drops come out as cues went in."""
    events, compromises = place(cues, END, letters)
    assert len(cues) == len(events) + sum(one.action == "dropped" for one in compromises)


@given(CUES)
def test_no_cue_is_dropped_where_a_place_was_free(cues: list[Cue]) -> None:
    """A brute search over all onsets finds no place for the last cue where the planner found none."""
    ordered = sorted(cues, key=lambda one: one.priority)
    for count, wish in enumerate(ordered):
        before, _ = place(ordered[:count], END, letters)
        after, _ = place(ordered[: count + 1], END, letters)
        if len(before) < len(after):
            continue
        apart = {(event.onset, event.sound): _apart(event, ordered[:count]) for event in before}
        assert not [
            onset
            for sound in wish.variants
            if wish.longest is None or letters(sound) <= wish.longest
            for onset in _window(wish, letters(sound))
            if all(
                onset + letters(sound) + min(wish.apart, apart[event.onset, event.sound]) <= event.onset
                or event.onset + letters(event.sound) + min(wish.apart, apart[event.onset, event.sound])
                <= onset
                for event in before
            )
        ]


def _apart(event: Event, cues: Sequence[Cue]) -> int:
    """Return the greatest distance that a cue of this sound may have wished for."""
    return max(one.apart for one in cues if event.sound in one.variants)


def _window(wish: Cue, length: int) -> range:
    wanted = wish.at - length if wish.anchor is Anchor.BY else wish.at
    low = wanted if wish.anchor is Anchor.FROM else wanted - wish.slack
    return range(max(0, low), min(END - length, wanted + wish.slack) + 1)


@given(CUES)
def test_a_lesser_cue_never_moves_a_greater_one(cues: list[Cue]) -> None:
    """Cues of lower rank leave the places of those above them as they are."""
    ordered = sorted(cues, key=lambda one: one.priority)
    for count in range(len(ordered)):
        before, _ = place(ordered[:count], END, letters)
        after, _ = place(ordered, END, letters)
        assert set(before) <= set(after)

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import ROUTINES, sixty_ms_a_character
from voicecoach.plan.chapters import Contents, Level, end_tone
from voicecoach.plan.document import ChapterEntry
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import SAMPLE_RATE, Event, Segment, Timeline, Tone
from voicecoach.routine.files import parse
from voicecoach.routine.model import Routine

PHRASES = load_phrases("en")
END_TONE = sixty_ms_a_character(Tone("end"))
HIPS = parse(
    """
    title = "Hips"
    [[stage]]
    title = "Stretch"
    exercise = [
      { name = "Pigeon", dose = "2 x 10 s per side" },
      { name = "Frog", dose = "2 x 10 s" },
      { name = "Ready", dose = "5 s wait" },
      { name = "Quads", dose = "2 x 10 s per side", order = "block" },
    ]
    [[stage]]
    title = "Circuit"
    rounds = 2
    exercise = [{ name = "Clam", dose = "1 x 5 reps per side" }, { name = "Bridge", dose = "5 reps" }]
    """,
    "hips.toml",
)
random_sessions = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def walked(routine: Routine, start_in: float = 0) -> tuple[tuple[int, Segment], ...]:
    """Return the segments of a session with their starts."""
    planner = Planner(routine, PHRASES, start_in=start_in)
    return tuple(Timeline(SAMPLE_RATE, planner.segments(sixty_ms_a_character)).starts())


def chapters(routine: Routine, level: Level) -> tuple[ChapterEntry, ...]:
    """Return the chapters of a session."""
    return Contents(PHRASES, routine.title, level).chapters(walked(routine), sixty_ms_a_character)


@random_sessions
@given(ROUTINES, st.sampled_from(Level), st.sampled_from([0, 7]))
def test_chapters_cover_the_session(routine: Routine, level: Level, start_in: float) -> None:
    """The first starts at 0, each has a length and ends where the next one starts, the last at the end."""
    walk = walked(routine, start_in)
    made = Contents(PHRASES, routine.title, level).chapters(walk, sixty_ms_a_character)
    last_start, last = walk[-1]
    assert 0 == made[0].start_frame
    assert all(chapter.frames > 0 for chapter in made)
    ends = [chapter.start_frame + chapter.frames for chapter in made]
    assert [*(chapter.start_frame for chapter in made[1:]), last_start + last.frames] == ends


@random_sessions
@given(ROUTINES)
def test_each_level_divides_the_one_above(routine: Routine) -> None:
    """Where a chapter starts, one of every finer level starts as well."""
    starts = [{chapter.start_frame for chapter in chapters(routine, level)} for level in Level]
    for coarse, fine in pairwise(starts):
        assert coarse <= fine


@random_sessions
@given(ROUTINES, st.sampled_from(Level))
def test_no_tone_is_cut(routine: Routine, level: Level) -> None:
    """A chapter starts with a segment, or when the end tone at the start of the segment is over."""
    possible = {start + end_tone(segment, sixty_ms_a_character) for start, segment in walked(routine)}
    assert {chapter.start_frame for chapter in chapters(routine, level)} <= possible


@random_sessions
@given(ROUTINES)
def test_every_set_has_its_chapter(routine: Routine) -> None:
    """With a chapter for each set, no two sets are in one."""
    made = chapters(routine, Level.SET)
    sets = {
        (*segment.step.bout, segment.step.side, segment.step.set): start
        for start, segment in reversed(walked(routine))
        if segment.step.is_work
    }
    homes = [max(one.start_frame for one in made if one.start_frame <= start) for start in sets.values()]
    assert len(homes) == len(set(homes))


@pytest.mark.parametrize(
    ("level", "titles"),
    [
        (Level.STAGE, ["Hips", "Stretch", "Circuit"]),
        (
            Level.EXERCISE,
            [
                "Hips",
                "Stretch",
                "Stretch: Pigeon",
                "Stretch: Frog",
                "Stretch: Ready",
                "Stretch: Quads",
                "Circuit",
                "Circuit: Clam, round 1 of 2",
                "Circuit: Bridge, round 1 of 2",
                "Circuit: Clam, round 2 of 2",
                "Circuit: Bridge, round 2 of 2",
            ],
        ),
        (
            Level.SIDE,
            [
                "Hips",
                "Stretch",
                "Stretch: Pigeon, left, set 1 of 2",
                "Stretch: Pigeon, right, set 1 of 2",
                "Stretch: Pigeon, left, set 2 of 2",
                "Stretch: Pigeon, right, set 2 of 2",
                "Stretch: Frog",
                "Stretch: Ready",
                "Stretch: Quads, left",
                "Stretch: Quads, right",
                "Circuit",
                "Circuit: Clam, round 1 of 2, left",
                "Circuit: Clam, round 1 of 2, right",
                "Circuit: Bridge, round 1 of 2",
                "Circuit: Clam, round 2 of 2, left",
                "Circuit: Clam, round 2 of 2, right",
                "Circuit: Bridge, round 2 of 2",
            ],
        ),
        (
            Level.SET,
            [
                "Hips",
                "Stretch",
                "Stretch: Pigeon, left, set 1 of 2",
                "Stretch: Pigeon, right, set 1 of 2",
                "Stretch: Pigeon, left, set 2 of 2",
                "Stretch: Pigeon, right, set 2 of 2",
                "Stretch: Frog, set 1 of 2",
                "Stretch: Frog, set 2 of 2",
                "Stretch: Ready",
                "Stretch: Quads, left, set 1 of 2",
                "Stretch: Quads, left, set 2 of 2",
                "Stretch: Quads, right, set 1 of 2",
                "Stretch: Quads, right, set 2 of 2",
                "Circuit",
                "Circuit: Clam, round 1 of 2, left",
                "Circuit: Clam, round 1 of 2, right",
                "Circuit: Bridge, round 1 of 2",
                "Circuit: Clam, round 2 of 2, left",
                "Circuit: Clam, round 2 of 2, right",
                "Circuit: Bridge, round 2 of 2",
            ],
        ),
    ],
)
def test_titles(level: Level, titles: list[str]) -> None:
    """A title carries stage, exercise, round, side and set, as far as they tell it apart."""
    assert titles == [chapter.title for chapter in chapters(HIPS, level)]


def test_what_leads_up_to_a_set_belongs_to_it() -> None:
    """An announcement and a lead-in come with the first set, a rest and a switch with the one after them."""
    starts = {chapter.start_frame for chapter in chapters(HIPS, Level.SET)}
    opening = [
        segment.step.kind
        for start, segment in walked(HIPS)
        if start + end_tone(segment, sixty_ms_a_character) in starts
    ]
    announce, switch, rest = Kind.ANNOUNCE, Kind.SWITCH, Kind.REST
    expected = [announce, announce]  # the opening, the first stage
    expected += [announce, switch, rest, switch]  # Pigeon: left, right, left, right
    expected += [announce, rest, announce]  # Frog, Ready
    expected += [announce, rest, switch, rest]  # Quads: left, left, right, right
    expected += [announce, announce, switch, announce, rest, switch, announce]  # Circuit, its two rounds
    assert expected == opening


def test_the_end_tone_stays_with_its_set() -> None:
    """A chapter after a set starts when the end tone of that set is over, any other at its first segment."""
    walk = walked(HIPS)
    second = chapters(HIPS, Level.SET)[3]
    switch = next(start for start, segment in walk if segment.step.kind is Kind.SWITCH)
    assert switch + END_TONE == second.start_frame
    stage = chapters(HIPS, Level.STAGE)[1]
    assert walk[1][0] == stage.start_frame


@pytest.mark.parametrize(
    ("events", "frames"),
    [
        ((), 0),
        ((Event(0, Tone("end")),), END_TONE),
        ((Event(1, Tone("end")),), 0),
        ((Event(0, Tone("start")),), 0),
    ],
)
def test_end_tone(events: tuple[Event, ...], frames: int) -> None:
    """Only an end tone at the very start belongs to the set before."""
    assert frames == end_tone(Segment(Step(Kind.REST), "Rest", 240_000, events), sixty_ms_a_character)


def test_nothing_has_no_chapters() -> None:
    """A session without a segment has none."""
    assert () == Contents(PHRASES, "Hips").chapters((), sixty_ms_a_character)

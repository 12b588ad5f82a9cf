from itertools import islice, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import ROUTINES, cue_names, sixty_ms_a_character
from voicecoach.plan.course import Course
from voicecoach.plan.cues import Talk
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import SAMPLE_RATE, Segment, Tone
from voicecoach.routine.files import parse
from voicecoach.routine.model import Routine

ENGLISH = load_phrases("en")
measure = sixty_ms_a_character
ROUTINE = """
title = "Hips"
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "2 x 30 s per side"
posture = "lying"
[[stage.exercise]]
name = "Butterfly"
dose = "20 s"
posture = "lying"
[[stage]]
title = "Strengthen"
[[stage.exercise]]
name = "Bridge"
dose = "8 reps"
posture = "lying"
[[stage.exercise]]
name = "Butterfly"
dose = "20 s"
posture = "standing"
"""


def course(text: str = ROUTINE) -> Course:
    """Return the course of a routine that is about to begin."""
    return Course(Planner(parse(text, "hips.toml"), ENGLISH), measure)


def until(session: Course, label: str) -> Segment:
    """Go on to the first set of a name."""
    return next(one for one in session if one.label == label and one.step.is_work)


def words(segment: Segment) -> str:
    """Write a segment in short: ``hold left 1``."""
    step = segment.step
    parts = (step.kind, step.side, step.set, segment.label if step.kind is Kind.ANNOUNCE else None)
    return " ".join(str(part) for part in parts if part)


def coming(session: Course, count: int) -> list[str]:
    """Return the next segments in short."""
    return [words(segment) for segment in islice(session, count)]


def test_left_alone_it_is_the_plan() -> None:
    """Without a change, a course yields the plan itself, also when segments were given back."""
    planner = Planner(parse(ROUTINE, "hips.toml"), ENGLISH)
    session, plan = Course(planner, measure), list(planner.segments(measure))
    yielded = []
    while segment := next(session, None):
        session.give_back()
        assert segment == next(session)
        yielded.append(segment)
    assert plan == yielded


def test_all_can_be_given_back_but_no_more() -> None:
    """Given back to its start, a session is planned as before; before that there is nothing."""
    session = course()
    yielded = [words(segment) for segment in islice(session, 9)]
    for _ in yielded:
        session.give_back()
    with pytest.raises(ValueError, match="there is no segment to be given back"):
        session.give_back()
    assert yielded == coming(session, 9)


def test_a_set_that_is_repeated_is_as_long_as_it_was_made() -> None:
    """Ten seconds more hold for the set also when it is done once more, and after going back."""
    session = course()
    left = until(session, "Pigeon, left")
    changed = session.resize(5 * SAMPLE_RATE, 10)
    session.repeat(left.step)
    rest, again = islice(session, 2)
    assert ("Once more, left side.", 40 * SAMPLE_RATE) == (cue_names(rest)[2][1], again.frames)
    for _ in range(3):
        session.give_back()
    fresh = next(session)
    assert (changed.frames, (20, "Halfway.")) == (fresh.frames, cue_names(fresh)[1])


def test_a_skipped_side_in_a_later_set() -> None:
    """What was done already stays done: after the second set on one side, only the other is left."""
    session = course(ROUTINE.replace("2 x 30 s", "3 x 30 s"))
    for _ in range(2):
        left = until(session, "Pigeon, left")
    session.skip_side(left.step)
    assert ["switch right 2", "hold right 2", "rest right 3", "hold right 3"] == coming(session, 4)


def test_what_was_taken_back_was_not_explained() -> None:
    """An exercise whose announcement was given back and dropped is explained where it comes next."""
    session = course()
    announced = next(one for one in session if one.label == "Butterfly")
    session.give_back()
    session.drop_stage(announced.step)
    again = next(one for one in session if one.label == "Butterfly")
    assert not again.step.known


REMINDED = ROUTINE.replace(
    'title = "Stretch"', 'title = "Stretch"\nreminders = ["Aaa.", "Bbb.", "Ccc."]'
).replace("2 x 30 s per side", "4 x 60 s")


@pytest.mark.parametrize("at", range(0, 60, 3))
@pytest.mark.parametrize("seconds", [-10, 10])
def test_reminders_over_a_splice(at: int, seconds: float) -> None:
    """However a set is changed, no reminder comes twice in a row, nor soon after the one before."""
    session = course(REMINDED)
    segments = [until(session, "Pigeon"), until(session, "Pigeon")]
    segments[1] = session.resize(at * SAMPLE_RATE, seconds)
    segments += [until(session, "Pigeon"), until(session, "Pigeon")]
    told = [[cue for cue in cue_names(one) if cue[1] in {"Aaa.", "Bbb.", "Ccc."}] for one in segments]
    assert all(told)
    texts = [text for one in told for _, text in one]
    assert all(first != second for first, second in pairwise(texts))
    assert all(second - first > 12 for one in told for (first, _), (second, _) in pairwise(one))


def test_ten_seconds_more_are_carried_to_the_other_side() -> None:
    """The second side is as long as the first was made, in that set alone."""
    session = course()
    until(session, "Pigeon, left")
    assert 40 * SAMPLE_RATE == session.resize(12 * SAMPLE_RATE, 10).frames
    lengths = [one.frames / SAMPLE_RATE for one in session if one.step.kind is Kind.HOLD]
    assert ([40, 30, 30, 20, 20], 20) == (lengths, session.added)


def test_what_is_changed_on_the_second_side_stays_there() -> None:
    """A change of the second side is carried nowhere."""
    session = course()
    until(session, "Pigeon, right")
    assert 20 * SAMPLE_RATE == session.resize(0, -10).frames
    assert [30, 30, 20, 20] == [one.frames / SAMPLE_RATE for one in session if one.step.kind is Kind.HOLD]
    assert -10 == session.added


def test_repeats_a_set() -> None:
    """A set that is repeated comes again after a rest, and then what would have come."""
    session = course()
    session.repeat(until(session, "Pigeon, left").step)
    assert ["rest left 1", "hold left 1", "switch right 1", "hold right 1"] == coming(session, 4)


def test_repeats_a_set_that_is_about_to_begin() -> None:
    """In the pause before a set, the set is done once, and once more."""
    session = course()
    switch = next(one for one in session if one.step.kind is Kind.SWITCH)
    session.repeat(switch.step)
    assert ["hold right 1", "rest right 1", "hold right 1", "rest left 2"] == coming(session, 4)


def test_skips_a_side() -> None:
    """What is left of the exercise is done on the other side."""
    session = course()
    session.skip_side(until(session, "Pigeon, left").step)
    assert ["switch right 1", "hold right 1", "rest right 2", "hold right 2"] == coming(session, 4)
    assert ["announce Butterfly"] == coming(session, 1)


def test_skips_the_last_side() -> None:
    """Where the other side is done, the next exercise comes."""
    session = course()
    right = [one for one in session if one.label == "Pigeon, right" and one.step.is_work]
    assert 2 == len(right)
    session = course()
    for _ in range(2):
        last = until(session, "Pigeon, right")
    session.skip_side(last.step)
    assert ["announce Butterfly"] == coming(session, 1)


def test_drops_the_rest_of_a_stage() -> None:
    """The next stage begins; what was never explained is explained there."""
    session = course()
    session.drop_stage(until(session, "Pigeon, left").step)
    assert ["announce Strengthen", "announce Bridge"] == coming(session, 2)
    butterfly = next(one for one in session if one.label == "Butterfly")
    assert not butterfly.step.known
    assert "Open your eyes and stand up slowly." in [said for _, said in cue_names(butterfly)]


def test_contract_and_relax_is_one_set() -> None:
    """Pressing, letting go and stretching are repeated together."""
    session = course(ROUTINE.replace("2 x 30 s per side", "6 s contract, 20 s deepen per side"))
    session.repeat(until(session, "Pigeon, left").step)
    assert [
        "relax left 1", "hold left 1", "rest left 1", "contract left 1", "relax left 1", "hold left 1",
        "switch right 1", "contract right 1",
    ] == coming(session, 8)  # fmt: skip


def test_the_finish_tells_the_time_that_it_took() -> None:
    """Minutes that were added are part of the time that is told at the end."""
    session, longer = course(), course()
    until(longer, "Pigeon, left")
    longer.resize(0, 600)
    plain, *_ = [cue_names(one)[-1][1] for one in session if one.step.kind is Kind.FINISH]
    told, *_ = [cue_names(one)[-1][1] for one in longer if one.step.kind is Kind.FINISH]
    minutes = [int(words.split(" in ")[1].split()[0]) for words in (plain, told)]
    assert 20 == minutes[1] - minutes[0]  # on both sides


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 12), st.sampled_from(["longer", "shorter", "repeat", "skip", "drop"]), st.floats(0, 1)
    ),
    max_size=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES, st.sampled_from(Talk), CHANGES)
def test_random_changes(routine: Routine, talk: Talk, changes: list[tuple[int, str, float]]) -> None:
    """Whatever is changed, each set has its start tone and its end tone, and no step is without its pause."""
    session = Course(Planner(routine, ENGLISH, talk), measure)
    heard: list[Segment] = []
    for skip, change, share in changes:
        heard += islice(session, skip)
        if (segment := next(session, None)) is None:
            break
        ahead = next(session, None)
        if ahead:
            session.give_back()
        match change:
            case "longer" | "shorter":
                seconds = 10 if change == "longer" else -10
                segment = session.resize(int(share * (segment.frames - 1)), seconds)
            case "repeat":
                session.repeat(segment.step)
            case "skip":
                session.skip_side(segment.step)
            case _:
                session.drop_stage(segment.step)
        heard.append(segment)
    heard += session
    assert [Kind.ANNOUNCE, Kind.FINISH] == [heard[0].step.kind, heard[-1].step.kind]
    for before, segment in pairwise(heard):
        opens = segment.events[0].sound if segment.events else None
        assert before.step.is_work == (opens == Tone("end"))
        if segment.step.is_work:
            assert Tone("start") == opens
            # Between two sets there is always time: sets never touch.
            assert not before.step.is_work
        ends = [event.onset + measure(event.sound) for event in segment.events]
        assert all(end <= segment.frames for end in ends)
        assert all(end <= event.onset for end, event in zip(ends, segment.events[1:], strict=False))

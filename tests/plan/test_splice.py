from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.strategies import ROUTINES, cue_names, sixty_ms_a_character
from voicecoach.plan.cues import Talk
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.splice import RESIZABLE, resize
from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import SAMPLE_RATE, Event, Segment, Speech, Tone
from voicecoach.routine.files import parse
from voicecoach.routine.model import Routine

ENGLISH = load_phrases("en")
measure = sixty_ms_a_character


def planner(dose: str, talk: Talk = Talk.FULL, **keys: str) -> Planner:
    """Return the planner of a routine of one exercise."""
    more = "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    head = 'title = "Hips"\n[[stage]]\ntitle = "A"\n[[stage.exercise]]\nname = "Pigeon"\n'
    return Planner(parse(f'{head}dose = "{dose}"\n{more}', "hips.toml"), ENGLISH, talk)


def first(kind: Kind, plan: Planner) -> Segment:
    """Return the first segment of a kind."""
    return next(one for one in plan.segments(measure) if one.step.kind is kind)


def spliced(dose: str, at: float, seconds: float, kind: Kind = Kind.HOLD) -> list[tuple[float, str]]:
    """Return what is heard in a segment that was made longer or shorter at a moment, and its end."""
    plan = planner(dose)
    segment = resize(plan, first(kind, plan), round(at * SAMPLE_RATE), seconds, measure)
    return [*cue_names(segment), (segment.frames / SAMPLE_RATE, "end")]


def test_longer() -> None:
    """Ten seconds more move what is to be heard; halfway, which was told, is not told again."""
    assert [
        (0, "<start>"), (15, "Halfway."), (30, "Ten seconds."), (37, "3"), (38, "2"), (39, "1"), (40, "end"),
    ] == spliced("30 s", 17, 10)  # fmt: skip


def test_longer_before_halfway() -> None:
    """Before it was told, halfway moves with the end."""
    heard = spliced("30 s", 10, 10)
    assert (20, "Halfway.") in heard
    assert (15, "Halfway.") not in heard


def test_a_warning_that_is_true_again_is_heard_again() -> None:
    """Ten seconds were left, then twenty: once ten are left again, that is said again."""
    assert [20.0, 30.0] == [at for at, said in spliced("30 s", 24, 10) if said == "Ten seconds."]


def test_longer_during_the_countdown() -> None:
    """The number that is heard ends; a new countdown leads up to the new end."""
    assert [
        (27, "3"), (28, "2"), (30, "Ten seconds."), (37, "3"), (38, "2"), (39, "1"), (40, "end"),
    ] == spliced("30 s", 28.1, 10)[3:]  # fmt: skip


def test_shorter() -> None:
    """Ten seconds less leave out what would have been heard before now."""
    assert [
        (0, "<start>"), (10, "Halfway."), (17, "3"), (18, "2"), (19, "1"), (20, "end"),
    ] == spliced("30 s", 9.9, -10)  # fmt: skip
    assert [(0, "<start>"), (17, "3"), (18, "2"), (19, "1"), (20, "end")] == spliced("30 s", 12, -10)


def test_shorter_by_more_than_there_is() -> None:
    """With less than 13 s left, three are counted down, and the set ends."""
    assert [(19, "3"), (20, "2"), (21, "1"), (22, "end")] == spliced("30 s", 19, -10)[2:]


def test_shorter_while_something_is_said() -> None:
    """What is being said is said to its end before the countdown begins."""
    heard = spliced("30 s", 20.5, -10)
    ends = 20 + measure(Speech("Ten seconds.")) / SAMPLE_RATE
    assert [(20, "Ten seconds."), (pytest.approx(ends), "3")] == heard[2:4]
    assert pytest.approx(ends + 3) == heard[-1][0]


def test_shorter_in_the_last_seconds() -> None:
    """While the last seconds are counted, the set ends as soon as the number has been said."""
    number = measure(ENGLISH.number(3)) / SAMPLE_RATE
    assert [(27, "3"), (pytest.approx(27 + number), "end")] == spliced("30 s", 27.1, -10)[3:]
    assert [(28, "2"), (28.7, "end")] == spliced("30 s", 28.7, -10)[4:]


def test_a_rest() -> None:
    """A rest tells its length and what comes next once, however often its length changes."""
    said = [said for _, said in spliced("2 x 30 s", 5, 10, Kind.REST)]
    assert ["<end>", "Rest. 20 seconds.", "Last set.", "3", "2", "1", "end"] == said
    again = [said for _, said in spliced("2 x 30 s", 16.5, 10, Kind.REST)]
    assert ["<end>", "Rest. 20 seconds.", "Last set.", "3", "2", "1", "end"] == again


def test_a_length_that_is_no_longer_true_is_not_told() -> None:
    """However often a rest changes, its length is told once, at its beginning."""
    plan = planner("2 x 30 s")
    rest = first(Kind.REST, plan)
    for at in (5, 8, 12):
        rest = resize(plan, rest, at * SAMPLE_RATE, 10, measure)
    said = [said for _, said in cue_names(rest)]
    assert ["<end>", "Rest. 20 seconds.", "Last set.", "3", "2", "1"] == said
    plan = planner("2 x 30 s", rest="10")
    rest = resize(plan, first(Kind.REST, plan), 5 * SAMPLE_RATE, 10, measure)
    assert not [said for _, said in cue_names(rest) if said.startswith("Rest.")]


def test_a_side_is_called_however_short_the_time_for_it() -> None:
    """A change of sides that is shortened at once still names the side, and then counts down."""
    plan = planner("30 s per side")
    switch = resize(plan, first(Kind.SWITCH, plan), SAMPLE_RATE // 2, -10, measure)
    assert ["<end>", "<switch>", "Switch. Right side.", "3", "2", "1"] == [
        said for _, said in cue_names(switch)
    ]
    assert switch.frames < 7 * SAMPLE_RATE


def test_a_short_set_is_counted_down_all_the_same() -> None:
    """A set that was too short for a countdown has one when it is shortened at its very start."""
    assert [(0, "<start>"), (0.4, "3"), (1.4, "2"), (2.4, "1"), (3.4, "end")] == spliced("3 s", 0, -10)


def test_what_was_not_as_wished_before_is_still_told() -> None:
    """A cue that was left out before the splice stays in the report; one that is heard now does not."""
    plan = planner("2 x 30 s", rest="4")
    rest = first(Kind.REST, plan)
    assert ["Last set."] == [one.text for one in rest.compromises]
    shorter = resize(plan, rest, 2 * SAMPLE_RATE, -10, measure)
    assert ["Last set."] == [one.text for one in shorter.compromises]
    assert () == resize(plan, rest, 0, 10, measure).compromises


def test_what_has_no_length_to_change() -> None:
    """Reps and announcements are as they were."""
    plan = planner("8 reps")
    for kind in (Kind.REP_SET, Kind.ANNOUNCE):
        segment = first(kind, plan)
        assert segment is resize(plan, segment, SAMPLE_RATE, 10, measure)


PRESSES = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([-10.0, 10.0])), min_size=1, max_size=6)


def pressed(
    plan: Planner, segment: Segment, presses: list[tuple[float, float]]
) -> Iterator[tuple[Segment, int, float, Segment]]:
    """Make a segment longer and shorter at moments that follow one another."""
    now = 0
    for share, seconds in presses:
        now += int(share * (segment.frames - now))
        if now >= segment.frames:
            return
        after = resize(plan, segment, now, seconds, measure)
        yield segment, now, seconds, after
        segment = after


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES, st.sampled_from(Talk), st.data(), PRESSES)
def test_random_splices(
    routine: Routine, talk: Talk, data: st.DataObject, presses: list[tuple[float, float]]
) -> None:
    """Whenever a step is made longer or shorter: the past stands, nothing overlaps, one countdown ends it."""
    plan = Planner(routine, ENGLISH, talk)
    segments = [one for one in plan.segments(measure) if one.step.kind in RESIZABLE]
    assume(segments)
    segment = data.draw(st.sampled_from(segments))
    for before, now, seconds, after in pressed(plan, segment, presses):
        assert heard(before, now) == heard(after, now)
        ends = [event.onset + measure(event.sound) for event in after.events]
        assert all(end <= event.onset for end, event in zip(ends, after.events[1:], strict=False))
        assert all(end <= after.frames for end in ends)
        free = max([now, *(one.onset + measure(one.sound) for one in heard(after, now))])
        counted = [one.onset for one in after.events if is_count(one) and one.onset >= free]
        wanted = [after.frames - left * SAMPLE_RATE for left in (3, 2, 1)]
        if after.step.exercise is None:  # Between two rounds nothing is counted.
            assert [] == counted
        elif seconds < 0 and before.frames - now < 3 * SAMPLE_RATE:
            assert ([], free) == (counted, after.frames)
        else:
            assert wanted == counted
        if seconds > 0:
            assert before.frames + 10 * SAMPLE_RATE == after.frames
        else:
            assert max(now, before.frames - 10 * SAMPLE_RATE) <= after.frames <= before.frames or (
                # A step that was too short to be counted down has its countdown now.
                before.frames - now < 4 * SAMPLE_RATE
            )
        for text, left in (("Ten seconds.", 10), ("One minute left.", 60)):
            moments = [one.onset for one in after.events if said(one) == text and one.onset >= free]
            assert all(abs(after.frames - left * SAMPLE_RATE - at) <= SAMPLE_RATE for at in moments)
            assert len(moments) <= 1


def heard(segment: Segment, now: int) -> list[Event]:
    """Return what was heard before a moment, and the tones that start and end a set."""
    return [
        event for event in segment.events if event.onset < now or event.sound in {Tone("start"), Tone("end")}
    ]


def said(event: Event) -> str:
    """Return the text of an event, if it has one."""
    return event.sound.text if isinstance(event.sound, Speech) else ""


def is_count(event: Event) -> bool:
    """Tell a number or tick of a countdown."""
    return event.sound == Tone("tick") or (isinstance(event.sound, Speech) and event.sound.count)

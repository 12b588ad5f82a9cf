from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import ROUTINES, sixty_ms_a_character
from voicecoach.plan.cues import Talk
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import SAMPLE_RATE, Segment, Sound, Speech, Tone
from voicecoach.routine.files import load, parse
from voicecoach.routine.model import Routine
from voicecoach.routine.pace import PACES
from voicecoach.routine.shelf import LIBRARY
from voicecoach.units import frames

ENGLISH = load_phrases("en")
GOLDEN = Path(__file__).parent / "golden"
measure = sixty_ms_a_character


def plan(routine: Routine, talk: Talk = Talk.FULL) -> list[Segment]:
    """Plan a whole session with the fixed measure."""
    return list(Planner(routine, ENGLISH, talk).segments(measure))


def cues(segment: Segment) -> list[tuple[float, str]]:
    """Return what is heard in a segment, and when, in seconds; tones in angle brackets."""
    return [(event.onset / SAMPLE_RATE, name(event.sound)) for event in segment.events]


def name(sound: Sound) -> str:
    """Return a text, or the name of a tone in angle brackets."""
    return sound.text if isinstance(sound, Speech) else f"<{sound.name}>"


def work(dose: str, **keys: str) -> list[Segment]:
    """Plan a routine of one exercise, without its opening and announcements."""
    more = "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    head = 'title = "Hips"\n[[stage]]\ntitle = "A"\n[[stage.exercise]]\nname = "Pigeon"\n'
    segments = plan(parse(f'{head}dose = "{dose}"\n{more}', "hips.toml"))
    return [segment for segment in segments if segment.step.kind is not Kind.ANNOUNCE]


def test_a_hold() -> None:
    """A hold of 30 s has its cues at their moments, and its end tone opens the next segment."""
    lead_in, hold, finish = work("30 s")
    assert [(0, "Get ready."), (2, "3"), (3, "2"), (4, "1")] == cues(lead_in)
    assert [(0, "<start>"), (15, "Halfway."), (20, "Ten seconds."), (27, "3"), (28, "2"), (29, "1")] == cues(
        hold
    )
    assert (0, "<end>") == cues(finish)[0]
    assert 30 * SAMPLE_RATE == hold.frames


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (4, ["<start>"]),
        (5, ["<start>", "3", "2", "1"]),
        (19, ["<start>", "3", "2", "1"]),
        (20, ["<start>", "Halfway.", "3", "2", "1"]),
        (24, ["<start>", "Halfway.", "3", "2", "1"]),
        (25, ["<start>", "Halfway.", "Ten seconds.", "3", "2", "1"]),
        (120, ["<start>", "Halfway.", "Ten seconds.", "3", "2", "1"]),
        (121, ["<start>", "Halfway.", "One minute left.", "Ten seconds.", "3", "2", "1"]),
    ],
)
def test_longer_holds_have_more_cues(seconds: int, expected: list[str]) -> None:
    """Which cues a hold has follows from its length; where two want one moment, both still find room."""
    said = [said for _, said in cues(work(f"{seconds} s")[1])]
    if seconds == 121:
        # Halfway and one minute left are half a second apart: the more telling one stays.
        expected = ["<start>", "One minute left.", "Ten seconds.", "3", "2", "1"]
        said = [one for one in said if one != "<halfway>"]
    assert expected == said


def test_sides_and_sets() -> None:
    """Left, switch, right, rest, left, switch, right: a rest says what comes next and ends 4 s before it."""
    segments = work("2 x 30 s per side")
    kinds = [
        (segment.step.kind.value, segment.step.side and segment.step.side.value, segment.step.set)
        for segment in segments
    ]
    assert [
        ("lead-in", "left", 1),
        ("hold", "left", 1),
        ("switch", "right", 1),
        ("hold", "right", 1),
        ("rest", "left", 2),
        ("hold", "left", 2),
        ("switch", "right", 2),
        ("hold", "right", 2),
        ("finish", None, None),
    ] == kinds
    assert [
        (0, "<end>"),
        (0.65, "<switch>"),
        (1.3, "Switch. Right side."),
        (7, "3"),
        (8, "2"),
        (9, "1"),
    ] == cues(segments[2])
    rest = segments[4]
    assert [(0, "<end>"), (0.65, "Rest. 20 seconds.")] == cues(rest)[:2]
    onset, said = cues(rest)[2]
    assert "Last set, left side." == said
    assert 16 * SAMPLE_RATE == rest.events[2].onset + measure(rest.events[2].sound)
    assert pytest.approx(20 - 4 - measure(rest.events[2].sound) / SAMPLE_RATE) == onset


def test_a_short_rest_names_only_what_comes_next() -> None:
    """Under 12 s the length of a rest is not said."""
    rest = work("3 x 30 s")[2]
    assert "Rest. 20 seconds." in [said for _, said in cues(rest)]
    short = work("3 x 30 s", rest="8")[2]
    assert ["<end>", "Next: set 2 of 3.", "3", "2", "1"] == [said for _, said in cues(short)]


def test_reps_are_counted_at_their_starts() -> None:
    """The number stands at the start of each rep, words at its phases, and the last rep is called."""
    _, reps, finish = work("3 reps @ 3-1-1-0", starts="up")
    assert [
        (0, "<start>"), (0.4, "1"), (1, "Down."),
        (5, "2"), (6, "Down."),
        (10, "Last one."), (11, "Down."),
    ] == cues(reps)  # fmt: skip
    assert (15 * SAMPLE_RATE, 3) == (reps.frames, reps.step.reps)
    assert (0, "<end>") == cues(finish)[0]


def test_reps_with_a_hold_that_start_down() -> None:
    """A hold in each rep stands at the end of its first movement."""
    _, reps, _ = work("2 reps, 5 s hold @ 2-1-1-0")
    assert [
        (0, "<start>"),
        (0.4, "1"),
        (2, "Hold."),
        (7, "Up."),
        (8, "Last one."),
        (10, "Hold."),
        (15, "Up."),
    ] == cues(reps)


def test_the_second_side_has_no_instruction() -> None:
    """The instruction is said once, before the first side."""
    instruction = "Lie down. Breathe."
    said = [said for segment in work("30 s per side", instruction=instruction) for _, said in cues(segment)]
    assert instruction not in said


def test_announcements_name_the_change_first() -> None:
    """Posture and equipment come first, then time to change, then name, dose and instruction."""
    routine = load(LIBRARY / "hip-mobility.toml")
    segments = plan(routine)
    quads = next(one for one in segments if one.label == "Quads")
    said = [said for _, said in cues(quads)]
    assert [
        "Come to lying down.",
        "Take the foam roller.",
        "Quads.",
        "1 minute on each side, left side first.",
    ] == said[:4]
    fetched = quads.events[1]
    assert quads.events[2].onset - (fetched.onset + measure(fetched.sound)) > 7 * SAMPLE_RATE


def test_a_wait_before_the_session() -> None:
    """Somebody who is about to lie down hears at once that sound is there, and how long there is."""
    routine = load(LIBRARY / "hip-mobility.toml")
    wait = next(Planner(routine, ENGLISH, start_in=30).segments(measure))
    assert [(0, "<wake>"), (0.65, "We start in 30 seconds.")] == cues(wait)
    assert (Kind.WAIT, 30 * SAMPLE_RATE) == (wait.step.kind, wait.frames)


@pytest.mark.parametrize("talk", Talk)
def test_the_safety_words_are_always_said(talk: Talk) -> None:
    """Whatever is left out, the safety words are not."""
    routine = load(LIBRARY / "hip-mobility.toml")
    opening = next(iter(Planner(routine, ENGLISH, talk).segments(measure)))
    assert routine.caution in [said for _, said in cues(opening)]
    assert "<wake>" == cues(opening)[0][1]


def test_beeps_are_sounds_only() -> None:
    """With beeps nothing is spoken but the safety words, and nothing at all where there is no voice."""
    routine = load(LIBRARY / "hip-mobility.toml")
    silent = Planner(routine, ENGLISH, Talk.BEEPS, has_voice=False)
    sounds = [event.sound for segment in silent.segments(measure) for event in segment.events]
    assert [] == [sound for sound in sounds if isinstance(sound, Speech)]
    assert {"wake", "stage", "start", "halfway", "tick", "rep", "end", "switch", "finish"} == {
        sound.name for sound in sounds if isinstance(sound, Tone)
    }
    assert [] == list(silent.speech())


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES, st.sampled_from(Talk))
def test_no_rule_is_broken(routine: Routine, talk: Talk) -> None:
    """Holds are exact to the frame, both sides equal, nothing overlaps, nothing leaves its segment."""
    segments = plan(routine, talk)
    per_side: dict[tuple[int | None, int | None, int | None], set[int]] = defaultdict(set)
    for before, segment in pairwise(segments):
        step = before.step
        if step.is_work:
            assert frames(step.seconds or 0, SAMPLE_RATE) == before.frames
            assert (0, Tone("start")) == (before.events[0].onset, before.events[0].sound)
            assert (0, Tone("end")) == (segment.events[0].onset, segment.events[0].sound)
            per_side[step.stage_index, step.exercise_index, step.set].add(before.frames)
    assert all(1 == len(lengths) for lengths in per_side.values())
    for segment in segments:
        ends = [event.onset + measure(event.sound) for event in segment.events]
        assert all(end <= event.onset for end, event in zip(ends, segment.events[1:], strict=False))
        assert all(0 <= event.onset for event in segment.events)
        assert all(end <= segment.frames for end in ends)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES, st.sampled_from(Talk))
def test_countdowns_lie_on_their_seconds(routine: Routine, talk: Talk) -> None:
    """Each number or tick of a countdown begins a whole number of seconds before its moment."""
    for segment in plan(routine, talk):
        if segment.step.kind not in {Kind.HOLD, Kind.TIMED, Kind.SWITCH, Kind.REST, Kind.LEAD_IN}:
            continue
        counted = [
            event.onset
            for event in segment.events
            if event.sound == Tone("tick") or (isinstance(event.sound, Speech) and event.sound.count)
        ]
        if counted:
            assert [segment.frames - frames(left, SAMPLE_RATE) for left in (3, 2, 1)] == counted


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES, st.sampled_from(Talk))
def test_speech_is_known_beforehand(routine: Routine, talk: Talk) -> None:
    """Every phrase but for the last words, and what was shortened, is known before the session is planned."""
    known = set(Planner(routine, ENGLISH, talk).speech())
    for segment in plan(routine, talk):
        shortened = {one.said for one in segment.compromises}
        for event in segment.events:
            if isinstance(event.sound, Speech) and segment.step.kind is not Kind.FINISH:
                assert event.sound in known or event.sound.text in shortened


def test_segments_are_planned_when_they_are_asked_for() -> None:
    """Measuring goes no further than the segments that were taken."""
    measured: list[Sound] = []

    def counting(sound: Sound) -> int:
        measured.append(sound)
        return measure(sound)

    segments = Planner(load(LIBRARY / "hip-mobility.toml"), ENGLISH).segments(counting)
    next(segments)
    assert {"<wake>", "Hip mobility."} <= {name(sound) for sound in measured}
    assert 10 > len(measured)


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("talk", Talk)
def test_golden_plans(pace: str, talk: Talk, request: pytest.FixtureRequest) -> None:
    """The plan of the bundled routine is the one that was read and found good (remake: --remake-golden)."""
    written = load(LIBRARY / "hip-mobility.toml")
    routine = Routine(**{**{key: getattr(written, key) for key in written.__slots__}, "pace": PACES[pace]})
    text = "".join(
        f"{segment.step.kind} {segment.label} {segment.frames / SAMPLE_RATE:.2f}\n"
        + "".join(f"    {onset:.2f} {said}\n" for onset, said in cues(segment))
        + "".join(f"    ! {one.action} {one.text!r}, said {one.said!r}\n" for one in segment.compromises)
        for segment in plan(routine, talk)
    )
    golden = GOLDEN / f"hip-mobility.{pace}.{talk}.txt"
    if request.config.getoption("--remake-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import ROUTINES, cue_name, cue_names, sixty_ms_a_character
from voicecoach.plan.cues import Talk
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.set_cues import whole_breaths
from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import SAMPLE_RATE, Segment, Sound, Speech, Tone
from voicecoach.routine.files import load, parse
from voicecoach.routine.model import Routine
from voicecoach.routine.pace import PACES
from voicecoach.routine.quantities import Breath
from voicecoach.routine.shelf import LIBRARY

ENGLISH = load_phrases("en")
GOLDEN = Path(__file__).parent / "golden"
measure = sixty_ms_a_character


def plan(routine: Routine, talk: Talk = Talk.FULL) -> list[Segment]:
    """Plan a whole session with the fixed measure."""
    return list(Planner(routine, ENGLISH, talk).segments(measure))


def work(dose: str, **keys: str) -> list[Segment]:
    """Plan a routine of one exercise, without its opening and announcements."""
    more = "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    head = 'title = "Hips"\n[[stage]]\ntitle = "A"\n[[stage.exercise]]\nname = "Pigeon"\n'
    segments = plan(parse(f'{head}dose = "{dose}"\n{more}', "hips.toml"))
    return [segment for segment in segments if segment.step.kind is not Kind.ANNOUNCE]


def test_a_hold() -> None:
    """A hold of 30 s has its cues at their moments, and its end tone opens the next segment."""
    lead_in, hold, finish = work("30 s")
    assert [(0, "Get ready."), (2, "3"), (3, "2"), (4, "1")] == cue_names(lead_in)
    assert [
        (0, "<start>"),
        (15, "Halfway."),
        (20, "Ten seconds."),
        (27, "3"),
        (28, "2"),
        (29, "1"),
    ] == cue_names(hold)
    assert (0, "<end>") == cue_names(finish)[0]
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
def test_longer_holds_have_more_cue_names(seconds: int, expected: list[str]) -> None:
    """Which cues a hold has follows from its length; where two want one moment, both still find room."""
    said = [said for _, said in cue_names(work(f"{seconds} s")[1])]
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
    ] == cue_names(segments[2])
    rest = segments[4]
    assert [(0, "<end>"), (0.65, "<switch>"), (1.3, "Switch. Left side.")] == cue_names(rest)[:3]
    assert "Rest. 20 seconds." == cue_names(rest)[3][1]
    onset, said = cue_names(rest)[4]
    assert "Last set, left side." == said
    assert 16 * SAMPLE_RATE == rest.events[4].onset + measure(rest.events[4].sound)
    assert pytest.approx(20 - 4 - measure(rest.events[4].sound) / SAMPLE_RATE) == onset


def test_a_rest_leaves_time_to_change_sides() -> None:
    """However short a rest is, before a set on the other side there is time to change."""
    rest = next(one for one in work("2 x 5 s per side", rest="2") if one.step.kind is Kind.REST)
    assert 7 * SAMPLE_RATE == rest.frames
    assert "Switch. Left side." in [said for _, said in cue_names(rest)]


def test_a_short_rest_names_only_what_comes_next() -> None:
    """Under 12 s the length of a rest is not said."""
    rest = work("3 x 30 s")[2]
    assert "Rest. 20 seconds." in [said for _, said in cue_names(rest)]
    short = work("3 x 30 s", rest="8")[2]
    assert ["<end>", "Next: set 2 of 3.", "3", "2", "1"] == [said for _, said in cue_names(short)]


def test_a_rest_that_is_hardly_long_enough() -> None:
    """What comes next may run up to the countdown, before it is said shorter."""
    rest = work("3 x 30 s", rest="5")[2]
    assert ["<end>", "Next: set 2 of 3.", "3", "2", "1"] == [said for _, said in cue_names(rest)]
    assert ["moved"] == [one.action for one in rest.compromises]


def test_a_single_rep_is_not_the_last_one() -> None:
    """The last of several is called; one alone is counted."""
    assert "1" == cue_names(work("1 rep @ 3-0-1-0")[1])[1][1]


@pytest.mark.parametrize(("seconds", "expected"), [(14, 0), (15, 1), (24.9, 1), (25, 2), (60, 5)])
def test_whole_breaths(seconds: float, expected: int) -> None:
    """Breaths of ten seconds begin 2 s after the start, and the last has ended before the countdown."""
    assert expected == whole_breaths(Breath(4, 6), seconds, PACES["steady"])


def test_a_breath_that_is_not_paced_is_not_announced() -> None:
    """Where no whole breath fits, nothing is said of breathing."""
    said = [said for dose in ("14 s", "15 s") for one in plan(breathing(dose)) for _, said in cue_names(one)]
    assert 1 == said.count("Breathe in for 4 seconds, out for 6 seconds.")
    assert 1 == said.count("In.")


def breathing(dose: str) -> Routine:
    """Return a routine of one hold at a pace of breathing."""
    head = 'title = "Hips"\n[[stage]]\ntitle = "A"\n[[stage.exercise]]\nname = "Pigeon"\n'
    return parse(f'{head}dose = "{dose}, breathing 4-6"\n', "hips.toml")


def test_finish_tells_what_was_done() -> None:
    """A wait is no exercise, and rounds do not make more of them."""
    routine = load(Path(__file__).parent / "routines" / "circuit.toml")
    assert "Finished. 4 exercises" in cue_names(plan(routine)[-1])[-1][1]


def test_reps_are_counted_at_their_starts() -> None:
    """The number stands at the start of each rep, words at its phases, and the last rep is called."""
    _, reps, finish = work("3 reps @ 3-1-1-0", starts="up")
    assert [
        (0, "<start>"), (0.4, "1"), (1, "Down."),
        (5, "2"), (6, "Down."),
        (10, "Last one."), (11, "Down."),
    ] == cue_names(reps)  # fmt: skip
    assert (15 * SAMPLE_RATE, 3) == (reps.frames, reps.step.reps)
    assert (0, "<end>") == cue_names(finish)[0]


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
    ] == cue_names(reps)


def test_the_second_side_has_no_instruction() -> None:
    """The instruction is said once, before the first side."""
    instruction = "Lie down. Breathe."
    said = [
        said for segment in work("30 s per side", instruction=instruction) for _, said in cue_names(segment)
    ]
    assert instruction not in said


def test_announcements_name_the_change_first() -> None:
    """Posture and equipment come first, then time to change, then name, dose and instruction."""
    routine = load(LIBRARY / "hip-mobility.toml")
    segments = plan(routine)
    quads = next(one for one in segments if one.label == "Quads")
    said = [said for _, said in cue_names(quads)]
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
    assert [(0, "<wake>"), (0.65, "We start in 30 seconds.")] == cue_names(wait)
    assert (Kind.WAIT, 30 * SAMPLE_RATE) == (wait.step.kind, wait.frames)


@pytest.mark.parametrize("talk", Talk)
def test_the_safety_words_are_always_said(talk: Talk) -> None:
    """Whatever is left out, the safety words are not."""
    routine = load(LIBRARY / "hip-mobility.toml")
    opening = next(iter(Planner(routine, ENGLISH, talk).segments(measure)))
    assert routine.caution in [said for _, said in cue_names(opening)]
    assert "<wake>" == cue_names(opening)[0][1]


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


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
    assert {"<wake>", "Hip mobility."} <= {cue_name(sound) for sound in measured}
    assert 10 > len(measured)


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("talk", Talk)
def test_golden_plans(pace: str, talk: Talk, request: pytest.FixtureRequest) -> None:
    """The plan of the bundled routine is the one that was read and found good (remake: --remake-golden)."""
    written = load(LIBRARY / "hip-mobility.toml")
    routine = Routine(**{**{key: getattr(written, key) for key in written.__slots__}, "pace": PACES[pace]})
    golden(f"hip-mobility.{pace}.{talk}", plan(routine, talk), request.config)


@pytest.mark.parametrize("routine", ["circuit", "wind-down", "mixed"])
@pytest.mark.parametrize("talk", Talk)
def test_golden_plans_of_every_kind_of_work(routine: str, talk: Talk, request: pytest.FixtureRequest) -> None:
    """Waits, circuits, pressing, breathing and open ends are coached as was read and found good."""
    segments = plan(load(Path(__file__).parent / "routines" / f"{routine}.toml"), talk)
    golden(f"{routine}.{talk}", segments, request.config)


def test_the_golden_routines_have_every_kind_of_step() -> None:
    """Between them, the routines of the tests use all that there is."""
    routines = [load(path) for path in (Path(__file__).parent / "routines").glob("*.toml")]
    assert set(Kind) == {segment.step.kind for routine in routines for segment in plan(routine)}


def golden(name: str, segments: list[Segment], config: pytest.Config) -> None:
    """Compare a plan, written as text, with the one that is kept."""
    text = "".join(
        f"{segment.step.kind} {segment.label} {segment.frames / SAMPLE_RATE:.2f}\n"
        + "".join(f"    {onset:.2f} {said}\n" for onset, said in cue_names(segment))
        + "".join(
            f"    ! {one.action} {one.text!r}, said {one.said!r}: {one.reason}\n"
            for one in segment.compromises
        )
        for segment in segments
    )
    path = GOLDEN / f"{name}.txt"
    if config.getoption("--remake-golden"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text

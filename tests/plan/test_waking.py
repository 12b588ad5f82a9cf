from tests.strategies import cue_names, sixty_ms_a_character
from voicecoach.plan.cues import Talk
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import SAMPLE_RATE
from voicecoach.routine.files import parse

ENGLISH = load_phrases("en")
ROUTINE = """
title = "Hips"
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "2 x 90 s"
rest = 60
"""


def heard(*, wakes: bool) -> list[list[tuple[float, str]]]:
    """Return what is heard in each segment."""
    planner = Planner(parse(ROUTINE, "hips.toml"), ENGLISH, Talk.BRIEF, wakes=wakes)
    return [cue_names(segment) for segment in planner.segments(sixty_ms_a_character)]


def test_a_tone_wakes_headphones_after_a_long_silence() -> None:
    """It comes 1.5 s before what is heard after 20 s of silence; all else stays where it was."""
    woken = [[cue for cue in cues if cue[1] != "<wake>"] for cues in heard(wakes=True)]
    plain = [[cue for cue in cues if cue[1] != "<wake>"] for cues in heard(wakes=False)]
    assert plain == woken
    hold = next(cues for cues in heard(wakes=True) if (0, "<start>") in cues)
    at = [onset for onset, what in hold if what == "<wake>"]
    following = [min(onset for onset, _ in hold if onset > one) for one in at]
    assert at
    assert [1.5] * len(at) == [after - one for one, after in zip(at, following, strict=True)]


def test_silence_is_counted_over_segments() -> None:
    """No sound comes after more than 20 s of silence without the tone before it."""
    planner = Planner(parse(ROUTINE, "hips.toml"), ENGLISH, Talk.BEEPS, wakes=True)
    end, start = 0, 0
    for segment in planner.segments(sixty_ms_a_character):
        for event in segment.events:
            silent = (start + event.onset - end) / SAMPLE_RATE
            name = cue_names(segment)[segment.events.index(event)][1]
            assert silent < 20 or name == "<wake>" or event.onset < 1.5 * SAMPLE_RATE
            end = start + event.onset + sixty_ms_a_character(event.sound)
        start += segment.frames
    assert Kind.FINISH is segment.step.kind

import json

import pytest
from hypothesis import HealthCheck, given, settings

from tests.strategies import ROUTINES, sixty_ms_a_character
from voicecoach.plan.chapters import Contents
from voicecoach.plan.describe import describe
from voicecoach.plan.document import Document, excerpt, fingerprint
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.timeline import SAMPLE_RATE, Timeline
from voicecoach.routine.files import parse
from voicecoach.routine.model import Routine

PIGEON = parse(
    'title = "Hips"\n[[stage]]\ntitle = "Stretch"\nexercise = [{ name = "Pigeon", dose = "10 s per side" }]',
    "hips.toml",
)

PIGEON_11 = 'title = "Hips"\n[[stage]]\ntitle = "Stretch"\nexercise = [{ name = "Pigeon", hold = 11 }]'


def document(routine: Routine) -> Document:
    """Write the plan of a routine down."""
    planner = Planner(routine, load_phrases("en"))
    timeline = Timeline(SAMPLE_RATE, planner.segments(sixty_ms_a_character))
    contents = Contents(planner.phrases, routine.title)
    return describe(timeline, sixty_ms_a_character, {"title": routine.title}, contents)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES)
def test_reading_what_was_written_is_the_identity(routine: Routine) -> None:
    """A plan that goes through JSON is the same plan."""
    plan = document(routine)
    assert plan == Document.from_json(json.loads(json.dumps(plan.to_json())))
    assert plan.to_json() == json.loads("".join(plan.pieces()))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES)
def test_everything_is_absolute_and_in_order(routine: Routine) -> None:
    """Segments follow without a gap, events stand in order within them, chapters cover it all."""
    plan = document(routine)
    starts = [segment.start_frame for segment in plan.segments]
    ends = [segment.start_frame + segment.frames for segment in plan.segments]
    assert [0, *ends] == [*starts, plan.frames]
    onsets = [event.onset_frame for event in plan.events]
    assert sorted(onsets) == onsets
    for event in plan.events:
        assert starts[event.segment] <= event.onset_frame
        assert event.onset_frame + event.frames <= ends[event.segment]
    assert plan.frames == sum(chapter.frames for chapter in plan.chapters)


def test_keys_of_the_contract() -> None:
    """The keys are those that other programs rely on."""
    plan = document(PIGEON).to_json()
    assert ["schema", "meta", "sample_rate", "frames", "segments", "events", "dropped", "chapters"] == list(
        plan
    )
    hold = next(segment for segment in plan["segments"] if segment["kind"] == "hold")
    assert {
        "label": "Pigeon, left",
        "kind": "hold",
        "stage": "Stretch",
        "stage_index": 0,
        "exercise": "Pigeon",
        "exercise_index": 0,
        "side": "left",
        "set": 1,
        "sets": 1,
        "reps": None,
        "start_frame": hold["start_frame"],
        "frames": 240_000,
        "round": None,
        "rounds": None,
    } == hold
    kinds = ["announce", "announce", "announce", "lead-in", "hold", "switch", "hold", "finish"]
    assert kinds == [segment["kind"] for segment in plan["segments"]]
    wake, title = plan["events"][:2]
    assert {
        "onset_frame": 0,
        "frames": 9600,
        "type": "tone",
        "tone": "wake",
        "gain_db": 0.0,
        "segment": 0,
        "pan": 0.0,
    } == wake
    assert ("speech", "Hips.") == (title["type"], title["text"])
    assert ["Hips", "Stretch", "Stretch: Pigeon"] == [chapter["title"] for chapter in plan["chapters"]]


def test_readers_ignore_what_they_do_not_know() -> None:
    """Keys and kinds of a later version are passed over."""
    plan = document(PIGEON)
    later = plan.to_json() | {"mood": "calm"}
    later["segments"][0] |= {"kind": "dance", "floor": "wood"}
    later["events"][0]["colour"] = "blue"
    assert "dance" == Document.from_json(later).segments[0].kind


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"schema": 2}, "no plan of schema 1, but of 2"), ({"events": [{}]}, "the plan lacks 'type'")],
)
def test_refuses(change: dict[str, object], reason: str) -> None:
    """What is no plan is refused with the reason."""
    with pytest.raises(ValueError, match=reason):
        Document.from_json(document(PIGEON).to_json() | change)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROUTINES)
def test_excerpts_of_all_chapters_are_the_plan(routine: Routine) -> None:
    """Cut at its chapters, a plan loses no event and no frame; each part is a plan that begins at 0."""
    plan = document(routine)
    parts = [
        (one.start_frame, excerpt(plan, one.title, one.start_frame, one.frames)) for one in plan.chapters
    ]
    assert plan.frames == sum(part.frames for _, part in parts)
    moved = [
        (start + event.onset_frame, event.sound, part.segments[event.segment].label)
        for start, part in parts
        for event in part.events
    ]
    assert moved == [
        (event.onset_frame, event.sound, plan.segments[event.segment].label) for event in plan.events
    ]
    for chapter, (_, part) in zip(plan.chapters, parts, strict=True):
        assert [(chapter.title, 0, chapter.frames)] == [
            (one.title, one.start_frame, one.frames) for one in part.chapters
        ]
        assert part.frames == sum(segment.frames for segment in part.segments)
        assert (chapter.title, plan.meta["title"]) == (part.meta["title"], part.meta["part_of"])


def test_a_fingerprint_is_that_of_what_is_heard() -> None:
    """What a plan says of itself changes nothing; another hold is another plan."""
    plan, longer = document(PIGEON), document(parse(PIGEON_11, "hips.toml"))
    same = Document({"title": "other"}, plan.sample_rate, plan.frames, plan.segments, plan.events)
    assert fingerprint(plan) == fingerprint(same)
    assert fingerprint(plan) != fingerprint(longer)

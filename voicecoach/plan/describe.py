"""Write a timeline down as a document."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from voicecoach.plan.chapters import Contents
from voicecoach.plan.document import CompromiseEntry, Document, EventEntry, SegmentEntry
from voicecoach.plan.timeline import Measure, Segment, Speech, Timeline


def describe(timeline: Timeline, measure: Measure, meta: Mapping[str, Any], contents: Contents) -> Document:
    """Write a timeline down, walking over it once.

    Args:
        timeline: the session.
        measure: how long each sound lasts.
        meta: what the document says of itself.
        contents: how it is divided into chapters.
    """
    segments: list[SegmentEntry] = []
    events: list[EventEntry] = []
    dropped: list[CompromiseEntry] = []
    walk = tuple(timeline.starts())
    for index, (start, segment) in enumerate(walk):
        segments.append(_segment_entry(segment, start))
        for event in segment.events:
            kind, sound = (
                ("speech", event.sound.text)
                if isinstance(event.sound, Speech)
                else ("tone", event.sound.name)
            )
            onset, length = start + event.onset, measure(event.sound)
            events.append(EventEntry(onset, length, kind, sound, event.gain_db, index, event.pan))
        dropped.extend(CompromiseEntry(**asdict(one), segment=index) for one in segment.compromises)
    return Document(
        meta,
        timeline.sample_rate,
        sum(segment.frames for _, segment in walk),
        tuple(segments),
        tuple(events),
        tuple(dropped),
        contents.chapters(walk, measure),
    )


def _segment_entry(segment: Segment, start: int) -> SegmentEntry:
    step = segment.step
    return SegmentEntry(
        label=segment.label,
        kind=step.kind.value,
        stage=step.stage.title if step.stage else None,
        stage_index=step.stage_index,
        exercise=step.exercise.name if step.exercise else None,
        exercise_index=step.exercise_index,
        side=step.side.value if step.side else None,
        set=step.set,
        sets=step.sets,
        reps=step.reps,
        start_frame=start,
        frames=segment.frames,
        round=step.round,
        rounds=step.rounds,
    )

"""The plan as a document: the stable form in which other programs read it.

Versioned by ``schema``. Events are absolute, in order, in frames. Readers ignore keys and kinds that
they do not know, and so does `Document.from_json`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from hashlib import sha256
from typing import Any, TypeVar

from voicecoach.plan.timeline import Measure, Segment, Speech, Timeline

SCHEMA = 1
"""The version of the document."""

Entry = TypeVar("Entry", bound="SegmentEntry | CompromiseEntry | ChapterEntry")


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """One segment. Indices count from 0, sets from 1; before a set, side and set are those to come."""

    label: str
    kind: str
    stage: str | None
    stage_index: int | None
    exercise: str | None
    exercise_index: int | None
    side: str | None
    set: int | None
    sets: int | None
    reps: int | None
    start_frame: int
    frames: int
    round: int | None = None
    rounds: int | None = None


@dataclass(frozen=True, slots=True)
class EventEntry:
    """One sound: either speech, with its text, or a tone, with its name."""

    onset_frame: int
    frames: int
    type: str
    """``speech`` or ``tone``."""
    sound: str
    """The text as shown, or the stem of the file in ``sounds/``."""
    gain_db: float
    segment: int
    """The index of its segment."""
    pan: float = 0.0
    """From -1, left, to 1, right."""

    def to_json(self) -> dict[str, Any]:
        """Return the entry with its sound under ``text`` or ``tone``."""
        entry = asdict(self)
        sound = entry.pop("sound")
        return entry | {"text" if self.type == "speech" else "tone": sound}

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "EventEntry":
        """Read an entry."""
        sound = entry["text" if entry["type"] == "speech" else "tone"]
        known = {name: entry[name] for name in ("onset_frame", "frames", "type", "gain_db", "segment")}
        return cls(sound=sound, pan=entry.get("pan", 0.0), **known)


@dataclass(frozen=True, slots=True)
class CompromiseEntry:
    """A cue that was shortened, moved or dropped."""

    text: str
    action: str
    said: str
    reason: str
    segment: int
    by: int = 0
    """Frames by which it was moved; later is positive."""


@dataclass(frozen=True, slots=True)
class ChapterEntry:
    """A part that a listener may want to jump to."""

    title: str
    start_frame: int
    frames: int


@dataclass(frozen=True, slots=True)
class Document:
    """A whole plan."""

    meta: Mapping[str, Any]
    """program, title, language, voice, rate_wpm, pace, talk, adjustments, notes; beneath: what fills the
    silences, ``music``, ``noise`` or None."""
    sample_rate: int
    frames: int
    segments: tuple[SegmentEntry, ...] = field(default=())
    events: tuple[EventEntry, ...] = field(default=())
    dropped: tuple[CompromiseEntry, ...] = field(default=())
    chapters: tuple[ChapterEntry, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Return the document as plain values for JSON."""
        return {
            "schema": SCHEMA,
            "meta": dict(self.meta),
            "sample_rate": self.sample_rate,
            "frames": self.frames,
            "segments": [asdict(entry) for entry in self.segments],
            "events": [entry.to_json() for entry in self.events],
            "dropped": [asdict(entry) for entry in self.dropped],
            "chapters": [asdict(entry) for entry in self.chapters],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Document":
        """Read a document.

        Raises:
            ValueError: it is of another schema, or lacks a key; the message names it.
        """
        if document.get("schema") != SCHEMA:
            message = f"this is no plan of schema {SCHEMA}, but of {document.get('schema')!r}"
            raise ValueError(message)
        try:
            return cls(
                meta=document["meta"],
                sample_rate=document["sample_rate"],
                frames=document["frames"],
                segments=_entries(SegmentEntry, document["segments"]),
                events=tuple(map(EventEntry.from_json, document["events"])),
                dropped=_entries(CompromiseEntry, document["dropped"]),
                chapters=_entries(ChapterEntry, document["chapters"]),
            )
        except KeyError as error:
            message = f"the plan lacks {error}"
            raise ValueError(message) from error


def fingerprint(document: Document) -> str:
    """Return 64 hexadecimal digits that tell one plan from any other: of all that is heard, and when.

    Plans with the same segments and events have the same one, whatever they say of themselves.
    """
    whole = document.to_json()
    heard = {name: whole[name] for name in ("schema", "sample_rate", "segments", "events")}
    return sha256(json.dumps(heard, sort_keys=True).encode()).hexdigest()


def _entries(kind: type[Entry], entries: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    # What has a default came later: a document without it is as good.
    wanted = [(known.name, known.default) for known in fields(kind)]
    return tuple(
        kind(
            **{
                name: entry[name] if default is MISSING else entry.get(name, default)
                for name, default in wanted
            }
        )
        for entry in entries
    )


def describe(timeline: Timeline, measure: Measure, meta: Mapping[str, Any]) -> Document:
    """Write a timeline down, walking over it once."""
    segments: list[SegmentEntry] = []
    events: list[EventEntry] = []
    dropped: list[CompromiseEntry] = []
    marks: list[tuple[str, int]] = []
    end = 0
    for index, (start, segment) in enumerate(timeline.starts()):
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
        if segment.chapter is not None:
            marks.append((segment.chapter, start))
        end = start + segment.frames
    ends = [start for _, start in marks[1:]] + [end]
    chapters = [
        ChapterEntry(title, start, stop - start) for (title, start), stop in zip(marks, ends, strict=True)
    ]
    return Document(
        meta, timeline.sample_rate, end, tuple(segments), tuple(events), tuple(dropped), tuple(chapters)
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

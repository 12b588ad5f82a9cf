"""The plan as a document: the stable form in which other programs read it.

Versioned by ``schema``. Events are absolute, in order, in frames. Readers ignore keys and kinds that
they do not know, and so does `Document.from_json`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields, replace
from hashlib import sha256
from itertools import chain
from typing import Any, TypeVar

SCHEMA = 1
"""The version of the document."""

Entry = TypeVar("Entry", bound="SegmentEntry | CompromiseEntry | ChapterEntry")
Stretch = TypeVar("Stretch", bound="SegmentEntry | ChapterEntry")


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
        return self._head() | {name: list(entries) for name, entries in self._lists()}

    def pieces(self) -> Iterator[str]:
        """Yield the text of `to_json`, an entry at a time: a document of many hours is not there twice."""
        yield _text(self._head())[:-1]
        for name, entries in self._lists():
            yield f', "{name}": ['
            for number, entry in enumerate(entries):
                yield (", " if number else "") + _text(entry)
            yield "]"
        yield "}\n"

    def _head(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "meta": dict(self.meta),
            "sample_rate": self.sample_rate,
            "frames": self.frames,
        }

    def _lists(self) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
        """Yield each list by its name, its entries made one by one."""
        yield "segments", map(asdict, self.segments)
        yield "events", (entry.to_json() for entry in self.events)
        yield "dropped", map(asdict, self.dropped)
        yield "chapters", map(asdict, self.chapters)

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
    digest = sha256(f"{SCHEMA} {document.sample_rate}".encode())
    for entry in chain(map(asdict, document.segments), (event.to_json() for event in document.events)):
        digest.update(json.dumps(entry, sort_keys=True).encode())
    return digest.hexdigest()


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def excerpt(document: Document, title: str, start: int, frames: int) -> Document:
    """Return a part of a plan as a plan of its own, its times counted from the start of the part.

    Segments and chapters that reach beyond it are cut.
    """
    end = start + frames
    inside = [index for index, one in enumerate(document.segments) if _overlaps(one, start, end)]
    offset = inside[0] if inside else 0
    return replace(
        document,
        meta={**document.meta, "title": title, "part_of": document.meta.get("title")},
        frames=frames,
        segments=tuple(_cut(document.segments[index], start, end) for index in inside),
        events=tuple(
            replace(event, onset_frame=event.onset_frame - start, segment=event.segment - offset)
            for event in document.events
            if start <= event.onset_frame < end
        ),
        dropped=tuple(
            replace(one, segment=one.segment - offset)
            for one in document.dropped
            if one.segment - offset in range(len(inside))
        ),
        chapters=tuple(_cut(one, start, end) for one in document.chapters if _overlaps(one, start, end)),
    )


def _overlaps(entry: SegmentEntry | ChapterEntry, start: int, end: int) -> bool:
    return entry.start_frame < end and entry.start_frame + entry.frames > start


def _cut(entry: Stretch, start: int, end: int) -> Stretch:
    first, last = max(entry.start_frame, start), min(entry.start_frame + entry.frames, end)
    return replace(entry, start_frame=first - start, frames=last - first)


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

"""The timetable: a plan as a table that a person can follow."""

from __future__ import annotations

import shutil
import sys
from itertools import groupby
from typing import TYPE_CHECKING

from voicecoach.plan.phrases import ENGLISH, Phrases, load_phrases
from voicecoach.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.plan.document import Document, EventEntry, SegmentEntry

_COLUMNS = ("time", "what", "side", "set", "length", "cues")
"""Phrases, as ``plan.time``."""
_PLACED = frozenset({"hold", "timed", "rep-set", "contract", "relax", "open", "rest", "switch"})
"""The kinds of segments that belong to a set."""
_WORDED = {"timed": "plan.moving", "rep-set": "plan.reps", "contract": "plan.press"}
"""The kinds of segments that say more than the name of their exercise, each with its phrase."""
_LEAST_CUES = 40
"""Columns that what is heard needs, to be worth cutting it."""
_UNSAID = frozenset({"start", "end", "wake"})
"""Tones that go without saying in a table."""


def timetable(document: Document) -> Iterator[str]:
    """Yield the lines of the table: time, what, side, set, length, cues; and the total.

    They are in the language of the session.
    On a terminal the cues are cut to its width; in a pipe they are whole.
    """
    rate = document.sample_rate
    phrases = load_phrases(str(document.meta.get("language") or ENGLISH))
    head = tuple(phrases.text(f"plan.{column}") for column in _COLUMNS)
    heard: dict[int, list[EventEntry]] = {
        index: list(events) for index, events in groupby(document.events, key=lambda event: event.segment)
    }
    rows = [
        (
            clock(segment.start_frame / rate),
            segment.exercise or segment.label
            if segment.kind in {"announce", "wait"}
            else _what(segment, phrases),
            _side(segment, phrases),
            _set(segment, phrases),
            _length(segment.frames / rate, phrases),
            _cues(heard.get(index, ()), segment, rate, phrases.text("plan.counting")),
        )
        for index, segment in enumerate(document.segments)
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    widest = columns if columns >= sum(widths[:-1]) + _LEAST_CUES else None
    for cells in (head, *rows):
        time, what, side, sets, length, cues = cells
        line = (
            f"{time:>{widths[0]}}  {what:<{widths[1]}}  {side:<{widths[2]}}  {sets:<{widths[3]}}  "
            f"{length:>{widths[4]}}  {cues}"
        )
        yield _cut(line.rstrip(), widest)
    total = clock(document.frames / rate)
    end = phrases.text("plan.total", pace=document.meta["pace"], talk=document.meta["talk"])
    yield f"{total:>{widths[0]}}  {end}"


def _what(segment: SegmentEntry, phrases: Phrases) -> str:
    name, text = segment.exercise or "", phrases.text
    if segment.kind in {"hold", "open"}:
        return name
    if segment.kind == "rest":
        key, number = ("set", segment.set) if segment.set else ("round", segment.round)
        return text(f"plan.rest.{key}", count=1, rest=segment.label, **{key: number})
    key = _WORDED.get(segment.kind, "")
    return text(key, name=name, count=segment.reps or 0) if key else segment.label


def _side(segment: SegmentEntry, phrases: Phrases) -> str:
    if not segment.side or segment.kind not in _PLACED or segment.kind == "rest":
        return ""
    return phrases.text(f"plan.{segment.side}")


def _set(segment: SegmentEntry, phrases: Phrases) -> str:
    if segment.set is None or segment.kind not in _PLACED or segment.kind == "rest":
        return ""
    rounds = phrases.text("plan.round", round=segment.round, rounds=segment.rounds) if segment.round else ""
    return ", ".join(filter(None, (f"{segment.set}/{segment.sets}", rounds)))


def _length(seconds: float, phrases: Phrases) -> str:
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{phrases.figure(round(seconds, 1))} s"
    return clock(seconds)


def _cues(events: Sequence[EventEntry], segment: SegmentEntry, rate: int, counting: str) -> str:
    """Return what is heard: announcements as they are said, cues once each, with their moments."""
    if segment.kind in {"announce", "finish"}:
        return " ".join(event.sound for event in events if event.type == "speech")
    return ", ".join(_timed(events, segment, rate, counting))


def _timed(events: Sequence[EventEntry], segment: SegmentEntry, rate: int, counting: str) -> Iterator[str]:
    """Yield each cue once; numbers as a countdown or as counting."""
    told: set[str] = set()
    for event in events:
        text = event.sound
        if event.type == "tone" and text in _UNSAID:
            continue
        counts = {"tick", "rep"} if segment.kind == "rep-set" else {"tick"}
        if text.isdecimal() or (event.type == "tone" and text in counts):
            text = counting if segment.kind == "rep-set" else "3-2-1"
        elif event.type == "tone":
            text = f"<{text}>"
        if text in told:
            continue
        told.add(text)
        is_timed = segment.kind != "rep-set" and text != "3-2-1"
        at = (event.onset_frame - segment.start_frame) / rate
        yield f"{clock(at)} {text.rstrip('.')}" if is_timed else text.rstrip(".")


def _cut(line: str, widest: int | None) -> str:
    """Cut a line to a terminal; one that is too narrow for the table folds lines by itself."""
    return line if widest is None or len(line) <= widest else line[: widest - 3] + "..."


def compromises(document: Document, *, in_full: bool) -> Iterator[str]:
    """Yield what became of the cues that could not be heard as they were wished for.

    Args:
        document: the plan.
        in_full: each with its reason; else one line that says how many they are.
    """
    if not document.dropped:
        if in_full:
            yield "Every cue has the place that it was meant for."
        return
    if not in_full:
        actions = [entry.action for entry in document.dropped]
        counts = ", ".join(f"{actions.count(action)} {action}" for action in dict.fromkeys(actions))
        yield f"Cues that could not be heard as meant: {counts}; --why tells which."
        return
    rate = document.sample_rate
    for entry in document.dropped:
        segment = document.segments[entry.segment]
        side = f", {segment.side}" if segment.side else ""
        where = f"{segment.exercise or segment.stage or segment.label}{side} ({segment.kind})"
        instead = f" to '{entry.said}'" if entry.action == "shortened" else ""
        if entry.by:
            instead = f" by {abs(entry.by) / rate:.2f} s {'later' if entry.by > 0 else 'sooner'}"
        action = "left out" if entry.action == "dropped" else entry.action
        at = clock(segment.start_frame / rate)
        yield f"{at:>8}  {where}: '{entry.text}' {action}{instead}: {entry.reason}"

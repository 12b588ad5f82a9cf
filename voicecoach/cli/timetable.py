"""The timetable: a plan as a table that a person can follow."""

from __future__ import annotations

import shutil
import sys
from itertools import groupby
from typing import TYPE_CHECKING

from voicecoach.units import clock, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.plan.document import Document, EventEntry, SegmentEntry

_HEAD = ("time", "what", "side", "set", "length", "cues")
_PLACED = frozenset({"hold", "timed", "rep-set", "contract", "relax", "open", "rest", "switch"})
"""The kinds of segments that belong to a set."""
_LEAST_CUES = 40
"""Columns that what is heard needs, to be worth cutting it."""
_UNSAID = frozenset({"start", "end", "wake"})
"""Tones that go without saying in a table."""


def timetable(document: Document) -> Iterator[str]:
    """Yield the lines of the table: time, what, side, set, length, cues; and the total.

    On a terminal the cues are cut to its width; in a pipe they are whole.
    """
    rate = document.sample_rate
    heard: dict[int, list[EventEntry]] = {
        index: list(events) for index, events in groupby(document.events, key=lambda event: event.segment)
    }
    rows = [
        (
            clock(segment.start_frame / rate),
            segment.exercise or segment.label if segment.kind in {"announce", "wait"} else _what(segment),
            segment.side or "" if segment.kind in _PLACED and segment.kind != "rest" else "",
            _set(segment),
            _length(segment.frames / rate),
            _cues(heard.get(index, ()), segment, rate),
        )
        for index, segment in enumerate(document.segments)
    ]
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    widest = columns if columns >= sum(widths[:-1]) + _LEAST_CUES else None
    for cells in (_HEAD, *rows):
        time, what, side, sets, length, cues = cells
        line = (
            f"{time:>{widths[0]}}  {what:<{widths[1]}}  {side:<{widths[2]}}  {sets:<{widths[3]}}  "
            f"{length:>{widths[4]}}  {cues}"
        )
        yield _cut(line.rstrip(), widest)
    total = clock(document.frames / rate)
    yield f"{total:>{widths[0]}}  total, {document.meta['pace']} pace, talk {document.meta['talk']}"


def _what(segment: SegmentEntry) -> str:
    name = segment.exercise or ""
    told = {
        "hold": name,
        "open": name,
        "timed": f"{name}, moving",
        "rep-set": f"{name}, {segment.reps} rep{'' if segment.reps == 1 else 's'}",
        "contract": f"{name}, press",
    }
    if segment.kind == "rest":
        return f"{segment.label}, then {f'set {segment.set}' if segment.set else f'round {segment.round}'}"
    return told.get(segment.kind, segment.label)


def _set(segment: SegmentEntry) -> str:
    if segment.set is None or segment.kind not in _PLACED or segment.kind == "rest":
        return ""
    rounds = f", round {segment.round}/{segment.rounds}" if segment.round else ""
    return f"{segment.set}/{segment.sets}{rounds}"


def _length(seconds: float) -> str:
    return f"{number(round(seconds, 1))} s" if seconds < 60 else clock(seconds)  # noqa: PLR2004 - a minute


def _cues(events: Sequence[EventEntry], segment: SegmentEntry, rate: int) -> str:
    """Return what is heard: announcements as they are said, cues once each, with their moments."""
    if segment.kind in {"announce", "finish"}:
        return " ".join(event.sound for event in events if event.type == "speech")
    return ", ".join(_timed(events, segment, rate))


def _timed(events: Sequence[EventEntry], segment: SegmentEntry, rate: int) -> Iterator[str]:
    """Yield each cue once; numbers as a countdown or as counting."""
    told: set[str] = set()
    for event in events:
        text = event.sound
        if event.type == "tone" and text in _UNSAID:
            continue
        counts = {"tick", "rep"} if segment.kind == "rep-set" else {"tick"}
        if text.isdecimal() or (event.type == "tone" and text in counts):
            text = "counting" if segment.kind == "rep-set" else "3-2-1"
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

"""Podcast chapters: JSON beside a file, or on the web, as the podcast namespace has it."""

import json
from collections.abc import Sequence

from voicecoach.output.marks import marks
from voicecoach.plan.document import ChapterEntry

VERSION = "1.2.0"
"""Of the format (podcast namespace, JSON Chapters)."""


def to_chapters_json(chapters: Sequence[ChapterEntry], sample_rate: int, *, title: str = "") -> str:
    """Write chapters with their starts and ends in seconds, to the millisecond.

    Args:
        chapters: those of a session or of a part of it.
        sample_rate: their frames a second.
        title: of the session.
    """
    entries = [
        {"startTime": mark.start_ms / 1000, "title": mark.title, "endTime": (mark.end_ms or 0) / 1000}
        for mark in marks(chapters, sample_rate)
    ]
    head = {"version": VERSION} | ({"title": title} if title else {})
    return json.dumps(head | {"chapters": entries}, ensure_ascii=False, indent=1) + "\n"

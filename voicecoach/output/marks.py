"""Marks: chapters as files have them, in milliseconds; and how files write a moment."""

from collections.abc import Iterable
from dataclasses import dataclass

from voicecoach.plan.document import ChapterEntry


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter of a file."""

    title: str
    start_ms: int
    end_ms: int | None = None
    """None where the kind of file does not say."""


def marks(chapters: Iterable[ChapterEntry], sample_rate: int) -> tuple[Mark, ...]:
    """Return chapters as marks: each ends in the very millisecond in which the next one starts."""
    return tuple(
        Mark(
            one.title,
            milliseconds(one.start_frame, sample_rate),
            milliseconds(one.start_frame + one.frames, sample_rate),
        )
        for one in chapters
    )


def milliseconds(frame: int, sample_rate: int) -> int:
    """Return the millisecond nearest to a frame, by whole numbers: the order of frames is kept."""
    return (2000 * frame + sample_rate) // (2 * sample_rate)


def stamp(moment_ms: int, point: str = ".") -> str:
    """Write a moment as ``hh:mm:ss.mmm``; from 100 hours on, the hours have more digits."""
    seconds, rest = divmod(moment_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{rest:03}"


def parse_stamp(text: str) -> int:
    """Read ``hh:mm:ss.mmm`` as milliseconds.

    Raises:
        ValueError: it is no such moment.
    """
    hours, minutes, seconds = text.strip().split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)

"""Cue sheets: the chapters of a WAV or FLAC file as tracks, for players and burners that know no others."""

from collections.abc import Sequence

from voicecoach.errors import ChoiceError
from voicecoach.plan.document import ChapterEntry

FRAMES_A_SECOND = 75
"""Those of a compact disc: a cue sheet counts moments in them."""
MOST_TRACKS = 99
"""A track number has two digits (CDRWIN, cue sheet commands)."""


def to_cue(
    chapters: Sequence[ChapterEntry], sample_rate: int, sound: str, *, title: str = "", artist: str = ""
) -> str:
    """Write a cue sheet, in UTF-8. From 100 on, minutes have three digits, which burners do not take.

    A track starts at the first frame of the disc at which the chapter before has ended: up to 14 ms late.

    Args:
        chapters: at most 99.
        sample_rate: their frames a second.
        sound: the name of the sound file beside it; FLAC is ``WAVE``, too, as players expect.
        title: of the session.
        artist: of the session.

    Raises:
        ChoiceError: they are more than 99.
    """
    if len(chapters) > MOST_TRACKS:
        message = (
            f"a cue sheet holds {MOST_TRACKS} tracks, and these are {len(chapters)} chapters; "
            "take a coarser level, as --chapters exercise"
        )
        raise ChoiceError(message)
    lines = [f"{key} {_quoted(text)}" for key, text in (("PERFORMER", artist), ("TITLE", title)) if text]
    lines.append(f"FILE {_quoted(sound)} WAVE")
    for number, chapter in enumerate(chapters, 1):
        lines += [
            f"  TRACK {number:02} AUDIO",
            f"    TITLE {_quoted(chapter.title)}",
            f"    INDEX 01 {_moment(chapter.start_frame, sample_rate)}",
        ]
    return "\n".join(lines) + "\n"


def _moment(frame: int, sample_rate: int) -> str:
    """Write ``mm:ss:ff``, rounded up."""
    seconds, rest = divmod(-(-frame * FRAMES_A_SECOND // sample_rate), FRAMES_A_SECOND)
    return f"{seconds // 60:02}:{seconds % 60:02}:{rest:02}"


def _quoted(text: str) -> str:
    """Quote a text: there is no escape for a quotation mark in it, nor for the end of a line."""
    return f'"{" ".join(text.split()).replace(chr(34), chr(39))}"'

"""Tags: what an audio file says of itself.

Each container is a module of its own, imported when it is first asked for, with ``write(path, tags, marks,
picture)``, ``read(path)`` and ``read_marks(path)``; errors of their library are translated here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from voicecoach.errors import OutputError
from voicecoach.output.marks import Mark, marks
from voicecoach.plan.document import ChapterEntry

CONTAINERS = {
    ".mp3": "voicecoach.output.tags.id3",
    ".wav": "voicecoach.output.tags.id3",
    ".flac": "voicecoach.output.tags.vorbis",
    ".ogg": "voicecoach.output.tags.vorbis",
    ".opus": "voicecoach.output.tags.vorbis",
    ".m4a": "voicecoach.output.tags.mp4",
    ".m4b": "voicecoach.output.tags.mp4",
    ".mp4": "voicecoach.output.tags.mp4",
}
"""Where the tags of a file are, by its suffix."""

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Tags:
    """What a player shows of a file, and what tells which plan it was made from. Empty where not known."""

    title: str = ""
    artist: str = ""
    album: str = ""
    date: str = ""
    """As ISO 8601 has it: ``2026-11-24``."""
    language: str = ""
    """As in BCP 47: ``en``, ``en-gb``; an ID3 tag keeps no more than ``en``."""
    comment: str = ""
    """The routine, its adjustments, the version of the program."""
    plan: str = ""
    """The fingerprint of the plan, see `voicecoach.plan.document.fingerprint`."""
    track: int = 0
    """Which of the files of a session it is, from 1; 0 where there is one file."""
    tracks: int = 0
    """How many files a session has; 0 where there is one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the bytes of its file."""

    content: bytes
    mime: str
    """``image/jpeg`` or ``image/png``."""
    width: int
    height: int


def write_tags(
    path: Path,
    tags: Tags,
    chapters: Sequence[ChapterEntry],
    sample_rate: int,
    picture: Picture | None = None,
) -> None:
    """Write tags into a file that is complete, in place of all that it said of itself; not into its sound.

    The same input gives the same bytes.

    Args:
        path: the file.
        tags: empty ones are left out.
        chapters: for all but MP4 files, whose chapters are written with the sound and stay as they are.
        sample_rate: the frames a second of the chapters.
        picture: the cover.

    Raises:
        OutputError: the file takes no tags; it is as it was, and as good to be heard.
        OSError: the disk is full, or the like; the file may be damaged.
    """
    from mutagen import MutagenError  # noqa: PLC0415 - only where tags are written

    module = _module(path)
    if module is None:
        message = f"a file of the kind '{path.suffix}' takes no tags"
        raise OutputError(message)
    try:
        module.write(path, tags, marks(chapters, sample_rate), picture)
    except MutagenError as error:
        # It wraps the errors of files, too, which are the caller's to explain.
        reason = error.args[0] if error.args else error
        if isinstance(reason, OSError):
            raise reason from error
        message = f"the tags cannot be written: this is no {path.suffix} file that can hold them"
        raise OutputError(message) from error


def read_tags(path: Path) -> Tags:
    """Return what a file says of itself; empty tags where it says nothing, or is no audio file at all."""
    return _read(path, lambda module: module.read(path), Tags())


def read_chapters(path: Path) -> tuple[Mark, ...]:
    """Return the chapters of a file; none where it has none, or is no audio file at all."""
    return _read(path, lambda module: module.read_marks(path), ())


def number(text: str) -> int:
    """Read the number of a track; 0 where a file from elsewhere has something else there."""
    return int(text) if text.isdecimal() else 0


def _module(path: Path) -> ModuleType | None:
    name = CONTAINERS.get(path.suffix.lower())
    return import_module(name) if name else None


def _read(path: Path, read: Callable[[ModuleType], Read], nothing: Read) -> Read:
    module = _module(path)
    try:
        return read(module) if module else nothing
    except Exception:  # noqa: BLE001 - a file from elsewhere may trip its reader anywhere
        return nothing

"""The tags of FLAC, Opus and Ogg files: comments as Vorbis has them, chapters among them."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path

import mutagen
from mutagen.flac import FLAC
from mutagen.flac import Picture as PictureBlock
from mutagen.id3 import PictureType
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from voicecoach.output.marks import Mark, parse_stamp, stamp
from voicecoach.output.tags import Picture, Tags, number

NAMES = {
    "title": "TITLE",
    "artist": "ARTIST",
    "album": "ALBUM",
    "date": "DATE",
    "language": "LANGUAGE",
    "comment": "DESCRIPTION",
    "plan": "VOICECOACH_PLAN",
}
"""The comment for each tag (Xiph, Vorbis comment field names, where a comment is a description)."""
_COUNTS = {"track": "TRACKNUMBER", "tracks": "TRACKTOTAL"}
_COLOUR_BITS = 24


def write(path: Path, tags: Tags, marks: Sequence[Mark], picture: Picture | None) -> None:
    """Write tags and chapters; the sound is moved as far as they need, to the byte."""
    file = _open(path)
    if file.tags is None:
        file.add_tags()
    file.tags.clear()
    for name, text in (*_comments(tags), *_chapter_comments(marks)):
        file.tags[name] = text
    if isinstance(file, FLAC):
        file.clear_pictures()
        if picture:
            file.add_picture(_block(picture))
    elif picture:
        file.tags["METADATA_BLOCK_PICTURE"] = b64encode(_block(picture).write()).decode("ascii")
    file.save(padding=lambda _: 0)


def read(path: Path) -> Tags:
    """Return the tags of a file."""
    comments = _open(path).tags or {}
    texts = {name: comments.get(key, [""])[0] for name, key in NAMES.items()}
    track, tracks = (number(comments.get(key, [""])[0]) for key in _COUNTS.values())
    return Tags(**texts, track=track, tracks=tracks)


def read_marks(path: Path) -> tuple[Mark, ...]:
    """Return the chapters of a file, in the order of their numbers."""
    comments = {key.upper(): values[0] for key, values in (_open(path).tags or {}).items()}
    numbers = sorted(
        int(key.removeprefix("CHAPTER"))
        for key in comments
        if key.startswith("CHAPTER") and key.removeprefix("CHAPTER").isdecimal()
    )
    keys = [f"CHAPTER{number:03}" for number in numbers]
    return tuple(Mark(comments.get(f"{key}NAME", ""), parse_stamp(comments[key])) for key in keys)


def _open(path: Path) -> mutagen.FileType:
    file = mutagen.File(path, options=[FLAC, OggOpus, OggVorbis, OggFLAC])
    if file is None:
        message = "it is no FLAC, Opus or Ogg file"
        raise mutagen.MutagenError(message)
    return file


def _comments(tags: Tags) -> Iterator[tuple[str, str]]:
    for name, key in (NAMES | _COUNTS).items():
        if value := getattr(tags, name):
            yield key, str(value)


def _chapter_comments(marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    """Yield two comments for each chapter (Xiph wiki, Chapter Extension)."""
    for index, mark in enumerate(marks):
        yield f"CHAPTER{index:03}", stamp(mark.start_ms)
        yield f"CHAPTER{index:03}NAME", mark.title


def _block(picture: Picture) -> PictureBlock:
    block = PictureBlock()
    block.type = PictureType.COVER_FRONT
    block.mime, block.data = picture.mime, picture.content
    block.width, block.height, block.depth = picture.width, picture.height, _COLOUR_BITS
    return block

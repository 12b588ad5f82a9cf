"""The language of the chapters of an MP4 file.

FFmpeg 8 makes the track of the chapters itself, and writes no language into it: zero, which is read as
English. No option, nor anything that PyAV is told of chapters, changes that; so its two bytes are set
afterwards.
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_HEADER = struct.Struct(">I4s")
_LONG = struct.Struct(">Q")
_LANGUAGE = struct.Struct(">H")
_AT = {0: 20, 1: 32}
"""Where the language stands in the header of a track, by its version (ISO 14496-12, 8.4.2)."""
_HANDLER_AT = 8
_FIRST_LETTER = 0x60
"""What is taken from each letter, of which five bits are left."""

Box = tuple[bytes, int, int]
"""The name of a box, where its content begins, and where it ends."""


def set_language(path: Path, code: str) -> None:
    """Write the language of the chapters into a file that is complete; not a byte is moved.

    Args:
        path: of an MP4 file.
        code: three letters of ISO 639-2.

    Raises:
        OSError: the file cannot be written.
    """
    first, second, third = (ord(letter) - _FIRST_LETTER for letter in code)
    with path.open("r+b") as file:
        for place in list(_places(file, file.seek(0, os.SEEK_END))):
            file.seek(place)
            file.write(_LANGUAGE.pack(first << 10 | second << 5 | third))


def _places(file: BinaryIO, end: int) -> Iterator[int]:
    """Yield where the language of each track of text stands."""
    for movie in _within(file, (b"", 0, end), b"moov"):
        for track in _within(file, movie, b"trak"):
            for media in _within(file, track, b"mdia"):
                handlers = [
                    _read(file, start + _HANDLER_AT, 4) for _, start, _ in _within(file, media, b"hdlr")
                ]
                if handlers == [b"text"]:
                    for _, start, _ in _within(file, media, b"mdhd"):
                        yield start + _AT[_read(file, start, 1)[0]]


def _within(file: BinaryIO, outer: Box, name: bytes) -> Iterator[Box]:
    """Yield the boxes of a name that stand in another one."""
    _, place, end = outer
    while place + _HEADER.size <= end:
        size, found = _HEADER.unpack(_read(file, place, _HEADER.size))
        start = place + _HEADER.size
        if size == 1:
            (size,) = _LONG.unpack(_read(file, start, _LONG.size))
            start += _LONG.size
        following = place + size if size else end
        if following < start:
            return
        if found == name:
            yield found, start, following
        place = following


def _read(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek(place)
    return file.read(size)

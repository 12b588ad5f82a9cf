"""The letters of a cover: what can be drawn, and how large."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import cast

from PIL import ImageFont

BOLD, PLAIN = "Manrope-ExtraBold.ttf", "Manrope-Medium.ttf"
_NO_CHARACTER = "\uffff"
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Block:
    """A text in lines, at a size."""

    lines: tuple[str, ...]
    size: int


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font; laid out in the simple way, which is the same on every machine."""
    with as_file(files("font_manrope") / "files" / name) as path:
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def drawable(text: str) -> str:
    """Return a text without what the font has no shape for: pictures, and scripts of other continents."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(one for one in composed if one.isspace() or _has(one)).split())


def width(text: str, name: str, size: int) -> float:
    """Return the width of a text in pixels."""
    return font(name, size).getlength(text)


def cut(text: str, name: str, size: int, room: float) -> str:
    """Return a text, or as much of its beginning as there is room for, with an ellipsis."""
    if width(text, name, size) <= room:
        return text
    kept = text
    while kept and width(kept + _ELLIPSIS, name, size) > room:
        kept = kept[:-1].rstrip()
    return kept + _ELLIPSIS


def fitted(text: str, name: str, room: tuple[float, float], sizes: range, leading: float) -> Block:
    """Return a text as large as it can stand in a room, by whole words; at the least size, words are broken.

    Args:
        text: what can be drawn.
        name: of the font.
        room: its width and height in pixels.
        sizes: those to try, the largest first.
        leading: the height of a line, in sizes.
    """
    across, down = room
    lines: tuple[str, ...] = ()
    for size in sizes:
        lines = tuple(_lines(text, name, size, across))
        is_whole = all(width(line, name, size) <= across for line in lines)
        if is_whole and len(lines) * size * leading <= down:
            return Block(lines, size)
    least = sizes[-1]
    lines = tuple(part for line in lines for part in _broken(line, name, least, across))
    most = int(down // (least * leading))
    shown = (*lines[: most - 1], " ".join(lines[most - 1 :]))
    return Block(tuple(cut(line, name, least, across) for line in shown), least)


def _lines(text: str, name: str, size: int, room: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width(longer, name, size) > room:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _broken(line: str, name: str, size: int, room: float) -> Iterator[str]:
    """Yield a line in pieces that there is room for."""
    piece = ""
    for character in line:
        if piece and width(piece + character, name, size) > room:
            yield piece
            piece = ""
        piece += character
    yield piece


@cache
def _has(character: str) -> bool:
    return _shape(character) != _shape(_NO_CHARACTER)


def _shape(character: str) -> bytes:
    return bytes(cast("bytes", font(PLAIN, 40).getmask(character)))

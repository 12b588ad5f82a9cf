"""Covers: a picture drawn from a plan.

The title stands as large as it goes, for players show it small. Beneath it are the length of it all, a bar
with the share of each stage, and the stages by name. The colours follow from the title.
"""

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PIL import Image, ImageDraw

from voicecoach.output.cover.text import BOLD, PLAIN, cut, drawable, fitted, font, width
from voicecoach.output.tags import Picture
from voicecoach.plan.document import Document, SegmentEntry

SIDE = 1000
"""Pixels of each side."""
MARGIN = 84
QUALITY = 82
"""Of JPEG: some 50 kB, 140 at most, with clean edges of letters."""
MOST_STAGES = 12
"""Stages that are listed; of more, the first ones."""

Colour = tuple[int, int, int]
_WHITE = (255, 255, 255)
_LARGEST, _LEAST = 188, 52
_LEADING, _CAPITAL = 1.08, 0.72
"""The height of a line, and of a capital letter, in sizes."""
_TITLE = (SIDE - 2 * MARGIN, 420)
"""The width and height of the title."""
_BAR_TOP, _BAR_HEIGHT, _GAP, _MOST_GAPS = 640, 18, 6, 40
_LIST_TOP, _LIST_HEIGHT = 694, 236
_ROW, _TEXT = 58, 34
"""The height of a row of the list, and of its letters, where there is room."""
_SMOOTH = 4
"""Curves are drawn so many times as large, and then made smaller."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The ground, from its top to its bottom: dark enough for white letters at any place."""

    top: Colour
    bottom: Colour


PALETTES = (
    Palette((18, 78, 92), (9, 42, 58)),
    Palette((58, 66, 128), (30, 33, 74)),
    Palette((44, 96, 72), (20, 54, 46)),
    Palette((112, 62, 104), (58, 30, 66)),
    Palette((150, 74, 54), (84, 36, 40)),
    Palette((48, 88, 132), (22, 42, 76)),
)
_TINTS = (0.95, 0.62, 0.8, 0.45)
"""How white the shares of stages are, one after another."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a cover tells."""

    title: str
    stages: tuple[tuple[str, float], ...]
    """The title and the seconds of each."""
    seconds: float


def face(document: Document) -> Face:
    """Return what a cover tells of a plan."""

    def place(segment: SegmentEntry) -> int | None:
        return segment.stage_index

    runs = [tuple(run) for _, run in groupby(document.segments, place)]
    stages = tuple(
        (run[0].stage, sum(segment.frames for segment in run) / document.sample_rate)
        for run in runs
        if run[0].stage is not None
    )
    return Face(str(document.meta.get("title", "")), stages, document.frames / document.sample_rate)


def cover(shown: Face) -> Picture:
    """Draw a cover: the same face gives the same bytes, with the same release of Pillow."""
    chosen = PALETTES[zlib.crc32(shown.title.encode()) % len(PALETTES)]
    image = _ground(chosen)
    draw = ImageDraw.Draw(image)
    _draw_title(draw, drawable(shown.title))
    _draw_length(draw, shown.seconds)
    if shown.stages:
        image.paste(_WHITE, mask=_bar([seconds for _, seconds in shown.stages]))
        _draw_list(image, shown.stages)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=QUALITY, optimize=True)
    return Picture(content.getvalue(), "image/jpeg", SIDE, SIDE)


def _ground(palette: Palette) -> Image.Image:
    """Return the ground, with rings that widen as a breath does."""
    ramp = Image.linear_gradient("L").resize((SIDE, SIDE))
    image = Image.composite(
        Image.new("RGB", (SIDE, SIDE), palette.bottom), Image.new("RGB", (SIDE, SIDE), palette.top), ramp
    )
    rings = Image.new("L", (SIDE * _SMOOTH, SIDE * _SMOOTH))
    draw = ImageDraw.Draw(rings)
    for radius, white in ((620, 10), (450, 22), (290, 36), (140, 52)):
        draw.circle((SIDE * _SMOOTH * 0.9, SIDE * _SMOOTH * 0.09), radius * _SMOOTH, fill=white)
    image.paste(_WHITE, mask=rings.resize((SIDE, SIDE), Image.Resampling.BOX))
    return image


def _draw_title(draw: ImageDraw.ImageDraw, title: str) -> None:
    block = fitted(title, BOLD, _TITLE, range(_LARGEST, _LEAST - 1, -2), _LEADING)
    letters = font(BOLD, block.size)
    for number, line in enumerate(block.lines):
        baseline = MARGIN + (_CAPITAL + number * _LEADING) * block.size
        draw.text((MARGIN, baseline), line, _WHITE, letters, anchor="ls")


def _draw_length(draw: ImageDraw.ImageDraw, seconds: float) -> None:
    draw.text((MARGIN, _BAR_TOP - 34), _length(seconds), _WHITE, font(BOLD, 64), anchor="ls")


def _length(seconds: float) -> str:
    """Write a length with the signs of units, which are the same in most languages."""
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes else f"{round(seconds)} s"


def _bar(shares: Sequence[float]) -> Image.Image:
    """Return the mask of the bar: each stage as long as its share, and never shorter than it is high."""
    mask = Image.new("L", (SIDE * _SMOOTH, _BAR_HEIGHT * _SMOOTH))
    draw = ImageDraw.Draw(mask)
    gap = _GAP if len(shares) <= _MOST_GAPS else 0
    room = SIDE - 2 * MARGIN - (len(shares) - 1) * gap
    least = min(_BAR_HEIGHT, room / len(shares))
    left = float(MARGIN)
    for number, share in enumerate(shares):
        across = least + share / (sum(shares) or 1) * (room - least * len(shares))
        box = (left * _SMOOTH, 0, (left + across) * _SMOOTH, _BAR_HEIGHT * _SMOOTH - 1)
        draw.rounded_rectangle(box, _BAR_HEIGHT * _SMOOTH / 2, fill=_white(number))
        left += across + gap
    whole = Image.new("L", (SIDE, SIDE))
    whole.paste(mask.resize((SIDE, _BAR_HEIGHT), Image.Resampling.BOX), (0, _BAR_TOP))
    return whole


def _draw_list(image: Image.Image, stages: Sequence[tuple[str, float]]) -> None:
    rows = [(drawable(title), _length(seconds)) for title, seconds in stages]
    if len(rows) > MOST_STAGES:
        rows = [*rows[: MOST_STAGES - 1], ("\N{HORIZONTAL ELLIPSIS}", "")]
    columns = 1 if len(rows) <= _LIST_HEIGHT // _ROW else 2
    down = -(-len(rows) // columns)
    height = min(_ROW, _LIST_HEIGHT / down)
    size = min(_TEXT, int(height * 0.66))
    across = (SIDE - 2 * MARGIN - (columns - 1) * MARGIN / 2) / columns
    mask = Image.new("L", image.size)
    draw = ImageDraw.Draw(mask)
    for number, (title, length) in enumerate(rows):
        left = MARGIN + number // down * (across + MARGIN / 2)
        middle = _LIST_TOP + (number % down + 0.5) * height
        room = across - size * 1.2 - width(length, PLAIN, size)
        mask.paste(_dot(size // 2, _white(number)), (round(left), round(middle - size / 4)))
        draw.text((left + size, middle), cut(title, PLAIN, size, room - size), 255, font(PLAIN, size), "lm")
        draw.text((left + across, middle), length, 190, font(PLAIN, size), "rm")
    image.paste(_WHITE, mask=mask)


def _dot(across: int, white: int) -> Image.Image:
    large = Image.new("L", (across * _SMOOTH, across * _SMOOTH))
    ImageDraw.Draw(large).ellipse((0, 0, across * _SMOOTH - 1, across * _SMOOTH - 1), fill=white)
    return large.resize((across, across), Image.Resampling.BOX)


def _white(number: int) -> int:
    return round(255 * _TINTS[number % len(_TINTS)])

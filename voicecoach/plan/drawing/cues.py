"""The cues of a drawing: speech as bars as long as it lasts, counts as strokes, tones as shapes."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from voicecoach.plan.document import EventEntry
from voicecoach.plan.drawing.colours import INK, MUTED
from voicecoach.plan.drawing.sheet import SPEECH, TONES, Sheet
from voicecoach.plan.drawing.svg import add

SHAPES = {
    "start": "M0 -5L5 4H-5Z",
    "end": "M0 5L5 -4H-5Z",
    "breathe-in": "M-4 2A4 4 0 0 1 4 2Z",
    "breathe-out": "M-4 -2A4 4 0 0 0 4 -2Z",
    "other": "M0 -4L4 0L0 4L-4 0Z",
}
"""The tones that are shapes, and their outline around the moment; the legend has ``drawing.tone.start``."""
STROKES = frozenset({"tick", "rep"})
"""The tones that count: small strokes, as spoken numbers are."""
STROKE = 3.0
"""Half the height of a stroke."""
BAR = 6.0
"""The height of a bar of speech."""
_APART = 7.0
"""Nearer to the shape before it, another tone would only blot it."""
_LEAST = 2.0
"""The least width of a bar."""
_LEAST_SECOND = 1.5
"""Where a second is narrower, counts are left out."""


def counts(event: EventEntry) -> bool:
    """Tell whether a sound is one of a countdown or of reps."""
    if event.type == "tone":
        return event.sound in STROKES
    return event.sound.strip(" .!").isdecimal()


def draw_cues(rows: list[Element], sheet: Sheet, events: Iterable[EventEntry]) -> None:
    """Draw all that is heard under the rows in which it is heard."""
    strokes: dict[int, list[str]] = {}
    groups = [add(row, "g", fill=INK, data_cues="") for row in rows]
    last = (-1, 0.0)
    for event in events:
        row, x = sheet.at(event.onset_frame)
        if counts(event):
            y = TONES if event.type == "tone" else SPEECH
            strokes.setdefault(row, []).append(f"M{x:.2f} {y - STROKE:g}v{2 * STROKE:g}")
        elif event.type == "speech":
            _say(groups, sheet, event)
        else:
            shape = event.sound if event.sound in SHAPES else "other"
            if shape != "other" or last[0] != row or x - last[1] >= _APART:
                mark(groups[row], shape, x, TONES, event.sound)
                last = (row, x)
    if sheet.per_second < _LEAST_SECOND:
        return
    for row, path in strokes.items():
        add(groups[row], "path", d="".join(path), stroke=MUTED, stroke_width=1.2, data_cue="count")


def _say(groups: list[Element], sheet: Sheet, event: EventEntry) -> None:
    for piece in sheet.pieces(event.onset_frame, event.frames):
        bar(groups[piece.row], piece.x, max(piece.width, _LEAST), SPEECH, event.sound)


def bar(parent: Element, x: float, width: float, y: float, text: str) -> None:
    """Draw a bar of speech around a height."""
    shape = add(
        parent,
        "rect",
        x=x,
        y=y - BAR / 2,
        width=width,
        height=BAR,
        rx=min(2, width / 2),
        fill=MUTED,
        data_cue="speech",
    )
    add(shape, "title", text)


def mark(parent: Element, shape: str, x: float, y: float, text: str) -> None:
    """Draw a tone at a moment."""
    path = add(
        parent, "path", d=SHAPES[shape], fill=INK, transform=f"translate({x:.2f} {y:g})", data_cue=text
    )
    add(path, "title", text)

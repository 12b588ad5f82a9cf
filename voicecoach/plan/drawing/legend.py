"""The legend of a drawing: only what occurs in it, each with the very shape it is drawn with."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from voicecoach.plan.document import Document
from voicecoach.plan.drawing.blocks import LOOKS, Box, Look
from voicecoach.plan.drawing.colours import FAINT, INK, MUTED, PAPER, SIDES
from voicecoach.plan.drawing.cues import SHAPES, STROKE, bar, counts, mark
from voicecoach.plan.drawing.lettering import width
from voicecoach.plan.drawing.sheet import LEFT, RIGHT, WIDTH
from voicecoach.plan.drawing.svg import add
from voicecoach.plan.phrases import Phrases

_LINE, _LETTERS, _GAP = 28.0, 12.0, 7.0

Sample = Callable[[Element, float, float], None]
"""Draw a sample around a height, from an x on."""


def draw_legend(parent: Element, document: Document, top: float, phrases: Phrases) -> float:
    """Draw the legend below a height; return the height at which it ends."""
    x, y = LEFT, top
    for breadth, sample, meaning in _items(document, phrases.text):
        whole = breadth + _GAP + width(meaning, _LETTERS)
        if x > LEFT and x + whole > WIDTH - RIGHT:
            x, y = LEFT, y + _LINE
        group = add(parent, "g", data_legend=meaning)
        sample(group, x, y + _LINE / 2)
        add(group, "text", meaning, x=x + breadth + _GAP, y=y + _LINE / 2 + 4, fill=INK, font_size=_LETTERS)
        x += whole + 2.5 * _GAP
    return y + _LINE


def _items(document: Document, text: Callable[[str], str]) -> Iterator[tuple[float, Sample, str]]:
    for side in SIDES:
        yield 22, _lanes(side), text(f"drawing.side.{side}")
    kinds = {segment.kind for segment in document.segments}
    for kind, look in LOOKS.items():
        if kind in kinds:
            yield 36, _block(look), text(f"drawing.kind.{kind}")
    yield 22, lambda parent, x, y: bar(parent, x, 22, y, "speech"), text("drawing.speech")
    yield 10, _strokes, text("drawing.counts")
    tones = {event.sound for event in document.events if event.type == "tone" and not counts(event)}
    for shape in SHAPES:
        if shape in tones or (shape == "other" and tones - SHAPES.keys()):
            yield 10, _mark(shape), text(f"drawing.tone.{shape}")


def _lanes(side: str) -> Sample:
    def draw(parent: Element, x: float, y: float) -> None:
        top, height = {"left": (y - 9, 8.5), "right": (y + 0.5, 8.5)}.get(side, (y - 9, 18))
        add(parent, "rect", x=x, y=top, width=22, height=height, fill=SIDES[side].dark)
        add(parent, "rect", x=x, y=y - 9, width=22, height=18, fill="none", stroke=FAINT)
        add(parent, "path", d=f"M{x:g} {y:g}h22", stroke=PAPER)

    return draw


def _block(look: Look) -> Sample:
    return lambda parent, x, y: look.paint(parent, Box(x, y - 9, 36, 18, reps=4))


def _strokes(parent: Element, x: float, y: float) -> None:
    path = "".join(f"M{x + 1 + step:g} {y - STROKE:g}v{2 * STROKE:g}" for step in (0, 4, 8))
    add(parent, "path", d=path, stroke=MUTED, stroke_width=1.2)


def _mark(shape: str) -> Sample:
    return lambda parent, x, y: mark(parent, shape, x + 5, y, shape)

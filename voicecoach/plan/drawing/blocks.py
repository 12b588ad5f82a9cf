"""The blocks of a drawing: what each kind of segment looks like, so that it is known without colour."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from voicecoach.plan.document import SegmentEntry
from voicecoach.plan.drawing.colours import INK, MUTED, PAPER, REST, SIDES, Colour
from voicecoach.plan.drawing.lettering import first_that_fits, width
from voicecoach.plan.drawing.sheet import LANE, LANE_GAP, LANES, LANES_HEIGHT, Piece, Sheet
from voicecoach.plan.drawing.svg import add
from voicecoach.plan.drawing.words import inside, pointed_at
from voicecoach.plan.phrases import Phrases
from voicecoach.plan.steps import Kind

LETTERS = 12.0
_ROOM = 6.0
"""Between a text and both edges of its block."""
_LEAST = 0.75
"""The width of what is too short to be seen, if all of it lies in one row."""
_MOST_PLATE = 0.7
"""The share of a block's width that the ground of its text may take."""
_LEAST_REP = 3.0
"""Reps narrower than this are not told apart."""


@dataclass(frozen=True, slots=True)
class Box:
    """A block, or the part of one that lies in a row."""

    x: float
    y: float
    width: float
    height: float
    begin: float = 0
    """Where in the block it begins and ends, from 0 to 1."""
    end: float = 1
    side: str = "both"
    reps: int = 0

    @property
    def middle(self) -> float:
        """Return its height's middle."""
        return self.y + self.height / 2

    @property
    def colour(self) -> Colour:
        """Return the colours of its side."""
        return SIDES[self.side]


Painter = Callable[[Element, Box], None]
"""Draw one box into a parent."""


def _slab(parent: Element, box: Box, **attributes: str | float) -> None:
    add(parent, "rect", x=box.x, y=box.y, width=box.width, height=box.height, **attributes)


def _solid(parent: Element, box: Box) -> None:
    _slab(parent, box, fill=box.colour.dark)


def _patterned(name: str) -> Painter:
    def paint(parent: Element, box: Box) -> None:
        _slab(parent, box, fill=f"url(#voicecoach-{name}-{box.side})", stroke=box.colour.dark)

    return paint


def _comb(parent: Element, box: Box) -> None:
    """Draw reps: a tooth for each."""
    _slab(parent, box, fill=box.colour.light, stroke=box.colour.dark, stroke_width=1.5)
    whole = box.width / (box.end - box.begin)
    if not box.reps or whole / box.reps < _LEAST_REP:
        return
    cuts = (number / box.reps for number in range(1, box.reps))
    lines = [box.x + (cut - box.begin) * whole for cut in cuts if box.begin < cut < box.end]
    if lines:
        path = "".join(f"M{x:.2f} {box.y:g}v{box.height:g}" for x in lines)
        add(parent, "path", d=path, stroke=box.colour.dark, stroke_width=2)


def _outline(parent: Element, box: Box) -> None:
    _slab(parent, box, fill=PAPER, stroke=box.colour.dark, stroke_width=1.5, stroke_dasharray="5 3")


def _ramp(parent: Element, box: Box) -> None:
    """Draw a wedge that grows towards the start of the set."""
    foot, right = box.y + box.height, box.x + box.width
    tops = (
        f"{right:.2f},{foot - box.end * box.height:.2f}",
        f"{box.x:.2f},{foot - box.begin * box.height:.2f}",
    )
    corners = " ".join((f"{box.x:.2f},{foot:.2f}", f"{right:.2f},{foot:.2f}", *tops))
    add(parent, "polygon", points=corners, fill=REST, stroke=MUTED, stroke_width=0.75)


def _arrow(parent: Element, box: Box) -> None:
    """Draw an arrow from one lane to the other."""
    edge = box.height / 4
    top, foot = box.y + edge, box.y + box.height - edge
    first, last = (foot, top) if box.side == "left" else (top, foot)
    start, end = (first + (last - first) * part for part in (box.begin, box.end))
    right = box.x + box.width
    inset = min(3.0, box.width / 5)
    x, tip = (box.x + (inset if not box.begin else 0), right - (inset if box.end == 1 else 0))
    add(parent, "line", x1=x, y1=start, x2=tip, y2=end, stroke=MUTED, stroke_width=1.5)
    if box.end == 1 and box.width > 2 * inset:
        back = 6 if first < last else -6
        add(
            parent,
            "polygon",
            points=f"{tip:.2f},{end:.2f} {tip - 6:.2f},{end:.2f} {tip:.2f},{end - back:.2f}",
            fill=MUTED,
        )


def _bar(parent: Element, box: Box) -> None:
    """Draw a low bar in the middle, like a rest in music."""
    add(parent, "rect", x=box.x, y=box.middle - 9, width=box.width, height=18, fill=REST)


def _dashes(parent: Element, box: Box) -> None:
    add(
        parent,
        "rect",
        x=box.x,
        y=box.middle - 9,
        width=box.width,
        height=18,
        fill=PAPER,
        stroke=MUTED,
        stroke_dasharray="2 3",
    )


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind is drawn."""

    paint: Painter
    in_lane: bool = True
    """Whether it stands in the lane of its side, rather than across both."""
    letters: str | None = None
    """The colour of its text; none where it bears no text."""
    plate: bool = False
    """Whether its text needs a ground of its own."""


LOOKS: Mapping[str, Look] = {
    Kind.HOLD: Look(_solid, letters=PAPER),
    Kind.TIMED: Look(_patterned("timed"), letters=INK, plate=True),
    Kind.REP_SET: Look(_comb, letters=INK, plate=True),
    Kind.CONTRACT: Look(_patterned("contract"), letters=INK, plate=True),
    Kind.RELAX: Look(_patterned("relax"), letters=INK, plate=True),
    Kind.OPEN: Look(_outline, letters=INK),
    Kind.LEAD_IN: Look(_ramp),
    Kind.SWITCH: Look(_arrow, in_lane=False),
    Kind.REST: Look(_bar, in_lane=False, letters=INK),
    Kind.WAIT: Look(_dashes, in_lane=False, letters=INK),
}
"""The legend has a phrase for each, as ``drawing.kind.hold``. Kinds that are not listed have no block:
announcements are seen by their speech."""


def define_patterns(parent: Element) -> None:
    """Define the patterns, one for each side."""
    for side, colour in SIDES.items():
        for name, size, d, stroke_width in (
            ("timed", 7, "M-2 2L2 -2M-1 8L8 -1M5 9L9 5", 2.2),
            ("contract", 5, "M0 0L5 5M5 0L0 5", 1.6),
            ("relax", 6, "M2 3h2", 1.6),
        ):
            tile = add(
                parent,
                "pattern",
                id=f"voicecoach-{name}-{side}",
                width=size,
                height=size,
                patternUnits="userSpaceOnUse",
            )
            add(tile, "rect", width=size, height=size, fill=colour.light if name != "relax" else PAPER)
            add(tile, "path", d=d, stroke=colour.dark, stroke_width=stroke_width)


def box_of(segment: SegmentEntry, piece: Piece, look: Look) -> Box:
    """Return where a piece of a segment stands in its row."""
    side = segment.side if segment.side in SIDES else None
    lanes = {"left": (LANES, LANE), "right": (LANES + LANE + LANE_GAP, LANE)}
    is_whole = (piece.begin, piece.end) == (0, 1)
    y, height = lanes.get(side or "", (LANES, LANES_HEIGHT)) if look.in_lane else (LANES, LANES_HEIGHT)
    return Box(
        piece.x,
        y,
        max(piece.width, _LEAST) if is_whole else piece.width,
        height,
        piece.begin,
        piece.end,
        side or "both",
        segment.reps or 0,
    )


def draw_blocks(
    rows: list[Element], sheet: Sheet, segments: Iterable[SegmentEntry], phrases: Phrases
) -> None:
    """Draw the segments into the rows, each with its text in the widest of its pieces."""
    for index, segment in enumerate(segments):
        look = LOOKS.get(segment.kind)
        if look is None:
            continue
        pieces = list(sheet.pieces(segment.start_frame, segment.frames))
        widest = max(pieces, key=lambda piece: piece.width)
        for piece in pieces:
            group = add(rows[piece.row], "g", data_segment=str(index), data_kind=segment.kind)
            add(group, "title", pointed_at(segment, sheet.sample_rate, phrases))
            box = box_of(segment, piece, look)
            look.paint(group, box)
            if piece is widest and look.letters:
                _letter(group, box, inside(segment, sheet.sample_rate, phrases), look)


def _letter(group: Element, box: Box, texts: tuple[str, ...], look: Look) -> None:
    text = first_that_fits(texts, box.width - _ROOM, LETTERS, bold=look.in_lane)
    breadth = width(text, LETTERS, bold=True) + 4
    # A plate must not hide the pattern that tells what the block is.
    if not text or (look.plate and breadth > box.width * _MOST_PLATE):
        return
    x = box.x + box.width / 2
    if look.plate:
        add(group, "rect", x=x - breadth / 2, y=box.middle - 8, width=breadth, height=16, rx=3, fill=PAPER)
    add(
        group,
        "text",
        text,
        x=x,
        y=box.middle + LETTERS * 0.36,
        fill=look.letters or INK,
        font_size=LETTERS,
        font_weight="600" if look.in_lane else "400",
        text_anchor="middle",
    )

"""The rows of a drawing: the ruler, the lanes, the stages as bands, the names of exercises."""

import math
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from voicecoach import units
from voicecoach.plan.document import SegmentEntry
from voicecoach.plan.drawing.colours import FAINT, INK, MUTED, SIDES, STAGES
from voicecoach.plan.drawing.lettering import fit, width
from voicecoach.plan.drawing.sheet import (
    BAND,
    BAND_HEIGHT,
    LANE,
    LANE_GAP,
    LANES,
    LANES_FOOT,
    LEFT,
    NAMES,
    RULER,
    SPEECH,
    TONES,
    Piece,
    Sheet,
)
from voicecoach.plan.drawing.svg import add, clean
from voicecoach.plan.drawing.words import Run, dose, length, round_of, runs
from voicecoach.plan.phrases import Phrases

_SMALL, _LETTERS = 11.0, 13.0
_GAP = 5.0
"""Left of a text, and at least between two."""
_GUTTER = LEFT - 11
"""Where the names of the lines end."""
_TIMES_APART = 56.0
"""The least distance of two times on the ruler."""
_MARKS_APART = 12.0
"""The least distance of the marks at ten seconds."""


def draw_grid(row: Element, sheet: Sheet, number: int, phrases: Phrases) -> None:
    """Draw the lanes and the ruler of one row, up to the end of the session."""
    first = number * sheet.row_frames
    end = LEFT + min(sheet.row_frames, sheet.frames - first) / sheet.sample_rate * sheet.per_second
    for side, y in (("left", LANES), ("right", LANES + LANE + LANE_GAP)):
        add(row, "rect", x=LEFT, y=y, width=end - LEFT, height=LANE, fill=SIDES[side].ground, data_lane=side)
        _name_line(row, phrases.text(f"drawing.line.{side}"), y + 16, SIDES[side].dark, "600")
    _name_line(row, phrases.text("drawing.line.speech"), SPEECH + 3.5, MUTED, "400")
    _name_line(row, phrases.text("drawing.line.tones"), TONES + 4, MUTED, "400")
    _draw_ruler(row, sheet, first, end)


def _name_line(row: Element, name: str, y: float, fill: str, weight: str) -> None:
    add(
        row,
        "text",
        fit(name, _GUTTER, _SMALL, bold=True),
        x=_GUTTER,
        y=y,
        fill=fill,
        font_size=_SMALL,
        font_weight=weight,
        text_anchor="end",
    )


def _draw_ruler(row: Element, sheet: Sheet, first: int, end: float) -> None:
    """Draw a line and the time at every minute, and marks at ten seconds, where there is room for them."""
    minute, tenth = 60 * sheet.per_second, 10 * sheet.per_second
    lines = []
    for index in range(0, sheet.minutes + 1, math.ceil(_TIMES_APART / minute)):
        x = LEFT + index * minute
        if x > end + 0.01:
            break
        lines.append(f"M{x:.2f} 0V{LANES_FOOT:g}")
        if index < sheet.minutes:
            time = units.clock(first / sheet.sample_rate + index * 60)
            add(row, "text", time, x=x + 4, y=RULER, fill=MUTED if index else INK, font_size=_SMALL)
    if tenth >= _MARKS_APART:
        places = (LEFT + index * tenth for index in range(1, sheet.minutes * 6) if index % 6)
        lines.extend(f"M{x:.2f} {LANES_FOOT:g}v4" for x in places if x <= end)
    add(row, "path", d="".join(lines), stroke=FAINT)


def draw_end(row: Element, sheet: Sheet) -> None:
    """Draw the double line at which the session ends, as music does."""
    _, x = sheet.at(sheet.frames)
    for distance, stroke_width in ((2, 1), (6, 3)):
        _line(row, x + distance, BAND, INK, stroke_width)


def _line(parent: Element, x: float, top: float, stroke: str, stroke_width: float) -> None:
    add(parent, "path", d=f"M{x:.2f} {top:g}V{LANES_FOOT:g}", stroke=stroke, stroke_width=stroke_width)


def draw_stages(
    rows: list[Element], sheet: Sheet, segments: Sequence[SegmentEntry], phrases: Phrases
) -> None:
    """Draw a band for each stage, with its title in every row, and at its start its length."""
    for run in runs(segments, lambda segment: (segment.stage_index, segment.stage)):
        if run.first.stage is None:
            continue
        colour = STAGES[(run.first.stage_index or 0) % len(STAGES)]
        lasts = length(run.frames, sheet.sample_rate, phrases)
        for piece in sheet.pieces(run.start, run.frames):
            group = add(rows[piece.row], "g", data_stage=str(run.first.stage_index))
            add(group, "title", f"{run.first.stage}, {lasts}")
            add(group, "rect", x=piece.x, y=BAND, width=piece.width, height=BAND_HEIGHT, fill=colour)
            if not piece.begin:
                _line(group, piece.x, BAND, INK, 1.5)
            _caption(group, piece, run.first.stage, "" if piece.begin else lasts, BAND + 14)


def draw_names(rows: list[Element], sheet: Sheet, segments: Sequence[SegmentEntry], phrases: Phrases) -> None:
    """Write the name of each exercise where it starts, with its dose, and again where it wraps."""
    for run in runs(segments, _exercise):
        name, told = _named(run, sheet, phrases)
        if not name:
            continue
        untold = told
        for piece in sheet.pieces(run.start, run.frames):
            group = add(rows[piece.row], "g", data_exercise=run.first.exercise or "")
            add(group, "title", f"{name}, {told}" if told else name)
            if not piece.begin and run.first.exercise:
                _line(group, piece.x, BAND + BAND_HEIGHT, MUTED, 1)
            if _caption(group, piece, name, untold, NAMES):
                untold = ""


def _exercise(segment: SegmentEntry) -> object:
    """Return what tells exercises apart; what belongs to none stands for itself, by its label."""
    if segment.exercise is None:
        return segment.stage_index, segment.label
    return segment.stage_index, segment.exercise_index, segment.exercise, segment.round


def _named(run: Run, sheet: Sheet, phrases: Phrases) -> tuple[str, str]:
    """Return the name of what is done, and its dose."""
    if run.first.exercise is None:
        # The announcement of a stage: its title stands above already.
        return ("", "") if run.first.stage else (run.first.label, "")
    parts = (dose(run.segments, sheet.sample_rate, phrases), round_of(run.segments, phrases))
    return run.first.exercise, ", ".join(filter(None, parts))


def _caption(group: Element, piece: Piece, name: str, told: str, y: float) -> bool:
    """Write a name, and what is told of it if there is room; return whether there was."""
    name = clean(f"… {name}" if piece.begin else name)
    room = piece.width - 2 * _GAP
    shown = fit(name, room, _LETTERS, bold=True)
    if not shown:
        return False
    text = add(group, "text", x=piece.x + _GAP, y=y, fill=INK, font_size=_LETTERS)
    # A name that is written from right to left must not draw the dose into it.
    add(text, "tspan", shown, font_weight="600", unicode_bidi="isolate")
    needed = width(name, _LETTERS, bold=True) + 2 * _GAP + width(told, _LETTERS)
    if not told or shown != name or needed > room:
        return False
    add(text, "tspan", told, dx=2 * _GAP)
    return True

"""The plan as a drawing: a session on one sheet, to be read at a glance by who prescribes it. Pure.

Time runs from left to right and wraps into rows, as music does. The upper lane is the left side of the
body and the lower lane the right; what both do stands across. Kinds of work differ by pattern, not by
colour alone. The same document is always the same drawing, to the byte.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from voicecoach import units
from voicecoach.plan.document import Document
from voicecoach.plan.drawing.blocks import define_patterns, draw_blocks
from voicecoach.plan.drawing.colours import INK, MUTED, PAPER
from voicecoach.plan.drawing.cues import draw_cues
from voicecoach.plan.drawing.legend import draw_legend
from voicecoach.plan.drawing.lettering import fit
from voicecoach.plan.drawing.rows import draw_end, draw_grid, draw_names, draw_stages
from voicecoach.plan.drawing.sheet import BREADTH, LEFT, ROW, WIDTH, Sheet
from voicecoach.plan.drawing.svg import add, clean, root_of, serialise, written
from voicecoach.plan.phrases import ENGLISH, Phrases, load_phrases
from voicecoach.plan.steps import WORK

_FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif"
_TITLE, _SUMMARY = 26.0, 14.0
_HEAD = 76.0
"""The height of title and summary."""
_GAP = 16.0
_SIDES = ("left", "right", "both")


def draw(document: Document) -> str:
    """Return a drawing of a plan as SVG, in the language of the session.

    It is 1500 wide and as high as the session is long. A name keeps every character that XML can hold;
    where there is no room for it, it is cut, and told in full to who points at it.
    """
    ends = (one.start_frame + one.frames for one in document.segments)
    heard = (one.onset_frame + one.frames for one in document.events)
    sheet = Sheet(max([document.frames, *ends, *heard]), document.sample_rate)
    phrases = load_phrases(str(document.meta.get("language") or ENGLISH))
    title = clean(str(document.meta.get("title") or "Session"))
    summary = clean(_summary(document, phrases))
    root = root_of(title, phrases.text("drawing.description", summary=summary, minutes=sheet.minutes))
    define_patterns(add(root, "defs"))
    add(root, "rect", width="100%", height="100%", fill=PAPER)
    page = add(root, "g", font_family=_FONTS, fill="none")
    _draw_head(page, title, summary)
    top = draw_legend(add(page, "g", data_part="legend"), document, _HEAD, phrases) + _GAP
    rows = [
        add(page, "g", data_row=str(number), transform=f"translate(0 {written(top + number * ROW)})")
        for number in range(sheet.rows)
    ]
    for number, row in enumerate(rows):
        draw_grid(row, sheet, number, phrases)
    draw_stages(rows, sheet, document.segments, phrases)
    draw_names(rows, sheet, document.segments, phrases)
    draw_blocks(rows, sheet, document.segments, phrases)
    draw_cues(rows, sheet, document.events)
    draw_end(rows[-1], sheet)
    height = top + sheet.rows * ROW
    root.attrib |= {
        "width": written(WIDTH),
        "height": written(height),
        "viewBox": f"0 0 {written(WIDTH)} {written(height)}",
    }
    return serialise(root)


def _draw_head(page: Element, title: str, summary: str) -> None:
    shown = fit(title, BREADTH, _TITLE, bold=True)
    add(page, "text", shown, x=LEFT, y=40, fill=INK, font_size=_TITLE, font_weight="700")
    add(page, "text", fit(summary, BREADTH, _SUMMARY), x=LEFT, y=64, fill=MUTED, font_size=_SUMMARY)


def _summary(document: Document, phrases: Phrases) -> str:
    """Return the line under the title: how long, at what pace, and how much work for which side."""
    rate, text = document.sample_rate, phrases.text
    work: Counter[str] = Counter()
    for segment in document.segments:
        if segment.kind in WORK:
            work[segment.side if segment.side in _SIDES else "both"] += segment.frames
    shares = ", ".join(
        text(f"drawing.share.{side}", length=units.clock(work[side] / rate)) for side in _SIDES if work[side]
    )
    number = len({(one.stage_index, one.exercise_index) for one in document.segments if one.kind in WORK})
    pace = document.meta.get("pace")
    parts = (
        text("drawing.total", length=units.clock(document.frames / rate)),
        text("drawing.work", length=units.clock(work.total() / rate), shares=shares) if shares else "",
        text("drawing.exercises", count=number),
        text("drawing.pace", pace=pace) if pace else "",
        _changes(document.meta.get("adjustments") or {}, phrases),
    )
    return " · ".join(filter(None, parts))


def _changes(adjustments: Mapping[str, Any], phrases: Phrases) -> str:
    """Return what was asked for differently from the routine, as it is typed: by option name, in English."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in adjustments.items()}
    told = (
        f"{name} {' and '.join(_told(name, value) for value in values)}" for name, values in lists.items()
    )
    return phrases.text("drawing.changed", changes=", ".join(told)) if adjustments else ""


def _told(name: str, value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"into {units.clock(value)}" if name == "fit" else units.number(value)

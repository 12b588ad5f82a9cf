import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import ROUTINES, sixty_ms_a_character
from voicecoach.plan.chapters import Contents
from voicecoach.plan.describe import describe
from voicecoach.plan.document import Document, EventEntry, SegmentEntry
from voicecoach.plan.drawing import draw
from voicecoach.plan.drawing.colours import INK, MUTED, PAPER, REST, SIDES, STAGES
from voicecoach.plan.drawing.lettering import fit, width
from voicecoach.plan.drawing.sheet import BREADTH, LEFT, Sheet
from voicecoach.plan.drawing.words import TIMES
from voicecoach.plan.phrases import languages, load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.steps import WORK, Kind
from voicecoach.plan.timeline import SAMPLE_RATE, Timeline
from voicecoach.routine.model import Routine

MINUTE = 60 * SAMPLE_RATE
SEGMENT = SegmentEntry("Pigeon", "hold", "Stretch", 0, "Pigeon", 0, None, 1, 1, None, 0, 30 * SAMPLE_RATE)
SVG = "{http://www.w3.org/2000/svg}"
random_routines = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def planned(routine: Routine) -> Document:
    """Write the plan of a routine down."""
    planner = Planner(routine, load_phrases("en"))
    timeline = Timeline(SAMPLE_RATE, planner.segments(sixty_ms_a_character))
    contents = Contents(planner.phrases, routine.title)
    meta = {"title": routine.title, "pace": routine.pace.name}
    return describe(timeline, sixty_ms_a_character, meta, contents)


def made(*segments: SegmentEntry, events: tuple[EventEntry, ...] = (), **meta: object) -> Document:
    """Return a document of segments, one after another."""
    placed, end = [], 0
    for segment in segments:
        placed.append(replace(segment, start_frame=end))
        end += segment.frames
    return Document({"title": "Hips", **meta}, SAMPLE_RATE, end, tuple(placed), events)


def parsed(document: Document) -> ET.Element:
    """Read a drawing back."""
    return ET.fromstring(draw(document))  # noqa: S314 - it was written a moment ago


def rows(root: ET.Element) -> list[ET.Element]:
    """Return the rows of a drawing."""
    return root.findall(f".//{SVG}g[@data-row]")


def pieces(root: ET.Element, name: str) -> Iterator[tuple[str, int, ET.Element]]:
    """Yield what is marked with a name: its mark, its row, its group."""
    for number, row in enumerate(rows(root)):
        for group in row.iterfind(f".//{SVG}g[@{name}]"):
            yield group.get(name, ""), number, group


def spans(root: ET.Element, name: str) -> dict[str, list[tuple[float, float]]]:
    """Return where the first rectangles of marked groups lie, in minutes of the session, by mark."""
    # The sheet says how long a row is; where things are in it is calculated here.
    found = re.search(r"(\d+) min a row", root.findtext(f"{SVG}desc", ""))
    assert found
    minutes = int(found[1])
    by_mark: dict[str, list[tuple[float, float]]] = {}
    for mark, row, group in pieces(root, name):
        shape = group.find(f"{SVG}rect")
        if shape is None:
            continue
        x, breadth = float(shape.get("x", "nan")), float(shape.get("width", "nan"))
        start = (row + (x - LEFT) / BREADTH) * minutes
        by_mark.setdefault(mark, []).append((start, start + breadth / BREADTH * minutes))
    return by_mark


def texts(root: ET.Element) -> list[str]:
    """Return all that is written in a drawing; not what is told on pointing at it."""
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


@random_routines
@given(ROUTINES)
def test_every_set_is_where_and_as_long_as_it_is(routine: Routine) -> None:
    """The pieces of a set begin at its start, follow without a gap, and are as wide as it is long."""
    document = planned(routine)
    found = spans(parsed(document), "data-segment")
    for index, segment in enumerate(document.segments):
        if segment.kind not in WORK:
            continue
        where = found[str(index)]
        assert pytest.approx(segment.start_frame / MINUTE, abs=1e-3) == where[0][0]
        assert pytest.approx((segment.start_frame + segment.frames) / MINUTE, abs=1e-3) == where[-1][1]
        assert all(abs(end - start) < 1e-3 for (_, end), (start, _) in pairwise(where))


def test_a_sliver_at_the_end_of_a_row_is_no_wider_than_it_is() -> None:
    """A set that begins just before a row ends is as long there as it is; a set too short to see is seen."""
    before = replace(SEGMENT, kind="rest", frames=4 * MINUTE - 1)
    where = spans(parsed(made(before, SEGMENT)), "data-segment")["1"]
    assert pytest.approx((4, 4, 4, 4.5), abs=1e-4) == tuple(moment for span in where for moment in span)
    [(start, end)] = spans(parsed(made(replace(SEGMENT, frames=1), before)), "data-segment")["0"]
    assert pytest.approx(0.75) == (end - start) / 4 * BREADTH


@random_routines
@given(ROUTINES)
def test_left_lies_above_right(routine: Routine) -> None:
    """What the left side does lies in the upper lane, the right in the lower, both across the two."""
    document = planned(routine)
    for mark, _, group in pieces(parsed(document), "data-segment"):
        segment = document.segments[int(mark)]
        shape = group.find(f"{SVG}rect")
        if segment.kind in WORK and shape is not None:
            top = float(shape.get("y", "nan"))
            lanes = {"left": (57, 81), "right": (83, 107), None: (57, 107)}
            assert lanes[segment.side] == (top, top + float(shape.get("height", "nan")))


@random_routines
@given(ROUTINES)
def test_stages_are_covered(routine: Routine) -> None:
    """The band of a stage reaches from its first segment to its last."""
    document = planned(routine)
    found = spans(parsed(document), "data-stage")
    for index, stage in enumerate(routine.stages):
        inside = [segment for segment in document.segments if segment.stage_index == index]
        start, end = inside[0].start_frame, inside[-1].start_frame + inside[-1].frames
        assert pytest.approx((start / MINUTE, end / MINUTE), abs=1e-3) == (
            found[str(index)][0][0],
            found[str(index)][-1][1],
        )
        titles = [
            group.findtext(f"{SVG}title") or "" for _, _, group in pieces(parsed(document), "data-stage")
        ]
        assert any(title.startswith(stage.title) for title in titles)


@random_routines
@given(ROUTINES)
def test_letters_do_not_touch(routine: Routine) -> None:
    """No text of a row reaches into another, nor out of the drawing."""
    for row in rows(parsed(planned(routine))):
        boxes = []
        for text in row.iter(f"{SVG}text"):
            size, x, y = (float(text.get(name, "nan")) for name in ("font-size", "x", "y"))
            # About the average of Helvetica, and no estimate of the drawing's own.
            breadth = 0.55 * size * len("".join(text.itertext()))
            left = x - breadth * {"middle": 0.5, "end": 1}.get(text.get("text-anchor", ""), 0)
            boxes.append((left, left + breadth, y - 0.7 * size, y))
        assert all(left >= 0 and right <= 1500 for left, right, _, _ in boxes)
        for one, other in combinations(boxes, 2):
            assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


@pytest.mark.parametrize("kind", ["hold", "timed", "rep-set", "contract", "relax", "open", "rest", "wait"])
def test_a_block_says_what_it_has_room_for(kind: str) -> None:
    """The text of a block stays within it: the fuller the wider it is, and none where it is narrow."""
    reps = 12 if kind == "rep-set" else None
    segments = [
        replace(SEGMENT, kind=kind, set=2, sets=3, reps=reps, frames=length * SAMPLE_RATE)
        for length in range(2, 62, 2)
    ]
    said = []
    for _, _, group in pieces(parsed(made(*segments)), "data-segment"):
        text = group.find(f"{SVG}text")
        if text is not None:
            said.append(len(text.text or ""))
            block, *plate = (float(rect.get("width", "nan")) for rect in group.iterfind(f"{SVG}rect"))
            assert 0.55 * 12 * said[-1] <= block
            # Beside the ground of its text the pattern is still seen.
            assert all(breadth <= 0.7 * block for breadth in plate)
    assert 0 < len(said) < len(segments)
    assert said[-1] >= len(f"{kind} 60 s" if kind in {"rest", "wait", "relax", "contract"} else "2/3 · 60 s")


@random_routines
@given(ROUTINES)
def test_the_same_document_is_the_same_drawing(routine: Routine) -> None:
    """A plan is drawn to the same bytes again, and after it went through JSON."""
    document = planned(routine)
    again = Document.from_json(json.loads(json.dumps(document.to_json())))
    assert draw(document) == draw(again)


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)


@settings(max_examples=200, deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING)
def test_any_name_is_safe(title: str, stage: str, exercise: str) -> None:
    """Whatever stands in a document, the drawing is XML, and can be written as UTF-8."""
    speech = EventEntry(0, SAMPLE_RATE, "speech", exercise, 0.0, 0)
    segment = replace(SEGMENT, label=exercise, stage=stage, exercise=exercise, kind="hold")
    document = made(segment, events=(speech,), title=title, pace=title, adjustments={stage: [exercise, 2.5]})
    again = ET.fromstring(draw(document).encode())  # noqa: S314 - it was written a moment ago
    assert ["svg", "g"] == [again.tag.removeprefix(SVG), again[-1].tag.removeprefix(SVG)]
    known = {"svg", "title", "desc", "defs", "pattern", "g", "rect", "path", "text", "tspan"}
    assert {element.tag.removeprefix(SVG) for element in again.iter()} <= known


def test_names_survive() -> None:
    """A name with the signs of XML is written as it stands; what XML cannot hold is marked."""
    name = '<b>Hip & "thigh"</b> 股関節'
    written = texts(parsed(made(replace(SEGMENT, exercise=name, frames=MINUTE), title="a\x00b\ud800")))
    assert "a\ufffdb\ufffd" in written
    assert any(text.startswith(name) for text in written)


def test_a_long_name_is_cut_and_told_in_full() -> None:
    """A name without room ends with an ellipsis; all of it is told on pointing at it."""
    name = "Extended " * 20
    short = replace(SEGMENT, exercise=name, frames=12 * SAMPLE_RATE)
    root = parsed(made(short, replace(SEGMENT, kind="rest", exercise="Pigeon", exercise_index=1)))
    cut = next(text for text in texts(root) if text.endswith("…"))
    assert name.startswith(cut.removesuffix("…"))
    told = [title.text or "" for title in root.iter(f"{SVG}title")]
    assert any(text.startswith(name.strip()) for text in told)


@pytest.mark.parametrize(
    ("minutes", "rows_expected"),
    [(0, 1), (0.02, 1), (1, 1), (3.5, 1), (18, 5), (60, 12), (75, 11), (600, 75), (6000, 100)],
)
def test_rows(minutes: float, rows_expected: int) -> None:
    """An hour has twelve rows or fewer; however long, a session has at most a hundred."""
    assert rows_expected == Sheet(round(minutes * MINUTE), SAMPLE_RATE).rows


def test_a_hold_in_an_hour_shows_its_cues() -> None:
    """In any session of up to ten hours, a hold of 30 s is as wide as nine letters or more."""
    assert all(30 * Sheet(hours * 60 * MINUTE, SAMPLE_RATE).per_second > 85 for hours in range(1, 11))


@given(st.integers(0, 40 * MINUTE), st.integers(0, 40 * MINUTE))
def test_pieces_are_the_whole(start: int, frames: int) -> None:
    """The pieces of a stretch lie in rows that follow, each within its row, and make up its length."""
    sheet = Sheet(start + frames, SAMPLE_RATE)
    found = list(sheet.pieces(start, frames))
    first = found[0].row
    assert list(range(first, first + len(found))) == [piece.row for piece in found]
    assert found[-1].row < sheet.rows
    assert all(LEFT <= piece.x and piece.x + piece.width <= LEFT + BREADTH + 1e-6 for piece in found)
    assert pytest.approx(frames / SAMPLE_RATE * sheet.per_second) == sum(piece.width for piece in found)
    assert (0, 1) == (found[0].begin, found[-1].end)


def test_an_empty_session_has_a_title() -> None:
    """A document without segments is a sheet with its title and one empty row."""
    root = parsed(made(title="Nothing"))
    assert "Nothing" in texts(root)
    assert 1 == len(rows(root))


def test_ten_hours_are_a_sane_file() -> None:
    """Ten hours of holds with all their cues take less than two megabytes."""
    sides = ("left", "right")
    segments = [
        replace(SEGMENT, kind=kind, side=sides[number % 2], set=1 + number // 2 % 2, sets=2)
        for number in range(600)
        for kind in ("rest", "hold")
    ]
    tones = tuple(
        EventEntry(second * SAMPLE_RATE, 2400, "tone", "tick" if second % 30 else "start", 0.0, 0)
        for second in range(10 * 3600)
    )
    drawing = draw(made(*segments, events=tones))
    assert 500_000 < len(drawing) < 2_000_000


def shape(kind: Kind) -> str:
    """Return how a kind is drawn, without its letters, place and side."""
    root = parsed(made(replace(SEGMENT, kind=kind, reps=3 if kind is Kind.REP_SET else None)))
    groups = [group for _, _, group in pieces(root, "data-segment")]
    return "".join(
        re.sub(r'#[0-9a-f]{6}|data-\w+="[^"]*"', "", ET.tostring(part, "unicode"))
        for group in groups
        for part in group
        if part.tag not in {f"{SVG}title", f"{SVG}text"}
    )


def test_kinds_are_told_apart_without_colour() -> None:
    """Every kind has a shape or pattern of its own; an announcement is seen by its speech."""
    drawn = {kind: shape(kind) for kind in Kind}
    assert {Kind.ANNOUNCE, Kind.FINISH} == {kind for kind, seen in drawn.items() if not seen}
    assert len(Kind) - 1 == len(set(drawn.values()))


@pytest.mark.parametrize("tag", languages())
def test_a_drawing_is_in_the_language_of_the_session(tag: str) -> None:
    """Its legend, its lines and what it tells to who points at it; the names of the lines have room."""
    text, phrases = load_phrases(tag).text, load_phrases(tag)
    root = parsed(made(replace(SEGMENT, side="left", set=1, sets=2), language=tag, pace="steady"))
    legend = [group.get("data-legend") for group in root.iter(f"{SVG}g") if group.get("data-legend")]
    assert [text(f"drawing.side.{side}") for side in ("left", "right", "both")] == legend[:3]
    assert text("drawing.kind.hold") in legend
    lines = [text(f"drawing.line.{name}") for name in ("left", "right", "speech", "tones")]
    assert set(lines) <= set(texts(root))
    assert all(width(name, 11, bold=True) <= LEFT - 11 for name in lines)
    assert text("drawing.pace", pace="steady") in texts(root)[1].split(" · ")
    told = " ".join(title.text or "" for title in root.iter(f"{SVG}title"))
    assert f"{text('kind.hold')}, {text('screen.set', set=1, sets=2)}, {phrases.figure(30)} s" in told


def test_the_legend_explains_what_occurs() -> None:
    """The legend has the kinds and tones of the session, and no others."""
    tone = EventEntry(0, 2400, "tone", "start", 0.0, 0)
    root = parsed(made(SEGMENT, replace(SEGMENT, kind="rest"), events=(tone,)))
    found = [group.get("data-legend") for group in root.iter(f"{SVG}g") if group.get("data-legend")]
    assert [
        "left side of the body",
        "right side",
        "across: both sides, or none",
        "hold, keep still",
        "rest",
        "speech, as long as it lasts",
        "counts",
        "start",
    ] == found


def test_reps_are_counted_by_teeth() -> None:
    """A set of reps has a line between any two of them, in whatever row they lie."""
    reps = replace(SEGMENT, kind="rep-set", reps=90, frames=9 * MINUTE)
    groups = [group for _, _, group in pieces(parsed(made(reps)), "data-segment")]
    assert 3 == len(groups)
    paths = [path.get("d", "") for group in groups for path in group.iterfind(f"{SVG}path")]
    # Where a rep ends with its row, the row ends it.
    assert 89 - 2 == sum(path.count("v") for path in paths)


def cues(*events: EventEntry, minutes: int = 1) -> list[tuple[str | None, str]]:
    """Return the marks of events: what they are, and where."""
    root = parsed(made(replace(SEGMENT, frames=minutes * MINUTE), events=events))
    return [
        (cue.get("data-cue"), cue.get("transform") or cue.get("x") or cue.get("d", ""))
        for row in rows(root)
        for cue in row.iter()
        if cue.get("data-cue")
    ]


def test_cues_have_their_moments_and_shapes() -> None:
    """Speech is a bar from its start, tones are shapes at theirs, counts are strokes."""
    half = MINUTE // 2
    found = cues(
        EventEntry(0, 2400, "tone", "start", 0.0, 0),
        EventEntry(0, 2400, "speech", "3", 0.0, 0),
        EventEntry(half, 24000, "speech", "Halfway.", 0.0, 0),
        EventEntry(half, 2400, "tone", "tick", 0.0, 0),
    )
    assert [
        ("start", "translate(64.00 129)"),
        ("speech", "770"),
        ("count", "M64.00 113v6M770.00 126v6"),
    ] == found


def test_a_crowd_of_cues_is_thinned_out() -> None:
    """A tone on top of another is left out unless it starts or ends a set; so are counts in a long day."""
    both = (
        EventEntry(0, 2400, "tone", "end", 0.0, 0),
        EventEntry(2400, 2400, "tone", "switch", 0.0, 0),
        EventEntry(4800, 2400, "tone", "start", 0.0, 0),
        EventEntry(MINUTE, 2400, "tone", "tick", 0.0, 0),
    )
    assert ["end", "start", "count"] == [what for what, _ in cues(*both, minutes=60)]
    assert ["end", "start"] == [what for what, _ in cues(*both, minutes=6000)]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([{}], "1 x 30 s"),
        ([{"side": "left"}, {"side": "right"}], "1 x 30 s per side"),
        ([{"side": "left", "set": 1}, {"side": "left", "set": 2}], "2 x 30 s, left only"),
        ([{"kind": "rep-set", "reps": 12}], "1 x 12 reps"),
        ([{"kind": "open", "frames": 2 * MINUTE}], "1 x up to 2 min"),
        ([{"kind": "contract", "frames": 6 * SAMPLE_RATE}, {}], "1 x 6 s contract + 30 s hold"),
        ([{"round": 2, "rounds": 3}], "1 x 30 s, round 2/3"),
        ([{"frames": SAMPLE_RATE * length} for length in (20, 30, 40, 50)], "1 x sets of different lengths"),
    ],
)
def test_the_dose_stands_beside_the_name(changes: list[dict[str, object]], told: str) -> None:
    """An exercise says what was prescribed, as it is planned."""
    segments = [replace(SEGMENT, **change) for change in changes]  # type: ignore[arg-type]
    assert f"Pigeon{told.replace(' x ', f' {TIMES} ')}" in texts(parsed(made(*segments)))


def test_the_head_says_how_much() -> None:
    """Under the title stand the length, the work for each side, the pace and what was changed."""
    segments = (replace(SEGMENT, side="left"), replace(SEGMENT, kind="rest"), SEGMENT)
    written = texts(parsed(made(*segments, pace="steady", adjustments={"hold": 30.0, "only": ["a", "b"]})))
    assert "Hips" == written[0]
    assert [
        "1:30 in all",
        "work 1:00 (left 0:30, both sides 0:30)",
        "1 exercise",
        "steady pace",
        "changed: hold 30, only a and b",
    ] == written[1].split(" · ")


def test_it_says_what_it_shows_to_those_who_do_not_see_it() -> None:
    """The drawing is an image with a title and a description."""
    root = parsed(made(SEGMENT))
    named = [root.find(f".//*[@id='{name}']") for name in root.get("aria-labelledby", "").split()]
    assert ("img", ["title", "desc"]) == (
        root.get("role"),
        [element.tag.removeprefix(SVG) for element in named if element is not None],
    )


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("letters", "ground"),
    [
        *((INK, ground) for ground in (*STAGES, REST, PAPER)),
        *((PAPER, side.dark) for side in SIDES.values()),
        *((side.dark, PAPER) for side in SIDES.values()),
        (MUTED, PAPER),
    ],
)
def test_letters_can_be_read(letters: str, ground: str) -> None:
    """All letters contrast with their ground by 4.5 to 1 or more, as WCAG AA asks."""
    dark, light = sorted((luminance(letters), luminance(ground)))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@given(st.text(max_size=60), st.floats(0, 400), st.sampled_from([11.0, 13.0, 26.0]))
def test_what_fits_fits(text: str, room: float, size: float) -> None:
    """What is left of a text is no wider than the room, and is its beginning."""
    left = fit(text, room, size)
    assert width(left, size) <= room
    assert text.startswith(left.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Pigeon pose", "Pige…"),
        ("Pige\u0301on pose", "Pige\u0301…"),
        ("Pig\u200d\U0001f9d8on pose", "Pig…"),
    ],
)
def test_letters_are_not_cut_from_what_belongs_to_them(text: str, cut: str) -> None:
    """A text is cut between characters as they are seen, not within them."""
    room = width("Pige…", 10)
    assert cut == fit(text, room, 10)

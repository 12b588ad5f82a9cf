"""Zwift workouts (.zwo): blocks become movement for a time, text events what is said in it.

The format has no official description; names and what they mean are those that
h4l/zwift-workout-file-reference found in Zwift's own workouts, in which they occur in lower and upper case.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from voicecoach.errors import RoutineError
from voicecoach.importers.blocks import Block, Repeat, drafted, figure, staged, timed
from voicecoach.importers.draft import Draft, DraftExercise, Remark
from voicecoach.importers.texts import fitted, plain, title_of
from voicecoach.importers.xml_tree import Element, read_xml
from voicecoach.routine.readers import MOST_SAYINGS
from voicecoach.units import number

WANTED = "a Zwift workout (.zwo)"

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "warmup": "Warm-up",
        "cooldown": "Cool-down",
        "steadystate": "Steady",
        "solidstate": "Steady",
        "ramp": "Ramp",
        "freeride": "Free ride",
        "maxeffort": "All out",
    }
)
"""What a block is called when it is spoken."""
_TEXTS = MappingProxyType({"textevent": "message", "textnotification": "text"})
"""The elements that hold a text, and the attribute that it stands in."""
_TARGETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "": ("power", "powerlow", "powerhigh", "cadence", "cadencelow", "cadencehigh", "zone"),
        "on": ("onpower", "poweronlow", "poweronhigh", "poweronzone", "cadence"),
        "off": ("offpower", "powerofflow", "poweroffhigh", "poweroffzone", "cadenceresting"),
    }
)
"""The attributes that tell how hard to work, of a block and of the two parts of intervals."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text event: seconds from the start of its block."""

    at: float
    text: str
    line: int


def read(data: bytes, name: str) -> Draft:
    """Read a Zwift workout.

    Raises:
        RoutineError: it is none, or nothing in it can be timed.
    """
    top = read_xml(data, name, "workout_file", WANTED)
    workout = top.first("workout")
    if workout is None:
        raise RoutineError([f"{name}: has no <workout>; wanted {WANTED}"])
    is_distance = top.said("durationtype").lower() == "distance"
    blocks = [one for child in workout.children for one in _blocks(child, is_distance=is_distance)]
    title = title_of(top.said("name"), name, "Workout")
    author = plain(top.said("author"))
    keys = {
        "source": fitted(f"A Zwift workout by {author}." if author else "A Zwift workout."),
        **({"introduction": fitted(top.said("description"))} if top.said("description") else {}),
    }
    return drafted(
        title, staged(blocks, "Ride" if top.said("sporttype").lower() != "run" else "Run", name), name, keys
    )


def _blocks(element: Element, *, is_distance: bool) -> Iterator[Block]:
    """Yield what one element of the workout means."""
    if element.name in _TEXTS:
        text = plain(element.attributes.get(_TEXTS[element.name], ""))
        yield Remark(element.line, text, "stands outside of a block, so that its moment is not known")
    elif element.name == "intervalst":
        yield from _intervals(element, is_distance=is_distance)
    else:
        name = NAMES.get(element.name, f"<{element.name[:40]}>")
        seconds = _number(element, "duration")
        if seconds is None or is_distance:
            yield _untimed(element, name, is_distance=is_distance and seconds is not None)
            return
        guesses = _assumed(element)
        if element.name not in NAMES:
            guesses.append(Remark(element.line, name, "a block that is not known, taken for steady riding"))
            name = "Steady"
        texts, remarks = _texts(element)
        block = timed(name, seconds, element.line, _notes(element, ""), guesses)
        yield from _with(block, texts)
        yield from remarks


def _untimed(element: Element, name: str, *, is_distance: bool) -> Remark:
    reason = (
        "its length is a distance, which cannot be timed" if is_distance else "has no duration in seconds"
    )
    return Remark(element.line, name, reason)


def _assumed(element: Element) -> list[Remark]:
    """Return that a length is no true one: some programs write seconds for what they had as a distance."""
    kind = next((v for k, v in element.attributes.items() if k.endswith(":originaldurationtype")), "time")
    if kind == "time":
        return []
    shown = plain(kind).replace("_", " ")[:60]
    return [
        Remark(
            element.line,
            NAMES.get(element.name, element.name[:40]),
            f"was not timed but by {shown}; "
            f"taken for the {element.attributes['duration'][:20]} s that the file gives instead",
        )
    ]


def _intervals(element: Element, *, is_distance: bool) -> Iterator[Block]:
    """Yield intervals as rounds, or one after another where texts belong to single ones of them."""
    on, off = _number(element, "onduration"), _number(element, "offduration") or 0.0
    times = _number(element, "repeat", "1")
    if on is None or times is None or is_distance:
        yield _untimed(element, "Intervals", is_distance=is_distance and on is not None)
        return
    if not 1 <= times <= 100 or times != int(times):  # noqa: PLR2004 - as many as an exercise may have sets
        yield Remark(element.line, f"Intervals, {number(times)} times", "wanted 1 to 100 repeats")
        return
    parts: list[tuple[float, DraftExercise | Remark]] = [
        (on, timed("Interval", on, element.line, _notes(element, "on"))),
        *([(off, timed("Recovery", off, element.line, _notes(element, "off")))] if off else []),
    ]
    texts, remarks = _texts(element)
    if not texts:
        yield Repeat(int(times), tuple(part for _, part in parts), element.line, "Intervals")
        yield from remarks
        return
    # Their moments count from the start of the first interval.
    start = 0.0
    unrolled: list[Block] = []
    for _ in range(int(times)):
        for seconds, part in parts:
            inside = [
                replace(text, at=text.at - start) for text in texts if start <= text.at < start + seconds
            ]
            unrolled += _with(part, inside)
            start += seconds
    late = [
        Remark(text.line, text.text, "comes after the end of its block") for text in texts if text.at >= start
    ]
    yield Repeat(1, (*unrolled, *late, *remarks), element.line, "Intervals")


def _texts(element: Element) -> tuple[list[_Text], list[Remark]]:
    """Return the texts of a block in the order of their moments, and those that have none."""
    texts: list[_Text] = []
    remarks: list[Remark] = []
    for child in element.all(*_TEXTS):
        text = plain(child.attributes.get(_TEXTS[child.name], ""))
        at = _number(child, "timeoffset", "" if "distoffset" in child.attributes else "0")
        if not text:
            continue
        if at is None:
            remarks.append(Remark(child.line, text, "its moment is not given in seconds"))
        else:
            texts.append(_Text(at, text, child.line))
    return sorted(texts, key=lambda text: text.at), remarks


def _with(block: DraftExercise | Remark, texts: Sequence[_Text]) -> Iterator[DraftExercise | Remark]:
    """Yield a block that says its texts, and those that it cannot say."""
    if isinstance(block, Remark):
        yield block
        yield from (Remark(text.line, text.text, "its block was left out") for text in texts)
        return
    length = float(str(block.keys["dose"]).split()[2])
    said = [text for text in texts if text.at < length][:MOST_SAYINGS]
    cut = [
        Remark(text.line, text.text, "too long to be said in a set; cut short")
        for text in said
        if fitted(text.text, "line") != text.text
    ]
    say = [{"at": figure(text.at), "text": fitted(text.text, "line")} for text in said]
    keys = {**block.keys, **({"say": say} if say else {})}
    yield replace(block, keys=keys, guesses=(*block.guesses, *cut))
    for text in texts:
        if text not in said:
            many = f"a block has at most {MOST_SAYINGS} texts"
            yield Remark(
                text.line, text.text, many if text.at < length else "comes after the end of its block"
            )


def _notes(element: Element, part: str) -> list[str]:
    """Return how hard a block is, as it is written; power is a share of what a rider can hold for an hour."""
    found = [(key, _number(element, key)) for key in _TARGETS[part]]
    shares = [
        f"{number(round(value * 100))} %" for key, value in found if value is not None and "power" in key
    ]
    others = [f"{key}: {number(value)}" for key, value in found if value is not None and "power" not in key]
    return [", ".join([*([f"power: {' to '.join(shares)} of FTP"] if shares else []), *others])]


def _number(element: Element, key: str, otherwise: str = "") -> float | None:
    """Return a number that is written in an attribute, or None where there is none of a sensible size."""
    text = element.attributes.get(key, otherwise).strip()
    return float(text) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,20})?", text) else None

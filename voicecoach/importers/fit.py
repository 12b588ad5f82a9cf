"""Workouts in Garmin's FIT files (.fit): the messages `workout` and `workout_step`.

fitdecode reads the binary; what the fields mean is said in the public description of FIT workout files: a
step that repeats names the step that it goes back to; heart rates above 100 and powers above 1000 are beats
and watts counted from there, and below it percentages.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any

from voicecoach.errors import RoutineError
from voicecoach.importers.blocks import (
    MOST_EXERCISES,
    Block,
    Break,
    Repeat,
    drafted,
    outside,
    staged,
    timed,
    with_more,
)
from voicecoach.importers.draft import Draft, DraftExercise, Remark
from voicecoach.importers.sizes import refuse_large
from voicecoach.importers.tcx import by_hand
from voicecoach.importers.texts import fitted, named, plain, title_of
from voicecoach.units import number

WANTED = "a FIT workout (.fit)"
LARGEST, MOST_FRAMES = 500_000, 20_000
"""Bytes, and messages: a workout of 500 steps has some 50,000 and 500."""
DEEPEST = 20
"""Repeats inside one another."""

_REPEATS = "repeat_until_steps_cmplt"
_UNTIMED: Mapping[str, str] = MappingProxyType(
    {
        "distance": "its length is a distance, which cannot be timed",
        "calories": "lasts until so much energy is spent, which is not measured",
        "hr_less_than": "lasts until a heart rate is reached, which is not measured",
        "hr_greater_than": "lasts until a heart rate is reached, which is not measured",
        "power_less_than": "lasts until a power is reached, which is not measured",
        "power_greater_than": "lasts until a power is reached, which is not measured",
    }
)
"""The kinds of durations that are no time, and why they are left out."""
_OFFSETS: Mapping[str, tuple[int, str, str]] = MappingProxyType(
    {"heart_rate": (100, "beats a minute", "% of the maximum"), "power": (1000, "W", "% of FTP")}
)
"""From where a target counts its unit; below it, it is a percentage."""

_Values = Mapping[str, Any]
"""The values of one message, by field; those that are not set are left out."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A block, the number of its first step, and how deep its repeats go."""

    first: int
    block: Block
    depth: int = 0


def read(data: bytes, name: str) -> Draft:
    """Read a FIT workout.

    Raises:
        RoutineError: it is none, or nothing in it can be timed or counted.
    """
    refuse_large(data, name, WANTED, LARGEST)
    messages = _messages(data, name)
    steps = [values for kind, values in messages if kind == "workout_step"]
    if not steps:
        kinds = ", ".join(sorted({kind for kind, _ in messages} - {"file_id"})[:3])
        found = f"holds {kinds} and no steps of a workout" if kinds else "holds no steps of a workout"
        raise RoutineError([f"{name}: {found}; wanted {WANTED}"])
    if len(steps) > MOST_EXERCISES:
        raise RoutineError([f"{name}: has more than {MOST_EXERCISES} steps; is it a workout?"])
    workout = next((values for kind, values in messages if kind == "workout"), {})
    title = title_of(_said(workout, "wkt_name"), name, "Workout")
    stages = staged(_nested(steps, name), "Workout", name)
    return drafted(title, stages, name, {"source": "A FIT workout."}, [_said(workout, "wkt_description")])


def _messages(data: bytes, name: str) -> list[tuple[str, _Values]]:
    """Return the messages of a file: their kinds, and their values."""
    import fitdecode  # noqa: PLC0415 - its table of messages takes a while to load

    checks, faults = fitdecode.CrcCheck.RAISE, fitdecode.ErrorHandling.RAISE
    try:
        with fitdecode.FitReader(io.BytesIO(data), check_crc=checks, error_handling=faults) as reader:
            frames = list(islice(reader, MOST_FRAMES + 1))
        messages: list[tuple[str, _Values]] = [
            (frame.name, {field.name: field.value for field in frame if field.value is not None})
            for frame in frames
            if isinstance(frame, fitdecode.FitDataMessage)
        ]
    except Exception as error:
        # The library asserts, and unpacks what a stranger wrote: anything may come of it.
        reason = plain(str(error))[:100] or type(error).__name__
        raise RoutineError([f"{name}: not a sound FIT file: {reason}; wanted {WANTED}"]) from error
    if len(frames) > MOST_FRAMES:
        raise RoutineError([f"{name}: has more than {MOST_FRAMES:,} messages; wanted {WANTED}"])
    return messages


def _nested(steps: list[_Values], name: str) -> list[Block]:
    """Return the steps, those that are repeated inside of what repeats them."""
    placed: list[_Placed] = []
    for index, step in enumerate(steps):
        if step.get("duration_type") != _REPEATS:
            placed.append(_Placed(index, _block(step)))
            continue
        times, back = step.get("repeat_steps"), step.get("duration_step")
        if not isinstance(times, int) or not isinstance(back, int) or not 0 <= back < index:
            raise RoutineError([f"{name}: step {index + 1} repeats no step before it; wanted {WANTED}"])
        inside = [one for one in placed if one.first >= back]
        depth = 1 + max((one.depth for one in inside), default=0)
        if depth > DEEPEST:
            raise RoutineError(
                [f"{name}: has more than {DEEPEST} repeats inside one another; wanted {WANTED}"]
            )
        kept = [one for one in placed if one.first < back]
        repeat = Repeat(max(times, 1), tuple(one.block for one in inside), title="Intervals")
        placed = [*kept, _Placed(back, repeat, depth)]
    return [one.block for one in placed]


def _block(step: _Values) -> Block:
    """Return what one step means."""
    kind = str(step.get("duration_type", "open"))
    if kind in _MAKERS:
        return _MAKERS[kind](step, _name(step), list(filter(None, [_target(step)])))
    return Remark(
        None, _name(step), _UNTIMED.get(kind, f"ends by {plain(kind)[:40]}, which is not understood")
    )


def _timed(step: _Values, name: str, notes: list[str]) -> Block:
    seconds = step.get("duration_time")
    if not isinstance(seconds, int | float):
        return Remark(None, name, "has no duration in seconds")
    if step.get("intensity") == "rest" and not notes and not outside("time", seconds):
        return Break(name, float(seconds))
    return with_more(timed(name, float(seconds), notes=notes), _instruction(step))


def _counted(step: _Values, name: str, notes: list[str]) -> Block:
    count = step.get("duration_reps")
    if not isinstance(count, int) or outside("reps", count):
        return Remark(None, name, "its count is no number of reps: 1 to 500")
    return DraftExercise(
        {"name": name, "dose": f"1 x {count} reps", **_instruction(step)}, notes=tuple(notes)
    )


def _open(step: _Values, name: str, notes: list[str]) -> Block:
    is_rest = step.get("intensity") in {"rest", "recovery"}
    return with_more(by_hand(name, None, notes, is_rest=is_rest), _instruction(step))


_MAKERS: Mapping[str, Callable[[_Values, str, list[str]], Block]] = MappingProxyType(
    {"time": _timed, "repetition_time": _timed, "reps": _counted, "open": _open}
)
"""What makes a block of a step, by the kind of its duration."""


def _instruction(step: _Values) -> Mapping[str, object]:
    text = fitted(_said(step, "notes"))
    return {"instruction": text} if text else {}


def _name(step: _Values) -> str:
    """Return the name of a step: its own, that of its exercise, or what it is for."""
    if own := _said(step, "wkt_step_name"):
        return named(own, "Step")
    category = step.get("exercise_category")
    if isinstance(category, str) and category != "unknown":
        return named(_words(_exercise(category, step.get("exercise_name")) or category), "Step")
    intensity = step.get("intensity")
    return (
        named(_words(intensity), "Step") if isinstance(intensity, str) and intensity != "active" else "Step"
    )


def _exercise(category: str, value: object) -> str:
    """Return the name of an exercise of a category, by its number there."""
    from fitdecode.profile import FIELD_TYPES  # noqa: PLC0415 - as above

    kind = FIELD_TYPES.get(f"{category}_exercise_name")
    known = kind.enum.get(value) if kind and kind.enum else None
    return known if isinstance(known, str) else ""


def _words(text: str) -> str:
    return text.replace("_", " ").capitalize()


def _target(step: _Values) -> str:
    """Return the target of a step, as far as it is given as a range or as a zone."""
    kind = step.get("target_type")
    if not isinstance(kind, str) or kind == "open":
        return ""
    shown = kind.replace("_", " ")
    zone = next(
        (value for key, value in step.items() if key.startswith("target_") and key.endswith("_zone")), 0
    )
    if isinstance(zone, int) and zone:
        return f"target: {shown} zone {zone}"
    ends = [step.get(f"custom_target_{kind}_{end}") for end in ("low", "high")]
    figures = [end for end in ends if isinstance(end, int | float)]
    if len(figures) != len(ends):
        return ""
    offset, unit, share = _OFFSETS.get(kind, (0, "m/s" if kind == "speed" else "", ""))
    is_share = bool(offset) and max(figures) <= offset
    low, high = (number(end if is_share else end - offset) for end in figures)
    return f"target: {shown} {low} to {high} {share if is_share else unit}".rstrip()


def _said(values: _Values, key: str) -> str:
    value = values.get(key)
    return plain(value) if isinstance(value, str) else ""

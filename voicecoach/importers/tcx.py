"""Workouts of Garmin's Training Center (.tcx): steps and repeats of steps.

Names are those of the public schema TrainingCenterDatabase/v2.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from voicecoach.errors import RoutineError
from voicecoach.importers.blocks import Block, Repeat, drafted, staged, timed
from voicecoach.importers.draft import Draft, DraftExercise, DraftStage, Remark
from voicecoach.importers.texts import named, plain, title_of
from voicecoach.importers.xml_tree import Element, read_xml

WANTED = "a workout of Training Center (.tcx)"
OPEN, WAIT = 300, 60
"""Seconds of a step that a button ends, of work and of rest: a recording goes on without a button."""

_UNTIMED: Mapping[str, str] = MappingProxyType(
    {
        "distance_t": "its length is a distance, which cannot be timed",
        "heartrateabove_t": "lasts until a heart rate is reached, which is not measured",
        "heartratebelow_t": "lasts until a heart rate is reached, which is not measured",
        "caloriesburned_t": "lasts until so much energy is spent, which is not measured",
    }
)
"""The kinds of durations that are no time, and why they are left out."""


def read(data: bytes, name: str) -> Draft:
    """Read the workouts of a file, one after another.

    Raises:
        RoutineError: it holds none, or nothing in it can be timed.
    """
    top = read_xml(data, name, "trainingcenterdatabase", WANTED)
    workouts = [one for place in top.all("workouts") for one in place.all("workout")]
    if not workouts:
        reason = (
            "records what was done, and has no <Workout>" if top.first("activities") else "has no <Workout>"
        )
        raise RoutineError([f"{name}: {reason}; wanted {WANTED}"])
    stages: list[DraftStage] = []
    for workout in workouts:
        blocks = [_block(step) for step in workout.all("step")]
        title = named(workout.said("name"), "Workout") if len(workouts) > 1 else "Workout"
        stages += staged(blocks, title, name)
    keys = {"source": "A workout of Training Center."}
    notes = [note for workout in workouts if (note := plain(workout.said("notes")))]
    return drafted(title_of(workouts[0].said("name"), name, "Workout"), stages, name, keys, notes)


def _block(step: Element) -> Block:
    """Return a step, or a repeat of steps."""
    if step.type == "repeat_t" or step.first("repetitions"):
        times = step.said("repetitions")
        count = int(times) if re.fullmatch(r"[0-9]{1,6}", times) else 1
        return Repeat(count, tuple(_block(child) for child in step.all("child")), step.line, "Intervals")
    duration, name = step.first("duration"), named(step.said("name"), "Step")
    kind = duration.type if duration else ""
    if duration and (kind == "time_t" or duration.first("seconds")):
        seconds = duration.said("seconds")
        if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", seconds):
            return timed(name, float(seconds), step.line, _notes(step))
    if kind == "userinitiated_t":
        return by_hand(name, step.line, _notes(step), is_rest=step.said("intensity").lower() == "resting")
    return Remark(step.line, name, _UNTIMED.get(kind, "has no duration in seconds"))


def by_hand(name: str, line: int | None, notes: list[str], *, is_rest: bool) -> DraftExercise:
    """Return a step that a button ends: an open end, or in a rest a wait."""
    dose = f"{WAIT} s wait" if is_rest else f"1 x up to {OPEN} s"
    guess = Remark(line, name, f"lasts until a button is pressed: taken for {dose}")
    return DraftExercise({"name": name, "dose": dose}, line, tuple(notes), (guess,))


def _notes(step: Element) -> list[str]:
    """Return the target of a step, as it is written, and what was noted of it."""
    target = step.first("target")
    kind = target.type.removesuffix("_t") if target else ""
    written = " ".join(_written(target)) if target and kind != "none" else ""
    texts = [f"target: {kind} {written}" if written else "", plain(step.said("notes"))]
    return [text[:200] for text in texts if text]


def _written(element: Element) -> Iterator[str]:
    for child in element.children:
        inner = list(_written(child))
        yield f"{child.name}: {' '.join(inner) or plain(child.text)}"

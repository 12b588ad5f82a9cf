"""Blocks: a workout as steps and repeats of steps, on its way to the stages of a draft."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, islice

from voicecoach.errors import RoutineError
from voicecoach.importers.draft import Draft, DraftExercise, DraftStage, Remark
from voicecoach.routine.quantities import BOUNDS
from voicecoach.units import number

MOST_EXERCISES = 500
"""Exercises of a workout: one that repeats repeats of repeats would grow without bound."""


@dataclass(frozen=True, slots=True)
class Break:
    """A pause of a length in seconds, in which nothing is done."""

    name: str
    seconds: float
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """Blocks that are done several times, one after another."""

    times: int
    blocks: tuple["Block", ...]
    line: int | None = None
    title: str = ""


Block = DraftExercise | Remark | Break | Repeat


def timed(
    name: str,
    seconds: float,
    line: int | None = None,
    notes: Iterable[str] = (),
    guesses: Iterable[Remark] = (),
) -> DraftExercise | Remark:
    """Return movement for a time, or a remark where nothing can last so long.

    Args:
        name: of the exercise.
        seconds: may be a fraction.
        line: where it stood.
        notes: what was said of it besides.
        guesses: what was assumed of it.
    """
    if reason := outside("time", seconds):
        return Remark(line, name, reason)
    keys = {"name": name, "dose": f"1 x {number(round(seconds, 2))} s moving"}
    return DraftExercise(keys, line, tuple(filter(None, notes)), tuple(guesses))


def with_more(block: DraftExercise | Remark, keys: Mapping[str, object]) -> DraftExercise | Remark:
    """Return an exercise with further keys; a remark stays as it is."""
    return replace(block, keys={**block.keys, **keys}) if isinstance(block, DraftExercise) else block


def outside(what: str, value: float) -> str:
    """Return why a figure cannot be used, as a key of `BOUNDS`, or nothing where it can."""
    try:
        BOUNDS[what].check(what, value)
    except ValueError as error:
        return str(error)
    return ""


def staged(blocks: Iterable[Block], title: str, name: str) -> tuple[DraftStage, ...]:
    """Return the stages of a workout: repeats as rounds, and what lies between them.

    Args:
        blocks: from first to last.
        title: of a stage that has none of its own.
        name: what errors call the file.

    Raises:
        RoutineError: there are more exercises than any workout has.
    """
    stages: list[DraftStage] = []
    for is_repeat, group in groupby(blocks, lambda block: isinstance(block, Repeat)):
        if is_repeat:
            stages += [_rounds(one, title, name) for one in group if isinstance(one, Repeat)]
        else:
            stages.append(DraftStage(title, tuple(map(_alone, _flat(group, name)))))
    _refuse_endless(sum(len(stage.items) for stage in stages), name)
    return tuple(_told_apart(stages))


def drafted(
    title: str, stages: Iterable[DraftStage], name: str, keys: Mapping[str, object], notes: Iterable[str] = ()
) -> Draft:
    """Return a draft of the stages in which anything can be done; what was left out of others stays told.

    Args:
        title: of the workout.
        stages: from first to last.
        name: what errors call the file.
        keys: further keys of the routine.
        notes: what was said of it besides.

    Raises:
        RoutineError: there is nothing to be done.
    """
    kept, remarks = [], []
    for stage in stages:
        if any(isinstance(item, DraftExercise) for item in stage.items):
            kept.append(stage)
        else:
            remarks += [item for item in stage.items if isinstance(item, Remark)]
    if not kept:
        first = f" ({remarks[0].text}: {remarks[0].reason})" if remarks else ""
        raise RoutineError([f"{name}: holds no step that can be timed or counted{first}"])
    return Draft(title, tuple(kept), keys, tuple(filter(None, notes)), tuple(remarks))


def _rounds(repeat: Repeat, title: str, name: str) -> DraftStage:
    """Return a repeat as a stage; a break at its end is the rest between two rounds."""
    items = list(_flat(repeat.blocks, name))
    title = repeat.title or title
    rest: dict[str, object] = {}
    match items:
        case [*before, Break(seconds=seconds)] if repeat.times > 1 and not outside("rest", seconds):
            items, rest = before, {"rest": figure(seconds)}
    if rest and len(items) == 1 and (sets := _as_sets(items[0], repeat.times, rest)):
        return DraftStage(title, (sets,))
    keys: dict[str, object] = {}
    if reason := outside("rounds", repeat.times):
        items.append(Remark(repeat.line, f"{repeat.times:,} rounds", f"done once, as {reason}"))
    elif repeat.times > 1:
        # Else the pace's rest would be added to every round.
        keys = {"rounds": repeat.times, "rest": 2, **rest}
    return DraftStage(title, tuple(map(_alone, items)), keys)


def _as_sets(
    block: "DraftExercise | Remark | Break", times: int, rest: Mapping[str, object]
) -> DraftExercise | None:
    """Return one exercise, done again and again with a break between, as its sets."""
    if not isinstance(block, DraftExercise) or outside("sets", times):
        return None
    dose, count = re.subn(r"^1 x ", f"{times} x ", str(block.keys.get("dose", "")))
    return replace(block, keys={**block.keys, "dose": dose, **rest}) if count else None


def _alone(block: DraftExercise | Remark | Break) -> DraftExercise | Remark:
    """Return a break that stands alone as a step that waits."""
    if not isinstance(block, Break):
        return block
    if block.seconds < BOUNDS["wait"].low:
        return Remark(block.line, block.name, "the time before each exercise is longer")
    if reason := outside("wait", block.seconds):
        return Remark(block.line, block.name, reason)
    shown = f"{number(round(block.seconds, 2))} s"
    guess = Remark(
        block.line, f"{block.name}, {shown}", "taken for a step that waits for a key, else for so long"
    )
    return DraftExercise({"name": block.name, "dose": f"{shown} wait"}, block.line, guesses=(guess,))


def _flat(blocks: Iterable[Block], name: str) -> Iterator[DraftExercise | Remark | Break]:
    """Yield what is inside repeats as often as it is done."""
    for count, block in enumerate(_unrolled(blocks)):
        _refuse_endless(count, name)
        yield block


def _unrolled(blocks: Iterable[Block]) -> Iterator[DraftExercise | Remark | Break]:
    for block in blocks:
        if isinstance(block, Repeat):
            # A list, as one that holds nothing may be repeated without end.
            inner = list(islice(_unrolled(block.blocks), MOST_EXERCISES + 1))
            for _ in range(block.times if inner else 0):
                yield from inner
        else:
            yield block


def _refuse_endless(count: int, name: str) -> None:
    if count > MOST_EXERCISES:
        raise RoutineError([f"{name}: has more than {MOST_EXERCISES} steps; is it a workout?"])


def _told_apart(stages: Iterable[DraftStage]) -> Iterator[DraftStage]:
    """Number stages, and exercises of one stage, that have the same name."""
    stages = list(stages)
    titles = _numbered([stage.title for stage in stages])
    for title, stage in zip(titles, stages, strict=True):
        exercises = [item for item in stage.items if isinstance(item, DraftExercise)]
        names = iter(_numbered([str(item.keys["name"]) for item in exercises]))
        yield replace(
            stage,
            title=title,
            items=tuple(
                replace(item, keys={**item.keys, "name": next(names)})
                if isinstance(item, DraftExercise)
                else item
                for item in stage.items
            ),
        )


def _numbered(names: list[str]) -> list[str]:
    """Return names, with a number where there are several of one."""
    total, seen = Counter(names), Counter[str]()
    numbered = []
    for name in names:
        seen[name] += 1
        numbered.append(f"{name[:75]} {seen[name]}" if total[name] > 1 else name)
    return numbered


def figure(value: float) -> float:
    """Return a whole number as such: it is written without a needless fraction."""
    return int(value) if value == int(value) else round(value, 2)

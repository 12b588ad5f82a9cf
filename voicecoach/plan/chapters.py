"""Chapters: the parts of a session that a listener may want to jump to, and their titles. Pure.

A chapter begins where whoever skips to it wants to begin: after the end tone of the set before, which the
chapter before keeps. Files that hold one part each are cut at the very same places.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from voicecoach.plan.document import ChapterEntry
from voicecoach.plan.phrases import Phrases
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Measure, Segment, Tone
from voicecoach.routine.model import Order


class Level(StrEnum):
    """Name what a chapter holds, from the coarsest to the finest: each divides the chapters of the one above.

    With sides that alternate, a side is one set of it.
    """

    STAGE = "stage"
    EXERCISE = "exercise"
    SIDE = "side"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Contents:
    """Divide a session into chapters."""

    phrases: Phrases
    title: str
    """That of the routine: the opening is called so."""
    level: Level = Level.EXERCISE

    def chapters(self, walk: Iterable[tuple[int, Segment]], measure: Measure) -> tuple[ChapterEntry, ...]:
        """Return the chapters of a session: the first starts at 0, and they follow without a gap.

        Args:
            walk: all segments in order, each with the frame at which it starts, as `Timeline.starts` yields.
            measure: how long each sound lasts.
        """
        starts = tuple(walk)
        if not starts:
            return ()
        end = sum(segment.frames for _, segment in starts)
        marks = [*self._marks(starts, measure), ("", end)]
        return tuple(
            ChapterEntry(title, start, following - start)
            for (title, start), (_, following) in pairwise(marks)
        )

    def _marks(self, starts: Sequence[tuple[int, Segment]], measure: Measure) -> Iterator[tuple[str, int]]:
        """Yield the title and the start of each chapter."""
        begun = False
        part: tuple[object, ...] = ()
        homes = _homes([segment.step for _, segment in starts])
        for (start, segment), home in zip(starts, homes, strict=True):
            # The last words belong to what they close.
            if begun and (home.kind is Kind.FINISH or self._part(home) == part):
                continue
            yield self._title(home), start + end_tone(segment, measure)
            begun, part = True, self._part(home)

    def _part(self, step: Step) -> tuple[object, ...]:
        """Return what is the same in all steps of a chapter."""
        match self.level:
            case Level.STAGE:
                return (step.stage_index,)
            case Level.EXERCISE:
                return step.bout
            case Level.SIDE:
                return *step.bout, step.side
            case Level.SET:
                return *step.bout, step.side, step.set

    def _title(self, step: Step) -> str:
        if step.stage is None:
            return self.title
        if step.exercise is None or self.level is Level.STAGE:
            return step.stage.title
        text, name = self.phrases.text, step.exercise.name
        if step.round:
            name = text("chapter.round", name=name, round=step.round, rounds=step.rounds)
        if step.side and self.level in {Level.SIDE, Level.SET}:
            name = text(f"label.{step.side}", name=name)
        if step.set and (step.sets or 1) > 1 and self._is_one_set(step):
            name = text("chapter.set", name=name, set=step.set, sets=step.sets)
        return text("chapter", stage=step.stage.title, name=name)

    def _is_one_set(self, step: Step) -> bool:
        """Tell whether the chapter of a set holds no other, as that of a side does where sides alternate."""
        alternates = step.exercise and step.exercise.sides[1:] and step.exercise.order is Order.ALTERNATE
        return self.level is Level.SET or bool(self.level is Level.SIDE and alternates)


def end_tone(segment: Segment, measure: Measure) -> int:
    """Return the frames at the start of a segment that belong to the set before: those of its end tone."""
    first = next(iter(segment.events), None)
    return measure(first.sound) if first and first.onset == 0 and first.sound == Tone("end") else 0


def _homes(steps: Sequence[Step]) -> Sequence[Step]:
    """Return for each step the one that it leads up to, or itself: both are of one chapter."""
    homes: list[Step] = []
    for step in reversed(steps):
        homes.append(homes[-1] if homes and _leads_to(step, homes[-1]) else step)
    return homes[::-1]


def _leads_to(step: Step, following: Step) -> bool:
    """Tell whether a step is the announcement of an exercise, or the rest before a round, that follows."""
    if step.kind is Kind.REST and step.exercise is None:
        return True
    is_announced = step.kind is Kind.ANNOUNCE and step.exercise is not None and step.set is None
    return is_announced and following.bout == step.bout

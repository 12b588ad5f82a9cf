"""A draft: what was read of somebody else's file, on its way to a routine file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader could not use, or took to mean something that was not written."""

    line: int | None
    """In the file that was read, counted from 1; None: it is about the file as a whole."""
    text: str
    """What stands there."""
    reason: str
    """Why it was left out, or what it was taken for."""


@dataclass(frozen=True, slots=True)
class DraftExercise:
    """One exercise."""

    keys: Mapping[str, object]
    """The keys of a routine file with their values, in the order in which they are written."""
    line: int | None = None
    """Where it stood."""
    notes: tuple[str, ...] = ()
    """What was said of it besides: comments above it."""
    guesses: tuple[Remark, ...] = ()
    """What was assumed of it."""


@dataclass(frozen=True, slots=True)
class DraftStage:
    """One stage; what was not understood keeps its place among the exercises."""

    title: str
    items: tuple[DraftExercise | Remark, ...]
    keys: Mapping[str, object] = field(default_factory=dict)
    """The keys of a stage, but for its title and its exercises."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole file as it was understood."""

    title: str
    stages: tuple[DraftStage, ...]
    keys: Mapping[str, object] = field(default_factory=dict)
    """The keys of a routine, but for its title and its stages: `source`, `introduction`, `language`."""
    notes: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    """What belongs to no stage."""

    def left_out(self) -> Iterator[Remark]:
        """Yield what could not be used, from top to bottom."""
        yield from self.remarks
        for stage in self.stages:
            yield from (item for item in stage.items if isinstance(item, Remark))

    def guessed(self) -> Iterator[Remark]:
        """Yield what was assumed, from top to bottom."""
        for exercise in self.exercises():
            yield from exercise.guesses

    def exercises(self) -> Iterator[DraftExercise]:
        """Yield the exercises of all stages."""
        for stage in self.stages:
            yield from (item for item in stage.items if isinstance(item, DraftExercise))


Reader = Callable[[bytes, str], Draft]
"""Read the bytes of a file; its name is what errors call it. Raises RoutineError for what is no such file."""

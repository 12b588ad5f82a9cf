"""The way of an exercise: its easier forms, itself, its harder forms, each with a ladder of doses. Pure.

A form is always entered at its dose as written, from above as from below. So the way has an order, and no
step of it leads in a circle.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from voicecoach.history.records import Level
from voicecoach.progress.defaults import STAYS, usual
from voicecoach.progress.ladder import Ladder, applied, ladder
from voicecoach.routine.model import Aim, Exercise
from voicecoach.routine.pace import Pace
from voicecoach.routine.progression import OFF, Rule

Forms = Mapping[str, Exercise]
"""The forms that there are, by what exercises and forms refer to them with."""
MOST_FORMS = 20
"""Harder ones, and as many easier ones, of one exercise."""


@dataclass(frozen=True, slots=True)
class Part:
    """One form on the way."""

    reference: str
    """Empty: the exercise as written."""
    exercise: Exercise
    """With its dose as written, put in the place of the exercise."""
    ladder: Ladder
    rule: Rule
    source: str
    """Of the rule."""


@dataclass(frozen=True, slots=True)
class Way:
    """All levels of one exercise, from the easiest to the hardest."""

    parts: tuple[Part, ...]
    here: int
    """Which of the parts is the exercise as written."""

    def nearest(self, level: Level) -> Level:
        """Return a level, or the nearest that there is; of a form that is gone, the exercise as written."""
        index = self._index(level)
        if index is None:
            return Level()
        return replace(level, rung=self.parts[index].ladder.nearest(level.rung))

    def up(self, level: Level) -> Level | None:
        """Return the level above; None at the top."""
        index = self._index(level)
        if index is None:
            return None
        part = self.parts[index]
        if level.rung < part.ladder.top:
            return replace(level, rung=level.rung + 1)
        is_last = index + 1 == len(self.parts) or not part.rule.to_next_form
        # Back from an easier form, whatever its rule says.
        return None if is_last and index >= self.here else Level(self.parts[index + 1].reference)

    def down(self, level: Level) -> Level | None:
        """Return the level below; None at the bottom."""
        index = self._index(level)
        if index is None:
            return None
        if level.rung > self.parts[index].ladder.bottom:
            return replace(level, rung=level.rung - 1)
        return Level(self.parts[index - 1].reference) if index else None

    def part(self, level: Level) -> Part:
        """Return the form that a level is of, or the exercise as written where that is gone."""
        index = self._index(level)
        return self.parts[self.here if index is None else index]

    def exercise(self, level: Level) -> Exercise:
        """Return the exercise with form and dose of a level, or of the nearest that there is."""
        part, rung = self.part(level), self.nearest(level).rung
        return applied(part.exercise, part.ladder, rung)

    def order(self, level: Level) -> tuple[int, int]:
        """Return what levels are ordered by, the easiest first; a form that is gone is the exercise."""
        index = self._index(level)
        return (self.here, 0) if index is None else (index, level.rung)

    def is_above_written(self, level: Level) -> bool:
        """Tell whether a level asks for more than the exercise as written."""
        return self.order(level) > (self.here, 0)

    def _index(self, level: Level) -> int | None:
        found = (index for index, part in enumerate(self.parts) if part.reference == level.form)
        return next(found, None)


def way(  # noqa: PLR0913 - each is a thing of its own
    exercise: Exercise, aim: Aim, forms: Forms, pace: Pace, rounds: int = 1, *, moves: bool = True
) -> Way:
    """Return the way of an exercise.

    Args:
        exercise: as written, and no wait.
        aim: what it is for; its forms are for the same.
        forms: that there are; one that is not there ends the way.
        pace: which takes the ranges of the doses.
        rounds: how often its stage is done.
        moves: whether it goes anywhere, where it does not say so itself.
    """
    if not moves and exercise.progress is None:
        return Way((Part("", exercise, ladder(exercise, STAYS, pace), OFF, STAYS.source),), 0)

    def part(reference: str, of: Exercise) -> Part:
        how = usual(of, aim)
        return Part(reference, in_place(of, exercise), ladder(of, how, pace, rounds), how.rule, how.source)

    written = part("", exercise)
    if written.rule.is_off:
        return Way((written,), 0)
    seen = {""}
    easier = [part(*found) for found in _chain(exercise, "easier", forms, seen)]
    harder = [part(*found) for found in _chain(exercise, "next", forms, seen)]
    return Way((*reversed(easier), written, *harder), len(easier))


def in_place(form: Exercise, exercise: Exercise) -> Exercise:
    """Return a form in the place of an exercise: at its address, of its rank, on no other sides."""
    if form is exercise:
        return exercise
    has_sides = bool(form.sides and exercise.sides)
    return replace(
        form,
        written=exercise.written or exercise.name,
        address=exercise.address,
        optional=exercise.optional,
        sides=exercise.sides if has_sides else form.sides,
        one_sided=exercise.one_sided if has_sides else form.one_sided,
    )


def _chain(exercise: Exercise, key: str, forms: Forms, seen: set[str]) -> Iterator[tuple[str, Exercise]]:
    """Yield the forms that one leads to after another; none twice, in whichever direction."""
    for _ in range(MOST_FORMS):
        reference: str = getattr(exercise, key)
        if reference in seen or reference not in forms:
            return
        seen.add(reference)
        exercise = forms[reference]
        yield reference, exercise

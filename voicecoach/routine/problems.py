"""Problems of a routine file: what is wrong, where in the routine, and on which line."""

from dataclasses import dataclass, field, replace

from voicecoach.routine.positions import Path, line_numbers

MOST = 50
"""Problems of one file that are told; of the others, how many there are."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    path: Path
    """Where it stands in the document."""
    place: str
    """The same for people: ``stage 1 'Stretch', exercise 2 'Pigeon'``."""
    message: str

    def line(self, name: str, line: int | None) -> str:
        """Return the problem as a line, with the name of its file and the line there where it is known."""
        return ": ".join(
            part for part in (f"{name}:{line}" if line else name, self.place, self.message) if part
        )


@dataclass(frozen=True, slots=True)
class Problems:
    """Collect problems; `at` names the place that a part of the document is read at."""

    found: list[Problem] = field(default_factory=list)
    path: Path = ()
    place: str = ""

    def at(self, path: Path, place: str) -> "Problems":
        """Return the same list, to be added to from a place further in."""
        return replace(self, path=self.path + path, place=", ".join(filter(None, (self.place, place))))

    def add(self, message: str, key: str | None = None) -> None:
        """Note a problem of this place, or of one key of it."""
        self.found.append(Problem(self.path + ((key,) if key else ()), self.place, message))

    def located(self, text: str, name: str) -> list[str]:
        """Return a line for each problem: file, line where known, place, what is wrong."""
        shown = self.found[:MOST]
        lines = line_numbers(text, [problem.path for problem in shown])
        more = [f"{name}: and {len(self.found) - MOST:,} more"] if len(self.found) > MOST else []
        return [problem.line(name, lines.get(problem.path)) for problem in shown] + more


def place_of(kind: str, index: int, name: object) -> str:
    """Name a stage or an exercise for people; its index counts from 0."""
    return f"{kind} {index + 1}" + (f" '{name[:40]}'" if isinstance(name, str) and name else "")

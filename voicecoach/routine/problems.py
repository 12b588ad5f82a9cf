"""Problems of a routine file: what is wrong, where in the routine, and at which line and column."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from voicecoach.errors import MOST_SHOWN, Finding, shown
from voicecoach.routine.positions import Lines, Path, positions

MOST = MOST_SHOWN
"""Problems of one file that get the nearest of the known names: to look for those takes long."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    path: Path
    """Where it stands in the document."""
    place: str
    """The same for people: ``stage 1 'Stretch', exercise 2 'Pigeon'``."""
    message: str
    code: str = "routine"
    """The kind of problem, for programs."""


@dataclass(frozen=True, slots=True)
class Problems:
    """Collect problems; `at` names the place that a part of the document is read at."""

    found: list[Problem] = field(default_factory=list)
    path: Path = ()
    place: str = ""
    code: str = "routine"
    """Of problems that name no other."""
    severity: str = "error"

    def at(self, path: Path, place: str) -> "Problems":
        """Return the same list, to be added to from a place further in."""
        return replace(self, path=self.path + path, place=", ".join(filter(None, (self.place, place))))

    def add(self, message: str, key: str | None = None, *, code: str = "") -> None:
        """Note a problem of this place, or of one key of it."""
        path = self.path + ((key,) if key else ())
        self.found.append(Problem(path, self.place, message, code or self.code))

    def findings(self, text: str, name: str) -> tuple[Finding, ...]:
        """Return each problem with its line and column, where the text of the file has its place."""
        return findings_of([self], text, name)

    def located(self, text: str, name: str) -> list[str]:
        """Return a line for each problem: file, line, column, place, what is wrong."""
        return list(shown(self.findings(text, name)))


def findings_of(lists: Sequence[Problems], text: str, name: str) -> tuple[Finding, ...]:
    """Return what was found of one file, with lines and columns: they are looked for once, if at all."""
    if not any(problems.found for problems in lists):
        return ()
    spans, lines = positions(text), Lines(text)
    findings = []
    for problems in lists:
        for problem in problems.found:
            # The key may be one that is missing, or be told of in a dose: then it is the table that is meant.
            span = spans.get(problem.path) or spans.get(problem.path[:-1])
            spots = (lines.spot(span.start), lines.spot(span.end)) if span else ()
            where = [figure for spot in spots for figure in (spot.line, spot.column)]
            findings.append(
                Finding(problem.message, name, problem.code, problems.severity, problem.place, *where)
            )
    return tuple(findings)


def place_of(kind: str, index: int, name: object) -> str:
    """Name a stage or an exercise for people; its index counts from 0."""
    return f"{kind} {index + 1}" + (f" '{name[:40]}'" if isinstance(name, str) and name else "")

"""The errors that a user can cause or must hear of.

::

    CoachError            one line on stderr: what, where, how to mend it; exit code 1
    ├── ChoiceError       a name or value that the user gave fits nothing, or several things; exit code 2
    ├── RoutineError      a routine file cannot be used; carries every problem found in it
    ├── SpeechError       no voice can be had, or a phrase could not be spoken
    └── OutputError       a device or a file takes no sound
        └── DeviceLostError   a device that was open is gone; it may be opened again
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches


class CoachError(Exception):
    """Report what could not be done, in one line that says what, where and how to mend it."""

    exit_code = 1


class ChoiceError(CoachError):
    """Report a name or value, given by the user, that fits nothing or several things."""

    exit_code = 2


MOST_SHOWN = 50
"""Findings of one file that are told to people; of the others, how many there are."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found in a file, and where. Lines and columns count from 1, in characters."""

    message: str
    """What was read, what was wanted, how to mend it."""
    file: str = ""
    code: str = "routine"
    """The kind of finding, for programs: ``unknown-key``."""
    severity: str = "error"
    """``error``, or ``warning``: what can be played nevertheless."""
    place: str = ""
    """Where it is in the routine: ``stage 1 'Stretch', exercise 2 'Pigeon'``."""
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    """Of the first character that is not part of it any more."""

    def __str__(self) -> str:
        """Write it as compilers do: ``file:line:column: place: message``."""
        spot = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return ": ".join(part for part in (spot, self.place, self.message) if part)

    def to_json(self) -> dict[str, str | int | None]:
        """Return the finding as plain values for JSON."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "severity": self.severity,
            "code": self.code,
            "place": self.place,
            "message": self.message,
        }


class RoutineError(CoachError):
    """Report every problem of one routine file, a line each."""

    def __init__(self, problems: Sequence[str | Finding]) -> None:
        """Keep the problems; as text they stand one to a line, the first of them if they are many."""
        self.findings = tuple(
            problem if isinstance(problem, Finding) else Finding(problem) for problem in problems
        )
        self.problems = shown(self.findings)
        super().__init__("\n".join(self.problems))


def shown(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return a line for each finding of one file; where they are many, for the first, and their number."""
    lines = tuple(str(finding) for finding in findings[:MOST_SHOWN])
    if more := len(findings) - len(lines):
        lines += (f"{findings[0].file}: and {more:,} more",)
    return lines


class SpeechError(CoachError):
    """Report that no voice can be had, or that a phrase could not be spoken."""


class OutputError(CoachError):
    """Report that a device or a file takes no sound."""


class DeviceLostError(OutputError):
    """Report that a device that was open is gone; the session may go on once one can be opened again."""


def did_you_mean(wrong: str, known: Sequence[str], *, most: int = 3) -> str:
    """Return `` (did you mean 'a' or 'b'?)`` for the nearest known names, or nothing where none is near."""
    by_fold = {name.casefold(): name for name in known}
    near = get_close_matches(wrong.casefold(), by_fold, n=most, cutoff=0.5)
    return f" (did you mean {' or '.join(repr(by_fold[name]) for name in near)}?)" if near else ""

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
from difflib import get_close_matches


class CoachError(Exception):
    """Report what could not be done, in one line that says what, where and how to mend it."""

    exit_code = 1


class ChoiceError(CoachError):
    """Report a name or value, given by the user, that fits nothing or several things."""

    exit_code = 2


class RoutineError(CoachError):
    """Report every problem of one routine file, a line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep the problems; as text they stand one to a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


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

"""The readers of other people's files, by the suffix of a file."""

from collections.abc import Mapping
from types import MappingProxyType

from voicecoach.errors import ChoiceError, did_you_mean
from voicecoach.importers import fit, jawt, tcx, zwo
from voicecoach.importers.columns import read_csv
from voicecoach.importers.draft import Reader
from voicecoach.importers.sheet import read_sheet

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": read_sheet,
        ".md": read_sheet,
        ".csv": read_csv,
        ".zwo": zwo.read,
        ".tcx": tcx.read,
        ".fit": fit.read,
        ".json": jawt.read,
    }
)
"""What reads the files of each suffix."""


def reader_of(suffix: str) -> Reader:
    """Return the reader of files with a suffix, which may be given without its point.

    Raises:
        ChoiceError: no reader knows it; names those that are known.
    """
    wanted = suffix.lower() if suffix.startswith(".") else f".{suffix.lower()}"
    if wanted not in READERS:
        near = did_you_mean(wanted, list(READERS), most=1)
        shown = f"'{suffix}' cannot be imported" if suffix else "a file without a suffix cannot be imported"
        message = f"{shown}{near}; known are {', '.join(READERS)}; or say what it is with --format txt"
        raise ChoiceError(message)
    return READERS[wanted]

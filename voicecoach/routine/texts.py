"""The texts of routine files and of their translations: bytes to text, and text to a TOML table."""

import codecs
import re
import tomllib
from pathlib import Path
from typing import Any

from voicecoach.errors import Finding, RoutineError
from voicecoach.routine.positions import Lines, Spot

LARGEST_FILE = 1_000_000
"""Bytes. A routine of a hundred exercises has some 60,000."""


def read(path: Path) -> str:
    """Return the text of a routine file, or of its words in another language, its line ends as they are.

    Raises:
        RoutineError: the file cannot be read, is too large, or is no UTF-8 text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RoutineError([Finding(f"cannot be read: {reason}", str(path), "unreadable")]) from error
    if len(data) > LARGEST_FILE:
        message = f"is larger than {LARGEST_FILE:,} bytes; is it a routine?"
        raise RoutineError([Finding(message, str(path), "unreadable")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 text (byte {error.start}{_encoding(data)}); save it as UTF-8"
        raise RoutineError([Finding(message, str(path), "unreadable")]) from error


def _encoding(data: bytes) -> str:
    """Name what a text that is not UTF-8 probably is: what Windows and older programs write."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "; probably UTF-16, which Windows calls Unicode"
    if b"\x00" in data:
        return "; no text at all, or one without a mark of its encoding"
    return "; probably Latin-1 or Windows-1252, as older programs write"


def table_of(text: str, name: str) -> dict[str, Any]:
    """Read a text as TOML, its line ends being those of TOML.

    Raises:
        RoutineError: it is none; the finding names the line and the column.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RoutineError([_syntax(error, text, name)]) from error
    except RecursionError as error:
        message = "not a routine: it nests too deeply"
        raise RoutineError([Finding(message, name, "not-toml")]) from error
    except ValueError as error:  # an integer of thousands of digits
        raise RoutineError([Finding(f"not valid TOML: {error}", name, "not-toml")]) from error


def _syntax(error: tomllib.TOMLDecodeError, text: str, name: str) -> Finding:
    """Take the message of tomllib apart: the reason, and the line and column where it names them."""
    match = re.fullmatch(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL)
    reason = match[1] if match else str(error)
    if match and match[2]:
        spot = Spot(int(match[2]), int(match[3]))
    elif match:
        reason += ", at the end of the file"
        spot = Lines(text).spot(len(text))
    else:
        return Finding(f"not valid TOML: {reason}", name, "not-toml")
    return Finding(f"not valid TOML: {reason}", name, "not-toml", line=spot.line, column=spot.column)

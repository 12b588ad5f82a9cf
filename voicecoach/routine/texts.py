"""The texts of routine files and of their translations: bytes to text, and text to a TOML table."""

import codecs
import re
import tomllib
from pathlib import Path
from typing import Any

from voicecoach.errors import Finding, RoutineError
from voicecoach.routine.positions import Lines, Spot

LARGEST_FILE = 1_000_000
"""Bytes. A routine of a hundred exercises has some 60,000, a sheet of them 10,000."""

_SAVE = "save it as UTF-8"
_OLD = "Latin-1 or Windows-1252, as older programs write"


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
    return decoded(data, str(path))


def decoded(data: bytes, name: str, what: str = "a routine") -> str:
    """Return the text that bytes hold, its line ends as they are.

    Args:
        data: all of a file, or one byte more than it may have.
        name: of the file, for errors.
        what: it is read as.

    Raises:
        RoutineError: there are more than `LARGEST_FILE`, or they are no UTF-8 text; what they probably are
            is named.
    """
    if len(data) > LARGEST_FILE:
        message = f"is larger than {LARGEST_FILE:,} bytes; is it {what}?"
        raise _unreadable(message, name)
    if wide := _wide(data):
        message = f"is not UTF-8 text, but probably {wide}; {_SAVE}"
        raise _unreadable(message, name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if b"\0" in data:
            message = f"is no text (byte {error.start}); is it {what}?"
        else:
            message = f"is not UTF-8 text (byte {error.start}), but probably {_OLD}; {_SAVE}"
        raise _unreadable(message, name, line) from error


def _unreadable(message: str, name: str, line: int | None = None) -> RoutineError:
    return RoutineError([Finding(message, name, "unreadable", line=line)])


def _wide(data: bytes) -> str:
    """Name an encoding of two or four bytes a character, by its mark or by its many NUL bytes."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16, which Windows calls Unicode"
    start = data[:1000]
    nulls = max(start[::2].count(0), start[1::2].count(0))
    # Of letters in UTF-16, every other byte is NUL; a quarter is left for others.
    return "UTF-16 without a mark of its encoding" if nulls * 4 > len(start) and nulls > 1 else ""


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

"""What can be wrong with the log, and how it is told: SQLite's errors become ours here.

::

    Trouble
    ├── DamagedError   the file is no log, or parts of it cannot be read: it is set aside
    ├── NewerError     a later version of the program wrote it: it is set aside
    └── BusyError      another process is writing at this moment: to be tried again
"""

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from voicecoach.errors import CoachError


class Trouble(Exception):  # noqa: N818 - a kind of errors, of which each says what it is
    """Say what is wrong with the log; it never leaves this room."""


class DamagedError(Trouble):
    """The file is no log, or it cannot be read any more."""

    def __init__(self, why: str) -> None:
        """Keep why, in one line: SQLite puts what it has read into its messages."""
        super().__init__(" ".join("".join(filter(str.isprintable, why)).split()))


class NewerError(Trouble):
    """The log is of a later version."""

    def __init__(self, version: int) -> None:
        """Keep the version."""
        self.version = version
        super().__init__(f"version {version}")


class BusyError(Trouble):
    """Another process is writing; what was to be written was not."""


_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_ODD = "it holds what this program never wrote"
_PRIMARY = 0xFF
"""The part of a code that tells the kind; the rest tells details."""
_FULL = "the disk is full; free some space"
_READ_ONLY = "no permission to write there; see to the modes of the file and of its folder"
_REMEDIES: Mapping[int, str] = MappingProxyType(
    {
        sqlite3.SQLITE_FULL: _FULL,
        sqlite3.SQLITE_READONLY: _READ_ONLY,
        sqlite3.SQLITE_PERM: _READ_ONLY,
        sqlite3.SQLITE_CANTOPEN: "it cannot be opened; see to the modes of the file and of its folder",
        sqlite3.SQLITE_IOERR: "the disk reports a fault, or has no room; see to the disk",
    }
)
_REMEDIES_OF_FILES: Mapping[int, str] = MappingProxyType(
    {
        errno.ENOSPC: _FULL,
        errno.EDQUOT: "your share of the disk is used up; free some space",
        errno.EROFS: "the disk is read-only; make it writable",
        errno.EACCES: _READ_ONLY,
        errno.EPERM: _READ_ONLY,
        errno.ENOTDIR: "a file stands where its folder belongs; move that away",
        errno.EEXIST: "a file stands where its folder belongs; move that away",
        errno.EISDIR: "it is a folder; move that away",
    }
)


def unusable(path: Path, why: str) -> CoachError:
    """Return the error that tells why the log cannot be used."""
    return CoachError(f"the log of sessions, {path}, cannot be used: {why}")


def trouble_of(error: sqlite3.Error, path: Path) -> Exception:
    """Return what an error of SQLite means: trouble that is dealt with, one line, or a fault of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Those of the module itself: a text that is none, or a wrong use.
        return DamagedError(_ODD) if isinstance(error, sqlite3.OperationalError) else error
    primary = code & _PRIMARY
    if primary in _BUSY:
        return BusyError(str(error))
    if primary in _DAMAGED or code == sqlite3.SQLITE_IOERR_SHORT_READ:
        return DamagedError(str(error))
    return unusable(path, _REMEDIES.get(primary, str(error)))


def of_file(error: OSError, path: Path) -> CoachError:
    """Return the one line for a fault of the file system."""
    return unusable(path, _REMEDIES_OF_FILES.get(error.errno or 0, error.strerror or str(error)))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and of the file system into ours.

    Raises:
        Trouble: what the log deals with itself.
        CoachError: what the user has to mend.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise trouble_of(error, path) from error
    except UnicodeDecodeError as error:
        # Messages of SQLite hold what it has read.
        raise DamagedError(_ODD) from error
    except OSError as error:
        raise of_file(error, path) from error


@contextmanager
def read_with_care() -> Iterator[None]:
    """Take values that this program never wrote for damage.

    Raises:
        DamagedError: there are such.
    """
    try:
        yield
    except (AttributeError, OverflowError, TypeError, ValueError) as error:
        message = f"{_ODD} ({error})"
        raise DamagedError(message) from error

"""The files of the log: itself, what SQLite keeps beside it, and those that were set aside."""

import datetime as dt
import glob
import os
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.history.trouble import NewerError, Trouble, of_file

LOCK = "-aside"
"""What the name of a file ends with that is held while a log is set aside; it stays, and is empty."""
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database for the files that it keeps beside it."""


def identity_of(path: Path) -> int:
    """Return what tells a file from another of its name; 0 where there is none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def alone(path: Path) -> sqlite3.Connection:
    """Wait until no other process sets this log aside; none can until what is returned is closed.

    Raises:
        sqlite3.Error: it takes too long, or nothing may be written there.
    """
    # The locks of SQLite work everywhere, and end with the process that has them.
    connection = sqlite3.connect(path.with_name(path.name + LOCK), isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    return connection


def set_aside(path: Path, trouble: Trouble) -> str:
    """Give a log that cannot be used another name, and all that belongs to it; return a line about it.

    Raises:
        CoachError: it cannot be renamed.
    """
    is_newer = isinstance(trouble, NewerError)
    target = _free(path, f"version-{trouble.version}" if isinstance(trouble, NewerError) else "damaged")
    try:
        # First what lies beside it: so nobody ever takes it for a part of a new log.
        for added in (*BESIDE, ""):
            old = path.with_name(path.name + added)
            if os.path.lexists(old):
                old.rename(target.with_name(target.name + added))
    except OSError as error:
        raise of_file(error, path) from error
    why = "was written by a later version of this program" if is_newer else f"is damaged ({trouble})"
    return f"the log of sessions {why}; it is kept as {target}, and a new one is begun"


def _free(path: Path, why: str) -> Path:
    """Return a name that nothing has yet."""
    now = dt.datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    names = (
        f"{path.stem}.{why}-{now}{f'-{number}' if number > 1 else ''}{path.suffix}" for number in count(1)
    )
    return next(free for name in names if not os.path.lexists(free := path.with_name(name)))


def files_of(path: Path) -> tuple[Path, ...]:
    """Return all that there is of a log: its file, what lies beside it, and all that was set aside."""
    found: dict[Path, None] = {}
    for one in dict.fromkeys((path, Path(os.path.realpath(path)))):
        stem, suffix = glob.escape(one.stem), glob.escape(one.suffix)
        for name in (
            f"{stem}{suffix}",
            f"{stem}{suffix}{LOCK}",
            f"{stem}.damaged-*{suffix}",
            f"{stem}.version-*{suffix}",
        ):
            for added in ("", *BESIDE):
                found |= dict.fromkeys(_there(one.parent, name + added))
    return tuple(found)


def _there(folder: Path, pattern: str) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.glob(pattern) if path.is_symlink() or path.is_file())


def forget(path: Path) -> tuple[Path, ...]:
    """Delete all that there is of a log, and return what was deleted.

    Raises:
        CoachError: a file cannot be deleted.
    """
    gone: list[Path] = []
    for file in files_of(path):
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            message = (
                f"{file} cannot be deleted: {error.strerror or error}; end what has it open, and try again"
            )
            raise CoachError(message) from error
        gone.append(file)
    return tuple(gone)

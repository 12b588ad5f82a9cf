"""The connection to the log: its file is made for the user alone, its schema is brought up to date."""

import os
import sqlite3
import stat
import time
from contextlib import suppress
from pathlib import Path

from voicecoach.history import rows
from voicecoach.history.migrations import migrate, version_of
from voicecoach.history.trouble import BusyError, DamagedError, translated, unusable

PATIENCE = 5.0
"""Seconds to wait for other processes where nothing plays."""
_AGAIN = 0.01
"""Seconds until it is tried again."""
_LEAST = 512
"""Bytes of the smallest database: SQLite takes less for none. To read them here would undo its locks."""
_TABLES = {
    "prescriptions": "id, digest",
    "sessions": rows.READ_SESSION,
    "prescribed": rows.PRESCRIBED,
    "performed": rows.PERFORMED,
    "pains": rows.PAIN,
}
"""Each table, and the columns that it has to have."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a log, or make one.

    Raises:
        Trouble: it is damaged, or of a later version.
        CoachError: it cannot be opened, or another process does not let go of it.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return _connect(path)
        except BusyError as error:
            # Not all that SQLite does at first waits for others.
            if time.monotonic() > deadline:
                raise unusable(path, "another program does not let go of it") from error
            time.sleep(_AGAIN)


def _connect(path: Path) -> sqlite3.Connection:
    with translated(path):
        _make(path)
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            _ready(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def _ready(connection: sqlite3.Connection) -> None:
    # Nothing of another program, or of a later version, is touched.
    version_of(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    # What a loss of power can take are the last sets; to wait for the disk would make sound late. So would
    # carrying sets over into the file, which SQLite does when the last one closes it.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA foreign_keys = ON")
    try:
        migrate(connection)
        for table, columns in _TABLES.items():
            connection.execute(f"SELECT {columns} FROM {table} LIMIT 0")  # noqa: S608 - names of ours
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            message = f"its tables are not those of a log: {error}"
            raise DamagedError(message) from error
        raise


def _make(path: Path) -> None:
    """Make the file before SQLite does, so that nobody else may ever read it; what lies beside it is alike.

    Raises:
        DamagedError: the file is cut off, or is empty where what SQLite has kept beside it is not.
    """
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_dir():
        raise unusable(path, "it is a folder; move that away")
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    beside = path.with_name(f"{path.name}-wal")
    is_waited_for = beside.exists() and beside.stat().st_size > 0
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise unusable(path, "it is no file; move that away")
    if 0 < found.st_size < _LEAST:
        message = "it is cut off"
        raise DamagedError(message)
    # Looked at before the file itself: another process that begins this log writes there first.
    if is_waited_for and not found.st_size:
        message = "it is empty, but sets are waiting beside it"
        raise DamagedError(message)
    if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
        with suppress(PermissionError):
            path.chmod(0o600)

"""The schema of the log: a script for each version, from the one before it. What was released never changes.

Texts stand as they are; moments as ISO 8601 with their offset, and beside those that are searched for the
seconds since 1970; durations are seconds.
"""

import sqlite3

from voicecoach.history.trouble import DamagedError, NewerError

APPLICATION_ID = 0x766F6963
"""What SQLite keeps in the header of the file: ``voic``."""

_VERSION_1 = (
    # Most sessions are asked the same as others: that is kept once, and found by its digest.
    """
    CREATE TABLE prescriptions (
        id INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE
    )
    """,
    """
    CREATE TABLE prescribed (
        prescription INTEGER NOT NULL REFERENCES prescriptions,
        position INTEGER NOT NULL,
        address TEXT NOT NULL,
        name TEXT NOT NULL,
        muscle TEXT NOT NULL,
        aim TEXT NOT NULL,
        kind TEXT NOT NULL,
        sets INTEGER NOT NULL,
        sides TEXT NOT NULL,
        seconds REAL NOT NULL,
        reps INTEGER,
        form TEXT,
        rung INTEGER,
        PRIMARY KEY (prescription, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        prescription INTEGER NOT NULL REFERENCES prescriptions,
        routine TEXT NOT NULL,
        title TEXT NOT NULL,
        version TEXT NOT NULL,
        began TEXT NOT NULL,
        instant REAL NOT NULL,
        planned_seconds REAL NOT NULL,
        adjustments TEXT NOT NULL,
        language TEXT NOT NULL,
        program TEXT NOT NULL,
        origin TEXT NOT NULL,
        ended TEXT,
        ending TEXT NOT NULL,
        seconds REAL NOT NULL,
        paused REAL NOT NULL
    )
    """,
    "CREATE INDEX sessions_by_time ON sessions (instant)",
    "CREATE INDEX sessions_by_routine ON sessions (routine, instant)",
    """
    CREATE TABLE performed (
        session INTEGER NOT NULL REFERENCES sessions,
        number INTEGER NOT NULL,
        address TEXT NOT NULL,
        kind TEXT NOT NULL,
        set_number INTEGER NOT NULL,
        side TEXT,
        round_number INTEGER,
        planned_seconds REAL NOT NULL,
        done_seconds REAL NOT NULL,
        planned_reps INTEGER,
        done_reps INTEGER,
        extended REAL NOT NULL,
        paused REAL NOT NULL,
        skipped INTEGER NOT NULL,
        PRIMARY KEY (session, number)
    ) WITHOUT ROWID
    """,
)
_VERSION_2 = (
    "ALTER TABLE sessions ADD COLUMN feel TEXT",
    """
    CREATE TABLE pains (
        id INTEGER PRIMARY KEY,
        session INTEGER REFERENCES sessions,
        routine TEXT NOT NULL,
        address TEXT NOT NULL,
        name TEXT NOT NULL,
        at TEXT NOT NULL,
        resumed TEXT
    )
    """,
)
MIGRATIONS = (_VERSION_1, _VERSION_2)
"""The statements that lead to each version from the one before; to version 1 from an empty file."""
NEWEST = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, newest: int = NEWEST) -> None:
    """Bring a log to a version; an empty file becomes one. It is done wholly, or not at all.

    Raises:
        DamagedError: the file is no log.
        NewerError: the log is of a later version than this program knows.
        sqlite3.Error: it cannot be read or written.
    """
    if version_of(connection) == newest:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been quicker.
        for statements in MIGRATIONS[version_of(connection) : newest]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {newest}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of a log, 0 where there is nothing yet.

    Raises:
        DamagedError: the file is no log.
        NewerError: the log is of a later version than this program knows.
        sqlite3.Error: it cannot be read.
    """
    # All three as of one moment: another process may be about to begin this very log.
    begins = not connection.in_transaction
    if begins:
        connection.execute("BEGIN")
    try:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    finally:
        if begins and connection.in_transaction:
            connection.execute("ROLLBACK")
    if application != APPLICATION_ID and (application or version or tables):
        message = "it is a database of another program"
        raise DamagedError(message)
    if version > NEWEST:
        raise NewerError(version)
    if version < 0 or (version > 0) != (tables > 0):
        message = "its tables are missing"
        raise DamagedError(message)
    return int(version)

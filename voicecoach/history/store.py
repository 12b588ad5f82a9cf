"""The store beneath the log: writes that wait, reads of one state, damage that is set aside."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from voicecoach.errors import CoachError
from voicecoach.history.connection import PATIENCE, connect
from voicecoach.history.rows import Row
from voicecoach.history.setting_aside import alone, identity_of, set_aside
from voicecoach.history.trouble import (
    BusyError,
    DamagedError,
    Trouble,
    read_with_care,
    translated,
    unusable,
)

BRIEF = 0.02
"""Seconds to wait for other processes while a session plays."""

Found = TypeVar("Found")
Write = tuple[str, Row]
"""A statement and its values."""

_HELD = "another program does not let go of it"
_TRIES = 4
"""How often a log is opened that others set aside, or delete, at the same moment."""


class Store:
    """Hold the one connection to a log."""

    def __init__(self, path: Path) -> None:
        """Open it; where what is there cannot be used, set that aside and begin another.

        Raises:
            CoachError: it can be neither opened nor set aside.
        """
        self._path = path
        self._notes: tuple[str, ...] = ()
        self._waiting: deque[Write] = deque()
        self._is_patient = False
        self._lost = ""
        """Why there is no log any more: a damaged one that could not be set aside, say."""
        self._connection, self._identity = self._opened()
        self._wait()

    @property
    def notes(self) -> tuple[str, ...]:
        """Return a line for each file that was set aside."""
        return self._notes

    def close(self) -> None:
        """Write what is waiting, and close; whoever closes last carries all over into the file.

        Raises:
            CoachError: something that was waiting could not be written.
        """
        if self._lost:
            return  # Whoever wrote has been told.
        try:
            with self._patient():
                self._flush()
        finally:
            self._connection.close()

    def execute(self, statement: str, values: Row = ()) -> sqlite3.Cursor:
        """Run a statement, within a transaction or a reading."""
        return self._connection.execute(statement, values)

    def insert(self, statement: str, values: Row) -> int:
        """Insert a row, within a transaction, and return its number."""
        number = self._connection.execute(statement, values).lastrowid
        assert number is not None  # noqa: S101 - a row was inserted
        return number

    def execute_all(self, statement: str, values: Iterable[Row]) -> None:
        """Run a statement with each of some values, within a transaction."""
        self._connection.executemany(statement, values)

    def write(self, statement: str, values: Row) -> None:
        """Write at once; where another process is writing, it waits, and is written before the next.

        Raises:
            CoachError: it could not be written, and does not wait.
        """
        self._waiting.append((statement, values))
        try:
            self._flush()
        except BusyError:
            pass
        except CoachError as error:
            if not isinstance(error.__cause__, sqlite3.IntegrityError):
                with suppress(IndexError):
                    self._waiting.pop()
            raise

    @contextmanager
    def transaction(self, *, is_patient: bool = True) -> Iterator[None]:
        """Write all that is done in it, or nothing.

        Args:
            is_patient: whether other processes are waited for; not where sound has to be in time.

        Raises:
            CoachError: it could not be written.
        """
        with self._patient() if is_patient else self._brief():
            self._flush()
            with self._mended():
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield
                    self._connection.execute("COMMIT")
                finally:
                    self._undo()

    def read(self, read: Callable[[], Found]) -> Found:
        """Read from one state; a log that is damaged is set aside, and the new one is read.

        Raises:
            CoachError: it cannot be read.
        """
        with self._patient():
            self._flush()
            try:
                return self._read(read)
            except DamagedError as trouble:
                self._begin_anew(trouble)
                return self._read(read)

    def _read(self, read: Callable[[], Found]) -> Found:
        with translated(self._path), read_with_care():
            self._connection.execute("BEGIN")
            try:
                return read()
            finally:
                self._undo()

    def _undo(self) -> None:
        """End a transaction that has not ended well."""
        if self._connection.in_transaction:
            # What went wrong before is what is told.
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _flush(self) -> None:
        if self._lost:
            raise CoachError(self._lost)
        while self._waiting:
            with self._mended():
                try:
                    self._connection.execute(*self._waiting[0])
                except sqlite3.IntegrityError:
                    # Its session is not there any more: it will never be written.
                    self._waiting.popleft()
                    raise
            self._waiting.popleft()

    @contextmanager
    def _mended(self) -> Iterator[None]:
        """Set a log aside that turns out to be damaged, and say what that means for what was written."""
        try:
            with translated(self._path):
                yield
        except DamagedError as trouble:
            self._begin_anew(trouble)
            what = "the log of sessions turned out to be damaged"
            message = f"{what}: {'; '.join(self._notes)}; what is under way cannot be written down any more"
            raise CoachError(message) from trouble

    def _begin_anew(self, trouble: Trouble) -> None:
        self._connection.close()
        self._waiting.clear()
        try:
            self._set_aside(trouble, self._identity)
            self._connection, self._identity = self._opened()
        except CoachError as error:
            self._lost = str(error)
            raise
        self._wait()

    def _opened(self) -> tuple[sqlite3.Connection, int]:
        """Return a connection and what tells its file from another of its name."""
        for _ in range(_TRIES):
            before = identity_of(self._path)
            try:
                connection = connect(self._path)
            except Trouble as trouble:
                found = unusable(self._path, str(trouble))
                self._set_aside(trouble, before)
            except CoachError as error:
                found = error
                # What another process sets aside meanwhile may look like a fault of the disk.
                if before == identity_of(self._path):
                    raise
            else:
                return connection, identity_of(self._path)
        raise found

    def _set_aside(self, trouble: Trouble, judged: int) -> None:
        """Set aside what was judged to be of no use, unless another process has done so."""
        with translated(self._path), closing(alone(self._path)):
            if judged and judged == identity_of(self._path):
                self._notes += (set_aside(self._path, trouble),)

    @contextmanager
    def _patient(self) -> Iterator[None]:
        """Wait for other processes: nothing plays."""
        self._is_patient = True
        self._wait()
        try:
            yield
        except BusyError:
            raise unusable(self._path, _HELD) from None
        finally:
            self._is_patient = False
            self._wait()

    @contextmanager
    def _brief(self) -> Iterator[None]:
        """Tell of other processes that are not waited for."""
        try:
            yield
        except BusyError:
            raise unusable(self._path, _HELD) from None

    def _wait(self) -> None:
        if self._lost:
            return
        seconds = PATIENCE if self._is_patient else BRIEF
        self._connection.execute(f"PRAGMA busy_timeout = {round(1000 * seconds)}")

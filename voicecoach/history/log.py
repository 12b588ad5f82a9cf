"""The log of sessions: one SQLite file, written while a session runs.

Each set is written by itself, so that whatever ends the program, no more than the set that was running is
missing. Whatever is in the way of the log is told in one line, and is no reason for a session to end.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from os.path import realpath
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from voicecoach.history import rows
from voicecoach.history.records import Ending, Feel, Opening, Pain, Performed, Prescribed, Record
from voicecoach.history.store import Store

_BEGIN = f"INSERT INTO sessions ({rows.SESSION}) VALUES ({rows.marks(rows.SESSION)})"  # noqa: S608 - names of ours, as all below
_ASK = f"INSERT INTO prescribed ({rows.PRESCRIBED}) VALUES ({rows.marks(rows.PRESCRIBED)})"  # noqa: S608
_PUT = f"INSERT OR REPLACE INTO performed ({rows.PERFORMED}) VALUES ({rows.marks(rows.PERFORMED)})"  # noqa: S608
_HURT = f"INSERT INTO pains ({rows.PAIN}) VALUES ({rows.marks(rows.PAIN)})"  # noqa: S608
_TIME = "UPDATE sessions SET seconds = ?, paused = ? WHERE id = ?"
_END = "UPDATE sessions SET ended = ?, ending = ? WHERE id = ?"
_ANSWER = "UPDATE sessions SET feel = ? WHERE id = ?"
_RESUME = "UPDATE pains SET resumed = ? WHERE routine = ? AND address = ? AND resumed IS NULL"
_MOST = 2**63 - 1
"""The largest number that SQLite takes."""

Value = TypeVar("Value")


class Log:
    """Write sessions down, and read them. All raise `CoachError` where the file cannot be written or read."""

    def __init__(self, store: Store) -> None:
        """Write into a store; `open` makes one."""
        self._store = store

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a log, or begin one; what is damaged or of a later version is set aside, which `notes` tell.

        Raises:
            CoachError: the file can be neither opened nor set aside.
        """
        return cls(Store(Path(realpath(path))))

    @property
    def notes(self) -> tuple[str, ...]:
        """Return a line for each file that was set aside: why, and where it is now."""
        return self._store.notes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what is waiting, and close the file; whoever closes it last carries all over into it."""
        self._store.close()

    def begin(self, opening: Opening) -> int:
        """Begin a session; return its number, by which all else is written.

        It never waits for long: sound may be under way. Where another process is writing, try it again.
        """
        with self._store.transaction(is_patient=False):
            return self._begin(opening)

    def put(self, session: int, number: int, performed: Performed) -> None:
        """Write a set of a session, or write it anew.

        It never waits for long: where another process is writing, the set is written with the next one.

        Args:
            session: its number.
            number: of the set, counted from 0 in the order of doing.
            performed: the set.
        """
        self._store.write(_PUT, rows.performed_row(session, number, performed))

    def play_time(self, session: int, seconds: float, paused: float) -> None:
        """Write how much of a session was heard so far, and how long it was paused, in seconds."""
        self._store.write(_TIME, (seconds, paused, session))

    def end(self, session: int, at: dt.datetime, end: Ending) -> None:
        """Write when and how a session ended."""
        self._store.write(_END, (at.isoformat(), end.value, session))

    def answer(self, session: int, feel: Feel) -> None:
        """Write how a session felt."""
        self._store.write(_ANSWER, (feel.value, session))

    def hurt(self, pain: Pain, session: int | None = None) -> None:
        """Write that an exercise hurt, and in which session, if it was in one."""
        self._store.write(_HURT, rows.pain_row(session, pain))

    def add(self, record: Record, pains: Iterable[Pain] = ()) -> int:
        """Write a whole session and what hurt in it, all or nothing; return its number."""
        with self._store.transaction():
            number = self._begin(record.opening)
            performed = (rows.performed_row(number, *pair) for pair in enumerate(record.performed))
            self._store.execute_all(_PUT, performed)
            self._store.execute(_TIME, (record.seconds, record.paused, number))
            ended = record.ended.isoformat() if record.ended else None
            self._store.execute(_END, (ended, record.end.value, number))
            if record.feel:
                self._store.execute(_ANSWER, (record.feel.value, number))
            self._store.execute_all(_HURT, (rows.pain_row(number, pain) for pain in pains))
            return number

    def resume(self, routine: str, address: str, at: dt.datetime) -> bool:
        """Put an exercise that hurt back; tell whether it was left out."""
        with self._store.transaction():
            values = (at.isoformat(), rows.stored(routine), rows.stored(address))
            return self._store.execute(_RESUME, values).rowcount > 0

    def pains(self, routine: str | None = None) -> tuple[Pain, ...]:
        """Return what hurt, of one routine or of all, in the order in which it was written."""
        chosen, values = ("WHERE routine = ?", (rows.stored(routine),)) if routine is not None else ("", ())
        query = f"SELECT {rows.READ_PAIN} FROM pains {chosen} ORDER BY id"  # noqa: S608 - names of ours
        return self._store.read(lambda: tuple(map(rows.pain_of, self._store.execute(query, values))))

    def routines(self) -> tuple[str, ...]:
        """Return the routines that have sessions, by name."""
        query = "SELECT DISTINCT routine FROM sessions ORDER BY routine"
        return self._store.read(lambda: tuple(rows.text_of(name) for (name,) in self._store.execute(query)))

    def days(self, routine: str | None = None) -> tuple[dt.date, ...]:
        """Return the day on which each session began, of one routine or of all, oldest first."""
        chosen, values = ("WHERE routine = ?", (rows.stored(routine),)) if routine is not None else ("", ())
        query = f"SELECT began FROM sessions {chosen} ORDER BY instant, id"  # noqa: S608 - names of ours
        return self._store.read(
            lambda: tuple(rows.moment_of(began).date() for (began,) in self._store.execute(query, values))
        )

    def records(
        self,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        routine: str | None = None,
        newest: int | None = None,
        session: int | None = None,
    ) -> tuple[Record, ...]:
        """Return sessions with all their sets, the oldest first, by three queries, however many there are.

        Args:
            since: those that began then or later; None: from the first.
            until: those that began before; None: to the last.
            routine: those of one routine, as `Opening` names it; None: of all.
            newest: no more than so many, the newest ones; None: all.
            session: the one with this number alone; None: whatever their numbers are.
        """
        asked: list[tuple[str, Any]] = []
        if since is not None:
            asked.append(("instant >= ?", rows.instant(since)))
        if until is not None:
            asked.append(("instant < ?", rows.instant(until)))
        if routine is not None:
            asked.append(("routine = ?", rows.stored(routine)))
        if session is not None:
            asked.append(("id = ?", min(max(session, 0), _MOST)))
        chosen = f"WHERE {' AND '.join(text for text, _ in asked)}" if asked else ""
        # SQLite takes a negative limit for none.
        values = (*(value for _, value in asked), -1 if newest is None else min(max(newest, 0), _MOST))
        return self._store.read(
            lambda: self._records(f"sessions {chosen} ORDER BY instant DESC, id DESC LIMIT ?", values)
        )

    def _records(self, chosen: str, values: tuple[Any, ...]) -> tuple[Record, ...]:
        # Names of ours, as all below.
        these = f"prescription IN (SELECT prescription FROM {chosen}) ORDER BY prescription, position"  # noqa: S608
        asking = f"SELECT {rows.READ_PRESCRIBED} FROM prescribed WHERE {these}"  # noqa: S608
        these = f"session IN (SELECT id FROM {chosen}) ORDER BY session, number"  # noqa: S608
        doing = f"SELECT {rows.READ_PERFORMED} FROM performed WHERE {these}"  # noqa: S608
        sessions = f"SELECT {rows.READ_SESSION} FROM {chosen}"  # noqa: S608
        asked = _grouped(self._store.execute(asking, values), rows.prescribed_of)
        done = _grouped(self._store.execute(doing, values), rows.performed_of)
        found = self._store.execute(sessions, values).fetchall()
        return tuple(rows.record_of(row, asked[row[-1]], done[row[0]]) for row in reversed(found))

    def _begin(self, opening: Opening) -> int:
        values = rows.session_row(self._prescription(opening.prescribed), opening)
        return self._store.insert(_BEGIN, values)

    def _prescription(self, prescribed: tuple[Prescribed, ...]) -> int:
        """Return the number of what is asked of all exercises, which many sessions share."""
        asked = tuple(rows.prescribed_rows(prescribed))
        digest = hashlib.sha256(repr(asked).encode()).hexdigest()
        found = self._store.execute("SELECT id FROM prescriptions WHERE digest = ?", (digest,)).fetchone()
        if found:
            return int(found[0])
        number = self._store.insert("INSERT INTO prescriptions (digest) VALUES (?)", (digest,))
        self._store.execute_all(_ASK, ((number, *row) for row in asked))
        return number


def _grouped(found: Iterable[Any], read: Callable[[rows.Row], Value]) -> Mapping[int, Sequence[Value]]:
    """Return values by the number that stands before each; those that are alike, as most are, are one."""
    values: defaultdict[int, list[Value]] = defaultdict(list)
    known: dict[rows.Row, Value] = {}
    for row in found:
        content = row[1:]
        value = known.get(content)
        if value is None:
            value = known[content] = read(content)
        values[row[0]].append(value)
    return values

import os
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.samples import DONE, SESSION
from voicecoach.errors import CoachError
from voicecoach.history.log import Log
from voicecoach.history.migrations import APPLICATION_ID, NEWEST

SESSIONS = 30
SETS = 40


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a log with some sessions."""
    path = tmp_path / "log.db"
    path.write_bytes(good())
    return path


def write_sessions(path: Path) -> None:
    """Write sessions enough to fill many pages."""
    with Log.open(path) as log:
        for _ in range(SESSIONS):
            session = log.begin(SESSION.opening)
            for number in range(SETS):
                log.put(session, number, DONE)


@cache
def good() -> bytes:
    """Return what a log with some sessions holds."""
    with tempfile.TemporaryDirectory() as folder:
        write_sessions(Path(folder) / "log.db")
        return (Path(folder) / "log.db").read_bytes()


def is_set_aside(path: Path, why: str, name: str, before: bytes) -> None:
    """Hold that opening a log sets it aside, says so in one line, begins another, and keeps each byte."""
    with Log.open(path) as log:
        assert 1 == len(log.notes)
        assert 1 == len(log.notes[0].splitlines())
        assert why in log.notes[0]
        assert "a new one is begun" in log.notes[0]
        assert () == log.records()
        log.add(SESSION)
    (aside,) = [file for file in path.parent.glob("log.*.db") if re.fullmatch(name, file.name)]
    assert str(aside) in log.notes[0]
    assert before == aside.read_bytes()
    with Log.open(path) as log:
        assert () == log.notes
        assert 1 == len(log.records())


DAMAGED = r"log\.damaged-\d{8}-\d{6}\.db"
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "random bytes": lambda before: bytes(range(7, 256)) * (len(before) // 200),
    "random bytes beneath a good header": lambda before: before[:100] + bytes(range(256)) * 400,
    "cut off in the middle": lambda before: before[: len(before) // 2],
    "cut off within its header": lambda before: before[:60],
    "one byte": lambda _: b"S",
    "nothing but zeros": lambda before: bytes(len(before)),
    "a text": lambda _: b"My sessions:\n- Monday\n" * 100,
    "its list of tables overwritten": lambda before: before[:100] + bytes(3000) + before[3100:],
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_log_is_set_aside(path: Path, kind: str) -> None:
    """Whatever has become of the file, it is kept to the byte, and the next session has a log."""
    damaged = DAMAGE[kind](path.read_bytes())
    path.write_bytes(damaged)
    is_set_aside(path, "is damaged", DAMAGED, damaged)


def test_an_empty_file_is_a_new_log(tmp_path: Path) -> None:
    """A file without a byte is no damage."""
    path = tmp_path / "log.db"
    path.touch()
    with Log.open(path) as log:
        log.add(SESSION)
        assert ((), 1) == (log.notes, len(log.records()))
    assert [path] == list(tmp_path.iterdir())


def test_an_empty_file_with_sets_beside_it(path: Path) -> None:
    """Where the file was emptied, but not what SQLite keeps beside it, that is kept as well."""
    beside = path.with_name("log.db-wal")
    with Log.open(path) as log:
        log.add(SESSION)
        waiting = beside.read_bytes()
    path.write_bytes(b"")
    beside.write_bytes(waiting)
    is_set_aside(path, "sets are waiting beside it", DAMAGED, b"")
    (aside,) = path.parent.glob("log.damaged-*.db-wal")
    assert waiting == aside.read_bytes()


def test_a_database_of_another_program(path: Path) -> None:
    """It is not written into."""
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE sessions (id)")
        other.commit()
    is_set_aside(path, "it is a database of another program", DAMAGED, path.read_bytes())


@pytest.mark.parametrize("table", ["sessions", "prescriptions", "prescribed", "performed", "pains"])
def test_a_table_is_missing(path: Path, table: str) -> None:
    """A log that somebody has changed by hand is not guessed at."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"DROP TABLE {table}")
        connection.commit()
    is_set_aside(path, "its tables are not those of a log", DAMAGED, path.read_bytes())


def test_a_log_of_a_later_version(path: Path) -> None:
    """It is kept for the later program under a name that says so, and can be put back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + 7}")
        connection.commit()
    name = rf"log\.version-{NEWEST + 7}-\d{{8}}-\d{{6}}\.db"
    is_set_aside(path, "was written by a later version of this program", name, path.read_bytes())


def test_two_are_set_aside_within_a_second(path: Path) -> None:
    """The second does not take the place of the first."""
    for text in (b"first" * 99, b"second" * 99):
        path.write_bytes(text)
        Log.open(path).close()
    kept = {file.read_bytes() for file in path.parent.glob("log.damaged-*.db")}
    assert {b"first" * 99, b"second" * 99} == kept


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    """What is no file is not touched, and told in one line."""
    (tmp_path / "log.db").mkdir()
    with pytest.raises(CoachError, match=r"log\.db, cannot be used: it is a folder; move that away"):
        Log.open(tmp_path / "log.db")
    assert [tmp_path / "log.db"] == list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_pipe_in_its_place(tmp_path: Path) -> None:
    """It is told in one line, and nothing waits for who writes into it."""
    os.mkfifo(tmp_path / "log.db")
    with pytest.raises(CoachError, match="it is no file; move that away"):
        Log.open(tmp_path / "log.db")


@pytest.mark.skipif(sys.platform == "win32", reason="a link takes rights there")
@pytest.mark.parametrize("target", ["here.db", "log.db"])
def test_a_link_that_leads_nowhere(tmp_path: Path, target: str) -> None:
    """A link to a file that is not there makes it; one to itself is told in one line."""
    (tmp_path / "log.db").symlink_to(tmp_path / target)
    if target == "log.db":
        with pytest.raises(CoachError, match="cannot be used"):
            Log.open(tmp_path / "log.db")
    else:
        with Log.open(tmp_path / "log.db") as log:
            log.add(SESSION)
        assert (tmp_path / target).is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="a link takes rights there")
def test_a_link_to_what_is_no_log(tmp_path: Path) -> None:
    """What a link leads to is kept as well, where it is."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "notes.txt").write_text("mine")
    (tmp_path / "log.db").symlink_to(tmp_path / "notes" / "notes.txt")
    with Log.open(tmp_path / "log.db") as log:
        assert "is damaged" in log.notes[0]
        log.add(SESSION)
    (kept,) = (tmp_path / "notes").glob("notes.damaged-*.txt")
    assert "mine" == kept.read_text()


def test_damage_that_is_met_in_reading(path: Path) -> None:
    """A page in the middle that is damaged is found when it is read; the log is kept, and another begun."""
    before = path.read_bytes()
    middle = len(before) // 2 // 4096 * 4096
    damaged = before[:middle] + b"\xff" * 4096 + before[middle + 4096 :]
    path.write_bytes(damaged)
    with Log.open(path) as log:
        assert () == log.notes
        assert () == log.records()
        assert "is damaged" in log.notes[0]
        log.add(SESSION)
        assert 1 == len(log.records())
    (aside,) = path.parent.glob("log.damaged-*.db")
    assert damaged == aside.read_bytes()


def test_damage_that_is_met_in_writing(path: Path) -> None:
    """The session hears of it in one line, and the next one has a log."""
    with Log.open(path) as log:
        session = log.begin(SESSION.opening)
    damaged = path.read_bytes()
    damaged = damaged[:4096] + b"\xff" * (len(damaged) - 4096)
    path.write_bytes(damaged)
    with Log.open(path) as log:
        with pytest.raises(CoachError, match="turned out to be damaged") as told:
            log.put(session, 0, DONE)
        assert 1 == len(str(told.value).splitlines())
        session = log.begin(SESSION.opening)
        log.put(session, 0, DONE)
        assert (DONE,) == log.records()[0].performed
    (aside,) = path.parent.glob("log.damaged-*.db")
    assert damaged == aside.read_bytes()


def test_damage_that_cannot_be_set_aside(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each set that is not written says so in one line; the session goes on, and ends as any other."""

    def refuse(*_: object) -> str:
        message = "the disk is full"
        raise CoachError(message)

    with Log.open(path) as log:
        session = log.begin(SESSION.opening)
    damaged = path.read_bytes()
    path.write_bytes(damaged[:4096] + b"\xff" * (len(damaged) - 4096))
    with Log.open(path) as log:
        monkeypatch.setattr("voicecoach.history.store.set_aside", refuse)
        for number in range(3):
            with pytest.raises(CoachError, match="the disk is full"):
                log.put(session, number, DONE)
        with pytest.raises(CoachError, match="the disk is full"):
            log.begin(SESSION.opening)
        with pytest.raises(CoachError, match="the disk is full"):
            log.records()


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("sessions", "began = 'yesterday'"),
        ("sessions", "began = 7"),
        ("sessions", "adjustments = '{'"),
        ("sessions", "ending = 'exploded'"),
        ("sessions", "routine = CAST(x'ff' AS TEXT)"),
        ("prescribed", "sides = 'up down'"),
        ("prescribed", "sides = x'00'"),
        ("performed", "kind = ''"),
    ],
)
def test_what_this_program_never_wrote(path: Path, table: str, change: str) -> None:
    """Values without a meaning are not guessed at: the log is set aside."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE {table} SET {change}")  # noqa: S608 - of this test
        connection.commit()
    with Log.open(path) as log:
        assert () == log.records()
        assert "it holds what this program never wrote" in log.notes[0]


def test_two_find_the_same_damage(path: Path) -> None:
    """Where one has set the damaged log aside and begun another, the other goes on in that."""
    before = path.read_bytes()
    path.write_bytes(before[:4096] + b"\xff" * (len(before) - 4096))
    with Log.open(path) as one, Log.open(path) as other:
        assert () == one.records()
        one.add(SESSION)
        assert 1 == len(other.records())
        assert (1, 0) == (len(one.notes), len(other.notes))
    assert 1 == len(list(path.parent.glob("log.damaged-*.db")))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.binary(min_size=1, max_size=600)), min_size=1, max_size=4)
)
def test_no_damage_does_harm(spoiled: list[tuple[int, bytes]]) -> None:
    """Wherever a log is overwritten, and with whatever: it can be used, or it is told in one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.db"
        content = bytearray(good())
        for place, new in spoiled:
            start = place % len(content)
            content[start : start + len(new)] = new
        path.write_bytes(content)
        words = "good"
        try:
            with Log.open(path) as log:
                log.records(newest=3)
                session = log.begin(SESSION.opening)
                log.put(session, 0, DONE)
                log.records()
                assert all(1 == len(note.splitlines()) for note in log.notes)
        except CoachError as error:
            words = str(error)
        assert 1 == len(words.splitlines())
        assert len(list(Path(folder).glob("log.*.db"))) <= 2


def test_the_mark_of_a_log(path: Path) -> None:
    """What tells a log from other databases stands in its header, and does not change."""
    assert b"voic" == path.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big")

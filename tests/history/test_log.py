import datetime as dt
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.samples import ASKED, BEGAN, DONE, PAINS, RECORDS, SESSION
from voicecoach.errors import CoachError
from voicecoach.history.log import Log
from voicecoach.history.records import Ending, Feel, Level, Opening, Pain, Record
from voicecoach.history.rows import instant
from voicecoach.history.setting_aside import files_of, forget

HURT = Pain("hips", "stretch.pigeon", "Pigeon", BEGAN)
DAY = dt.timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the log is to be."""
    return tmp_path / "data" / "voicecoach" / "log.db"


@pytest.fixture
def log(path: Path) -> Iterator[Log]:
    """Return a log that is empty."""
    with Log.open(path) as log:
        yield log


def test_a_session_is_written_as_it_runs(log: Log, path: Path) -> None:
    """Whoever reads while it runs sees what was done so far; a set may be written again."""
    session = log.begin(SESSION.opening)
    log.put(session, 0, replace(DONE, done_seconds=12))
    log.put(session, 0, DONE)
    log.play_time(session, 290, 10)
    with Log.open(path) as other:
        so_far = replace(SESSION, id=session, ended=None, end=Ending.INTERRUPTED, feel=None)
        assert (so_far,) == other.records()
    assert SESSION.ended
    log.end(session, SESSION.ended, Ending.FINISHED)
    log.answer(session, Feel.RIGHT)
    assert (replace(SESSION, id=session),) == log.records()


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, max_size=3), st.lists(PAINS, max_size=3))
def test_what_is_put_in_comes_out(records: list[Record], pains: list[Pain]) -> None:
    """Whatever a session holds, and whatever its texts are made of, it is read as it was written."""
    with tempfile.TemporaryDirectory() as folder, Log.open(Path(folder) / "log.db") as log:
        known = {(number := log.add(record)): replace(record, id=number) for record in records}
        for pain in pains:
            log.hurt(pain)
        found = log.records()
        assert known == {record.id: record for record in found}
        moments = [instant(record.opening.began) for record in found]
        assert sorted(moments) == moments
        assert tuple(pains) == log.pains()
        for record in records:
            routine = record.opening.routine
            same = [number for number, one in known.items() if one.opening.routine == routine]
            assert sorted(same) == sorted(one.id for one in log.records(routine=routine))
        assert {record.opening.routine for record in records} == set(log.routines())
        assert () == log.notes


def test_a_choice_of_sessions(log: Log) -> None:
    """Sessions are chosen by when they began, in any time zone, by routine and by number, oldest first."""
    utc = dt.UTC
    for days, routine in ((3, "hips"), (1, "desk"), (0, "hips"), (2, "hips")):
        log.add(Record(0, Opening(routine, "", "", BEGAN + days * DAY)))
    began = [(one.opening.began - BEGAN).days for one in log.records()]
    assert [0, 1, 2, 3] == began
    assert [1, 2] == [
        (one.opening.began - BEGAN).days
        for one in log.records((BEGAN + DAY).astimezone(utc), (BEGAN + 3 * DAY).astimezone(utc))
    ]
    assert [2, 3] == [(one.opening.began - BEGAN).days for one in log.records(routine="hips", newest=2)]
    assert () == log.records(newest=0)
    assert () == log.records(routine="roll")
    assert ("desk", "hips") == log.routines()


def test_what_many_sessions_ask_is_kept_once(log: Log, path: Path) -> None:
    """Sessions that ask the same share it; whatever differs, if only the level, is kept for itself."""
    harder = replace(ASKED, level=Level("", 2))
    for asked in ((ASKED,), (ASKED,), (harder,), (), (ASKED, harder)):
        log.add(replace(SESSION, opening=replace(SESSION.opening, prescribed=asked)))
    assert [(ASKED,), (ASKED,), (harder,), (), (ASKED, harder)] == [
        record.opening.prescribed for record in log.records()
    ]
    with closing(sqlite3.connect(path)) as other:
        assert [(4,)] == other.execute("SELECT count(*) FROM prescribed").fetchall()


def test_pain_stays_until_the_exercise_is_put_back(log: Log) -> None:
    """What hurt is known until it is put back, which is done once."""
    session = log.add(SESSION, [HURT])
    log.hurt(replace(HURT, routine="desk"), session)
    assert (HURT,) == log.pains("hips")
    assert (False, False) == (log.resume("hips", "roll.itb", BEGAN), log.resume("roll", HURT.address, BEGAN))
    later = BEGAN + DAY
    assert log.resume("hips", HURT.address, later)
    assert not log.resume("hips", HURT.address, later + DAY)
    assert (replace(HURT, resumed=later), replace(HURT, routine="desk")) == log.pains()


def test_a_session_that_cannot_be_written_as_a_whole_is_not_there(log: Log) -> None:
    """Where a part of it is refused, nothing of it stands in the log, and the log goes on."""
    wrong = replace(DONE, set=2**70)
    with pytest.raises(OverflowError):
        log.add(replace(SESSION, performed=(DONE, wrong)))
    assert () == log.records()
    assert () == log.pains()
    assert 1 == log.add(SESSION)


def test_a_session_that_is_not_in_the_log(log: Log) -> None:
    """A set of a session that nobody began is refused in one line, and keeps no other from being written."""
    with pytest.raises(CoachError, match="cannot be used") as refused:
        log.put(99, 0, DONE)
    assert 1 == len(str(refused.value).splitlines())
    session = log.begin(SESSION.opening)
    log.put(session, 0, DONE)
    assert (DONE,) == log.records()[0].performed


def test_a_set_waits_while_another_process_writes(log: Log, path: Path) -> None:
    """A set that cannot be written at once is written before the next one; nobody waits for it."""
    session = log.begin(SESSION.opening)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        log.put(session, 0, replace(DONE, done_seconds=1))
        log.put(session, 0, DONE)
        other.execute("COMMIT")
        assert [(0,)] == other.execute("SELECT count(*) FROM performed").fetchall()
        log.put(session, 1, DONE)
        assert [(2,)] == other.execute("SELECT count(*) FROM performed").fetchall()
    assert (DONE, DONE) == log.records()[0].performed


def test_a_session_that_begins_waits_for_nobody(log: Log, path: Path) -> None:
    """Sound may be under way: where another process is writing, that is told at once."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asked_at = time.monotonic()
        with pytest.raises(CoachError, match="another program does not let go"):
            log.begin(SESSION.opening)
        assert time.monotonic() - asked_at < 1
    assert log.begin(SESSION.opening)


def test_what_waits_is_written_before_the_log_is_closed(path: Path) -> None:
    """The last set is in the log, also where another process was writing when it was put."""
    with Log.open(path) as log:
        session = log.begin(SESSION.opening)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            log.put(session, 0, DONE)
    with Log.open(path) as log:
        assert (DONE,) == log.records()[0].performed


@pytest.mark.skipif(os.name != "posix", reason="there are no such modes")
def test_nobody_else_may_read_it(path: Path) -> None:
    """Folder and files are the user's alone, whatever the usual mode is; a wider one is mended."""
    before = os.umask(0o022)
    try:
        with Log.open(path) as log:
            log.add(SESSION)
            assert {"log.db", "log.db-wal", "log.db-shm"} == {file.name for file in path.parent.iterdir()}
            assert {0o600} == {file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
            assert 0o700 == path.parent.stat().st_mode & 0o777
        path.chmod(0o644)
        with Log.open(path) as log:
            log.add(SESSION)
            assert {0o600} == {file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    finally:
        os.umask(before)


def test_the_last_to_close_leaves_one_file(path: Path) -> None:
    """While nobody has it open the log is one file, which can be copied as it is."""
    with Log.open(path) as one, Log.open(path) as other:
        one.add(SESSION)
        other.add(SESSION)
    assert [path] == list(path.parent.iterdir())
    copied = path.with_name("copy.db")
    copied.write_bytes(path.read_bytes())
    with Log.open(copied) as log:
        assert 2 == len(log.records())


@pytest.mark.skipif(sys.platform == "win32", reason="a link takes rights there")
def test_a_link_is_followed(path: Path, tmp_path: Path) -> None:
    """A log may lie elsewhere, where a link leads; all that belongs to it is there."""
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "elsewhere" / "sessions.db")
    with Log.open(path) as log:
        log.add(SESSION)
    assert [tmp_path / "elsewhere" / "sessions.db"] == list((tmp_path / "elsewhere").iterdir())
    assert path.is_symlink()
    with Log.open(path) as log:
        assert 1 == len(log.records())


@pytest.fixture
def read_only(path: Path) -> Iterator[Path]:
    """Return a folder that may not be written into."""
    path.parent.mkdir(parents=True)
    if os.geteuid() != 0:
        path.parent.chmod(0o500)
        yield path.parent
        path.parent.chmod(0o700)
        return
    mount = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(path.parent)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("root may write into every folder here, and may not mount one that is read-only")
    yield path.parent
    subprocess.run(["umount", path.parent], check=True)


@pytest.mark.skipif(os.name != "posix", reason="there are no such modes")
def test_a_folder_that_may_not_be_written(read_only: Path) -> None:
    """It is told in one line that says what and how to mend it."""
    with pytest.raises(CoachError) as told:
        Log.open(read_only / "log.db")
    assert str(told.value).startswith(f"the log of sessions, {read_only / 'log.db'}, cannot be used: ")
    assert 1 == len(str(told.value).splitlines())


@pytest.mark.skipif(os.name != "posix", reason="there are no such modes")
def test_a_log_in_a_folder_that_may_not_be_written(path: Path) -> None:
    """A log that is there, but lies where nothing may be written, is one line as well."""
    with Log.open(path) as log:
        log.add(SESSION)
    bind = f"mount --bind {path.parent} {path.parent} && mount -o remount,ro,bind {path.parent}"
    if os.geteuid() != 0 or subprocess.run(["sh", "-c", bind], capture_output=True, check=False).returncode:
        pytest.skip("only root may make a folder read-only for itself; the test above runs for everybody")
    try:
        with pytest.raises(CoachError, match="cannot be used") as told:
            Log.open(path)
    finally:
        subprocess.run(["umount", path.parent], check=True)
    assert 1 == len(str(told.value).splitlines())
    with Log.open(path) as log:
        assert 1 == len(log.records())


def test_a_file_where_its_folder_belongs(path: Path) -> None:
    """It is told in one line."""
    path.parent.parent.mkdir(parents=True)
    path.parent.write_text("x")
    with pytest.raises(CoachError, match="a file stands where its folder belongs"):
        Log.open(path)


def test_forgetting(path: Path) -> None:
    """All that there is of the log is deleted, also what was set aside; nothing else is."""
    with Log.open(path) as log:
        log.add(SESSION)
    others = ["log.txt", "my-log.db", "log.db.bak", "voices"]
    ours = [
        "log.db",
        "log.db-wal",
        "log.damaged-20261120-190000.db",
        "log.version-9-20261120-190000.db",
        "log.version-9-20261120-190000.db-wal",
    ]
    for name in (*others, *ours[1:]):
        (path.parent / name).write_text("x")
    assert set(ours) == {file.name for file in files_of(path)}
    assert set(ours) == {file.name for file in forget(path)}
    assert sorted(others) == sorted(file.name for file in path.parent.iterdir())
    assert () == forget(path)
    assert () == forget(path.parent / "nothing" / "log.db")

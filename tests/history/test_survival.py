import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.history.log_writer import performed
from voicecoach.history.log import Log
from voicecoach.history.records import Ending, Record

WRITER = (sys.executable, "-W", "error", Path(__file__).with_name("log_writer.py"))
KILLS = 50
SETS = 1500


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the log is to be."""
    return tmp_path / "data" / "log.db"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 1 MB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk; the test of the limit runs for everybody")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets not even root mount a small disk; the test of the limit runs here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def writer(path: Path, routine: str, sets: int = 0, largest: int = 0) -> "subprocess.Popen[str]":
    """Start a program that writes sets."""
    return subprocess.Popen(
        [*WRITER, path, routine, str(sets), str(largest)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def told(started: "subprocess.Popen[str]") -> tuple[int, int, str]:
    """Return the session of a writer that has ended, how many sets it has told of, and its last words."""
    out, err = started.communicate(timeout=60)
    session, *sets = [int(line) for line in out.splitlines()]
    assert list(range(len(sets))) == sets
    return session, len(sets), err


def records(path: Path, newest: int | None = None) -> dict[int, Record]:
    """Return the sessions of a log that is whole, by their numbers."""
    with Log.open(path) as log:
        found = log.records(newest=newest)
        assert () == log.notes
    with closing(sqlite3.connect(path)) as connection:
        assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
        assert [] == connection.execute("PRAGMA foreign_key_check").fetchall()
    return {record.id: record for record in found}


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be killed so there")
@pytest.mark.long
def test_a_kill_takes_no_more_than_the_set_that_was_running(path: Path) -> None:
    """Killed at 50 random moments, writers leave a whole log, with every set that was told as written."""
    moments = random.Random(1)  # noqa: S311 - moments, no secrets
    killed: dict[int, int] = {}
    for _ in range(KILLS):
        started = writer(path, "hips")
        assert started.stdout
        first = started.stdout.readline()
        time.sleep(moments.uniform(0, 0.05))
        started.kill()
        with started:
            assert started.stderr
            # The last line may be cut off.
            killed[int(first)] = started.stdout.read().count("\n")
            assert "" == started.stderr.read()
        assert -9 == started.returncode
        assert {int(first)} == records(path, newest=1).keys()
    found = records(path)
    assert killed.keys() == found.keys()
    for session, record in found.items():
        assert (None, Ending.INTERRUPTED) == (record.ended, record.end)
        done = len(record.performed)
        assert killed[session] <= done <= killed[session] + 1
        assert tuple(map(performed, range(done))) == record.performed
    assert max(killed.values()) > 100


def test_two_writers_at_once(path: Path) -> None:
    """Two sessions that begin and are written at the same time, are both there as a whole."""
    both = {name: writer(path, name, SETS) for name in ("hips", "desk")}
    ends = {name: told(started) for name, started in both.items()}
    found = records(path)
    assert 2 == len(found)
    for name, (session, sets, words) in ends.items():
        assert (0, "", SETS) == (both[name].returncode, words, sets)
        assert name == found[session].opening.routine
        assert tuple(map(performed, range(SETS))) == found[session].performed


def test_many_open_a_new_log_at_once(path: Path) -> None:
    """However many begin a log at the same moment, it is begun once, and each has its session in it."""
    all_of_them = [writer(path, str(number), 3) for number in range(6)]
    assert [(3, "")] * 6 == [told(started)[1:] for started in all_of_them]
    assert sorted("012345") == sorted(record.opening.routine for record in records(path).values())


def test_many_open_a_damaged_log_at_once(path: Path) -> None:
    """It is set aside once, and each has its session in the new one."""
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no log at all" * 1000)
    all_of_them = [writer(path, str(number), 3) for number in range(6)]
    assert [(3, "")] * 6 == [told(started)[1:] for started in all_of_them]
    assert sorted("012345") == sorted(record.opening.routine for record in records(path).values())
    assert 1 == len(list(path.parent.glob("log.damaged-*.db")))


def test_a_full_disk(small_disk: Path) -> None:
    """When the disk is full that is told in one line; what was written before is there when there is room."""
    path = small_disk / "log.db"
    started = writer(path, "hips")
    session, sets, words = told(started)
    assert 1 == started.returncode
    assert f"the log of sessions, {path}, cannot be used: the disk is full; free some space\n" == words
    moved = small_disk.parent / "log.db"
    for added in ("", "-wal", "-shm"):
        if (small_disk / f"log.db{added}").exists():
            moved.with_name(f"log.db{added}").write_bytes((small_disk / f"log.db{added}").read_bytes())
    found = records(moved)[session].performed
    assert len(found) >= sets > 100
    assert tuple(map(performed, range(len(found)))) == found


def test_a_disk_that_is_full_from_the_start(small_disk: Path) -> None:
    """A log that cannot be begun is one line as well."""
    with pytest.raises(OSError, match="No space"):
        (small_disk / "all").write_bytes(bytes(2_000_000))
    started = writer(small_disk / "log.db", "hips")
    out, words = started.communicate(timeout=60)
    assert (1, "", 1) == (started.returncode, out, words.count("\n"))
    assert "the disk is full; free some space" in words


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_a_file_that_may_grow_no_more(path: Path) -> None:
    """A limit on the size of files is told in one line, and all sets before it are there."""
    started = writer(path, "hips", largest=400_000)
    session, sets, words = told(started)
    assert (1, 1) == (started.returncode, words.count("\n"))
    assert f"the log of sessions, {path}, cannot be used: the disk" in words
    found = records(path)[session].performed
    assert len(found) >= sets > 50
    assert tuple(map(performed, range(len(found)))) == found

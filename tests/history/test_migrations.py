import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.history.log import Log
from voicecoach.history.migrations import MIGRATIONS, NEWEST, migrate
from voicecoach.history.records import Ending, Feel, Level, Opening, Pain, Performed, Prescribed, Record
from voicecoach.plan.steps import Kind
from voicecoach.routine.model import BOTH_SIDES, Aim, Side

BEGAN = dt.datetime(2026, 11, 20, 19, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
DATA_OF_1 = """
    INSERT INTO prescriptions VALUES (3, 'a digest');
    INSERT INTO sessions VALUES (
        5, 3, 'hips', 'Hüften', '0123456789ab', '2026-11-20T19:00:00+01:00', 1795197600.0, 300.0,
        '{"pace": "gentle"}', 'de', '0.1.0', 'live', '2026-11-20T19:05:00+01:00', 'finished', 290.0, 10.0
    );
    INSERT INTO prescribed VALUES (
        3, 0, 'stretch.pigeon', 'Taube', 'piriformis', 'stretch', 'hold', 2, 'left right', 30.0, NULL, '', 1
    );
    INSERT INTO prescribed VALUES (
        3, 1, 'strengthen.clam', 'Muschel', '', 'strengthen', 'rep-set', 1, '', 40.0, 10, NULL, NULL
    );
    INSERT INTO performed VALUES (
        5, 0, 'stretch.pigeon', 'hold', 1, 'left', NULL, 30.0, 12.5, NULL, NULL, -5.0, 2.0, 1
    );
    INSERT INTO performed VALUES (
        5, 1, 'strengthen.clam', 'rep-set', 1, NULL, 2, 40.0, 40.0, 10, 10, 0.0, 0.0, 0
    );
"""
"""What a program of the first version left, as a person would type it."""
SESSION_OF_1 = Record(
    5,
    Opening(
        "hips",
        "Hüften",
        "0123456789ab",
        BEGAN,
        (
            Prescribed(
                "stretch.pigeon",
                "Taube",
                "piriformis",
                Aim.STRETCH,
                Kind.HOLD,
                2,
                BOTH_SIDES,
                30.0,
                None,
                Level("", 1),
            ),
            Prescribed("strengthen.clam", "Muschel", "", Aim.STRENGTHEN, Kind.REP_SET, 1, (), 40.0, 10, None),
        ),
        300.0,
        {"pace": "gentle"},
        "de",
        "0.1.0",
    ),
    BEGAN + dt.timedelta(minutes=5),
    Ending.FINISHED,
    290.0,
    10.0,
    None,
    (
        Performed(
            "stretch.pigeon", Kind.HOLD, 1, Side.LEFT, None, 30.0, 12.5, None, None, -5.0, 2.0, skipped=True
        ),
        Performed("strengthen.clam", Kind.REP_SET, 1, None, 2, 40.0, 40.0, 10, 10),
    ),
)


@pytest.fixture
def of_version_1(tmp_path: Path) -> Path:
    """Return a log as the first version wrote it."""
    path = tmp_path / "log.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, 1)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(DATA_OF_1)
    return path


def test_a_log_of_the_first_version_is_brought_up_to_date(of_version_1: Path) -> None:
    """All that was in it is there, what came later can be written, and nothing is set aside."""
    with Log.open(of_version_1) as log:
        assert ((SESSION_OF_1,), ()) == (log.records(), log.notes)
        log.answer(5, Feel.EASY)
        log.hurt(Pain("hips", "stretch.pigeon", "Taube", BEGAN), 5)
    with Log.open(of_version_1) as log:
        assert Feel.EASY == log.records()[0].feel
        assert 1 == len(log.pains())
    with closing(sqlite3.connect(of_version_1)) as connection:
        assert [(NEWEST,)] == connection.execute("PRAGMA user_version").fetchall()
        assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
    assert [of_version_1] == list(of_version_1.parent.iterdir())


def test_a_migration_that_is_cut_off_has_not_begun(
    of_version_1: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a statement of it fails the log is as it was, and is brought up to date by who can."""
    broken = (*MIGRATIONS[:-1], (*MIGRATIONS[-1], "CREATE TABLE pains (id)"))
    with closing(sqlite3.connect(of_version_1, isolation_level=None)) as connection:
        with monkeypatch.context() as patch:
            patch.setattr("voicecoach.history.migrations.MIGRATIONS", broken)
            with pytest.raises(sqlite3.OperationalError, match="already exists"):
                migrate(connection)
        assert (1,) == connection.execute("PRAGMA user_version").fetchone()
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'pains'").fetchone()
        assert (0,) == tables
    with Log.open(of_version_1) as log:
        assert (SESSION_OF_1,) == log.records()


def test_each_version_leads_to_the_newest() -> None:
    """From every version, the schema becomes that of a log that is begun now."""
    schemas = set()
    for version in range(NEWEST + 1):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            if version:
                migrate(connection, version)
            migrate(connection)
            found = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
            schemas.add(tuple(found))
    assert 1 == len(schemas)

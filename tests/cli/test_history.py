import csv
import datetime as dt
import io
import json
import re
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import fitdecode
import pytest
from click.testing import CliRunner, Result

from tests.terminal import Terminal
from tests.training import session, weeks_of_training
from voicecoach import folders
from voicecoach.cli import main
from voicecoach.history.log import Log
from voicecoach.history.records import Ending, Feel, Origin, Pain, Record
from voicecoach.routine.shelf import LIBRARY
from voicecoach.session.alone import alone

TODAY = dt.datetime.now().astimezone().date()
HEADS = ["no.", "began", "routine", "time", "sets", "end", "felt"]


def run(*arguments: str) -> Result:
    """Run a command as if typed, where there is no terminal."""
    return CliRunner().invoke(main, ["history", *arguments])


def log_of(records: Iterable[Record]) -> None:
    """Write sessions into the log."""
    with Log.open(folders.log()) as log:
        for record in records:
            log.add(record)


def cells(result: Result) -> list[list[str]]:
    """Return the cells of the table, row by row."""
    assert 0 == result.exit_code, result.output
    return [
        [cell.strip() for cell in line.split("  ") if cell.strip()] for line in result.stdout.splitlines()
    ]


def ago(days: int) -> dt.date:
    """Return the day so many days ago."""
    return TODAY - dt.timedelta(days=days)


@pytest.mark.parametrize("arguments", [(), ("--csv",), ("hip-mobility",), ("--since", "4w")])
def test_nothing_yet(arguments: tuple[str, ...]) -> None:
    """Without a log one line says so, it is no error, and no log is begun."""
    told = run(*arguments)
    assert (0, 1) == (told.exit_code, len(told.stderr.splitlines()))
    assert "there is no session in the log yet; 'voicecoach play' and 'voicecoach log'" in told.stderr
    assert not folders.log().exists()


def test_nothing_yet_for_programs() -> None:
    """The document is there, with no session in it."""
    told = run("--json")
    assert (0, "") == (told.exit_code, told.stderr)
    assert {"schema": 1, "sessions": [], "pains": []} == json.loads(told.stdout)


def test_the_table() -> None:
    """A row for each session, the oldest first, in words alone."""
    log_of(
        [
            session(ago(9), feel=Feel.EASY),
            session(ago(5), session(ago(5)).performed[:4], end=Ending.QUIT, seconds=3725, feel=Feel.HARD),
            session(ago(3), [], origin=Origin.BY_HAND, end=Ending.QUIT, seconds=600),
            session(ago(1), end=Ending.INTERRUPTED, routine="/home/me/legs.toml"),
        ]
    )
    told = run()
    assert "" == told.stderr
    assert [
        HEADS,
        ["1", f"{ago(9)} 19:00", "evening-hips", "25:00", "9 of 9", "finished", "easy"],
        ["2", f"{ago(5)} 19:00", "evening-hips", "1:02:05", "4 of 9", "ended", "hard"],
        ["3", f"{ago(3)} 19:00", "evening-hips", "10:00", "not known", "ended"],
        ["4", f"{ago(1)} 19:00", "legs.toml", "25:00", "9 of 9", "interrupted"],
    ] == cells(told)


def test_which_sessions_are_shown() -> None:
    """The newest 20, as many as asked for, those from a day on, or of a routine; what is left out is told."""
    log_of([*(session(ago(days)) for days in range(30, 0, -1)), session(TODAY, routine="legs")])
    usual = run()
    assert [str(number) for number in range(12, 32)] == [row[0] for row in cells(usual)[1:]]
    assert "voicecoach: the newest 20 of 31 sessions; -n 31 shows all\n" == usual.stderr
    assert ["30", "31"] == [row[0] for row in cells(run("-n", "2"))[1:]]
    assert 31 == len(cells(run("-n", "99999999999999999999"))) - 1
    since = run("--since", "1w")
    assert ([str(number) for number in range(25, 32)], "") == (
        [row[0] for row in cells(since)[1:]],
        since.stderr,
    )
    assert ["31"] == [row[0] for row in cells(run("--since", str(TODAY)))[1:]]
    assert ["29", "30"] == [row[0] for row in cells(run("evening-hips", "--newest", "2"))[1:]]
    assert 31 == len(json.loads(run("--json").stdout)["sessions"])
    assert 1 == len(json.loads(run("--json", "-n", "1").stdout)["sessions"])


def test_which_routine() -> None:
    """One that was done is found by name or path, though its file be gone; a slip gets the nearest."""
    log_of([session(TODAY, routine="desk-break"), session(TODAY, routine="/gone/legs.toml")])
    for name in ("desk-break", str(LIBRARY / "desk-break.toml")):
        assert ["1"] == [row[0] for row in cells(run(name))[1:]]
    for name in ("/gone/legs.toml", "legs.toml", "legs"):
        assert ["2"] == [row[0] for row in cells(run(name))[1:]]
    never = run("morning")
    assert 0 == never.exit_code
    assert "there is no session of morning in the log yet" in never.stderr
    wrong = run("desk-brake")
    assert 2 == wrong.exit_code
    assert "there is no session of 'desk-brake' in the log (did you mean 'desk-break'?)" in wrong.stderr
    assert "it has some of /gone/legs.toml, desk-break" in run("xyz").stderr


def test_nothing_in_a_time() -> None:
    """Where all sessions are older, the newest one is told."""
    log_of([session(ago(20))])
    told = run("--since", "1w")
    assert (0, "") == (told.exit_code, told.stdout)
    assert f"there is no session since {ago(6)}; the newest is of {ago(20)}" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--since", "soon"), "is no time to look back; write 4w, 30d"),
        (("--since", "2999-01-01"), "is yet to come"),
        (("-n", "0"), "is not in the range"),
        (("--json", "--csv"), "three different things"),
        (("--csv", "--fit", "x.fit"), "three different things"),
        (("--session", "1"), "--session is for --fit"),
        (("--force",), "--force is for --fit"),
        (("--fit", "x.fit", "--session", "99999999999999999999"), "there is no session 99999999999999999999"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], why: str) -> None:
    """Wrong use ends with code 2 and says what is wanted."""
    log_of([session(TODAY)])
    told = run(*arguments)
    assert (2, "") == (told.exit_code, told.stdout)
    assert why in told.stderr


def test_under_way() -> None:
    """The newest session that nobody ended is under way while one plays, and interrupted when none does."""
    log_of([session(day, end=Ending.INTERRUPTED) for day in (ago(1), TODAY)])
    folders.playing().parent.mkdir(parents=True, exist_ok=True)
    with alone(folders.playing(), "Hips"):
        assert ["interrupted", "under way"] == [row[5] for row in cells(run())[1:]]
        assert "under way" == json.loads(run("--json").stdout)["sessions"][-1]["end"]
        assert ["interrupted"] == [row[5] for row in cells(run("--since", str(ago(1)), "-n", "2"))[1:2]]
    assert ["interrupted", "interrupted"] == [row[5] for row in cells(run())[1:]]


def test_under_way_is_none_of_an_older_routine() -> None:
    """While another routine plays, the last session of this one is not taken for it."""
    log_of(
        [
            session(ago(1), end=Ending.INTERRUPTED),
            session(TODAY, end=Ending.INTERRUPTED, routine="desk-break"),
        ]
    )
    folders.playing().parent.mkdir(parents=True, exist_ok=True)
    with alone(folders.playing(), "Hips"):
        assert ["interrupted"] == [row[5] for row in cells(run("evening-hips"))[1:]]
        assert ["under way"] == [row[5] for row in cells(run("desk-break"))[1:]]


def test_to_look_leaves_no_trace() -> None:
    """To ask whether a session plays makes no file."""
    log_of([session(TODAY, end=Ending.INTERRUPTED)])
    run()
    assert not folders.playing().exists()


def test_csv_for_spreadsheets() -> None:
    """A row for each set, with line ends as RFC 4180 has them, also in a pipe."""
    log_of(weeks_of_training(2, TODAY))
    with Log.open(folders.log()) as log:
        sets = sum(len(record.performed) for record in log.records())
    told = run("--csv")
    assert (0, "") == (told.exit_code, told.stderr)
    assert told.stdout_bytes.count(b"\r\n") == told.stdout_bytes.count(b"\n") == sets + 1
    rows = list(csv.DictReader(io.StringIO(told.stdout_bytes.decode(), newline="")))
    assert {"Pigeon", "Calves", "Clam"} == {row["exercise"] for row in rows}


def test_bytes_that_are_no_text() -> None:
    """A file may be called anything: every form of the history can be printed."""
    log_of([session(TODAY, routine="/\udcff/\x1b[31mred.toml", title="=1+1\udcff")])
    for arguments in ((), ("--csv",), ("--json",)):
        told = run(*arguments)
        assert 0 == told.exit_code, told.output
        assert b"\x1b" not in told.stdout_bytes or arguments == ("--csv",)


def test_json_has_what_hurt() -> None:
    """Pains are there, of the routine that is asked for or of all."""
    log_of([session(TODAY), session(TODAY, routine="legs")])
    with Log.open(folders.log()) as log:
        log.hurt(Pain("legs", "a.lunge", "Lunge", dt.datetime.now().astimezone()))
    assert ["Lunge"] == [pain["name"] for pain in json.loads(run("--json").stdout)["pains"]]
    assert [] == json.loads(run("evening-hips", "--json").stdout)["pains"]


def test_a_fit_activity(tmp_path: Path) -> None:
    """The newest of those that are chosen is written, or the one that is asked for by its number."""
    log_of([session(ago(days)) for days in (40, 3, 2)] + [session(ago(1), routine="legs")])
    found = []
    for number, arguments in enumerate([(), ("evening-hips",), ("--session", "1")]):
        target = tmp_path / f"{number}.fit"
        told = run(*arguments, "--fit", str(target))
        assert (0, "") == (told.exit_code, told.stdout), told.output
        with fitdecode.FitReader(target) as reader:
            found += [
                frame.get_value("start_time").date()
                for frame in reader
                if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "session"
            ]
    assert [ago(1), ago(2), ago(40)] == found
    refused = run("--fit", str(tmp_path / "0.fit"))
    assert 1 == refused.exit_code
    assert "exists already" in refused.stderr
    assert 0 == run("--fit", str(tmp_path / "0.fit"), "--force").exit_code


def test_a_fit_activity_of_nothing(tmp_path: Path) -> None:
    """Without a session there is no file, and that is an error."""
    refused = run("--fit", str(tmp_path / "out.fit"))
    assert 2 == refused.exit_code
    assert "there is no session in the log" in refused.stderr
    assert [] == list(tmp_path.iterdir())


def test_a_damaged_log() -> None:
    """It is set aside, which is told, and then there is no session."""
    folders.log().parent.mkdir(parents=True)
    folders.log().write_text("My log\n" * 100)
    told = run()
    assert 0 == told.exit_code
    assert ["is damaged" in line for line in told.stderr.splitlines()] == [True, False]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
@pytest.mark.parametrize("columns", [100, 40])
def test_on_a_terminal(columns: int) -> None:
    """The table is as broad as the terminal at most."""
    log_of([session(ago(1), feel=Feel.RIGHT), session(TODAY, end=Ending.INTERRUPTED)])
    with closing(Terminal(40, columns)) as terminal:
        terminal.start([sys.executable, "-m", "voicecoach", "history"])
        assert 0 == terminal.end()
    plain = re.sub(r"\x1b\[[0-9;]*m", "", terminal.drawn)
    assert all(len(line) <= columns for line in plain.splitlines())
    letters = "".join(line[-22:] for line in plain.splitlines())
    assert "right" in letters
    assert "…" not in plain
    assert ("interrupted" in plain) is (columns > 80)


def test_a_day_is_that_of_where_it_was_done() -> None:
    """Who trained on the first day, in whatever part of the world, has trained since that day."""
    zones = [dt.timezone(dt.timedelta(hours=hours)) for hours in (14, -12)]
    for day in (ago(7), ago(6)):
        records = [session(day) for _ in zones]
        log_of(
            replace(one, opening=replace(one.opening, began=dt.datetime.combine(day, dt.time(clock), zone)))
            for one, zone, clock in zip(records, zones, (0, 23), strict=True)
        )
    assert {str(ago(6))} == {row[1][:10] for row in cells(run("--since", "1w"))[1:]}
    assert 2 == len(cells(run("--since", "1w"))) - 1

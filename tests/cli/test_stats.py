import datetime as dt
import json
import os
import stat
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.training import CALVES, PIGEON, session, sets, weeks_of_training
from voicecoach import folders
from voicecoach.cli import main
from voicecoach.history.log import Log
from voicecoach.history.records import Feel, Origin, Pain, Record
from voicecoach.plots.canvas import MISSING
from voicecoach.routine.model import Side

NOW = dt.datetime.now().astimezone()
TODAY = NOW.date()


def run(*arguments: str) -> Result:
    """Run a command as if typed, where there is no terminal."""
    return CliRunner().invoke(main, ["stats", *arguments])


def log_of(records: Iterable[Record]) -> None:
    """Write sessions into the log."""
    with Log.open(folders.log()) as log:
        for record in records:
            log.add(record)


def row(result: Result, begin: str) -> list[str]:
    """Return the cells of the row of a table that begins so."""
    line = next(line for line in result.stdout.splitlines() if line.startswith(begin))
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def ago(days: int) -> dt.date:
    """Return the day so many days ago."""
    return TODAY - dt.timedelta(days=days)


def test_nothing_yet() -> None:
    """Without a log one line says so, it is no error, and no log is begun."""
    told = run()
    assert (0, "", 1) == (told.exit_code, told.stdout, len(told.stderr.splitlines()))
    assert "there is no session in the log yet" in told.stderr
    assert 0 == json.loads(run("--json").stdout)["sessions"]
    assert not folders.log().exists()


def test_nothing_lately() -> None:
    """Where all sessions are older, the newest one is told."""
    log_of([session(ago(100))])
    assert f"there is no session since {ago(83)}; the newest is of {ago(100)}" in run().stderr
    assert 0 == run().exit_code


def test_twelve_weeks() -> None:
    """Sessions and minutes a week, sets, answers, and the weeks in a row, which may be more than twelve."""
    log_of(weeks_of_training(30, TODAY))
    told = run()
    assert (0, "") == (told.exit_code, told.stderr)
    lines = told.stdout.splitlines()
    assert f"Sessions, {ago(83)} to {TODAY}" == lines[0]
    assert lines[1].startswith("36 sessions, ")
    assert lines[1].endswith(" to the end: 3 a week")
    assert " of 324 prescribed sets done" in told.stdout
    assert "how they felt: " in told.stdout
    assert any(
        line in {"30 weeks in a row with a session", "31 weeks in a row with a session"} for line in lines
    )
    weeks = [line.split() for line in lines if line[:2] == "20"]
    assert len(weeks) in {12, 13}
    assert 36 == sum(int(sessions) for _, sessions, _ in weeks)


def test_time_under_stretch() -> None:
    """Each muscle has its seconds beside the guideline, a row for both sides where they got the same."""
    log_of([session(ago(days)) for days in (12, 10, 7, 5, 3, 0)])
    log_of([session(ago(1), [*sets(CALVES), *(one for one in sets(PIGEON) if one.side is Side.LEFT)])])
    told = run("--since", "2w")
    assert ["glutes", "left", "7:00", "60 s, within"] == row(told, "glutes")[:4]
    right = [line.split("  ") for line in told.stdout.splitlines() if " right " in line]
    assert "6:00" in {cell.strip() for cell in right[0]}
    assert ["calves", "each", "3:30", "30 s, below"] == row(told, "calves")[:4]
    assert "hip abductors" not in told.stdout
    assert "guidelines: total per muscle and side 60 to 90 s [1], 60 s [2]; how often" in told.stdout
    assert "\n[1] the hip mobility page of Calgary Chiropractic\n[2] ACSM, Garber 2011\n" in told.stdout
    assert "none of this is medical advice" in told.stdout
    assert "[3]" not in told.stdout


def test_who_began_lately() -> None:
    """Figures a week count from the first session, not from a time before it."""
    log_of([session(ago(days)) for days in (6, 4, 2, 0)])
    assert "4 sessions, all to the end: 4 a week" in run().stdout
    assert f"Sessions, {ago(6)} to {TODAY}" in run().stdout
    log_of([session(ago(200))])
    assert "4 sessions, all to the end: 0.3 a week" in run().stdout


def test_no_word_of_blame() -> None:
    """Where there is no row of weeks, none is spoken of; where nobody answered, no answers are."""
    log_of([session(ago(40))])
    told = run()
    assert "in a row" not in told.stdout
    assert "felt" not in told.stdout
    assert "1 session, all to the end" in told.stdout


def test_a_session_by_hand() -> None:
    """Of a session with its time alone, the time counts."""
    log_of([session(TODAY, [], origin=Origin.BY_HAND, seconds=600, feel=Feel.EASY)])
    told = run()
    assert "10 minutes: 10 a week" in told.stdout
    assert "sets" not in told.stdout.split("week from")[0]
    assert "Muscles" not in told.stdout
    assert "advice" not in told.stdout


def test_pains_that_are_open() -> None:
    """What is left out is told, with the command that puts it back; what was put back is not."""
    log_of([session(ago(3))])
    with Log.open(folders.log()) as log:
        log.hurt(Pain("my hips", "stretch.pigeon", "Pigeon", NOW - dt.timedelta(days=3)))
        log.hurt(Pain("my hips", "stretch.pigeon", "Pigeon", NOW - dt.timedelta(days=1)))
        log.hurt(Pain("evening-hips", "strengthen.clam", "Clam", NOW - dt.timedelta(days=3)))
        log.resume("evening-hips", "strengthen.clam", NOW)
    told = run()
    back = "voicecoach progress 'my hips' --resume stretch.pigeon"
    assert f"  Pigeon, since {ago(3)}; to put it back: {back}\n" in told.stdout
    assert 1 == told.stdout.count("Pigeon")
    assert "Clam" not in told.stdout
    assert "left out" not in run("evening-hips").stdout.lower()


def test_one_routine() -> None:
    """The sessions of one routine alone are summed up; a wrong name gets the nearest."""
    log_of([session(ago(2)), session(ago(1), routine="legs"), session(TODAY, routine="legs")])
    assert "2 sessions" in run("legs").stdout
    assert 2 == json.loads(run("legs", "--json").stdout)["sessions"]
    wrong = run("evening-hip")
    assert 2 == wrong.exit_code
    assert "did you mean 'evening-hips'" in wrong.stderr


def test_ten_years() -> None:
    """The last weeks of a long time are listed; where there are more, that is told."""
    log_of(session(ago(days)) for days in range(0, 3650, 50))
    told = run("--since", "10y")
    assert "(the last 13 of 5" in told.stdout
    assert 13 == sum(line[:2] == "20" for line in told.stdout.splitlines())


def test_json() -> None:
    """Figures for programs, by exercise and side too."""
    log_of(weeks_of_training(12, TODAY))
    found = json.loads(run("--json").stdout)
    assert (1, 36, str(TODAY)) == (found["schema"], found["sessions"], found["to"])
    assert 3 == pytest.approx(found["sessions_a_week"], abs=0.2)
    assert {("Pigeon", "left"), ("Pigeon", "right"), ("Calves", None)} <= {
        (one["exercise"], one["side"]) for one in found["exercises"]
    }


@pytest.mark.long
@pytest.mark.parametrize("name", ["out.svg", "OUT.PNG"])
def test_a_drawing(tmp_path: Path, name: str) -> None:
    """It is written whole, with the usual modes, and not over a file that exists unless that is asked for."""
    log_of(weeks_of_training(4, TODAY))
    target = tmp_path / name
    told = run("--plot", str(target))
    assert 0 == told.exit_code, told.output
    assert [name] == [file.name for file in tmp_path.iterdir()]
    assert told.stderr.startswith(f"{target}: ")
    assert told.stdout.startswith("Sessions, ")
    data = target.read_bytes()
    if name.endswith("svg"):
        assert "{http://www.w3.org/2000/svg}svg" == ET.fromstring(data).tag  # noqa: S314 - of our own making
    else:
        assert data.startswith(b"\x89PNG\r\n")
    if os.name == "posix":
        (tmp_path / "usual").touch()
        modes = {stat.S_IMODE((tmp_path / file).stat().st_mode) for file in (name, "usual")}
        assert 1 == len(modes)
    refused = run("--plot", str(target))
    assert (1, "") == (refused.exit_code, refused.stdout)
    assert "exists already" in refused.stderr
    assert 0 == run("--plot", str(target), "--force").exit_code


@pytest.mark.long
def test_a_drawing_for_the_first_time_says_nothing_else(tmp_path: Path) -> None:
    """The library looks for fonts at first: that is kept in our folder, and it has no word on stderr."""
    log_of(weeks_of_training(4, TODAY))
    target = tmp_path / "out.svg"
    environ = {name: value for name, value in os.environ.items() if name != "MPLCONFIGDIR"}
    done = subprocess.run(
        [sys.executable, "-m", "voicecoach", "stats", "--plot", str(target), "--json"],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert 1 == len(done.stderr.splitlines())
    assert done.stderr.startswith(str(target))
    assert json.loads(done.stdout)["sessions"]
    assert any(folders.drawing().iterdir())


@pytest.mark.parametrize(
    ("target", "code", "why"),
    [
        ("out.pdf", 2, "--plot draws SVG or PNG; write out.svg or out.png"),
        ("out", 2, "--plot draws SVG or PNG; write out.svg or out.png"),
        ("nowhere/out.svg", 1, "there is no folder"),
    ],
)
def test_a_drawing_that_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, code: int, why: str
) -> None:
    """One line says what is in the way, before anything is done."""
    monkeypatch.chdir(tmp_path)
    log_of([session(TODAY)])
    told = run("--plot", target)
    assert (code, "") == (told.exit_code, told.stdout)
    assert why in told.stderr
    assert [] == list(tmp_path.iterdir())


def test_a_drawing_of_nothing(tmp_path: Path) -> None:
    """Without a session nothing is drawn, and whoever waits for the file is told by the exit code."""
    told = run("--plot", str(tmp_path / "out.svg"))
    assert 1 == told.exit_code
    assert "so nothing is drawn" in told.stderr
    assert [] == list(tmp_path.iterdir())


def test_without_matplotlib(tmp_path: Path) -> None:
    """One line says how to install it; the figures need nothing of it."""
    log_of([session(TODAY)])
    program = "import sys; sys.modules['matplotlib'] = None; from voicecoach.cli import main; main()"

    def without(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, "stats", *arguments], capture_output=True, text=True, check=False
        )

    told = without("--plot", tmp_path / "out.svg")
    assert (1, "", f"voicecoach: {MISSING}\n") == (told.returncode, told.stdout, told.stderr)
    assert "pip install 'voicecoach[plots]'" in MISSING
    assert [] == list(tmp_path.iterdir())
    figures = without()
    assert (0, "") == (figures.returncode, figures.stderr)


@pytest.mark.skipif(os.name != "posix", reason="there are no such pipes")
@pytest.mark.long
def test_a_drawing_is_there_though_nobody_reads_the_figures(tmp_path: Path) -> None:
    """Whoever reads the first lines alone, as ``head`` does, has the drawing all the same."""
    log_of(weeks_of_training(4, TODAY))
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "voicecoach", "stats", "--plot", str(tmp_path / "out.svg")]
    with os.fdopen(writing, "wb") as nobody:
        done = subprocess.run(command, stdout=nobody, stderr=subprocess.PIPE, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out.svg").read_bytes().rstrip().endswith(b"</svg>")

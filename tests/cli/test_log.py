import datetime as dt
import os
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.terminal import Terminal
from voicecoach import folders
from voicecoach.cli import main
from voicecoach.history.log import Log
from voicecoach.history.prescription import version_of
from voicecoach.history.records import AS_WRITTEN, Ending, Feel, Level, Origin, Pain, Record
from voicecoach.routine.shelf import LIBRARY


def run(*arguments: str) -> Result:
    """Run a command as if typed, where there is no terminal."""
    return CliRunner().invoke(main, list(arguments))


def records() -> tuple[Record, ...]:
    """Return what stands in the log."""
    with Log.open(folders.log()) as log:
        return log.records()


def pains() -> tuple[Pain, ...]:
    """Return what hurt."""
    with Log.open(folders.log()) as log:
        return log.pains()


def test_a_session_that_was_done_with_a_file() -> None:
    """It stands in the log with all its sets, as they were adjusted, when it was done and how it felt."""
    asked = ("--done", "1h", "--feel", "right", "--on", "2026-02-03", "--at", "19:00", "--skip", "roll")
    done = run("log", "hip-mobility", *asked, "--set", "bridge.reps=9")
    assert (0, "") == (done.exit_code, done.stderr)
    assert "hip-mobility: 1:00:00 on 2026-02-03 at 19:00, with all its" in done.stdout
    assert "it is at least 90 % of the" in done.stdout
    (record,) = records()
    opening = record.opening
    assert dt.datetime(2026, 2, 3, 19).astimezone() == opening.began
    assert ("hip-mobility", "Hip mobility", Origin.BY_HAND) == (
        opening.routine,
        opening.title,
        opening.origin,
    )
    assert {"skip": ["roll"], "set": ["bridge.reps=9"]} == opening.adjustments
    assert version_of((LIBRARY / "hip-mobility.toml").read_bytes()) == opening.version
    assert (3600, Ending.FINISHED, Feel.RIGHT) == (record.seconds, record.end, record.feel)
    assert opening.prescribed
    assert all(record.is_complete(one.address) for one in opening.prescribed)
    assert not any(one.address.startswith("roll") for one in opening.prescribed)
    bridge = opening.prescribed[[one.name for one in opening.prescribed].index("Bridge")]
    assert (9, None) == (bridge.reps, bridge.level)


def test_a_session_that_was_cut_short() -> None:
    """Less than nine tenths of the length counts as time alone, which is said."""
    done = run("log", "hip-mobility", "--done", "25m")
    assert 0 == done.exit_code
    assert "the time alone and no sets: it is less than 90 % of the 1:15" in done.stdout
    (record,) = records()
    assert (1500, Ending.QUIT, None, ()) == (record.seconds, record.end, record.feel, record.performed)
    assert record.ended
    assert abs(record.ended - dt.datetime.now().astimezone()) < dt.timedelta(minutes=5)


def test_an_exercise_that_hurt() -> None:
    """It is marked by its address, and the seed's advice is given; a wrong name writes nothing."""
    refused = run("log", "hip-mobility", "--done", "25m", "--pain", "brigde")
    assert 2 == refused.exit_code
    assert "the routine has no 'brigde' (did you mean 'bridge'" in refused.stderr
    assert not folders.log().exists()
    done = run("log", "hip-mobility", "--done", "25m", "--pain", "bridge")
    assert "voicecoach progress hip-mobility --resume strengthen.bridge" in done.stdout
    assert "stop, and ask a health or fitness professional about it" in done.stdout
    assert ["strengthen.bridge"] == [pain.address for pain in pains()]
    assert Feel.PAIN is records()[0].feel
    unnamed = run("log", "hip-mobility", "--done", "25m", "--feel", "pain")
    assert "name it with --pain EXERCISE" in unnamed.stdout


def test_progress_is_kept() -> None:
    """A session by hand is of the dose as written: it sets no exercise back that has come further."""
    run("log", "hip-mobility", "--done", "2h")
    (first,) = records()
    further = [replace(one, level=Level("", 1)) for one in first.opening.prescribed[:1]]
    opening = replace(first.opening, prescribed=(*further, *first.opening.prescribed[1:]))
    with Log.open(folders.log()) as log:
        log.add(replace(first, opening=opening))
    run("log", "hip-mobility", "--done", "2h")
    none, *others = [one.level for one in records()[-1].opening.prescribed]
    assert (None, {AS_WRITTEN}) == (none, set(others))


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("hip-mobility", "--done", "25m", "--on", "2999-01-01"), "is still to come"),
        (("hip-mobility", "--done", "25m", "--on", "0001-01-01"), "give a day from 1970 on"),
        (("hip-mobility", "--done", "25h"), "is too long"),
        (("hip-mobility", "--done", "0"), "is too short"),
        (("hip-mobility", "--done", "soon"), "is not a duration"),
        (("hip-mobility", "--done", "25m", "--on", "yesterday"), "does not match the format"),
        (("hip-mobility", "--done", "25m", "--only", "x"), "the routine has no 'x'"),
        (("hip-mobilty", "--done", "25m"), "did you mean 'hip-mobility'"),
        (("hip-mobility",), "Missing option '--done'"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(arguments: tuple[str, ...], why: str) -> None:
    """A wrong figure, day, name or address ends the command before there is a log."""
    refused = run("log", *arguments)
    assert 2 == refused.exit_code
    assert why in refused.stderr
    assert not folders.log().exists()


def test_one_routine_has_one_name_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a routine is named, by its name or by a path from anywhere, its sessions belong together."""
    text = (LIBRARY / "desk-break.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("desk-break", str(LIBRARY / "desk-break.toml"), "mine.toml", str(tmp_path / "mine.toml")):
        assert 0 == run("log", name, "--done", "5m").exit_code
    found = [record.opening.routine for record in records()]
    assert ["desk-break"] * 2 + [str((tmp_path / "mine.toml").resolve())] * 2 == sorted(found, key=len)


def test_a_damaged_log_is_told() -> None:
    """What was set aside is told in a line, and the session is written into a new log."""
    folders.log().parent.mkdir(parents=True)
    folders.log().write_text("My log\n" * 100)
    done = run("log", "desk-break", "--done", "5m")
    assert (0, 1) == (done.exit_code, len(records()))
    assert "voicecoach: the log of sessions is damaged" in done.stderr


def test_to_forget_without_a_terminal_takes_yes() -> None:
    """What would be deleted is listed; without a terminal to ask at, nothing is, unless --yes is given."""
    run("log", "desk-break", "--done", "5m")
    aside = folders.log().with_name("log.damaged-20260102-030405.db")
    aside.write_text("x")
    refused = run("forget")
    assert (2, 1) == (refused.exit_code, len(refused.stderr.splitlines()))
    assert "give --yes to delete these files" in refused.stderr
    assert [str(folders.log()), str(aside)] == [line.split(", ")[0] for line in refused.stdout.splitlines()]
    assert folders.log().exists()
    gone = run("forget", "--yes")
    assert (0, "deleted 2 files") == (gone.exit_code, gone.stdout.splitlines()[-1])
    assert [] == list(folders.log().parent.iterdir())
    nothing = run("forget", "--yes")
    assert 0 == nothing.exit_code
    assert "there is no log of sessions" in nothing.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
@pytest.mark.parametrize(("answer", "is_gone"), [("n", False), ("", False), ("y", True)])
def test_to_forget_asks(answer: str, *, is_gone: bool) -> None:
    """At a terminal it asks; anything but yes deletes nothing."""
    run("log", "desk-break", "--done", "5m")
    with closing(Terminal(24, 100)) as terminal:
        terminal.start([sys.executable, "-m", "voicecoach", "forget"])
        terminal.until("Delete all of it? It cannot be brought back. [y/N]")
        terminal.type(f"{answer}\n")
        assert 0 == terminal.end()
        assert ("deleted 1 file" if is_gone else "nothing was deleted") in terminal.drawn
    assert is_gone is not folders.log().exists()


@pytest.mark.skipif(os.name != "posix", reason="there are no such modes")
def test_the_log_is_the_users_alone() -> None:
    """The file may be read by nobody else."""
    run("log", "desk-break", "--done", "5m")
    assert 0o600 == folders.log().stat().st_mode & 0o777

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach import folders
from voicecoach.cli import main
from voicecoach.history.log import Log
from voicecoach.history.prescription import done_as_prescribed, prescribed
from voicecoach.history.records import Ending, Feel, Opening, Pain, Record
from voicecoach.routine.files import load
from voicecoach.routine.shelf import LIBRARY

NOW = dt.datetime.now().astimezone()
CLAM = "strengthen.clam"


def run(*arguments: str) -> Result:
    """Run a command as if typed."""
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def easy_days() -> None:
    """Fill the log with three easy sessions, after the last of which the clam hurt."""
    routine = load(LIBRARY / "hip-mobility.toml")
    asked, done = prescribed(routine), done_as_prescribed(routine)
    with Log.open(folders.log()) as log:
        for days in (6, 4, 2):
            began = NOW - dt.timedelta(days=days)
            opening = Opening("hip-mobility", routine.title, "1", began, asked)
            log.add(Record(0, opening, began, Ending.FINISHED, feel=Feel.EASY, performed=done))
        log.hurt(Pain("hip-mobility", CLAM, "Clam", NOW - dt.timedelta(days=1)))


def test_nothing_is_done_yet() -> None:
    """The table has each exercise, as written, and what would come after three easy sessions."""
    told = run("progress", "hip-mobility")
    assert 0 == told.exit_code
    assert "Hip mobility: progress at the steady pace" == told.stdout.splitlines()[0]
    row = next(line for line in told.stdout.splitlines() if "Figure four" in line)
    assert ["Figure four", "30 s, 2 sets", "the same", "not done yet", "after 3 easy sessions: 35 s"] == [
        cell.strip() for cell in row.split("  ") if cell
    ]
    assert not folders.log().exists()


@pytest.mark.usefixtures("easy_days")
def test_what_is_due_and_why() -> None:
    """Three easy sessions are a step up; an exercise that hurt is left out, until it is put back."""
    told = run("progress", "hip-mobility")
    row = next(line for line in told.stdout.splitlines() if "Figure four" in line)
    assert "35 s" in row
    assert "the last 3 felt easy" in row
    assert "left out" in next(line for line in told.stdout.splitlines() if "  Clam " in line)
    assert "voicecoach progress hip-mobility --resume strengthen.clam" in told.stdout.splitlines()[-1]
    back = run("progress", "hip-mobility", "--resume", "clam")
    assert (0, "Clam is put back.") == (back.exit_code, back.stdout[:17])
    assert "left out" not in run("progress", "hip-mobility").stdout
    again = run("progress", "hip-mobility", "--resume", "clam")
    assert (2, "'clam' is not left out") == (again.exit_code, again.stderr[12:34])


@pytest.mark.usefixtures("easy_days")
def test_json_for_programs() -> None:
    """Each exercise with its level, the level that is due, the rule and its source."""
    rows = {row["exercise"]: row for row in json.loads(run("progress", "hip-mobility", "--json").stdout)}
    four = rows["static-stretch.figure-four"]
    assert ("up", 0, 1, 3) == (
        four["change"],
        four["level"]["rung"],
        four["next_level"]["rung"],
        four["easy_in_a_row"],
    )
    assert "after 3 easy: hold +5 s to 30 s" in four["rule"]
    assert "ACSM" in four["rule_source"]
    assert [CLAM] == [address for address, row in rows.items() if row["left_out"]]
    assert "down" == rows[CLAM]["change"]


def test_a_routine_of_ones_own_in_french(tmp_path: Path) -> None:
    """Its rule and form are its own; a form that is not there is told in one line."""
    file = tmp_path / "x.toml"
    file.write_text(
        'title = "X"\n[[stage]]\ntitle = "S"\n[[stage.exercise]]\nname = "Plank"\ndose = "30 s"\n'
        'progress = "after 1 easy: hold +5 s to 40 s"\nnext = "hip-mobility/gone"\n'
    )
    told = run("progress", str(file), "--pace", "gentle", "--lang", "fr")
    assert "after 1 easy session: 35 s" in told.stdout
    assert "voicecoach: Plank: 'hip-mobility/gone': the routine has no 'gone'" in told.stderr
    checked = run("check", str(file))
    assert 1 == checked.exit_code
    assert f"{file}:8:1: stage 1 'S', exercise 1 'Plank': next = 'hip-mobility/gone'" in checked.stderr
    assert 2 == run("progress", str(file), "--resume", "plonk").exit_code


@pytest.mark.usefixtures("easy_days")
def test_an_exercise_is_put_back_without_the_name_of_its_routine() -> None:
    """What hurt is known; a name that several have, or none, is told with what can be written."""
    with Log.open(folders.log()) as log:
        log.hurt(Pain("hips-of-old", CLAM, "Clam", NOW))
    told = run("progress", "--resume", "clam")
    assert (
        "voicecoach: 'clam' could be one of several; "
        "write one of: hip-mobility --resume strengthen.clam; hips-of-old --resume strengthen.clam\n"
    ) == told.stderr
    assert 0 == run("progress", "hips-of-old", "--resume", "Clam").exit_code
    assert 2 == run("progress", "--resume", "piriformis").exit_code
    back = run("progress", "--resume", "3.2")
    assert (0, "Clam is put back.") == (back.exit_code, back.stdout[:17])
    assert "voicecoach: '3.2' is not left out; nothing is\n" == run("progress", "--resume", "3.2").stderr

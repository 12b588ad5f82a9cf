import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.programs import DATA
from voicecoach.cli import main
from voicecoach.routine.files import load, parse

SHEET = (
    "# Knee\n\n## Warm-up\nBike 5 min\n\n"
    "## Strength\nClamshell 3x10 each side\nSTOP if it hurts!\nCouch stretch 2 x 90s+\n"
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Return a sheet of three exercises, and a line that is none."""
    path = tmp_path / "knee.txt"
    path.write_text(SHEET, encoding="utf-8")
    return path


def run(*arguments: object, data: str | bytes | None = None) -> Result:
    """Run the command as if typed."""
    return CliRunner().invoke(main, ["import", *map(str, arguments)], input=data)


def test_a_file(sheet: Path, tmp_path: Path) -> None:
    """A sheet becomes a routine file; what was read, left out and assumed is told, and how to hear it."""
    target = tmp_path / "my-knee.toml"
    result = run(sheet, "-o", target)
    assert 0 == result.exit_code, result.output
    assert ("Knee", 3) == (load(target).title, load(target).exercises)
    assert "" == result.stdout
    assert [
        "3 exercises in 2 stages; 1 line could not be read:",
        f"{sheet}:8: 'STOP if it hurts!': no dose was found",
        "1 assumption:",
        f"{sheet}:9: 'Couch stretch 2 x 90s+': '90s+' is taken as 90 s",
        f"hear it: voicecoach play {target}",
    ] == result.stderr.splitlines()


def test_without_a_target_it_is_printed(sheet: Path) -> None:
    """Without -o the routine file is printed, and nothing else on standard output."""
    assert 3 == parse(run(sheet).stdout, "stdout").exercises


@pytest.mark.parametrize(
    ("kind", "data"), [((), "Bridge 3x10"), (("--format", "csv"), "exercise,sets,reps\nBridge,3,10")]
)
def test_standard_input(kind: tuple[str, ...], data: str) -> None:
    """A sheet comes from standard input as well, as text unless it is said what it is."""
    routine = parse(run("-", *kind, "--title", "Mine", data=data).stdout, "stdout")
    assert ("Mine", 1) == (routine.title, routine.exercises)


def test_for_programs(sheet: Path, tmp_path: Path) -> None:
    """With --json the counts, what was left out and what was assumed are printed for programs."""
    found = json.loads(run(sheet, "-o", tmp_path / "knee.toml", "--json").stdout)
    assert ("Knee", 3, 2) == (found["title"], found["exercises"], found["stages"])
    assert [
        {"line": 8, "kind": "left out", "text": "STOP if it hurts!", "reason": "no dose was found"}
    ] == found["left_out"]
    assert [(9, "assumed")] == [(guess["line"], guess["kind"]) for guess in found["guesses"]]


def test_what_exists_is_kept(sheet: Path, tmp_path: Path) -> None:
    """A file that exists is not written over, unless that is asked for."""
    target = tmp_path / "knee.toml"
    target.write_text("mine", encoding="utf-8")
    result = run(sheet, "-o", target)
    assert (1, "mine") == (result.exit_code, target.read_text(encoding="utf-8"))
    assert "exists already; choose another name, or write over it with --force" in result.stderr
    assert 0 == run(sheet, "-o", target, "--force").exit_code
    assert 3 == load(target).exercises


@pytest.mark.parametrize(
    ("name", "data", "code", "reason"),
    [
        ("list.txt", b"Crunches\nSquats\n", 1, "no exercise was found: 2 lines have no dose"),
        ("empty.txt", b"", 1, "no exercise was found; write a name and a dose"),
        (
            "wide.txt",
            "Bridge 3x10".encode("utf-16"),
            1,
            "is not UTF-8 text, but probably UTF-16, which Windows",
        ),
        ("sheet.docx", b"PK", 2, "'.docx' cannot be imported"),
        ("heads.csv", b"Bridge,slow\n", 1, "no line names the columns"),
    ],
)
def test_nothing_to_import(tmp_path: Path, name: str, data: bytes, code: int, reason: str) -> None:
    """Where nothing can be read, one line says why and nothing is written."""
    path, target = tmp_path / name, tmp_path / "out.toml"
    path.write_bytes(data)
    result = run(path, "-o", target)
    assert (code, False) == (result.exit_code, target.exists())
    assert reason in result.stderr
    assert 1 == len(result.stderr.splitlines())


def test_no_such_file(tmp_path: Path) -> None:
    """A file that is not there is told in one line."""
    result = run(tmp_path / "nowhere.txt")
    assert 1 == result.exit_code
    assert "nowhere.txt: cannot be read: No such file or directory" in result.stderr


def test_a_dose_for_names(tmp_path: Path) -> None:
    """With --dose, names without a dose get it; that is told once, with their lines, and in the file."""
    path, target = tmp_path / "list.txt", tmp_path / "list.toml"
    path.write_text("Crunches\nSquats\nPlank 2 x 30 s\n", encoding="utf-8")
    result = run(path, "-o", target, "--dose", "3x10")
    assert (0, 3) == (result.exit_code, load(target).exercises)
    assert f"{path}: lines 1, 2: no dose stands here: 3x10 is taken, as --dose has it" in result.stderr
    assert "# line 2: assumed: no dose stands here: 3x10" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "dose"), [("list.txt", "slowly"), ("list.csv", "3x10")])
def test_no_dose_for_names(tmp_path: Path, name: str, dose: str) -> None:
    """What is no dose, or a file that is no sheet of text, is refused, and nothing is written."""
    path, target = tmp_path / name, tmp_path / "list.toml"
    path.write_text("exercise,sets\nCrunches,2\n", encoding="utf-8")
    result = run(path, "-o", target, "--dose", dose)
    assert (2, False) == (result.exit_code, target.exists())
    assert "--dose" in result.stderr


def test_json_needs_a_target(sheet: Path) -> None:
    """Without -o, --json would stand in the middle of the routine, and is refused."""
    assert 2 == run(sheet, "--json").exit_code


@pytest.mark.parametrize("name", ["WorkoutRepeatSteps.zwo", "WorkoutMixedDurations.tcx"])
def test_a_workout_of_another_program(tmp_path: Path, name: str) -> None:
    """A real workout of another program becomes a routine that is planned and checked as any other."""
    if not (workout := DATA / "kaiord" / name).exists():
        pytest.skip(f"{workout} is not there: real files of other programs lie beside the checkout")
    target = tmp_path / "ride.toml"
    result = run(workout, "-o", target)
    assert 0 == result.exit_code, result.output
    assert load(target).exercises == int(result.stderr.split(maxsplit=1)[0]) > 0
    checked = CliRunner().invoke(main, ["check", str(target)])
    assert 0 == checked.exit_code, checked.output

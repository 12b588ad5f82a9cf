from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli import main

UNEVEN = """\
title = "x"

[[stage]]
title = "Stretch"

[[stage.exercise]]
name = "Pigeon"
dose = "2 x 90 s, left"
muscle = "glutes"
"""


def run(*arguments: str) -> Result:
    """Run a command as if typed."""
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def uneven(tmp_path: Path) -> str:
    """Return a file of which one side does more, without saying that it is meant."""
    path = tmp_path / "uneven.toml"
    path.write_text(UNEVEN, encoding="utf-8")
    return str(path)


def test_the_doses_of_a_bundled_routine() -> None:
    """A table for each stage, the muscles, and each source once, in 100 columns of plain text."""
    result = run("check", "hip-mobility", "--dose")
    assert 0 == result.exit_code
    lines = result.stdout.splitlines()
    assert "Static stretch (aim: stretch)" in lines
    rows = [line.split("  ") for line in lines]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert ["Lying hamstring", "each", "2, within", "30 s, within", "60 s"] in cells
    assert ["Clam", "each", "1", "12 reps, 1 s hold", "60 s"] in cells
    assert ["hamstrings", "60 s, within", "60 s, within"] in cells
    assert "  no guideline figure here" in lines
    assert "Every figure that has a guideline here is within it." in lines
    assert all(1 == sum(line.startswith(f"[{number}] ") for line in lines) for number in range(1, 5))
    assert max(map(len, lines)) <= 100
    assert "\x1b" not in result.stdout


def test_uneven_sides_are_a_problem_of_the_file(uneven: str) -> None:
    """With its line and place, on stderr, and exit code 1; a figure outside a guideline is a warning."""
    result = run("check", uneven, "--dose")
    assert 1 == result.exit_code
    assert result.stderr.startswith(
        f"{uneven}:6:1: stage 1 'Stretch', exercise 1 'Pigeon': uneven sides: glutes (stretch): "
        "left 180 s, right nothing, in 'Pigeon'; "
    )
    assert 'write sides = "left only"' in result.stderr
    assert "warning: Stretch: one hold: 90 s is above" in result.stdout
    assert f"{uneven}: good" not in result.stdout


def test_warnings_leave_the_exit_code(uneven: str) -> None:
    """One side that is meant is listed, and doses outside a guideline are no error."""
    path = Path(uneven)
    path.write_text(UNEVEN.replace("left", "left only"), encoding="utf-8")
    result = run("check", uneven, "--dose")
    assert 0 == result.exit_code
    assert "one side, as prescribed: Pigeon (left)" in result.stdout
    assert "warning: under stretch: total per muscle and side: 180 s is above" in result.stdout
    assert 0 == run("check", uneven).exit_code


def test_before_activity(uneven: str) -> None:
    """The warning belongs to the report of the file, and changes no exit code."""
    result = run("check", "hip-mobility", uneven, "--before-activity")
    assert 0 == result.exit_code
    assert "hip-mobility: fine before activity: --only roll --only strengthen\n" in result.stdout
    assert f"{uneven}: Stretch: under stretch per side: glutes 180 s (above 60 s)\n" in result.stdout


def test_a_file_cannot_steer_the_terminal(uneven: str) -> None:
    """Control characters in a muscle are not printed."""
    path = Path(uneven)
    path.write_text(UNEVEN.replace("glutes", "\\u001b[31mglutes"), encoding="utf-8")
    assert "\x1b" not in run("check", uneven, "--dose", "--before-activity").output

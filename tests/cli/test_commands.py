import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from voicecoach import folders
from voicecoach.cli import COMMANDS, main
from voicecoach.routine.files import parse
from voicecoach.routine.shelf import LIBRARY

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def run(*arguments: str) -> Result:
    """Run a command as if typed."""
    return CliRunner().invoke(main, list(arguments))


def command(name: str) -> click.Command:
    """Return a command of the table."""
    found = main.get_command(click.Context(main), name)
    assert found
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_an_example_and_a_line_in_the_readme(name: str) -> None:
    """The help of a command has an example and explains each option, and the README knows them all."""
    result = run(name, "--help")
    assert 0 == result.exit_code
    assert f"Example: voicecoach {name}" in " ".join(result.output.split())
    assert f"| `voicecoach {name}" in README
    options = [parameter for parameter in command(name).params if isinstance(parameter, click.Option)]
    assert all(option.help or option.metavar for option in options)
    for option in options:
        assert option.opts[0] in README or option.opts[-1] in README


def test_the_example_of_the_readme_is_a_routine() -> None:
    """The one complete example of the format is read without a problem."""
    example = README.split("```toml\n")[1].split("```")[0]
    routine = parse(example, "README.md")
    assert ("Evening hips", 3) == (routine.title, routine.exercises)


def test_list() -> None:
    """Bundled routines are listed with their size, one's own besides."""
    folders.routines().mkdir(parents=True)
    (folders.routines() / "mine.toml").write_text((LIBRARY / "hip-mobility.toml").read_text(encoding="utf-8"))
    (folders.routines() / "broken.toml").write_text("title = 3")
    result = run("list")
    assert 0 == result.exit_code
    assert re.search(
        r"^hip-mobility +Hip mobility +3 stages, 27 exercises, about \d\d min$", result.stdout, re.MULTILINE
    )
    assert re.search(r"^mine .* \(yours\)$", result.stdout, re.MULTILINE)
    assert "broken cannot be used" in result.stderr
    names = [(entry["name"], entry["bundled"]) for entry in json.loads(run("list", "--json").stdout)]
    assert [("hip-mobility", True), ("mine", False)] == names


def test_show() -> None:
    """A routine is shown as written, with its total."""
    result = run("show", "hip-mobility")
    assert 0 == result.exit_code
    assert "1.1 Quads: 1 x 45-60 s moving, per side" in result.stdout or "1.1 Quads: " in result.stdout
    assert "3. Strengthen" in result.stdout
    assert re.search(r"Total at the steady pace: about \d\d min, 27 exercises\.", result.stdout)


def test_paces_are_those_of_the_readme() -> None:
    """The table of paces is printed, and the README has the same."""
    for line in run("paces").stdout.splitlines():
        assert f"| {' | '.join(re.split('  +', line))} |" in README


def test_check(tmp_path: Path) -> None:
    """All problems of all files are printed, and the exit code tells whether there were any."""
    bad = tmp_path / "bad.toml"
    bad.write_text('titel = "x"\n')
    result = run("check", "hip-mobility", str(bad), str(tmp_path / "nowhere.toml"))
    assert 1 == result.exit_code
    assert "hip-mobility: good: 3 stages" in result.stdout
    assert f"{bad}:1: titel = 'x': unknown key (did you mean 'title'?)" in result.stderr
    assert "nowhere.toml: there is no such file" in result.stderr
    assert 0 == run("check", "hip-mobility").exit_code


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["shwo"], "there is no command 'shwo' (did you mean 'show'"),
        (["show", "hip-mobilty"], "there is no routine 'hip-mobilty' (did you mean 'hip-mobility'?)"),
        (["plan", "hip-mobility", "--hols", "3"], "No such option '--hols'"),
        (["plan", "hip-mobility", "--hold", "soon"], "'soon' is not a duration; write 45, 45s, 1:30 or 2m"),
        (["plan", "hip-mobility", "--set", "3"], "did you mean --sets 3?"),
        (
            ["plan", "hip-mobility", "--only", "quads"],
            "'quads' could be 'roll.quads' or 'static-stretch.quads'",
        ),
        (["plan", "hip-mobility", "--pace", "fast"], "'fast' is not one of 'gentle', 'steady', 'brisk'"),
        (["export", "hip-mobility"], "Missing option '-o'"),
        (["export", "hip-mobility", "-o", "hips.wma"], "known are .wav"),
        (["play", "hip-mobility", "--device", "nonne"], "no device 'nonne' (did you mean 'none'"),
        (["play"], "which routine? Known: hip-mobility"),
    ],
)
def test_wrong_use(arguments: list[str], reason: str) -> None:
    """Wrong use ends with code 2 and a line that says how to mend it, never with a traceback."""
    result = run(*arguments)
    assert 2 == result.exit_code, result.output
    assert reason in result.stderr
    assert "Traceback" not in result.output


def test_a_bad_file_ends_with_its_problems(tmp_path: Path) -> None:
    """A command on a routine with problems prints them, one a line, and exits with 1."""
    bad = tmp_path / "bad.toml"
    bad.write_text('title = "x"\n[[stage]]\nname = "a"\n')
    result = run("plan", str(bad))
    assert 1 == result.exit_code
    assert all(line.startswith(("voicecoach: ", str(bad))) for line in result.stderr.splitlines())

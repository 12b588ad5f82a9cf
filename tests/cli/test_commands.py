import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tests.sound_server import RATE, SoundServer
from voicecoach import folders
from voicecoach.cli import COMMANDS, main
from voicecoach.routine.files import parse
from voicecoach.routine.shelf import LIBRARY, ORDER

VOICECOACH = (sys.executable, "-m", "voicecoach")
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
        assert any(re.search(rf"{name}(?![\w-])", README) for name in option.opts), option.opts


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
        r"^hip-mobility +Hip mobility +3 .*27 exercises, about \d\d min; en; .+\(machine, unreviewed\)$",
        result.stdout,
        re.MULTILINE,
    )
    assert re.search(r"^mine .* \(yours\)$", result.stdout, re.MULTILINE)
    assert "broken cannot be used" in result.stderr
    names = [(entry["name"], entry["bundled"]) for entry in json.loads(run("list", "--json").stdout)]
    assert [*((name, True) for name in ORDER), ("mine", False)] == names


def test_the_columns_of_the_list_stand_in_line() -> None:
    """However long a name or a title is, the one after it begins where those above it begin."""
    folders.routines().mkdir(parents=True)
    text = 'title = "{}"\n[[stage]]\ntitle = "A"\n[[stage.exercise]]\nname = "B"\ndose = "30 s"\n'
    for name, title in (("a", "Short"), ("a-name-that-is-rather-longer-than-any-other", "A title " * 6)):
        (folders.routines() / f"{name}.toml").write_text(text.format(title))
    lines = run("list").stdout.splitlines()
    assert len(ORDER) + 2 == len(lines)
    columns = [[found.end() for found in re.finditer(r"\S  +(?=\S)", line)][:2] for line in lines]
    assert all(columns[0] == one for one in columns)


def test_show() -> None:
    """A routine is shown as written, with its total."""
    result = run("show", "hip-mobility")
    assert 0 == result.exit_code
    assert re.search(r"^   1\.1 Quads: [\d-]+ x [\d-]+ s moving, per side$", result.stdout, re.MULTILINE)
    assert "3. Strengthen" in result.stdout
    assert re.search(r"Total at the steady pace: about \d\d min, 27 exercises\.", result.stdout)


def test_show_what_is_said_in_a_set(tmp_path: Path) -> None:
    """Texts that are said at moments of a set are shown with their moments."""
    say = 'say = [{ at = 75, text = "Sit up." }]'
    file = tmp_path / "ride.toml"
    file.write_text(f'title="Ride"\n[[stage]]\ntitle="A"\n[[stage.exercise]]\nname="B"\ntime=90\n{say}\n')
    assert "\n       1:15: Sit up.\n" in run("show", str(file)).stdout


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
    assert f"{bad}:1:1: titel = 'x': unknown key (did you mean 'title'?)" in result.stderr
    assert "nowhere.toml: there is no such file" in result.stderr
    assert 0 == run("check", "hip-mobility").exit_code


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["shwo"], "there is no command 'shwo' (did you mean 'show'"),
        (["show", "hip-mobilty"], "there is no routine 'hip-mobilty' (did you mean 'hip-mobility'"),
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
    assert 3 == len(result.stderr.splitlines())
    assert all(line.startswith(str(bad)) for line in result.stderr.splitlines())


def test_check_knows_what_cannot_be_played(tmp_path: Path) -> None:
    """A language that the coach does not speak is a problem; two exercises of one name are a warning."""
    foreign, twice = tmp_path / "foreign.toml", tmp_path / "twice.toml"
    body = '[[stage]]\ntitle = "a"\nexercise = [{ name = "b", hold = 3 }, { name = "b", hold = 3 }]\n'
    foreign.write_text('title = "x"\nlanguage = "xx"\n' + body)
    twice.write_text('title = "x"\n' + body)
    result = run("check", str(foreign), str(twice))
    assert 1 == result.exit_code
    assert "the coach does not speak 'xx' yet" in result.stderr
    assert "only its number tells them apart" in result.stdout
    assert "could be '1.1' or '1.2'" in run("plan", str(twice), "--only", "b").stderr


def test_a_title_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Control characters in a routine are refused in names, and not printed of texts."""
    routine = tmp_path / "red.toml"
    body = '[[stage]]\ntitle = "a"\nexercise = [{ name = "b", hold = 3, instruction = "\\u001b[31mred" }]\n'
    routine.write_text('title = "x"\n' + body)
    assert "\x1b" not in run("show", str(routine)).output
    routine.write_text('title = "\\u001b[31m"\n' + body)
    assert "holds a control character" in run("check", str(routine)).stderr


def test_defaults(tmp_path: Path) -> None:
    """Settings are the defaults of options, are shown, and can be taken back."""
    assert 0 == run("config", "set", "pace", "gentle").exit_code
    assert 0 == run("config", "set", "cache", "clips").exit_code
    assert "gentle\n" == run("config", "get", "pace").stdout
    assert str(Path("clips").absolute()) == run("config", "get", "cache").stdout.strip()
    assert 0 == run("config", "set", "cache", str(tmp_path)).exit_code
    arguments = ("plan", "hip-mobility", "--only", "clam", "--talk", "beeps")
    assert "gentle pace" in run(*arguments).stdout
    assert "brisk pace" in run(*arguments, "--pace", "brisk").stdout
    assert 0 == run("config", "set", "pace", "").exit_code
    assert "steady pace" in run(*arguments).stdout


def test_wrong_settings_are_refused_and_can_be_mended() -> None:
    """A wrong key or value is refused with the nearest; a file with one stops only what needs it."""
    assert "did you mean 'voice'?" in run("config", "set", "voise", "x").stderr
    assert "pace = x: wanted one of gentle, steady, brisk" in run("config", "set", "pace", "x").stderr
    folders.config().parent.mkdir(parents=True, exist_ok=True)
    folders.config().write_text("# mine\npase = 'x'\n")
    wrong = run("plan", "hip-mobility")
    assert 1 == wrong.exit_code
    assert f"{folders.config()}: there is no setting 'pase' (did you mean 'pace'?)" in wrong.stderr
    assert 0 == run("list").exit_code
    assert f"{folders.config()}\n" == run("config", "path").stdout
    assert "there is no setting 'pase'" in run("doctor").stdout
    assert 0 == run("config", "set", "pase", "").exit_code
    assert "# mine\n" == folders.config().read_text()


def test_doctor_plays_on_the_device_that_it_names() -> None:
    """With --play it says on which device two tones were heard; a device that is not there is an error."""
    played = run("doctor", "--play", "--device", "none")
    assert 0 == played.exit_code, played.output
    assert "good  test sound           two tones were played on none, its usual output" in played.stdout
    refused = run("doctor", "--play", "--device", "nonne", "--json")
    found = {finding["part"]: finding for finding in json.loads(refused.stdout)}
    assert (1, False) == (refused.exit_code, found["test sound"]["good"])
    assert "did you mean 'none'" in found["test sound"]["verdict"]
    assert "test sound" not in run("doctor").stdout


@pytest.mark.live
def test_doctor_is_heard_and_lists_the_outputs(sound_server: SoundServer) -> None:
    """The tones sound on the output that was asked for by the name that is listed."""
    with sound_server.record() as recording:
        done = subprocess.run(
            [*VOICECOACH, "doctor", "--play", "--device", "miniaudio:Null Output"],
            env=sound_server.environ,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (0, "") == (done.returncode, done.stderr)
    assert "one of miniaudio   --device 'miniaudio:Null Output'" in done.stdout
    assert "two tones were played on miniaudio, Null Output" in done.stdout
    first, last = recording.sounding()
    assert last - first > 0.3 * RATE


def test_doctor_looks_at_what_is_set_up() -> None:
    """The voice and the device of the settings are tried, and a wrong one is told with a remedy."""
    run("config", "set", "device", "none")
    found = {finding["part"]: finding for finding in json.loads(run("doctor", "--json").stdout)}
    assert found["voice"]["good"]
    assert (True, True) == (found["output none"]["good"], found["output none"]["needed"])
    assert all(finding["good"] for finding in found.values() if finding["needed"])
    run("config", "set", "voice", "nobody")
    result = run("doctor")
    assert 1 == result.exit_code
    assert "BAD   voice                there is no voice 'nobody'" in result.stdout

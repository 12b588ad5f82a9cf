import os
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.programs import DATA
from tests.terminal import Terminal
from voicecoach import folders
from voicecoach.cli import main
from voicecoach.routine.files import load
from voicecoach.routine.shelf import LIBRARY
from voicecoach.routine.work import Hold


def run(*arguments: str) -> Result:
    """Run a command as if typed."""
    return CliRunner().invoke(main, list(arguments))


def path_of(name: str) -> Path:
    """Return the file of a routine of the user's own."""
    return folders.routines() / f"{name}.toml"


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the program that stands for the user's editor, to be filled with Python; it gets the file."""
    script = tmp_path / "my editor"
    script.write_text("")
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{script}'")
    return script


def test_a_new_routine_can_be_played_at_once() -> None:
    """It is good without a warning, has each kind of dose, and the next steps are printed."""
    made = run("new", "my-hips")
    assert (0, str(path_of("my-hips"))) == (made.exit_code, made.stdout.splitlines()[0])
    assert "voicecoach edit my-hips" in made.stdout
    assert "voicecoach play my-hips" in made.stdout
    checked = run("check", "my-hips", "--strict")
    assert (0, 1) == (checked.exit_code, len(checked.output.splitlines())), checked.output
    routine = load(path_of("my-hips"))
    assert "My hips" == routine.title
    kinds = {type(exercise.work).__name__ for stage in routine.stages for exercise in stage.exercises}
    assert {"Timed", "Reps", "Wait", "Hold", "ContractRelax"} == kinds
    text = path_of("my-hips").read_text(encoding="utf-8")
    assert "voicecoach check my-hips" in text
    assert text.count("#") > 20
    assert 0 == run("plan", "my-hips", "--talk", "beeps").exit_code


def test_a_title_of_ones_own() -> None:
    """A title is kept to the letter, with what TOML has to escape."""
    assert 0 == run("new", "x", "--title", 'My "x" \\ NAME').exit_code
    assert 'My "x" \\ NAME' == load(path_of("x")).title


def test_nothing_is_written_over() -> None:
    """A routine that is there stays, also one whose name differs in capitals; --force takes its place."""
    run("new", "mine")
    path_of("mine").write_text(path_of("mine").read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    for name in ("mine", "MINE"):
        refused = run("new", name)
        assert 2 == refused.exit_code
        assert "you have a routine 'mine' already" in refused.stderr
    assert 2 == run("copy", "hip-mobility", "mine").exit_code
    assert path_of("mine").read_text(encoding="utf-8").endswith("# changed\n")
    assert 0 == run("new", "mine", "--force").exit_code
    assert not path_of("mine").read_text(encoding="utf-8").endswith("# changed\n")


def test_the_name_of_a_bundled_routine() -> None:
    """It would be hidden, so it is refused; with --force that is told."""
    refused = run("new", "Hip-Mobility")
    assert 2 == refused.exit_code
    assert "'hip-mobility' is a routine of the program, which yours would hide" in refused.stderr
    forced = run("new", "hip-mobility", "--force")
    assert 0 == forced.exit_code
    assert "hides the routine of the program" in forced.stdout
    assert "Hip mobility" == load(LIBRARY / "hip-mobility.toml").title


@pytest.mark.parametrize(
    "name", ["", "../../x", "/etc/x", "a.b", "con", "a" * 100, "a b", "a/b", "x\\y", "\x1b[31m"]
)
def test_wrong_names(name: str) -> None:
    """A name that is a path, or none on some platform, is refused in one line, and nothing is written."""
    for arguments in (("new", name), ("copy", "hip-mobility", name)):
        refused = run(*arguments)
        assert 2 == refused.exit_code
        assert 1 == len(refused.stderr.splitlines())
        assert "\x1b" not in refused.output
    assert not folders.routines().exists()


def test_copy() -> None:
    """A copy is the same to the byte, comments and all, or but for its title."""
    assert 0 == run("copy", "hip-mobility", "my-hips").exit_code
    assert (LIBRARY / "hip-mobility.toml").read_bytes() == path_of("my-hips").read_bytes()
    assert 0 == run("copy", "my-hips", "other", "--title", "Other hips").exit_code
    assert "Other hips" == load(path_of("other")).title
    assert 2 == run("copy", "hip-mobilty", "third").exit_code


def test_set() -> None:
    """Values are changed in the file, and told, old and new."""
    run("copy", "hip-mobility", "my-hips")
    done = run("set", "my-hips", "figure-four.hold=60", "piriformis.sets=2-3", "pace=gentle")
    assert 0 == done.exit_code, done.output
    assert '2.3 Figure four: dose: "2-3 x 30 s per side" -> "2-3 x 60 s, per side"' in done.stdout
    routine = load(path_of("my-hips"))
    work = routine.stages[1].exercises[2].work
    assert isinstance(work, Hold)
    assert (60, "gentle") == (work.seconds.high, routine.pace.name)
    before, after = (LIBRARY / "hip-mobility.toml").read_text("utf-8"), path_of("my-hips").read_text("utf-8")
    assert 3 == len(set(after.splitlines()) - set(before.splitlines()))


def test_set_all_or_nothing() -> None:
    """Where one setting is wrong, the file stays as it was; a mark at its start and its line ends do, too."""
    run("new", "mine")
    data = b"\xef\xbb\xbf" + path_of("mine").read_bytes().replace(b"\n", b"\r\n")
    path_of("mine").write_bytes(data)
    refused = run("set", "mine", "pace=gentle", "clam.reps=0")
    assert (2, 1) == (refused.exit_code, len(refused.stderr.splitlines()))
    assert "nothing was changed" in refused.stderr
    assert data == path_of("mine").read_bytes()
    assert 0 == run("set", "mine", "pace=gentle").exit_code
    assert data.replace(b'"steady" ', b'"gentle" ') == path_of("mine").read_bytes()


@pytest.mark.parametrize("command", [("set", "hip-mobility", "pace=gentle"), ("edit", "hip-mobility")])
def test_bundled_routines_are_not_changed(command: tuple[str, ...]) -> None:
    """The copy that is needed is told as a command to type."""
    refused = run(*command)
    assert 2 == refused.exit_code
    assert "voicecoach copy hip-mobility my-hip-mobility" in refused.stderr


def test_a_file_by_its_path(tmp_path: Path) -> None:
    """A routine that lies elsewhere is changed where it lies."""
    run("new", "mine")
    elsewhere = tmp_path / "x.toml"
    path_of("mine").rename(elsewhere)
    assert 0 == run("set", str(elsewhere), "pace=brisk").exit_code
    assert "brisk" == load(elsewhere).pace.name


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_out_of_the_folder(tmp_path: Path) -> None:
    """A name that is a link out of the routine folder is neither written, set nor edited; its path may be."""
    run("new", "mine")
    outside = tmp_path / "outside.toml"
    path_of("mine").rename(outside)
    before = outside.read_bytes()
    path_of("mine").symlink_to(outside)
    path_of("dangling").symlink_to(tmp_path / "nowhere.toml")
    for arguments in (
        ("new", "mine", "--force"),
        ("copy", "hip-mobility", "mine", "--force"),
        ("new", "dangling"),
        ("new", "dangling", "--force"),
        ("set", "mine", "pace=brisk"),
        ("edit", "mine"),
    ):
        refused = run(*arguments)
        assert 2 == refused.exit_code, arguments
        assert "outside the routine folder" in refused.stderr
    assert before == outside.read_bytes()
    assert not (tmp_path / "nowhere.toml").exists()
    assert 0 == run("set", str(outside), "pace=brisk").exit_code


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_the_folder_may_be_a_link(tmp_path: Path) -> None:
    """A routine folder that is kept elsewhere is fine."""
    folders.routines().parent.mkdir(parents=True)
    folders.routines().symlink_to(tmp_path)
    assert 0 == run("new", "mine").exit_code
    assert 0 == run("set", "mine", "pace=brisk").exit_code


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written() -> None:
    """It ends with one line."""
    folders.routines().mkdir(parents=True)
    folders.routines().chmod(stat.S_IRUSR | stat.S_IXUSR)
    refused = run("new", "mine")
    assert 1 == refused.exit_code
    assert "no permission" in refused.stderr


def test_edit(editor: Path) -> None:
    """The editor gets the file; what is saved is checked, and what it was before is kept."""
    run("new", "mine")
    before = path_of("mine").read_bytes()
    editor.write_text('import sys\nwith open(sys.argv[1], "a") as file:\n    file.write("# mine\\n")\n')
    done = run("edit", "mine")
    assert (0, "") == (done.exit_code, done.stderr)
    assert "mine: good" in done.stdout
    assert before + b"# mine\n" == path_of("mine").read_bytes()
    assert before == path_of("mine").with_name("mine.toml.bak").read_bytes()
    editor.write_text("")
    run("edit", "mine")
    assert before == path_of("mine").with_name("mine.toml.bak").read_bytes()


def test_edit_tells_problems(editor: Path) -> None:
    """Problems are told with line and column, the exit code is 1, and the file is as it was saved."""
    run("new", "mine")
    editor.write_text('import sys\nwith open(sys.argv[1], "a") as file:\n    file.write("hols = 3\\n")\n')
    done = run("edit", "mine")
    assert 1 == done.exit_code
    line = path_of("mine").read_text(encoding="utf-8").count("\n")
    assert (
        f"{path_of('mine')}:{line}:1: stage 2 'Stretch', exercise 5 'Rest and breathe': hols" in done.stderr
    )
    assert "what it was before stands in" in done.stderr
    assert path_of("mine").read_text(encoding="utf-8").endswith("hols = 3\n")


def test_edit_again_on_a_terminal(editor: Path) -> None:
    """On a terminal it offers to edit again, until there is no problem or one has enough."""
    run("new", "mine")
    editor.write_text(
        "import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\ntext = path.read_text()\n"
        'path.write_text(text.replace("hols = 3\\n", "") if "hols" in text else text + "hols = 3\\n")\n'
    )
    with closing(Terminal(24, 100)) as terminal:
        terminal.start([sys.executable, "-m", "voicecoach", "edit", "mine"])
        terminal.until("Edit again? [Y/n]")
        terminal.type("y\n")
        assert 0 == terminal.end()
    assert "hols" not in path_of("mine").read_text(encoding="utf-8")


@pytest.mark.parametrize("program", ["no-such-editor", "false", "'", f"{sys.executable} -c 'exit(3)'"])
def test_an_editor_that_fails(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told how to choose one, and the file is as it was."""
    run("new", "mine")
    before = path_of("mine").read_bytes()
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", program)
    refused = run("edit", "mine")
    assert 1 == refused.exit_code
    assert "set EDITOR to one that is installed" in refused.stderr
    assert before == path_of("mine").read_bytes()
    assert not path_of("mine").with_name("mine.toml.bak").exists()


EXERCISES = """[
    {"name": "Clam", "category": "strength", "equipment": "bands", "primaryMuscles": ["abductors"],
     "instructions": ["Lie on your side.", "Lift the top knee on one side, then on the other."]},
    {"name": "World's Greatest Stretch", "category": "stretching", "instructions": ["Step forwards."]}
]"""


def test_a_new_routine_from_a_list_of_exercises(tmp_path: Path) -> None:
    """It has their names and instructions, is named after the first, and says that doses are guesses."""
    (tmp_path / "exercises.json").write_text(EXERCISES)
    wanted = ("--from-db", "clam", "--from-db", "World's Greatest Stretch")
    made = run("new", *wanted, "--db", str(tmp_path))
    assert 0 == made.exit_code, made.output
    exercises = load(path_of("clam")).stages[0].exercises
    assert ["Clam", "World's Greatest Stretch"] == [exercise.name for exercise in exercises]
    assert exercises[0].instruction.startswith("Lie on your side.")
    assert 2 == made.stderr.count("is a guess")


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (("new",), 2, "give the routine a name"),
        (("new", "mine", "--db", "here"), 2, "--db goes with --from-db"),
        (("new", "--from-db", "Clam"), 2, "there is no list of exercises"),
        (("new", "--from-db", "Clamm", "--db", "{}"), 2, "did you mean 'Clam'"),
    ],
)
def test_what_a_list_cannot_give(tmp_path: Path, arguments: tuple[str, ...], code: int, line: str) -> None:
    """What is missing or misspelt is one line, and nothing is written."""
    file = tmp_path / "exercises.json"
    file.write_text(EXERCISES)
    made = run(*(argument.replace("{}", str(file)) for argument in arguments))
    assert (code, True) == (made.exit_code, line in made.stderr), made.output
    assert not folders.routines().exists()


def test_real_exercises() -> None:
    """Exercises of the real list become a routine that is good."""
    if not (real := DATA / "free-exercise-db").exists():
        pytest.skip(f"{real} is not there: the list of exercises lies beside the checkout")
    made = run(
        "new", "legs", "--from-db", "Kneeling Hip Flexor", "--from-db", "Piriformis-SMR", "--db", str(real)
    )
    assert 0 == made.exit_code, made.output
    assert 0 == run("check", "legs").exit_code

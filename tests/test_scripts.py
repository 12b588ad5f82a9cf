"""The scripts of the checkout, run as a newcomer runs them: in a fresh clone, with a fresh home."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import wave
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
SCRIPTS = sorted(
    path for path in [*(CHECKOUT / "scripts").iterdir(), CHECKOUT / ".ci" / "run"] if path.is_file()
)
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_INDEX_URL": "http://index.invalid/simple", "PIP_FIND_LINKS": ""}
LINUX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for a POSIX shell")

# Each interpreter sets itself up in the same way.
pytestmark = [LINUX_ONLY, pytest.mark.long]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Run the scripts of a checkout as somebody who has nothing but a Python."""

    checkout: Path
    home: Path

    def run(self, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the home folder, without any trace of the environment of these tests."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "XDG_", "VIRTUAL_ENV", "COVERAGE"))
        }
        return subprocess.run(
            [self.checkout / "scripts" / command[0], *command[1:]],
            cwd=self.home,
            env=kept | {"HOME": str(self.home), "PYTHON": sys.executable} | environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Newcomer:
    """Clone the checkout; the home is another folder, as paths are relative to where the user stands."""
    if shutil.which("git") is None or not (CHECKOUT / ".git").exists():
        pytest.skip("this is no git checkout, so it cannot be cloned")
    folder = tmp_path_factory.mktemp("newcomer")
    home = folder / "home"
    home.mkdir()
    # Git refuses a repository of another user, as a mounted one often is.
    (home / ".gitconfig").write_text("[safe]\n\tdirectory = *\n")
    clone = folder / "clone of voicecoach"
    subprocess.run(["git", "clone", "-q", CHECKOUT, clone], check=True, env=os.environ | {"HOME": str(home)})
    return Newcomer(clone, home)


def set_up_lines(stderr: str) -> list[str]:
    """Return what the set-up said; each of its lines begins with the name of the script."""
    return [line for line in stderr.splitlines() if line.startswith("coach: ")]


def test_first_run_sets_up(newcomer: Newcomer) -> None:
    """In a fresh clone the program starts, and what the set-up says leaves stdout to the program."""
    done = newcomer.run("coach", "--version")
    assert (0, 1) == (done.returncode, done.stdout.count("\n")), done.stderr
    assert re.search(r"\b\d+\.\d+", done.stdout)
    assert set_up_lines(done.stderr)[0].startswith("coach: Setting up in .venv")


def test_main_job(newcomer: Newcomer) -> None:
    """A routine is exported to where the user stands; nothing is installed again and no network needed."""
    assert newcomer.run("coach", "--version").returncode == 0
    done = newcomer.run("coach", "export", "hip-mobility", "--only", "clam", "-o", "hips.wav", **OFFLINE)
    assert done.returncode == 0, done.stderr
    assert [] == set_up_lines(done.stderr)
    with wave.open(str(newcomer.home / "hips.wav")) as file:
        assert 0 < file.getnframes()


def copied(folder: Path, target: Path) -> Path:
    """Copy a folder by links: an environment is large, and none of its files is written to."""
    return shutil.copytree(folder, target, symlinks=True, copy_function=os.link)


def _cut_off(environment: Path) -> None:
    (environment / "ready-coach").unlink()
    (environment / "unfinished").touch()


def _lose_interpreter(environment: Path) -> None:
    for program in environment.glob("bin/python*"):
        program.unlink()


@pytest.mark.parametrize("damage", [_cut_off, _lose_interpreter])
def test_broken_environment_is_made_anew(newcomer: Newcomer, damage: Callable[[Path], None]) -> None:
    """What an interrupt or an upgrade of Python left behind is not taken for an environment."""
    assert newcomer.run("coach", "--version").returncode == 0
    environment = newcomer.checkout / ".venv"
    whole = environment.rename(newcomer.checkout / ".venv-whole")
    copied(whole, environment)
    damage(environment)
    assert_made_anew(newcomer.run("coach", "--version", **OFFLINE))
    shutil.rmtree(environment)
    whole.rename(environment)


def test_copied_checkout_is_set_up_for_itself(newcomer: Newcomer, tmp_path: Path) -> None:
    """A copy of a checkout does not run the code of the original, which its environment points to."""
    assert newcomer.run("coach", "--version").returncode == 0
    copy = copied(newcomer.checkout, tmp_path / "copy")
    assert_made_anew(Newcomer(copy, newcomer.home).run("coach", "--version", **OFFLINE))


def assert_made_anew(done: subprocess.CompletedProcess[str]) -> None:
    """Assert that everything was to be installed again, which offline ends in one clear line."""
    first, *_, last = set_up_lines(done.stderr)
    assert first.startswith("coach: Setting up in .venv")
    assert last.startswith("coach: The set-up failed (is there a network?)")
    assert (1, "") == (done.returncode, done.stdout)


def test_changed_lock_is_installed(newcomer: Newcomer) -> None:
    """After a change of what is to be installed, the environment follows; where all is there, offline."""
    assert newcomer.run("coach", "--version").returncode == 0
    with (newcomer.checkout / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    done = newcomer.run("coach", "--version", **OFFLINE)
    assert done.returncode == 0, done.stderr
    assert "coach: Bringing .venv up to date ..." == set_up_lines(done.stderr)[0]
    assert [] == set_up_lines(newcomer.run("coach", "--version", **OFFLINE).stderr)


@pytest.mark.parametrize(
    ("command", "environ", "said"),
    [
        (("coach", "--version"), {"PYTHON": "/bin/false"}, "coach: PYTHON=/bin/false is no Python 3.11"),
        (
            ("test", "--python", "3.7"),
            {"PYENV_ROOT": "/none"},
            "test: There is no Python 3.7 (of 3.11 or later)",
        ),
    ],
)
def test_wrong_interpreter(
    newcomer: Newcomer, command: tuple[str, ...], environ: dict[str, str], said: str
) -> None:
    """An interpreter that is missing or too old is named in one line, and nothing is left behind."""
    before = set(newcomer.checkout.iterdir())
    done = newcomer.run(*command, **environ)
    assert (1, "") == (done.returncode, done.stdout)
    assert [True] == [line.startswith(said) for line in done.stderr.splitlines()]
    assert before == set(newcomer.checkout.iterdir())


@pytest.mark.parametrize("script", SCRIPTS, ids=[path.name for path in SCRIPTS])
def test_script_can_be_read(script: Path) -> None:
    """Every script is something its interpreter understands."""
    first = script.read_text().splitlines()[0]
    if "python" in first:
        compile(script.read_text(), script, "exec")
        return
    subprocess.run(["bash" if "bash" in first else "sh", "-n", script], check=True)


def test_lock_names_no_place() -> None:
    """The lock holds versions and checksums, and not where they were found."""
    lock = (CHECKOUT / "requirements.lock").read_text()
    assert [] == re.findall(r"\w+:/\S*|--(?!hash=sha256:)[a-z-]+|@\s*\S+", lock)


def test_lock_is_complete() -> None:
    """Every direct dependency stands in the lock with an exact version."""
    lock = (CHECKOUT / "requirements.lock").read_text()
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    names = [re.split(r"[=><!~; ]", requirement)[0] for requirement in wanted]
    assert "simpleaudio" in names
    assert [] == [name for name in names if not re.search(rf"^{name}==", lock, re.MULTILINE)]

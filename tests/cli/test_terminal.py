import signal
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path

import pytest

from tests.patience import tried_again
from tests.terminal import Terminal, shell, terminal

pytestmark = pytest.mark.long

ROUTINE = """
title = "Short"
[[stage]]
title = "A"
[[stage.exercise]]
name = "Plank"
dose = "1 x 30 s"
"""
PLAY = ("play", "--device", "none", "--talk", "beeps")
BROKEN = """
from voicecoach.cli import main
from voicecoach.session.playhead import Playhead

def back(*_):
    raise RuntimeError("broken")

Playhead.back = back
main(prog_name="voicecoach")
"""
"""The program with a fault of ours: it fails when one goes back."""


@pytest.fixture
def command(tmp_path: Path) -> list[str | Path]:
    """Write a routine, and return the command that plays it."""
    path = tmp_path / "short.toml"
    path.write_text(ROUTINE, encoding="utf-8")
    return [sys.executable, "-m", "voicecoach", *PLAY, path]


def start(window: Terminal, command: list[str | Path]) -> "subprocess.Popen[bytes]":
    """Play until the view is there: keys are read, nothing is echoed, the cursor is hidden."""
    process = window.start(command)
    window.until("next: ")
    modes = window.attributes()[3]
    assert (0, 0) == (modes & termios.ECHO, modes & termios.ICANON)
    assert not window.shows_cursor()
    return process


def assert_restored(window: Terminal) -> None:
    """Hold that the terminal is as it was before."""
    assert window.before == window.attributes()
    assert window.shows_cursor()


@pytest.mark.parametrize(
    ("keys", "code", "last"),
    [
        ("q", 0, "Short: quit"),
        ("nnnnn", 0, "Short: finished"),
        ("\x1b[C\x1bOC\x1b[C\x1b[Cn", 0, "Short: finished"),
        ("\x03", 130, "voicecoach: interrupted"),
        ("\x03\x03\x03", 130, "voicecoach: interrupted"),
        (" \x03", 130, "voicecoach: interrupted"),
    ],
)
def test_the_terminal_is_restored_after_keys(
    command: list[str | Path], keys: str, code: int, last: str
) -> None:
    """Whatever key ends the session, also in a burst and from a pause, the terminal is as it was."""
    with terminal() as window:
        start(window, command)
        window.type(keys)
        assert code == window.end()
        assert_restored(window)
        assert last in window.drawn


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("options", [[], ["--plain"]])
def test_the_terminal_is_restored_after_a_signal(
    command: list[str | Path], name: str, options: list[str]
) -> None:
    """A signal ends the session with the code that shells have for it."""
    number = getattr(signal, name)
    with terminal() as window:
        process = window.start([*command, *options])
        window.until("Welcome")
        process.send_signal(number)
        assert 128 + number == window.end()
        assert_restored(window)
        assert "Traceback" not in window.drawn


def test_the_terminal_is_restored_after_a_fault(command: list[str | Path]) -> None:
    """Where the program fails, what is printed of it stands on a terminal as it was."""
    with terminal() as window:
        start(window, [sys.executable, "-c", BROKEN, *command[3:]])
        window.type("b")
        assert 1 == window.end()
        assert_restored(window)
        assert "RuntimeError" in window.drawn.rpartition("\x1b[?25h")[2]


def test_put_aside_and_gone_on_with(command: list[str | Path]) -> None:
    """Ctrl-Z gives the shell the terminal as it was; afterwards all is drawn anew and keys are read."""
    with terminal() as window:
        start(window, shell(command))
        for _ in range(2):
            window.type("\x1a")
            window.until("put aside")
            assert_restored(window)
            window.type("fg\n")
            window.until("next: ")
            assert not window.shows_cursor()
            assert 0 == window.attributes()[3] & (termios.ECHO | termios.ICANON)
        window.type("q")
        assert 0 == window.end()
        assert_restored(window)


def test_nobody_could_continue_it(command: list[str | Path]) -> None:
    """Where no shell is there to continue it, Ctrl-Z does not stop the program."""
    with terminal() as window:
        start(window, command)
        window.type("\x1a")
        window.until("next: ")
        window.type("q")
        assert 0 == window.end()
        assert_restored(window)


@pytest.mark.parametrize("keys", ["", " "])
@pytest.mark.parametrize("options", [[], ["--plain"]])
def test_a_closed_window_ends_the_session(
    command: list[str | Path], tmp_path: Path, options: list[str], keys: str
) -> None:
    """The program ends without a word, also from a pause."""
    errors = tmp_path / "errors"
    with terminal() as window, errors.open("wb") as file:
        process = window.start([*command, *options], stderr=file)
        window.until("Welcome")
        window.type(keys)
        window.close_window()
        assert 129 == process.wait(20)
    assert "" == errors.read_text()


@pytest.mark.parametrize("keys", ["", " "])
@pytest.mark.parametrize("options", [[], ["--plain"]])
@tried_again
def test_a_terminal_that_is_gone_ends_the_session(
    command: list[str | Path], tmp_path: Path, options: list[str], keys: str
) -> None:
    """Where no signal tells of it, as the terminal is that of others, it is seen, also in a pause."""
    errors = tmp_path / "errors"
    with terminal() as window, errors.open("wb") as file:
        process = window.start([*command, *options], controls=False, stderr=file)
        window.until("Welcome")
        window.type(keys)
        if keys:
            window.until("paused" if options else "PAUSED")
        window.close_window()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        assert 129 == process.poll()
    assert "" == errors.read_text()


def test_nohup(command: list[str | Path]) -> None:
    """Where SIGHUP is ignored from the start, the session goes on."""
    with terminal() as window:
        process = start(window, ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh", *command])
        process.send_signal(signal.SIGHUP)
        window.type("n")
        window.until("next: Plank")
        window.type("q")
        assert 0 == window.end()


def test_plain_on_a_terminal(command: list[str | Path]) -> None:
    """On demand, a terminal gets lines without any control character, and keys work."""
    with terminal() as window:
        window.start([*command, "--plain"])
        window.until("Welcome")
        window.type(" ")
        window.until("paused")
        window.type("\x1b[15~ ")
        window.until("going on")
        window.type("nnn")
        window.until("Get ready, ")
        window.type("nq")
        assert 0 == window.end()
        assert_restored(window)
        assert [] == [character for character in window.drawn.replace("\r\n", "") if ord(character) < 32]
        assert "Get ready, 5 s, then Plank" in window.drawn


def test_plain_as_a_setting(command: list[str | Path]) -> None:
    """Who always wants plain lines sets them once."""
    subprocess.run([*command[:3], "config", "set", "plain", "yes"], check=True)
    with terminal() as window:
        window.start(command)
        window.until("Welcome")
        window.type("q")
        assert 0 == window.end()
        assert "\x1b" not in window.drawn


def test_whoever_reads_has_enough(command: list[str | Path]) -> None:
    """Where what is printed is read no more, the program ends without a word."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **options) as process:  # type: ignore[call-overload]
        try:
            assert process.stdout.readline()
            process.stdout.close()
            assert (1, "") == (process.wait(20), process.stderr.read())
        finally:
            process.kill()

import os
import pty
import sys
import termios
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from voicecoach.session.controls import KEYS, Command, command_of, key_rows
from voicecoach.session.keyboard import Keys, keyboard

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def commands(*chunks: str) -> list[Command]:
    """Return the commands of what is typed, each chunk at once, with a moment between two of them."""
    waiting = iter(chunks)
    poll = Keys(lambda: next(waiting, "")).poll
    return [command for command in islice(iter(poll, ...), 50) if command]


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        (" ", Command.PAUSE),
        ("n", Command.NEXT),
        ("N", Command.NEXT),
        ("v", Command.VOICE_SOFTER),
        ("V", Command.VOICE_LOUDER),
        ("t", Command.TONES_SOFTER),
        ("T", Command.TONES_LOUDER),
        ("=", Command.LONGER),
        ("?", Command.HELP),
        ("\x1b[C", Command.NEXT),
        ("\x1bOC", Command.NEXT),
        ("\x1b[D", Command.BACK),
        ("\x1bOD", Command.BACK),
    ],
)
def test_keys(typed: str, command: Command) -> None:
    """Each key is its command; case matters only for volumes."""
    assert [command] == commands(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "x",
        "ü",
        "\x00",
        "\x1b",
        "\x1bn",
        "\x1b[15~",
        "\x1b[1;5C",
        "\x1b\x1b[C",
        "\x1b[[A",
        "\x1bOq",
        "\x1b[M nq",
        "\x1b[<0;12;7M",
        "\x1b[200~quit now\nnnn\x1b[201~",
        "\x1b[200~quit",
        "\x1b]11;rgb:0/0/0\x07",
        "\x1bP1+r\x1b\\",
    ],
)
def test_anything_else_is_one_other_key(typed: str) -> None:
    """A function key, a mouse, pasted text, a key with Alt: one command without a meaning, not several."""
    assert [Command.OTHER] == commands(typed)
    assert [Command.PAUSE, Command.OTHER, Command.PAUSE] == commands(" ", typed, "", " ")


@pytest.mark.parametrize("cut", range(1, 5))
def test_a_sequence_in_two_pieces(cut: int) -> None:
    """A key whose characters come apart is one key all the same."""
    assert [Command.OTHER, Command.QUIT] == commands("\x1b[15~"[:cut], "\x1b[15~"[cut:] + "q")


def test_a_burst_is_delivered_key_by_key() -> None:
    """Keys that are typed at once are each a command, in their order."""
    expected = [Command.NEXT, Command.PAUSE, Command.NEXT, Command.BACK, Command.MUTE, Command.QUIT]
    assert expected == commands("n \x1b[Cbmq")


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, int]]:
    """Let standard input be a terminal; yield its two ends."""
    mine, theirs = pty.openpty()
    with os.fdopen(theirs) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield mine, theirs
        monkeypatch.undo()
    os.close(mine)


def test_more_than_is_read_at_once(typing: tuple[int, int]) -> None:
    """Nothing of a long burst is lost, and the terminal is as before when the session ends."""
    mine, theirs = typing
    before = termios.tcgetattr(theirs)
    with keyboard() as poll:
        assert poll() is None
        got = []
        for _ in range(8):
            os.write(mine, b"nb\xc3\xbc\x1b[C" * 500)
            got += [poll() for _ in range(2000)]
        assert [Command.NEXT, Command.BACK, Command.OTHER, Command.NEXT] * 4000 == got
        assert poll() is None
    assert before == termios.tcgetattr(theirs)


def test_a_terminal_that_is_closed_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the end of its input no key comes, ever, and nothing fails."""
    mine, theirs = pty.openpty()
    with os.fdopen(theirs) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        with keyboard() as poll:
            os.close(mine)
            assert [None] * 5 == [poll() for _ in range(5)]
        monkeypatch.undo()


def test_no_keys_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is piped in is not read, nor is an input that is closed."""
    read, write = os.pipe()
    os.write(write, b"q")
    os.close(write)
    with os.fdopen(read) as stdin:
        for given in (stdin, None):
            monkeypatch.setattr(sys, "stdin", given)
            with keyboard() as poll:
                assert poll() is None
        monkeypatch.undo()
        assert "q" == stdin.read()


def test_the_readme_has_the_table_of_keys() -> None:
    """Each row of the table stands in the README, in the same order, and each key does something."""
    rows = README.partition("| keys | |\n| --- | --- |\n")[2].partition("\n\n")[0].splitlines()
    assert rows == [
        f"| {', '.join(f'`{key}`' if len(key) == 1 else key for key in keys.split(', '))} | {command} |"
        for keys, command in key_rows()
    ]
    assert set(Command) - {Command.OTHER} == set(KEYS.values())
    assert all(command_of(key) is command for key, command in KEYS.items())

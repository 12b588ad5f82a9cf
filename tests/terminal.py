"""A terminal window for the tests: a program runs in it, keys are typed, what is drawn is read."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

_PATIENCE = 20.0
_CURSOR = re.compile(r"\x1b\[\?25([hl])")

SHELL = """
import os, signal, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
child = os.fork()
if not child:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])
while os.WIFSTOPPED(status := os.waitpid(child, os.WUNTRACED)[1]):
    os.tcsetpgrp(0, os.getpgrp())
    print("put aside", flush=True)
    input()
    os.tcsetpgrp(0, child)
    os.kill(child, signal.SIGCONT)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""As much of a shell as it takes to put a program aside, and to let it go on when a line is typed."""


class Terminal:
    """A terminal with one program in it."""

    def __init__(self, rows: int, columns: int) -> None:
        """Open it."""
        self._mine, self.theirs = pty.openpty()
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = self.attributes()
        self.drawn = ""
        """All that was drawn."""
        self._process: subprocess.Popen[bytes] | None = None

    def start(
        self,
        command: Sequence[str | Path],
        *,
        controls: bool = True,
        stderr: IO[bytes] | None = None,
        kind: str = "xterm",
    ) -> subprocess.Popen[bytes]:
        """Start the program; the terminal `controls` it, so that it hears of Ctrl-C and of the window."""
        environ = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
        self._process = subprocess.Popen(
            command,
            stdin=self.theirs,
            stdout=self.theirs,
            stderr=stderr or self.theirs,
            env=environ | {"TERM": kind},
            start_new_session=True,
            # Only the child can take a terminal for its own, before it becomes the program.
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if controls else None,  # noqa: PLW1509 - no threads of ours
        )
        return self._process

    def until(self, text: str) -> None:
        """Read until a text is drawn that was not there before."""
        seen = len(self.drawn)
        deadline = time.monotonic() + _PATIENCE
        while text not in self.drawn[seen:]:
            assert self._read(deadline - time.monotonic()), f"no '{text}' in {self.drawn[-500:]!r}"

    def type(self, keys: str) -> None:
        """Type keys."""
        os.write(self._mine, keys.encode())

    def end(self) -> int:
        """Read until the program has ended, and return its code."""
        assert self._process
        deadline = time.monotonic() + _PATIENCE
        while self._process.poll() is None:
            assert time.monotonic() < deadline, f"it goes on: {self.drawn[-500:]!r}"
            self._read(0.02)
        while self._read(0):
            pass
        return self._process.returncode

    def attributes(self) -> list[Any]:
        """Return the modes of the terminal."""
        return termios.tcgetattr(self.theirs)

    def shows_cursor(self) -> bool:
        """Tell whether the cursor is seen, as far as was drawn."""
        return ["h", *_CURSOR.findall(self.drawn)][-1] == "h"

    def close_window(self) -> None:
        """Close the terminal, as its window does."""
        if self._mine >= 0:
            os.close(self._mine)
            os.close(self.theirs)
            self._mine = -1

    def close(self) -> None:
        """Close it, and end what still runs in it."""
        self.close_window()
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait(_PATIENCE)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._mine], [], [], max(0.0, seconds))
        if ready:
            self.drawn += os.read(self._mine, 65_536).decode(errors="replace")
        return bool(ready)


@contextmanager
def terminal(rows: int = 24, columns: int = 80) -> Iterator[Terminal]:
    """Open a terminal; it and what runs in it are gone afterwards."""
    opened = Terminal(rows, columns)
    try:
        yield opened
    finally:
        opened.close()


def shell(command: Sequence[str | Path]) -> list[str | Path]:
    """Return the command of a shell that runs another command."""
    return [sys.executable, "-c", SHELL, *command]

"""The keyboard: keys as they are pressed, one command at a time."""

import codecs
import re
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import MappingProxyType

from voicecoach.session.controls import Command, Poll, command_of, no_controls

NAMES: Mapping[str, str] = MappingProxyType(
    {
        " ": "space",
        "\x1b[C": "right",
        "\x1bOC": "right",
        "\x1b[D": "left",
        "\x1bOD": "left",
        "\xe0M": "right",
        "\xe0K": "left",
    }
)
"""The names of keys that are not their own: what a terminal sends for them, and what Windows does."""

_SEQUENCE = (
    r"\x1b\[200~.*?(?:\x1b\[201~|\Z)"  # pasted text, where the terminal marks it
    r"|\x1b\[M.{0,3}"  # a mouse, as X10 told of it
    r"|\x1b\[\[.?"  # a function key of the Linux console
    r"|\x1b?\x1b\[[0-?]*[ -/]*[@-~]?"  # CSI: arrows, function keys, mice; with Alt before it
    r"|\x1b?\x1bO.?"  # SS3: the same, in another mode
    r"|\x1b[]PX^_].*?(?:\x07|\x1b\\|\Z)"  # an answer of the terminal
    r"|\x1b.?"  # a key with Alt, or Escape alone
)
_PREFIXED = r"|[\x00\xe0]." if sys.platform == "win32" else ""
_KEY = re.compile(rf"{_SEQUENCE}{_PREFIXED}|.", re.DOTALL)
_UNFINISHED = re.compile(
    r"\x1b\x1b?(?:\[200~(?:(?!\x1b\[201~).)*|\[M.{0,2}|\[\[?|\[[0-?]*[ -/]*|O"
    r"|[]PX^_](?:(?!\x07|\x1b\\).)*)?\Z",
    re.DOTALL,
)
"""The start of a sequence whose end may be under way."""
_CHUNK = 4096
"""Bytes: as many as a terminal holds for us."""


def has_keyboard() -> bool:
    """Tell whether keys can be read."""
    return sys.stdin is not None and sys.stdin.isatty()


@contextmanager
def keyboard() -> Iterator[Poll]:
    """Read keys as they are pressed; the terminal is as it was when this ends, however it ends.

    Where standard input is no terminal, no key is ever read from it.
    """
    if not has_keyboard():
        yield no_controls
        return
    with _raw_keys() as read:
        yield Keys(read).poll


class Keys:
    """Take what is typed apart into keys: each is one command, however many characters it sends."""

    def __init__(self, read: Callable[[], str]) -> None:
        """Take the way to read what was typed; it returns nothing, at once, where nothing was."""
        self._read = read
        self._keys: deque[str] = deque()
        self._unfinished = ""

    def poll(self) -> Command | None:
        """Return the command of the next key."""
        if not self._keys:
            self._take(self._read())
        if not self._keys:
            return None
        key = self._keys.popleft()
        return command_of(NAMES.get(key, key))

    def _take(self, typed: str) -> None:
        text = self._unfinished + typed
        # A sequence may come in two pieces; where nothing follows, it was all there is.
        cut = _UNFINISHED.search(text) if typed else None
        end = cut.start() if cut else len(text)
        self._unfinished = text[end:]
        self._keys.extend(_KEY.findall(text[:end]))


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _raw_keys() -> Iterator[Callable[[], str]]:
        def read() -> str:
            typed = ""
            while msvcrt.kbhit():
                typed += msvcrt.getwch()
            return typed

        yield read

else:
    import os
    import select
    import termios
    import tty

    from voicecoach.session.suspension import suspension

    @contextmanager
    def _raw_keys() -> Iterator[Callable[[], str]]:
        terminal = sys.stdin.fileno()
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        before = termios.tcgetattr(terminal)
        closed = False

        def read() -> str:
            nonlocal closed
            if closed or not select.select([terminal], [], [], 0)[0]:
                return ""
            try:
                typed = os.read(terminal, _CHUNK)
            except OSError:  # the terminal was closed
                typed = b""
            closed = not typed
            return decode(typed)

        def cbreak() -> None:
            with suppress(termios.error):
                tty.setcbreak(terminal)

        def restore() -> None:
            with suppress(termios.error):
                termios.tcsetattr(terminal, termios.TCSADRAIN, before)

        # A terminal that was closed takes nothing any more, and needs nothing.
        try:
            with suspension(restore, cbreak):
                cbreak()
                yield read
        finally:
            restore()

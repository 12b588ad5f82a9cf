"""Controls: what the listener can ask for while a session plays, and the keys for it."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from types import MappingProxyType


class Command(StrEnum):
    """Name what the listener asks for."""

    PAUSE = "pause, or go on"
    NEXT = "skip to what comes next"
    BACK = "back to the start of the set; again: to the set before"
    REPEAT = "do this set once more"
    LONGER = "10 seconds more"
    SHORTER = "10 seconds less"
    EASIER = "easier from the next set on"
    HARDER = "harder from the next set on"
    SAY = "say again what this is"
    MUTE = "talk off, or on again"
    VOICE_SOFTER = "voice softer"
    VOICE_LOUDER = "voice louder"
    TONES_SOFTER = "tones softer"
    TONES_LOUDER = "tones louder"
    HELP = "this table"
    QUIT = "end the session"
    OTHER = "go on, where the session waits for you"
    """Any other key."""


KEYS: Mapping[str, Command] = MappingProxyType(
    {" ": Command.PAUSE, "n": Command.NEXT, "b": Command.BACK, "q": Command.QUIT}
)
"""The one table of keys."""

Poll = Callable[[], Command | None]
"""Return the next command that was given, or None at once where there is none."""


def has_keyboard() -> bool:
    """Tell whether keys can be read."""
    return sys.stdin is not None and sys.stdin.isatty()


def no_controls() -> None:
    """Give no command, ever: for a session without a keyboard."""


@contextmanager
def keyboard() -> Iterator[Poll]:
    """Read keys as they are pressed; the terminal is as it was when this ends, however it ends.

    Where standard input is no terminal, no key is ever read from it.
    """
    if not has_keyboard():
        yield no_controls
        return
    with _raw_keys() as read:

        def poll() -> Command | None:
            key = read()
            return KEYS.get(key.lower(), Command.OTHER) if key else None

        yield poll


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _raw_keys() -> Iterator[Callable[[], str]]:
        yield lambda: msvcrt.getwch() if msvcrt.kbhit() else ""

else:
    import os
    import select
    import signal
    import termios
    import tty

    @contextmanager
    def _raw_keys() -> Iterator[Callable[[], str]]:
        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)

        def read() -> str:
            ready, _, _ = select.select([terminal], [], [], 0)
            return os.read(terminal, 1).decode("latin-1") if ready else ""

        def again(*_: object) -> None:
            tty.setcbreak(terminal)

        try:
            tty.setcbreak(terminal)
            # A shell that put the session aside gives the terminal back as it found it.
            continued = signal.signal(signal.SIGCONT, again)
            yield read
        finally:
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)
            signal.signal(signal.SIGCONT, continued)

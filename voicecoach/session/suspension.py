"""Suspension: a shell stops the program (Ctrl-Z), has the terminal meanwhile, and lets it go on (fg)."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def suspension(leave: Callable[[], object], again: Callable[[], object]) -> Iterator[None]:
    """Call something before the program is suspended, and something when it goes on.

    May be used within itself: the inner ones leave first.

    Args:
        leave: gives the terminal back as it was. Not called where the program is stopped without being asked.
        again: takes it once more; may be called more than once.
    """
    if sys.platform == "win32":
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        leave()
        if callable(before):
            before(number, frame)
        else:
            # The kernel is to decide: a program that no shell could continue is not stopped.
            here = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, here)
        again()

    def go_on(number: int, frame: FrameType | None) -> None:
        if callable(continued):
            continued(number, frame)
        again()

    before, continued = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    try:
        if before is not signal.SIG_IGN:
            signal.signal(signal.SIGTSTP, stop)
        signal.signal(signal.SIGCONT, go_on)
        yield
    finally:
        signal.signal(signal.SIGTSTP, before)
        signal.signal(signal.SIGCONT, continued)

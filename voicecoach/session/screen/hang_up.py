"""A terminal that is gone: its window was closed, and no signal may have told of it."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from voicecoach.session.playhead import Place

HUNG_UP = 129
"""The exit code after SIGHUP, as shells have it."""


class Presence:
    """A screen that shows nothing, and fails once its terminal is gone: in a pause, say, nothing is drawn."""

    def __init__(self, console: Console) -> None:
        """Watch a console that is a terminal."""
        self._file = console.file

    def show(self, place: Place, *, paused: bool) -> None:
        """See whether the terminal is there.

        Raises:
            OSError: it is gone; the same that printing to it raises.
        """
        del place, paused
        if not self._file.isatty():
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Do nothing."""

    def show_keys(self) -> None:
        """Do nothing."""


@contextmanager
def ending_with(console: Console) -> Iterator[None]:
    """End as after SIGHUP where the terminal is gone: who prints may find out before the signal comes."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.EIO or console.file.isatty():
            raise
        # What is still to be written, by whomever, goes nowhere.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, console.file.fileno())
        os.close(nowhere)
        raise SystemExit(HUNG_UP) from None

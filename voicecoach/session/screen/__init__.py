"""What is seen of a session: a live view on a terminal, plain lines elsewhere."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from voicecoach.session.player import Screen
from voicecoach.session.screen.live import open_live
from voicecoach.session.screen.plain import PlainScreen
from voicecoach.session.screen.words import Total

HUNG_UP = 129
"""The exit code after SIGHUP, as shells have it."""


@contextmanager
def open_screen(console: Console, sample_rate: int, total: Total, *, plain: bool = False) -> Iterator[Screen]:
    """Open what is seen of a session; the terminal is as before when this ends, however it ends.

    Args:
        console: where to print.
        sample_rate: of the session.
        total: tells how long the session is.
        plain: print plain lines, also on a terminal that could do more.
    """
    with _ending_with(console):
        if plain or not console.is_terminal or console.is_dumb_terminal:
            yield PlainScreen(console, sample_rate, total)
        else:
            with open_live(console, sample_rate, total) as screen:
                yield screen


@contextmanager
def _ending_with(console: Console) -> Iterator[None]:
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

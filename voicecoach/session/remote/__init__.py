"""Remote control: media keys and headsets, where the desktop passes them on; so far on Linux."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from voicecoach.session.controls import Command, no_controls
from voicecoach.session.several import Screens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.plan.phrases import Phrases
    from voicecoach.session.screen.words import Total
    from voicecoach.session.viewer import Screen


class Remote(Protocol):
    """Give commands from afar, and show the session there."""

    @property
    def connected(self) -> bool:
        """Tell whether commands can come."""

    def poll(self) -> Command | None:
        """Return the next command that was given, or None at once where there is none."""

    def screen(self, title: str, sample_rate: int, total: Total, phrases: Phrases | None = None) -> Screen:
        """Return what shows a session of some title and length there, in a language or in English."""


class NoRemote:
    """Where there is none."""

    connected = False

    def poll(self) -> None:
        """Give no command, ever."""
        return no_controls()

    def screen(self, title: str, sample_rate: int, total: Total, phrases: Phrases | None = None) -> Screen:
        """Return a screen that shows nothing."""
        del title, sample_rate, total, phrases
        return Screens()


@contextmanager
def remote() -> Iterator[Remote]:
    """Be there for the desktop while the block runs; where there is none, in silence without.

    It is connected in the background, and nothing in the block waits for it.
    """
    if sys.platform == "linux":
        from voicecoach.session.bus import session_bus  # noqa: PLC0415 - where there may be one

        if address := session_bus():
            from voicecoach.session.remote.desktop import Desktop  # noqa: PLC0415

            with Desktop(address) as desktop:
                yield desktop
            return
    yield NoRemote()

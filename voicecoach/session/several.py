"""Several screens, and several ways to give commands, as one."""

from voicecoach.session.controls import Command, Poll
from voicecoach.session.playhead import Place
from voicecoach.session.viewer import Screen


def first_of(*polls: Poll) -> Poll:
    """Return a poll that asks one after another, until one has a command."""

    def poll() -> Command | None:
        return next((command for one in polls if (command := one())), None)

    return poll


class Screens:
    """Show to all of several screens, or to none."""

    def __init__(self, *screens: Screen) -> None:
        """Take the screens."""
        self._screens = screens

    def show(self, place: Place, *, paused: bool) -> None:
        """Show a moment on each."""
        for screen in self._screens:
            screen.show(place, paused=paused)

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Show a line on each."""
        for screen in self._screens:
            screen.tell(text, stays=stays)

    def show_keys(self) -> None:
        """Show the keys on each."""
        for screen in self._screens:
            screen.show_keys()

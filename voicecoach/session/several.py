"""Several controls and several screens, taken for one."""

from voicecoach.session.controls import Command, Poll
from voicecoach.session.player import Screen
from voicecoach.session.playhead import Place


def first_of(*polls: Poll) -> Poll:
    """Return what gives the commands of all of them; where two have one at a time, the first goes first."""

    def poll() -> Command | None:
        return next((command for each in polls if (command := each())), None)

    return poll


class Screens:
    """Pass everything that is to be seen on to each of several screens, or to none."""

    def __init__(self, *screens: Screen) -> None:
        """Take the screens, in the order in which they are told."""
        self._screens = screens

    def show(self, place: Place, *, paused: bool) -> None:
        """Show a moment on each."""
        for screen in self._screens:
            screen.show(place, paused=paused)

    def tell(self, text: str) -> None:
        """Tell a line on each."""
        for screen in self._screens:
            screen.tell(text)

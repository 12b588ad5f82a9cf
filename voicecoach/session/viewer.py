"""What every screen of a session can do, whoever looks at it."""

from typing import Protocol

from voicecoach.session.playhead import Place


class Screen(Protocol):
    """Show where the session is, to those who look."""

    def show(self, place: Place, *, paused: bool) -> None:
        """Show a moment. Called often, also in a pause: what has not changed need not be drawn again."""

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Tell in a line what happened: what a key did, why the session pauses.

        Args:
            text: the line.
            stays: whether it is to be seen until the next one.
        """

    def show_keys(self) -> None:
        """Show the table of keys; a view that stays puts it away when it is asked again."""

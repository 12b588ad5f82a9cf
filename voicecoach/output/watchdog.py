"""A watchdog over a device: libraries keep quiet about a device that is gone."""

import time
from collections.abc import Callable

Clock = Callable[[], float]
"""Return the present moment in seconds, of a clock that never goes back."""

clock: Clock = time.perf_counter
"""The clock of all devices: fine on every platform, and one for all processes of a machine."""


class Watchdog:
    """Notice that a device has given no sign of life for too long.

    Only the time that was spent looking counts, in small steps: a machine that slept for an hour, or a
    process that was stopped, finds its device as it left it.
    """

    STEP = 0.25
    """The most seconds that count between two looks."""

    def __init__(self, patience: float, now: Clock = clock) -> None:
        """Begin with a device that is alive."""
        self._patience = patience
        self._now = now
        self.feed()

    def feed(self) -> None:
        """Take note of a sign of life."""
        self._waited = 0.0
        self._looked = self._now()

    def starved(self) -> bool:
        """Look, and say whether patience has run out."""
        now = self._now()
        self._waited += min(now - self._looked, self.STEP)
        self._looked = now
        return self._waited > self._patience

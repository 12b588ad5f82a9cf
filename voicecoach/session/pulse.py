"""The pulse: a beat that only stops where the program stands still, whatever it is busy with."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from voicecoach.output.watchdog import Clock
from voicecoach.session.wall import wall

ASLEEP_SECONDS = 3.0
"""Whose beat stays away for so long has slept, or was stopped."""
BEAT_SECONDS = 0.5
"""Between two beats."""


class Pulse:
    """Notice that the program stood still: the machine slept, or a shell had stopped it.

    A thread beats meanwhile. It goes on while a phrase takes long to be spoken, so that is no sleep; and a
    sleep in the middle of it is seen as any other.
    """

    def __init__(self, now: Clock = wall) -> None:
        """Begin awake; the clock has to go on in sleep."""
        self._now = now
        self._lock = threading.Lock()
        self._last = now()
        self._slept = 0.0

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Beat while the block runs."""
        ended = threading.Event()

        def beat() -> None:
            while not ended.wait(BEAT_SECONDS):
                self.beat()

        thread = threading.Thread(target=beat, name="pulse", daemon=True)
        self.wake()
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def beat(self) -> None:
        """Look at the clock."""
        with self._lock:
            now = self._now()
            gap, self._last = now - self._last, now
            if gap > ASLEEP_SECONDS:
                self._slept += gap

    def slept(self) -> float:
        """Return the seconds that were slept since this was asked before, or since it was woken."""
        self.beat()
        with self._lock:
            slept, self._slept = self._slept, 0.0
        return slept

    def wake(self) -> None:
        """Begin anew: what was slept until now is of no account."""
        self.slept()

"""How long a session is in all: known better and better while it plays."""

import threading
from collections.abc import Callable

from voicecoach.errors import SpeechError


class TotalLength:
    """The length of a session: estimated at first, exact as soon as every phrase was measured."""

    def __init__(self, estimate: int, measure: Callable[[], int]) -> None:
        """Take an estimate, and the way to tell the frames, gone when the length is first asked for."""
        self._frames, self._measure = estimate, measure
        self._exact = False
        self._thread = threading.Thread(target=self._run, name="total length", daemon=True)

    def __call__(self) -> tuple[int, bool]:
        """Return the frames, and whether they are exact; the first call begins to measure."""
        if self._thread.ident is None:
            self._thread.start()
        return self._frames, self._exact

    def wait(self) -> None:
        """Wait until the length, having been asked for, is exact or cannot be."""
        self._thread.join()

    def _run(self) -> None:
        try:
            self._frames = self._measure()
        except SpeechError:
            return  # The player meets the same phrase, and reports it.
        self._exact = True

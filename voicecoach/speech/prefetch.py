"""Prefetching: clips are made in the background, so that they are there when they are needed."""

import threading
from collections.abc import Callable, Collection

from voicecoach.plan.timeline import Sound
from voicecoach.speech.cores import cores

Progress = Callable[[int, int], object]
"""Is told how many clips are done, and how many there are. Called from other threads, one at a time."""


class Prefetch:
    """Clips on their way: wait for them, or cancel what has not begun."""

    def __init__(
        self, make: Callable[[Sound], object], sounds: Collection[Sound], progress: Progress | None = None
    ) -> None:
        """Start the threads.

        Args:
            make: makes a clip; called from several threads.
            sounds: in the order in which they are made.
            progress: called after each clip.
        """
        self._make, self._progress = make, progress
        self._waiting, self._total, self._made = iter(sounds), len(sounds), 0
        self._lock = threading.Lock()
        self._cancelled = False
        self._error: Exception | None = None
        # One more than there are cores: while it waits for a worker, another finishes what one has made.
        count = min(cores() + 1, len(sounds))
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    @property
    def done(self) -> bool:
        """Return whether nothing is under way any more."""
        return not any(thread.is_alive() for thread in self._threads)

    def cancel(self) -> None:
        """Begin no further clip."""
        self._cancelled = True

    def wait(self) -> None:
        """Wait until all is made, or what was under way when it was cancelled.

        Raises:
            SpeechError: a clip could not be made; the first error, after which no more clips were begun.
        """
        for thread in self._threads:
            thread.join()
        if self._error:
            raise self._error

    def _run(self) -> None:
        while not self._cancelled:
            with self._lock:
                sound = next(self._waiting, None)
            if sound is None:
                return
            try:
                self._make(sound)
            except Exception as error:  # noqa: BLE001 - raised again for whoever waits
                with self._lock:
                    self._error = self._error or error
                self._cancelled = True
                return
            with self._lock:
                self._made += 1
                if self._progress:
                    self._progress(self._made, self._total)

"""How late a session is after a drop-out: shorter silences can bring it back to its plan."""

from collections import deque

from voicecoach.output.watchdog import Clock, clock

LEAST = 0.002
"""Seconds of lateness that are not worth a correction."""
DRIFT = 300e-6
"""How far the clock of a device may be off: what changes as slowly is no lateness."""
MOST = 2.0
"""Seconds from which it was no drop-out but a pause, as of a machine that slept, and the plan begins anew."""
SHARE = 1 / 3
"""The most of a silence that is left out: tones that come in a rhythm do not fall over one another."""
REQUESTS = 50
"""How many requests are looked at together: some servers ask in steps that repeat once a second."""


class Lateness:
    """Compare the requests of a device with the clock.

    A device asks when it has room: a request may be late, as on a busy machine, without anybody hearing it,
    but none is early. So the earliest of several in a row tell when the device really takes its frames, and
    those at the beginning what was planned.
    """

    def __init__(self, sample_rate: int, now: Clock = clock) -> None:
        """Begin with a session that is yet to start."""
        self._sample_rate = sample_rate
        self._now = now
        self._starts: deque[float] = deque(maxlen=REQUESTS)
        self._planned: float | None = None
        self._looked = 0.0
        self.skipped = 0
        """How many frames were left out: they make good as much lateness."""

    def clear(self) -> None:
        """Forget everything: another session starts."""
        self._starts.clear()
        self._planned = None
        self.skipped = 0

    def frames(self, sounded: int) -> int:
        """Return by how many frames the rest is late, at a request before which so many were handed over."""
        # The moment at which the session would have had to start, to be where it is now.
        now = self._now()
        self._starts.append(now - sounded / self._sample_rate)
        if len(self._starts) < REQUESTS:
            return 0
        start = min(self._starts) - self.skipped / self._sample_rate
        if self._planned is None or start - self._planned > MOST:
            self._planned, self._looked = start, now
        late, passed, self._looked = start - self._planned, now - self._looked, now
        if late > LEAST:
            return round(late * self._sample_rate)
        self._planned += min(late, DRIFT * passed)
        return 0

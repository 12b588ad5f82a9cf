"""The void: a session in real time that nobody hears."""

import time
from collections.abc import Callable

from voicecoach.errors import ChoiceError
from voicecoach.output.lateness import MOST
from voicecoach.output.schedule import Schedule
from voicecoach.output.sink import Block
from voicecoach.output.watchdog import Clock, clock

AHEAD = 0.1
"""Seconds that writing may be ahead of what sounds."""


class NoneDevice:
    """Let each frame pass at its moment."""

    def __init__(
        self, sample_rate: int, now: Clock = clock, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        """Begin with the first write; a test brings its own clock."""
        self.underruns = 0
        self._schedule = Schedule(sample_rate)
        self._now = now
        self._sleep = sleep
        self._written = 0
        self._behind = False

    def write(self, block: Block) -> None:
        """Wait until the block has passed, but for the look-ahead; a little lateness is made good at once."""
        now = self._now()
        late = now - self._schedule.moment(self._written) if self._schedule.running else 0.0
        if late > MOST or not self._schedule.running:
            self._schedule.place(self._written, now)
        self.underruns += late > 0 and not self._behind
        self._behind = 0 < late <= MOST
        self._written += len(block)
        self._sleep_until(self._schedule.moment(self._written) - AHEAD)

    def ready(self, seconds: float) -> bool:
        """Return True: no block is waited for longer than it lasts."""
        del seconds
        return True

    def heard(self) -> int:
        """Return how many frames have passed since it was opened or last halted."""
        return min(self._written, self._schedule.frame(self._now()))

    def halt(self) -> int:
        """Forget what has not passed, and return how many frames that were."""
        unheard = self._written - self.heard()
        self._written = 0
        self._schedule.clear()
        return unheard

    def close(self) -> None:
        """Wait until all has passed."""
        if self._schedule.running:
            self._sleep_until(self._schedule.moment(self._written))

    def _sleep_until(self, moment: float) -> None:
        # A sleep may end early, and one of a fake clock always ends in time.
        while (left := moment - self._now()) > 0:
            self._sleep(left)


def open_device(
    sample_rate: int,
    output: str | None = None,
    channels: int = 1,  # noqa: ARG001 - frames pass, however many channels they have
    buffer: float | None = None,  # noqa: ARG001 - and there is nothing to hold them
) -> NoneDevice:
    """Open the void.

    Raises:
        ChoiceError: an output was named, and the void has none.
    """
    if output is not None:
        message = f"the device 'none' has no output '{output}'; use --device none"
        raise ChoiceError(message)
    return NoneDevice(sample_rate)


def outputs() -> tuple[str, ...]:
    """Return nothing: the void has no outputs."""
    return ()

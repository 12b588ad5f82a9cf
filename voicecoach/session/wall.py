"""A clock that goes on while the machine sleeps."""

import sys
import time

from voicecoach.output.watchdog import Clock


def _of_the_platform() -> Clock:
    """Return the clock that counts time asleep, too: the names differ from platform to platform."""
    if sys.platform == "linux":
        return lambda: time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return lambda: time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic


wall: Clock = _of_the_platform()
"""Return the present moment in seconds; never set back, never stopped."""

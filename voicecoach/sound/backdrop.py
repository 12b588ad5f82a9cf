"""The backdrop: what is heard beneath a session all the time, whatever is said and done."""

from collections.abc import Callable

from voicecoach.plan.timeline import Moment
from voicecoach.sound.clip import Samples

Backdrop = Callable[[Samples, Moment], Samples]
"""Return a block of the session with what lies beneath it, given the moment at which the block begins.

Blocks come one after another, in the order in which they are heard; the moment may jump, as the listener
of a live session does. A block is not changed: where something lies beneath it, it is copied.
"""


def no_backdrop(block: Samples, moment: Moment) -> Samples:
    """Return a block as it is."""
    del moment
    return block

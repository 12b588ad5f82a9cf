"""What both screens say of a moment."""

from collections.abc import Callable

from voicecoach.plan.steps import Kind, Step
from voicecoach.units import clock

Total = Callable[[], tuple[int, bool]]
"""Return the frames of the whole session, and whether they are exact yet."""


def set_words(step: Step) -> str:
    """Return ``set 2 of 3`` for a set, and nothing for anything else."""
    return f"set {step.set} of {step.sets}" if step.is_work or step.kind in {Kind.REST, Kind.SWITCH} else ""


def total_words(total: Total, sample_rate: int, about: str) -> str:
    """Return the length of the session, behind `about` as long as it is not exact."""
    frames, exact = total()
    return ("" if exact else about) + clock(frames / sample_rate)

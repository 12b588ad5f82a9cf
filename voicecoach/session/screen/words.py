"""What all screens say of a moment, in the language of the session."""

from collections.abc import Callable

from voicecoach.plan.phrases import Phrases
from voicecoach.plan.steps import Kind, Step
from voicecoach.units import clock

Total = Callable[[], tuple[int, bool]]
"""Return the frames of the whole session, and whether they are exact yet."""


def set_words(step: Step, phrases: Phrases) -> str:
    """Return ``set 2 of 3`` for a set, and nothing for anything else."""
    if step.set is None or not (step.is_work or step.kind in {Kind.REST, Kind.SWITCH}):
        return ""
    return phrases.text("screen.set", set=step.set, sets=step.sets)


def total_words(total: Total, sample_rate: int, phrases: Phrases, key: str, **values: object) -> str:
    """Return a phrase with the length of the session: its form ``about`` as long as that is not exact."""
    frames, exact = total()
    told = {"total": clock(frames / sample_rate), **values}
    return phrases.text(key if exact else f"{key}.about", count=1, **told)

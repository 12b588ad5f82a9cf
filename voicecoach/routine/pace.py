"""Pace: how briskly a routine is coached. One table of figures.

The figures are this project's own defaults, except: lead-in 5 s (interval timers: 5 to 10), switch of
sides 7 to 10 s (the same: 5 to 10), 140 to 155 words a minute for instructions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Choice(StrEnum):
    """Name the end of a dose's range that is taken."""

    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Pace:
    """The figures that a pace sets. Lengths are seconds."""

    name: str
    holds: Choice
    """Which end of a range of seconds or reps is taken."""
    sets: Choice
    """Which end of a range of sets is taken."""
    lead_in: float
    """From the end of an instruction to the start tone."""
    rest: float
    """Between two sets, where an exercise names no rest of its own."""
    switch: float
    """To turn to the other side, from end tone to start tone."""
    change: float
    """To change posture or fetch equipment, before the exercise is announced."""
    tempo: tuple[float, float, float, float]
    """Eccentric, pause, concentric, pause; where an exercise has none of its own."""
    rate_wpm: int
    """Words a minute of instructions, as heard."""

    countdown: int = 3
    """Numbers of a countdown, one a second."""
    countdown_from: float = 5
    """A shorter hold has its end tone alone."""
    halfway_from: float = 20
    """A shorter hold has no cue halfway."""
    ten_seconds_from: float = 25
    """A shorter hold has no cue ten seconds before its end."""
    one_minute_from: float = 120
    """Only a longer hold has a cue one minute before its end."""
    apart: float = 1.5
    """Least silence between two cues inside a hold, the countdown excepted."""
    rest_length_from: float = 12
    """A shorter rest names only what comes next."""
    next_ends: float = 4
    """In a rest, what comes next has been said this long before the start."""
    count_longest: float = 0.9
    """A number of a countdown lasts no longer."""
    sentence_gap: float = 0.45
    """Between two sentences of an announcement."""
    tone_gap: float = 0.25
    """Between a tone and the speech beside it."""


PACES: Mapping[str, Pace] = MappingProxyType(
    {
        pace.name: pace
        for pace in (
            Pace(
                name="gentle", holds=Choice.LOW, sets=Choice.LOW, lead_in=8, rest=30, switch=10, change=10,
                tempo=(3, 1, 3, 0), rate_wpm=140,
            ),
            Pace(
                name="steady", holds=Choice.HIGH, sets=Choice.LOW, lead_in=5, rest=20, switch=10, change=7,
                tempo=(2, 0, 2, 1), rate_wpm=150,
            ),
            Pace(
                name="brisk", holds=Choice.HIGH, sets=Choice.LOW, lead_in=5, rest=12, switch=7, change=4,
                tempo=(2, 0, 2, 1), rate_wpm=155,
            ),
        )
    }
)  # fmt: skip
"""All paces, by name. Gentle takes the low end of holds and sets; steady the low end of sets; brisk is
steady with shorter pauses (and the quickest of the rates of speech)."""

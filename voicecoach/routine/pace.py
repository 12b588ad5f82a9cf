"""Pace: how briskly a routine is coached. One table of figures.

The figures are this project's own defaults, except: lead-in 5 s (interval timers: 5 to 10), switch of
sides 7 to 10 s (the same: 5 to 10), 140 to 155 words a minute for instructions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from types import MappingProxyType


class Choice(StrEnum):
    """Name the end of a dose's range that is taken."""

    LOW = "low"
    HIGH = "high"


class Effort(IntEnum):
    """Name how much of the ranges of the doses is done, as the listener asks for it on the way."""

    EASIER = -1
    AS_CHOSEN = 0
    HARDER = 1


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
    """The factor on the time that it takes to change posture and to fetch equipment."""
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
    prompt_apart: float = 15
    """Least time from one reminder to the next while moving."""
    reminder_apart: float = 12
    """Least time from one reminder to the next inside a hold."""
    reminder_from: float = 6
    """The first reminder comes no sooner."""
    reminder_least: float = 25
    """A shorter hold or movement has none."""
    reminder_until: float = 10
    """Before the end, there is none any more."""
    reminder_gap: float = 2
    """Least silence between a reminder and whatever else is heard."""
    saying_late: float = 10
    """What is to be said at a moment of a set may be said so much later, where something else is heard."""
    open_every: float = 15
    """In an open-ended step, the time gone by is told so often."""
    rest_length_from: float = 12
    """A shorter rest names only what comes next."""
    next_ends: float = 4
    """In a rest, what comes next has been said this long before the start."""
    least_switch: float = 7
    """A rest before a set on the other side is no shorter."""
    relax: float = 5
    """Between pressing and deepening, where an exercise names no length of its own."""
    breath_words: int = 3
    """Breaths that are paced by words as well as by tones."""
    breath_apart: float = 1
    """Least silence between the soft tones that pace the breath and another cue."""
    breath_from: float = 2
    """The first paced breath begins so long after the start of a hold."""
    count_longest: float = 0.9
    """A number of a countdown lasts no longer."""
    sentence_gap: float = 0.45
    """Between two sentences of an announcement."""
    tone_gap: float = 0.25
    """Between a tone and the speech beside it."""
    long_silence: float = 20
    """After so much silence a soft tone wakes the headphones before anything is said."""
    wake: float = 1.5
    """From that tone to what it is for: headphones take up to so long to wake."""

    def at(self, effort: Effort) -> "Pace":
        """Return the pace with the low ends of all ranges, its own, or the high ones."""
        if effort is Effort.AS_CHOSEN:
            return self
        end = Choice.LOW if effort is Effort.EASIER else Choice.HIGH
        return replace(self, holds=end, sets=end)


PACES: Mapping[str, Pace] = MappingProxyType(
    {
        pace.name: pace
        for pace in (
            Pace(
                name="gentle", holds=Choice.LOW, sets=Choice.LOW, lead_in=8, rest=30, switch=10, change=1.4,
                tempo=(3, 1, 3, 0), rate_wpm=140,
            ),
            Pace(
                name="steady", holds=Choice.HIGH, sets=Choice.LOW, lead_in=5, rest=20, switch=10, change=1,
                tempo=(2, 0, 2, 1), rate_wpm=150,
            ),
            Pace(
                name="brisk", holds=Choice.HIGH, sets=Choice.LOW, lead_in=5, rest=12, switch=7, change=0.7,
                tempo=(2, 0, 2, 1), rate_wpm=155,
            ),
        )
    }
)  # fmt: skip
"""All paces, by name. Gentle takes the low end of holds and sets; steady the low end of sets; brisk is
steady with shorter pauses (and the quickest of the rates of speech)."""

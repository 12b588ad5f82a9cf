"""What every wish of a session has in common: its phrases, pace, talk and sample rate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voicecoach import units
from voicecoach.plan.cues import Anchor, Cue, Priority, Talk
from voicecoach.plan.phrases import Phrases
from voicecoach.plan.steps import Step
from voicecoach.plan.timeline import Sound, Tone
from voicecoach.routine.model import Side
from voicecoach.routine.pace import Pace

PAN = {None: 0.0, Side.LEFT: -1.0, Side.RIGHT: 1.0}
"""Where a side is heard."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Make cues for the steps of one session."""

    phrases: Phrases
    pace: Pace
    talk: Talk
    sample_rate: int
    pan: bool = False
    """Whether what belongs to a side is heard on that side."""
    has_keys: bool = False
    """Whether the listener can press a key; not so in a recording."""
    seed: int = 0
    """Chooses among reminders; the same seed gives the same session."""

    def frames(self, seconds: float) -> int:
        """Return a moment in frames."""
        return units.frames(seconds, self.sample_rate)

    @property
    def gap(self) -> int:
        """Return the silence between a tone and the speech beside it."""
        return self.frames(self.pace.tone_gap)

    def spoken(self, *variants: Sound) -> tuple[Sound, ...]:
        """Return the variants that this level of talk allows: with beeps, tones alone."""
        return _tones(variants) if self.talk is Talk.BEEPS else variants

    def in_full(self, *variants: Sound) -> tuple[Sound, ...]:
        """Return the variants of a remark: short of full talk, its tone alone."""
        return variants if self.talk is Talk.FULL else _tones(variants)

    def at_first(self, step: Step, *variants: Sound) -> tuple[Sound, ...]:
        """Return the variants of a remark that full talk makes in the first set, on the first side, alone."""
        sides = step.exercise.sides if step.exercise else ()
        is_first = step.set == 1 and (not sides or step.side is sides[0]) and step.round in {None, 1}
        return self.in_full(*variants) if is_first else _tones(variants)

    def tone(self, name: str, priority: Priority = Priority.TONE) -> Cue:
        """Return a tone at the very start of a step; nothing moves it."""
        return Cue(0, (Tone(name),), priority, apart=self.gap)

    def soon(self, variants: tuple[Sound, ...], priority: Priority, slack: int) -> Cue:
        """Return a cue that is heard as soon as there is room for it."""
        return Cue(0, variants, priority, Anchor.FROM, slack=slack, apart=self.gap)

    def countdown(self, end: int, least: float = 0) -> Iterator[Cue]:
        """Count the last seconds down; nothing where the step is too short to hold it clear of its start.

        Args:
            end: the frame that is counted down to.
            least: seconds; a shorter step has no countdown.
        """
        if end >= self.frames(max(least, self.pace.countdown + 1)):
            yield from self.last_numbers(end)

    def last_numbers(self, end: int) -> Iterator[Cue]:
        """Yield the numbers that lead up to a frame, one a second."""
        for number in range(self.pace.countdown, 0, -1):
            yield Cue(
                end - self.frames(number),
                self.spoken(self.phrases.number(number), Tone("tick")),
                Priority.COUNTDOWN,
                longest=self.frames(self.pace.count_longest),
            )


def _tones(variants: Sequence[Sound]) -> tuple[Sound, ...]:
    return tuple(sound for sound in variants if isinstance(sound, Tone))

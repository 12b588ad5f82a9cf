"""What a coach wishes to say in each step: cues for steps of a known length, lines for announcements.

The wishes follow `talk`: full, brief or beeps. A cue is granted, moved, shortened or dropped by
`place`; a line is always said, and its step lasts as long as it takes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum, auto
from itertools import pairwise

from voicecoach import units
from voicecoach.plan.phrases import Phrases
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Sound, Tone
from voicecoach.routine.model import Phase, Posture
from voicecoach.routine.pace import Pace


class Talk(StrEnum):
    """Name how much is said."""

    FULL = "full"
    BRIEF = "brief"
    BEEPS = "beeps"


class Priority(IntEnum):
    """Rank cues: the lower number gets its place first."""

    TONE = auto()
    COUNTDOWN = auto()
    COUNT = auto()
    SIGNAL = auto()
    SIDE = auto()
    REMAINING = auto()
    HALFWAY = auto()
    PHASE = auto()
    LENGTH = auto()


class Anchor(Enum):
    """Say how a cue hangs on its moment."""

    AT = auto()
    """It begins on it."""
    BY = auto()
    """It ends on it."""
    FROM = auto()
    """It begins as soon as there is room, from it on."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A wish to be heard. Moments and lengths are frames, from the start of the step."""

    at: int
    variants: tuple[Sound, ...]
    """From the best to the least: long, short, tone."""
    priority: Priority
    anchor: Anchor = Anchor.AT
    slack: int = 0
    """How far it may be moved from where its anchor wants it; with FROM, later only."""
    apart: int = 0
    """Silence wanted to its neighbours; between two cues, the lesser of their wishes holds."""
    longest: int | None = None
    """A variant that lasts longer is not taken."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Make the cues of one session: bound to its phrases, pace, talk and sample rate."""

    phrases: Phrases
    pace: Pace
    talk: Talk
    sample_rate: int

    def cues(self, step: Step) -> list[Cue]:
        """Return the cues of a step whose length is known."""
        makers = {
            Kind.LEAD_IN: self._lead_in,
            Kind.HOLD: self._set,
            Kind.TIMED: self._set,
            Kind.REP_SET: self._rep_set,
            Kind.SWITCH: self._switch,
            Kind.REST: self._rest,
            Kind.WAIT: self._wait,
        }
        return [*makers[step.kind](step, self._frames(step.seconds or 0))]

    def end_tone(self) -> Cue:
        """Return the tone that ends the set before, at the start of a step."""
        return Cue(0, (Tone("end"),), Priority.TONE, apart=self._frames(self.pace.tone_gap))

    def _frames(self, seconds: float) -> int:
        return units.frames(seconds, self.sample_rate)

    def _spoken(self, *variants: Sound) -> tuple[Sound, ...]:
        """Return the variants that this level of talk allows: with beeps, tones alone."""
        allowed = [sound for sound in variants if self.talk is not Talk.BEEPS or isinstance(sound, Tone)]
        return tuple(allowed)

    def _said_in_full(self, *variants: Sound) -> tuple[Sound, ...]:
        """Return the variants of a remark: short of full talk, its tone alone."""
        return variants if self.talk is Talk.FULL else _tones(variants)

    def _said_at_first(self, step: Step, *variants: Sound) -> tuple[Sound, ...]:
        """Return the variants of a remark that full talk makes in the first set, on the first side, alone."""
        sides = step.exercise.sides if step.exercise else ()
        is_first = step.set == 1 and (not sides or step.side is sides[0])
        return self._said_in_full(*variants) if is_first else _tones(variants)

    def _start_tone(self) -> Cue:
        return Cue(0, (Tone("start"),), Priority.TONE, apart=self._frames(self.pace.tone_gap))

    def _countdown(self, end: int) -> Iterator[Cue]:
        """Count the last seconds down; nothing where the step is too short to hold it clear of its start."""
        count = self.pace.countdown
        if end < self._frames(count + 1):
            return
        for number in range(count, 0, -1):
            yield Cue(
                end - self._frames(number),
                self._spoken(self.phrases.number(number), Tone("tick")),
                Priority.COUNTDOWN,
                longest=self._frames(self.pace.count_longest),
            )

    def _lead_in(self, _step: Step, end: int) -> Iterator[Cue]:
        yield from self._countdown(end)
        ready = self._said_in_full(self.phrases.say("get_ready"))
        yield Cue(0, ready, Priority.LENGTH, Anchor.FROM, slack=self._frames(1))

    def _set(self, step: Step, end: int) -> Iterator[Cue]:
        """Yield the cues of a hold or of timed movement."""
        pace, seconds = self.pace, step.seconds or 0
        apart = self._frames(pace.apart)
        yield self._start_tone()
        if seconds >= pace.countdown_from:
            yield from self._countdown(end)
        if seconds >= pace.halfway_from:
            halfway = self._said_at_first(step, self.phrases.say("halfway"), Tone("halfway"))
            yield Cue(end // 2, halfway, Priority.HALFWAY, apart=apart)
        for least, left, key in (
            (pace.ten_seconds_from, 10, "ten_seconds"),
            (pace.one_minute_from + 1e-9, 60, "one_minute"),
        ):
            if seconds >= least:
                remark = self._spoken(self.phrases.say(key))
                yield Cue(end - self._frames(left), remark, Priority.REMAINING, apart=apart)

    def _rep_set(self, step: Step, _end: int) -> Iterator[Cue]:
        """Yield a number at the start of each rep and a word, or tick, at each later phase of it."""
        yield self._start_tone()
        period = sum(seconds for _, seconds in step.rep)
        reps = step.reps or 0
        for rep in range(reps):
            number = self.phrases.number(rep + 1)
            last = self.phrases.say("last_rep", quick=True)
            names = (last, number) if rep == reps - 1 and reps > 1 else (number,)
            yield Cue(
                self._frames(rep * period),
                self._spoken(*names, Tone("rep")),
                Priority.COUNT,
                # The start tone is the moment of the first rep: its number follows.
                *((Anchor.FROM, self._frames(period)) if rep == 0 else ()),
            )
            passed = 0.0
            for (_, length), (phase, _) in pairwise(step.rep):
                passed += length
                if phase is Phase.PAUSE:
                    continue
                word = self.phrases.say(f"phase.{phase}", quick=True)
                variants = self._said_at_first(step, word, Tone("tick"))
                yield Cue(self._frames(rep * period + passed), variants, Priority.PHASE)

    def _switch(self, step: Step, end: int) -> Iterator[Cue]:
        yield from self._countdown(end)
        gap = self._frames(self.pace.tone_gap)
        yield Cue(0, (Tone("switch"),), Priority.SIGNAL, Anchor.FROM, slack=end, apart=gap)
        lies = step.exercise and step.exercise.posture is Posture.SIDE_LYING
        switch = "switch.over" if lies else "switch"
        said = self._spoken(self.phrases.say(f"{switch}.{step.side}"), self.phrases.say(f"side.{step.side}"))
        yield Cue(0, said, Priority.SIDE, Anchor.FROM, slack=end, apart=gap)

    def _rest(self, step: Step, end: int) -> Iterator[Cue]:
        yield from self._countdown(end)
        phrases, gap, seconds = self.phrases, self._frames(self.pace.tone_gap), step.seconds or 0
        side = step.side or "none"
        key = "last" if step.set == step.sets else "next"
        coming = self._spoken(
            *([phrases.say(f"next.{side}", set=step.set, sets=step.sets)] if key == "next" else []),
            *([phrases.say(f"last.{side}")] if key == "last" else []),
            phrases.say(f"next.short.{side}", set=step.set),
            *([phrases.say(f"side.{side}")] if step.side else []),
        )
        yield Cue(
            end - self._frames(self.pace.next_ends),
            coming,
            Priority.SIDE,
            Anchor.BY,
            # A short rest may have what comes next run up to its countdown.
            slack=self._frames(self.pace.next_ends - self.pace.countdown),
            apart=gap,
        )
        if seconds >= self.pace.rest_length_from:
            length = phrases.say("rest", length=phrases.length(seconds))
            said = self._said_in_full(length, phrases.say("rest.short"))
            yield Cue(0, said, Priority.LENGTH, Anchor.FROM, slack=end, apart=gap)

    def _wait(self, step: Step, end: int) -> Iterator[Cue]:
        """Yield a sign that sound is heard, for somebody who is about to lie down."""
        gap = self._frames(self.pace.tone_gap)
        yield Cue(0, (Tone("wake"),), Priority.SIGNAL, Anchor.FROM, slack=end, apart=gap)
        said = self._spoken(self.phrases.say("start_in", length=self.phrases.length(step.seconds or 0)))
        yield Cue(0, said, Priority.LENGTH, Anchor.FROM, slack=end, apart=gap)


def _tones(variants: Sequence[Sound]) -> tuple[Sound, ...]:
    return tuple(sound for sound in variants if isinstance(sound, Tone))


def audible(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues that have anything to be heard at this level of talk."""
    return [cue for cue in cues if cue.variants]

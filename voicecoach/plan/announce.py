"""What is said in full while the session waits for it: the opening, stages, exercises, the finish."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voicecoach import units
from voicecoach.plan.cues import Talk
from voicecoach.plan.phrases import Phrases
from voicecoach.plan.steps import unroll_stage
from voicecoach.plan.timeline import Event, Measure, Sound, Speech, Tone
from voicecoach.routine.model import BOTH_SIDES, Exercise, Hold, Posture, Reps, Routine, Stage, Timed
from voicecoach.routine.pace import Pace

WORDS_IN_ANNOUNCEMENT, GAPS_IN_ANNOUNCEMENT = 13, 6
"""What is said of an exercise or stage besides its texts, when the length of a stage is told beforehand."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence between two lines."""

    seconds: float


Line = Sound | Pause
"""A part of an announcement: each begins when the one before it has ended."""


@dataclass(frozen=True, slots=True)
class Announcer:
    """Write the announcements of one session."""

    phrases: Phrases
    routine: Routine
    talk: Talk
    has_voice: bool = True
    """Whether anything can be spoken; with beeps, the safety words are spoken where it can."""

    @property
    def pace(self) -> Pace:
        """Return the pace of the routine."""
        return self.routine.pace

    def opening(self) -> Iterator[Line]:
        """Yield what is said before the first stage: a wake-up tone, and always the safety words."""
        yield Tone("wake")
        yield Pause(self.pace.sentence_gap)
        caution = list(self._text(self.routine.caution)) if self.has_voice else []
        if self.talk is Talk.BEEPS:
            yield from caution
            return
        yield self.phrases.say("opening", title=self.routine.title)
        if self.talk is Talk.FULL:
            yield from self._text(self.routine.introduction)
        yield from caution
        if self.talk is Talk.FULL and self.routine.equipment:
            yield self.phrases.say("equipment.routine", items=self.phrases.items(self.routine.equipment))

    def stage(self, stage: Stage, index: int) -> Iterator[Line]:
        """Yield what a stage is for, how much it is and what to fetch."""
        yield Tone("stage")
        if self.talk is Talk.BEEPS:
            return
        yield self.phrases.say("stage", title=stage.title)
        if self.talk is Talk.FULL:
            yield from self._text(stage.purpose)
            length = self.phrases.minutes(stage_seconds(stage, self.pace, index))
            yield self.phrases.say("stage.size", count=len(stage.exercises), length=length)
            if stage.equipment:
                yield self.phrases.say("equipment.stage", items=self.phrases.items(stage.equipment))

    def exercise(self, exercise: Exercise, before: Exercise | None) -> Iterator[Line]:
        """Yield what to change first, with time to do it; then name, dose and instruction."""
        changes = list(self._changes(exercise, before))
        if self.talk is Talk.BRIEF:
            # The name comes first: from it alone one knows what the time to change is for.
            side = exercise.sides[0] if exercise.sides else "none"
            yield self.phrases.say(f"exercise.brief.{side}", name=exercise.name)
        if self.talk is not Talk.BEEPS:
            yield from changes
        if changes or self.talk is Talk.BEEPS:
            yield Pause(self.pace.change)
        if self.talk is Talk.FULL:
            yield self.phrases.say("exercise", name=exercise.name)
            yield from self.dose(exercise)
            yield from self._text(exercise.instruction)
            yield from self._text(exercise.caution)

    def finish(self, seconds: float) -> Iterator[Line]:
        """Yield the last words: what was done, in how much time."""
        yield Tone("finish")
        if self.talk is not Talk.BEEPS:
            length = self.phrases.minutes(seconds)
            yield self.phrases.say("finish", count=self.routine.exercises, length=length)

    def dose(self, exercise: Exercise) -> Iterator[Speech]:
        """Yield the dose as sentences, the first as ``2 sets of 30 seconds, left side first``."""
        pace, phrases = self.pace, self.phrases
        sides = "both" if exercise.sides == BOTH_SIDES else exercise.sides[0] if exercise.sides else "none"
        sets = int(exercise.sets.take(pace.sets))
        match exercise.work:
            case Hold(seconds) | Timed(seconds):
                yield phrases.say(
                    f"dose.{sides}", count=sets, amount=phrases.length(seconds.take(pace.holds))
                )
            case Reps(count, _, hold, _):
                reps = phrases.text("amount.reps", count=int(count.take(pace.holds)))
                yield phrases.say(f"dose.{sides}", count=sets, amount=reps)
                if hold:
                    yield phrases.say("dose.hold", length=phrases.length(hold.take(pace.holds)))

    def _changes(self, exercise: Exercise, before: Exercise | None) -> Iterator[Speech]:
        if exercise.posture and (before is None or before.posture is not exercise.posture):
            # On the side, the one that works is on top.
            works = (
                f".{exercise.sides[0]}" if exercise.posture is Posture.SIDE_LYING and exercise.sides else ""
            )
            yield self.phrases.say(f"posture.{exercise.posture}{works}")
        new = [item for item in exercise.equipment if before is None or item not in before.equipment]
        if new:
            yield self.phrases.say("equipment.exercise", items=self.phrases.items(new))

    def _text(self, text: str) -> Iterator[Speech]:
        if text:
            yield Speech(text, self.phrases.language)


def lay(
    lines: Sequence[Line], measure: Measure, pace: Pace, sample_rate: int, *, after_set: bool
) -> tuple[tuple[Event, ...], int]:
    """Lay lines one after another; after a set, its end tone comes first.

    Returns:
        The events, and the length of it all in frames, with a breath at the end.
    """
    events: list[Event] = []
    now = 0
    for line in ((Tone("end"),) if after_set else ()) + tuple(lines):
        if isinstance(line, Pause):
            now += units.frames(line.seconds, sample_rate)
            continue
        events.append(Event(now, line))
        gap = pace.tone_gap if isinstance(line, Tone) else pace.sentence_gap
        now += measure(line) + units.frames(gap, sample_rate)
    return tuple(events), now


def stage_seconds(stage: Stage, pace: Pace, index: int = 0) -> float:
    """Estimate how long a stage takes: its steps to the second, its speech by the number of words.

    For "about ten minutes" and for lists: what is planned is measured, never estimated.
    """
    texts = [f"{exercise.instruction} {exercise.caution}" for exercise in stage.exercises]
    words = sum(len(text.split()) for text in (stage.purpose, *texts))
    words += WORDS_IN_ANNOUNCEMENT * (len(stage.exercises) + 1)
    gaps = GAPS_IN_ANNOUNCEMENT * pace.sentence_gap * (len(stage.exercises) + 1)
    postures = [exercise.posture for exercise in stage.exercises]
    changes = 1 + sum(one is not other for one, other in pairwise(postures))
    known = sum(step.seconds or 0 for step in unroll_stage(stage, pace, index))
    return known + changes * pace.change + gaps + 60 * words / pace.rate_wpm


def routine_seconds(routine: Routine) -> float:
    """Estimate how long a whole routine takes, as `stage_seconds` does."""
    words = len(f"{routine.introduction} {routine.caution}".split()) + 2 * WORDS_IN_ANNOUNCEMENT
    return 60 * words / routine.pace.rate_wpm + sum(
        stage_seconds(stage, routine.pace) for stage in routine.stages
    )

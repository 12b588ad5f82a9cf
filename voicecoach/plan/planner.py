"""The planner: a routine to segments, lazily, each cue in its place. Pure.

A session is a generator: the next segment is planned when it is asked for, so a session of ten hours
starts as soon, and needs as little memory, as one of ten minutes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voicecoach import units
from voicecoach.plan.announce import Announcer, Line, lay
from voicecoach.plan.cues import Talk, Wishes, audible
from voicecoach.plan.phrases import Phrases
from voicecoach.plan.place import place
from voicecoach.plan.steps import Kind, Step, unroll
from voicecoach.plan.timeline import SAMPLE_RATE, Measure, Segment, Speech
from voicecoach.routine.model import Routine


@dataclass(frozen=True, slots=True)
class Planner:
    """Plan the sessions of one routine."""

    routine: Routine
    phrases: Phrases
    talk: Talk = Talk.FULL
    has_voice: bool = True
    start_in: float = 0
    """Seconds to wait before the opening."""
    sample_rate: int = SAMPLE_RATE

    def segments(self, measure: Measure) -> Iterator[Segment]:
        """Yield the segments of a session; `measure` is asked for each sound before it is placed."""
        passed = 0
        before: Step | None = None
        for step in self.steps():
            segment = self._segment(step, measure, passed, after_set=before is not None and before.is_work)
            passed += segment.frames
            before = step
            yield segment

    def steps(self) -> Iterator[Step]:
        """Yield the steps of a session, with the wait before it if there is one."""
        if self.start_in > 0:
            yield Step(Kind.WAIT, seconds=self.start_in)
        yield from unroll(self.routine)

    def speech(self) -> Iterator[Speech]:
        """Yield the phrases of a session in the order of need, each once, as far as known beforehand.

        For a voice that prepares them all at once. Left out: shorter variants, and the last words,
        which tell how long the session was.
        """
        wishes = self._wishes()
        sounds = (
            sound
            for step in self.steps()
            for sound in (
                (cue.variants[0] for cue in audible(wishes.cues(step)))
                if step.seconds is not None
                else self._lines(step, 0)
                if step.kind is not Kind.FINISH
                else ()
            )
        )
        yield from dict.fromkeys(sound for sound in sounds if isinstance(sound, Speech))

    def _segment(self, step: Step, measure: Measure, passed: int, *, after_set: bool) -> Segment:
        label, chapter = self.label(step), self._chapter(step)
        if step.seconds is None:
            lines = list(self._lines(step, passed / self.sample_rate))
            events, frames = lay(lines, measure, self.routine.pace, self.sample_rate, after_set=after_set)
            return Segment(step, label, frames, events, chapter)
        wishes = self._wishes()
        cues = [*([wishes.end_tone()] if after_set else []), *audible(wishes.cues(step))]
        frames = units.frames(step.seconds, self.sample_rate)
        events, compromises = place(cues, frames, measure)
        return Segment(step, label, frames, events, chapter, compromises)

    def _wishes(self) -> Wishes:
        return Wishes(self.phrases, self.routine.pace, self.talk, self.sample_rate)

    def _lines(self, step: Step, passed: float) -> Iterable[Line]:
        announcer = Announcer(self.phrases, self.routine, self.talk, has_voice=self.has_voice)
        if step.kind is Kind.FINISH:
            return announcer.finish(passed)
        if step.exercise:
            return announcer.exercise(step.exercise, step.before)
        if step.stage:
            return announcer.stage(step.stage, step.stage_index or 0)
        return announcer.opening()

    def label(self, step: Step) -> str:
        """Return what a screen or a table calls a step."""
        if step.kind is Kind.ANNOUNCE:
            named = step.exercise.name if step.exercise else step.stage.title if step.stage else None
            return (
                self.phrases.text("label.announce", name=named)
                if named
                else self.phrases.text("label.opening")
            )
        if step.is_work and step.exercise:
            return self.phrases.text(f"label.{step.side or 'none'}", name=step.exercise.name)
        return self.phrases.text(f"label.{step.kind}", side=step.side)

    def _chapter(self, step: Step) -> str | None:
        if step.kind is not Kind.ANNOUNCE:
            return None
        if step.stage is None:
            return self.routine.title
        return f"{step.stage.title}: {step.exercise.name}" if step.exercise else step.stage.title

"""The planner: a routine to segments, lazily, each cue in its place. Pure.

A session is a generator: the next segment is planned when it is asked for, so a session of ten hours
starts as soon, and needs as little memory, as one of ten minutes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from voicecoach import units
from voicecoach.plan.announce import Announcer, Line, lay
from voicecoach.plan.cues import Talk
from voicecoach.plan.phrases import Phrases
from voicecoach.plan.place import Fitter
from voicecoach.plan.reminders import Said, circle, remind, said_before
from voicecoach.plan.steps import Kind, Step, Tracker, bare_steps
from voicecoach.plan.timeline import SAMPLE_RATE, Measure, Segment, Speech
from voicecoach.plan.waking import silence_after, waking
from voicecoach.plan.wanted import wanted
from voicecoach.plan.wishes import Wishes
from voicecoach.routine.model import Routine


@dataclass(frozen=True, slots=True)
class Before:
    """What came before a step, as far as it matters to its plan."""

    is_work: bool = False
    """Whether a set ends where the step begins, so that its end tone is heard."""
    passed: int = 0
    """Frames of the session."""
    exercises: int = 0
    """Exercises that were begun; each counts once, however many rounds there are."""
    exercise: tuple[int | None, int | None] | None = None
    """The stage and the exercise that was begun last."""
    reminder: str | None = None
    """The reminder that was said last."""
    silent: int = 0
    """Frames of silence."""


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
    pan: bool = False
    """Whether cues stand to the side that they are about, which takes two channels."""
    stereo: bool = False
    """Whether what lies beneath it takes two channels."""
    has_keys: bool = False
    """Whether the listener can press a key; not so in a recording."""
    wakes: bool = False
    """Whether a tone wakes headphones after a long silence."""
    seed: int = 0
    """Chooses among reminders; the same seed gives the same session."""

    @property
    def channels(self) -> int:
        """Return how many channels a session needs."""
        return 2 if self.pan or self.stereo else 1

    @property
    def wishes(self) -> Wishes:
        """Return what the wishes of all its steps have in common."""
        return Wishes(
            self.phrases, self.routine.pace, self.talk, self.sample_rate, self.pan, self.has_keys, self.seed
        )

    def segments(self, measure: Measure) -> Iterator[Segment]:
        """Yield the segments of a session; `measure` is asked for each sound before it is placed."""
        before = Before()
        for step in self.steps():
            segment, before = self.segment(step, measure, before)
            yield segment

    def length(self, measure: Measure) -> int:
        """Return the frames of a session without placing a cue: only announcements have to be measured."""
        before = Before()
        for step in self.steps():
            if step.seconds is None:
                _, before = self.segment(step, measure, before)
            else:
                before = self._after(step, before, units.frames(step.seconds, self.sample_rate))
        return before.passed

    def steps(self) -> Iterator[Step]:
        """Yield the steps of a session, with the wait before it if there is one."""
        yield from map(Tracker().see, self.bare_steps())

    def bare_steps(self) -> Iterator[Step]:
        """Yield the steps as the routine alone gives them, for a `Tracker` to follow."""
        if self.start_in > 0:
            yield Step(Kind.WAIT, seconds=self.start_in)
        yield from bare_steps(self.routine)

    def speech(self) -> Iterator[Speech]:
        """Yield the phrases of a session in the order of need, each once, as far as known beforehand.

        For a voice that prepares them all at once. Left out: shorter variants, and the last words,
        which tell how long the session was.
        """
        wishes = self.wishes
        sounds = (
            sound
            for step in self.steps()
            for sound in (
                (*(cue.variants[0] for cue in wanted(wishes, step)), *self._reminders(step))
                if step.seconds is not None
                else self._lines(step, Before())
                if step.kind is not Kind.FINISH
                else ()
            )
        )
        yield from dict.fromkeys(sound for sound in sounds if isinstance(sound, Speech))

    def segment(self, step: Step, measure: Measure, before: Before) -> tuple[Segment, Before]:
        """Plan one step, and return it with what is to be known for the next one."""
        label, reminder = self.label(step), before.reminder
        if step.seconds is None:
            lines = list(self._lines(step, before))
            pace = self.routine.pace
            events, frames = lay(lines, measure, pace, self.sample_rate, after_set=before.is_work)
            segment = Segment(step, label, frames, events)
            # One that is alone would else be said once in all the session.
            reminder = reminder if len(circle(step, self.seed)) > 1 else None
        else:
            wishes = self.wishes
            frames = units.frames(step.seconds, self.sample_rate)
            fitter = Fitter(frames, measure)
            fitter.place([*([wishes.tone("end")] if before.is_work else []), *wanted(wishes, step)])
            reminder = remind(fitter, wishes, step, measure, Said(reminder))
            segment = Segment(step, label, frames, fitter.events(), tuple(fitter.compromises))
        segment = self.woken(segment, before, measure)
        return segment, self._told(segment, before, measure, reminder)

    def woken(self, segment: Segment, before: Before, measure: Measure) -> Segment:
        """Return a segment with the tones that wake headphones, where they are wanted."""
        return waking(segment, before.silent, measure, self.wishes) if self.wakes else segment

    def after(self, segment: Segment, before: Before, measure: Measure) -> Before:
        """Return what is to be known after a segment that was changed while it ran."""
        said = said_before(self.wishes, segment.step, segment.events, measure, before.reminder)
        return self._told(segment, before, measure, said.text)

    def _told(self, segment: Segment, before: Before, measure: Measure, reminder: str | None) -> Before:
        """Return what is to be known after a segment, given the reminder that was said last."""
        silent = silence_after(segment, before.silent, measure) if self.wakes else 0
        after = self._after(segment.step, before, segment.frames)
        return replace(after, reminder=reminder, silent=silent)

    def passed_by(self, step: Step, before: Before) -> Before:
        """Return what is to be known after a step that was done in an earlier session."""
        return self._after(step, before, 0)

    def _after(self, step: Step, before: Before, frames: int) -> Before:
        """Return what is to be known after a step, but for what was said in it."""
        here = step.stage_index, step.exercise_index
        begins = step.is_work and here != before.exercise
        return replace(
            before,
            is_work=step.is_work,
            passed=before.passed + frames,
            exercises=before.exercises + (begins and step.round in {None, 1}),
            exercise=here if begins else before.exercise,
        )

    def _reminders(self, step: Step) -> Iterable[Speech]:
        if self.talk is not Talk.FULL:
            return ()
        return (Speech(text, self.phrases.language) for text in circle(step, self.seed))

    def _lines(self, step: Step, before: Before) -> Iterable[Line]:
        announcer = Announcer(self.phrases, self.routine, self.talk, self.has_voice, self.has_keys)
        if step.kind is Kind.FINISH:
            return announcer.finish(before.exercises, before.passed / self.sample_rate)
        if step.exercise:
            return announcer.exercise(step) if step.set is None else announcer.again(step)
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
        if step.exercise and (step.is_work or step.kind is Kind.WAIT):
            return self.phrases.text(f"label.{step.side or 'none'}", name=step.exercise.name)
        side = f".{step.side}" if step.kind is Kind.SWITCH else ""
        return self.phrases.text(f"label.{step.kind}{side}")

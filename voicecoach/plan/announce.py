"""What is said in full while the session waits for it: the opening, stages, exercises, the finish."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from voicecoach import units
from voicecoach.plan.cues import Talk
from voicecoach.plan.estimate import stage_seconds
from voicecoach.plan.phrases import Phrases
from voicecoach.plan.set_cues import whole_breaths
from voicecoach.plan.steps import Step
from voicecoach.plan.timeline import Event, Measure, Sound, Speech, Tone
from voicecoach.plan.transitions import PLACES, Body, Transition, transition
from voicecoach.routine.model import Exercise, Order, Posture, Routine, Stage
from voicecoach.routine.pace import Pace
from voicecoach.routine.work import ContractRelax, Hold, Open, Reps, Timed, Wait


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
    has_keys: bool = False
    """Whether the listener can press a key."""

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
        if self.routine.equipment:
            yield self.phrases.say("equipment.routine", items=self._items(self.routine.equipment))

    def stage(self, stage: Stage, index: int) -> Iterator[Line]:
        """Yield what a stage is for, how much it is and what to fetch."""
        yield Tone("stage")
        if self.talk is Talk.BEEPS:
            return
        yield self.phrases.say("stage", title=stage.title)
        rounds = int(stage.rounds.take(self.pace.sets))
        if self.talk is Talk.FULL:
            yield from self._text(stage.purpose)
            if stage.size:
                length = self.phrases.minutes(stage_seconds(stage, self.pace, index))
                yield self.phrases.say("stage.size", count=stage.size, length=length)
        if rounds > 1:
            yield self.phrases.say("stage.rounds", count=rounds)
        things = [item for item in stage.equipment if item not in PLACES]
        if self.talk is Talk.FULL and things:
            yield self.phrases.say("equipment.stage", items=self._items(things))

    def exercise(self, step: Step) -> Iterator[Line]:
        """Yield what to change first; then name, dose and instruction, or, where they are known, the name."""
        exercise = step.exercise
        if exercise is None:
            return
        change = transition(step.body or Body(), exercise, self.pace)
        if self.talk is Talk.BEEPS:
            yield Pause(change.seconds)
        elif exercise.is_wait:
            # The wait itself is the time for what has to be done.
            yield self.phrases.say("exercise", name=exercise.name)
            yield from self._changes(change)
            yield from self._text(exercise.instruction if self.talk is Talk.FULL else "")
        elif self.talk is Talk.FULL and not step.known:
            yield from self._changes(change)
            if change.is_change or not exercise.instruction:
                yield Pause(change.seconds)
            yield self.phrases.say("exercise", name=exercise.name)
            yield from self.dose(exercise)
            yield from self._text(exercise.instruction)
            yield from self._text(exercise.caution)
        else:
            yield from self._changes(change)
            # From the name one knows what the time to change is for.
            yield self.phrases.say(f"exercise.brief.{_first_side(exercise)}", name=exercise.name)
            if isinstance(exercise.work, Open) and not step.known:
                yield self._open_end()
            yield Pause(change.seconds)

    def again(self, step: Step) -> Iterator[Line]:
        """Yield where a session goes on that was left: what is done, on which side, in which set."""
        yield Tone("wake")
        yield Pause(self.pace.sentence_gap)
        if step.exercise is None or self.talk is Talk.BEEPS:
            return
        side = step.side or "none"
        change = transition(step.body or Body(), step.exercise, self.pace)
        yield self.phrases.say("going_on", name=step.exercise.name)
        yield from self._changes(replace(change, side=step.side) if change.side else change)
        yield self.phrases.say(f"next.{side}", set=step.set, sets=step.sets)
        yield Pause(change.seconds)

    def finish(self, exercises: int, seconds: float) -> Iterator[Line]:
        """Yield the last words: how many exercises were done, in how much time."""
        yield Tone("finish")
        if self.talk is not Talk.BEEPS:
            length = self.phrases.minutes(seconds)
            yield self.phrases.say("finish", count=exercises, length=length)

    def dose(self, exercise: Exercise) -> Iterator[Speech]:
        """Yield the dose as sentences, the first as ``2 sets of 30 seconds, left side first``."""
        holds, phrases = self.pace.holds, self.phrases
        sets = int(exercise.sets.take(self.pace.sets))
        more: list[Speech] = []
        match exercise.work:
            case Hold(seconds, breath):
                amount = phrases.length(seconds.take(holds))
                if breath and whole_breaths(breath, seconds.take(holds), self.pace):
                    inward, outward = phrases.length(breath.inward), phrases.length(breath.outward)
                    more.append(phrases.say("dose.breath", inward=inward, outward=outward))
            case Timed(seconds):
                amount = phrases.length(seconds.take(holds))
            case Open(seconds):
                amount = phrases.text("amount.open", length=phrases.length(seconds.take(holds)))
                more.append(self._open_end())
            case ContractRelax(contract, deepen, _):
                amount = phrases.text("amount.contract")
                pressing = phrases.length(contract.take(holds))
                stretching = phrases.length(deepen.take(holds))
                more.append(phrases.say("dose.contract", contract=pressing, deepen=stretching))
            case Reps(count, _, hold, _):
                amount = phrases.text("amount.reps", count=int(count.take(holds)))
                more += [phrases.say("dose.hold", length=phrases.length(hold.take(holds)))] if hold else []
            case Wait():
                return
        yield phrases.say(f"dose.{_sides(exercise)}", count=sets, amount=amount)
        yield from more

    def _open_end(self) -> Speech:
        return self.phrases.say("dose.open.key" if self.has_keys else "dose.open")

    def _changes(self, change: Transition) -> Iterator[Speech]:
        if change.posture:
            # On the side, the one that works is on top.
            side = f".{change.side}" if change.side else ""
            yield self.phrases.say(f"posture.{change.posture}{side}")
        for key, are_places in (("equipment.exercise", False), ("equipment.place", True)):
            items = [item for item in change.fetch if (item in PLACES) is are_places]
            if items:
                yield self.phrases.say(key, items=self._items(items))

    def _items(self, items: Iterable[str]) -> str:
        return self.phrases.items(self.routine.called(items))

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


def _first_side(exercise: Exercise) -> str:
    """Return the end of the key of a brief announcement: on the side, the one that works is on top."""
    if not exercise.sides:
        return "none"
    over = "over." if exercise.posture is Posture.SIDE_LYING else ""
    return f"{over}{exercise.sides[0]}"


def _sides(exercise: Exercise) -> str:
    """Return the end of the key of a dose: which sides, and in which order."""
    if not exercise.sides:
        return "none"
    first, *others = exercise.sides
    if not others:
        return first
    return f"{'block' if exercise.order is Order.BLOCK else 'both'}.{first}"

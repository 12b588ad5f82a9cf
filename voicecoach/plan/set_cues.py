"""What is wished for inside a set: static holds, movement, reps, pressing, open-ended holds."""

from collections.abc import Iterator
from itertools import pairwise

from voicecoach.plan.cues import Anchor, Cue, Priority
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Speech, Tone
from voicecoach.plan.wishes import Wishes
from voicecoach.routine.pace import Pace
from voicecoach.routine.quantities import Breath
from voicecoach.routine.work import ContractRelax, Hold, Phase, Timed


def hold(wishes: Wishes, step: Step, end: int) -> Iterator[Cue]:
    """Yield the cues of a hold or of timed movement."""
    pace, phrases, seconds = wishes.pace, wishes.phrases, step.seconds or 0
    apart = wishes.frames(pace.apart)
    # Beside what paces the breath, a remark may step aside.
    aside = wishes.frames(1) if step.breath else 0
    yield wishes.tone("start")
    yield from wishes.countdown(end, pace.countdown_from)
    if step.kind is Kind.HOLD and step.exercise and isinstance(step.exercise.work, ContractRelax):
        yield wishes.soon(wishes.spoken(phrases.say("deepen")), Priority.SIDE, wishes.frames(2))
    if step.breath:
        yield from _breathing(wishes, step, step.breath)
    yield from _sayings(wishes, step)
    if seconds >= pace.halfway_from:
        halfway = wishes.at_first(step, phrases.say("halfway"), Tone("halfway"))
        yield Cue(end // 2, halfway, Priority.HALFWAY, slack=2 * aside, apart=apart)
    for least, left, key in (
        (pace.ten_seconds_from, 10, "ten_seconds"),
        (pace.one_minute_from + 1e-9, 60, "one_minute"),
    ):
        if seconds >= least:
            remark = wishes.spoken(phrases.say(key))
            yield Cue(end - wishes.frames(left), remark, Priority.REMAINING, slack=aside, apart=apart)


def _sayings(wishes: Wishes, step: Step) -> Iterator[Cue]:
    """Yield what the routine wants said at moments of the set."""
    if not step.exercise or not isinstance(step.exercise.work, Hold | Timed):
        return
    pace = wishes.pace
    slack, apart = wishes.frames(pace.saying_late), wishes.frames(pace.apart)
    for saying in step.exercise.say:
        said = wishes.in_full(Speech(saying.text, wishes.phrases.language))
        yield Cue(wishes.frames(saying.at), said, Priority.SAYING, Anchor.FROM, slack, apart)


def _breathing(wishes: Wishes, step: Step, breath: Breath) -> Iterator[Cue]:
    """Pace the breath with soft tones, and at first with words: whole breaths alone, before the countdown."""
    apart = wishes.frames(wishes.pace.breath_apart)
    for number in range(whole_breaths(breath, step.seconds or 0, wishes.pace)):
        start = wishes.pace.breath_from + number * (breath.inward + breath.outward)
        for moment, way in ((start, "in"), (start + breath.inward, "out")):
            at = wishes.frames(moment)
            yield Cue(at, (Tone(f"breathe-{way}"),), Priority.BREATH, apart=apart)
            if number < wishes.pace.breath_words:
                # What the tone means is learned from the word that follows it.
                said = wishes.at_first(step, wishes.phrases.say(f"breathe.{way}"))
                yield Cue(at, said, Priority.BREATH, Anchor.FROM, wishes.frames(1), wishes.gap)


def whole_breaths(breath: Breath, seconds: float, pace: Pace) -> int:
    """Return how many breaths can be paced in a hold: whole ones, that end before the countdown."""
    room = seconds - pace.countdown - pace.breath_from
    return int(max(0.0, room) // (breath.inward + breath.outward))


def press(wishes: Wishes, _step: Step, end: int) -> Iterator[Cue]:
    """Yield the cues of pressing against a resistance."""
    yield wishes.tone("start")
    yield from wishes.countdown(end, wishes.pace.countdown_from)
    said = wishes.spoken(wishes.phrases.say("press"), wishes.phrases.say("press.short"))
    yield wishes.soon(said, Priority.SIDE, end)


def open_ended(wishes: Wishes, step: Step, end: int) -> Iterator[Cue]:
    """Count the time up, and the last seconds of the most that is meant down."""
    yield wishes.tone("start")
    yield from wishes.countdown(end, wishes.pace.countdown_from)
    every, seconds = wishes.pace.open_every, step.seconds or 0
    for number in range(1, int(seconds / every) + 1):
        gone = wishes.phrases.say("gone_by", length=wishes.phrases.length(number * every))
        if number * every <= seconds - wishes.pace.countdown - 1:
            said = wishes.spoken(gone, Tone("rep"))
            yield Cue(wishes.frames(number * every), said, Priority.REMAINING, apart=wishes.gap)


def reps(wishes: Wishes, step: Step, _end: int) -> Iterator[Cue]:
    """Yield a number at the start of each rep and a word, or tick, at each later phase of it."""
    yield wishes.tone("start")
    phrases = wishes.phrases
    period = sum(seconds for _, seconds in step.rep)
    count = step.reps or 0
    last = phrases.say("last_rep", quick=True)
    words = {phase: phrases.say(f"phase.{phase}", quick=True) for phase, _ in step.rep if phase in _SAID}
    for rep in range(count):
        number = phrases.number(rep + 1)
        names = (last, number) if rep == count - 1 and count > 1 else (number,)
        yield Cue(
            wishes.frames(rep * period),
            wishes.spoken(*names, Tone("rep")),
            Priority.COUNT,
            # The start tone is the moment of the first rep: its number follows.
            *((Anchor.FROM, wishes.frames(period)) if rep == 0 else ()),
        )
        passed = 0.0
        for (_, length), (phase, _) in pairwise(step.rep):
            passed += length
            if phase in words:
                variants = wishes.at_first(step, words[phase], Tone("tick"))
                yield Cue(wishes.frames(rep * period + passed), variants, Priority.PHASE)


_SAID = frozenset({Phase.UP, Phase.HOLD, Phase.DOWN})

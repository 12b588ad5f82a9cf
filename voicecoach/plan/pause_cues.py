"""What is wished for between the sets: lead-ins, switches of sides, rests, waits."""

from collections.abc import Iterator

from voicecoach.plan.cues import Anchor, Cue, Priority
from voicecoach.plan.steps import Step
from voicecoach.plan.timeline import Speech, Tone
from voicecoach.plan.wishes import Wishes
from voicecoach.routine.model import Posture


def lead_in(wishes: Wishes, _step: Step, end: int) -> Iterator[Cue]:
    """Yield the last seconds before the first set."""
    yield from wishes.countdown(end)
    ready = wishes.in_full(wishes.phrases.say("get_ready"))
    yield Cue(0, ready, Priority.LENGTH, Anchor.FROM, slack=wishes.frames(1))


def switch(wishes: Wishes, step: Step, end: int) -> Iterator[Cue]:
    """Yield the side to change to, and the countdown to its set."""
    yield from wishes.countdown(end)
    yield wishes.soon((Tone("switch"),), Priority.SIGNAL, end)
    yield _other_side(wishes, step, end)


def _other_side(wishes: Wishes, step: Step, end: int) -> Cue:
    """Return the call to change sides."""
    lies = step.exercise and step.exercise.posture is Posture.SIDE_LYING
    key = "switch.over" if lies else "switch"
    phrases = wishes.phrases
    said = wishes.spoken(phrases.say(f"{key}.{step.side}"), phrases.say(f"side.{step.side}"))
    return wishes.soon(said, Priority.SIDE, end)


def rest(wishes: Wishes, step: Step, end: int) -> Iterator[Cue]:
    """Yield the length of a rest, and what comes next; between two rounds no countdown ends it."""
    phrases, pace = wishes.phrases, wishes.pace
    if step.exercise:
        yield from wishes.countdown(end)
    if step.other_side:
        yield wishes.soon((Tone("switch"),), Priority.SIGNAL, end)
        yield _other_side(wishes, step, end)
    yield Cue(
        end - wishes.frames(pace.next_ends),
        wishes.spoken(*(_next_set(wishes, step) if step.exercise else _next_round(wishes, step))),
        Priority.SIDE,
        Anchor.BY,
        # A short rest may have what comes next run up to its countdown.
        slack=wishes.frames(pace.next_ends - pace.countdown),
        apart=wishes.gap,
    )
    seconds = step.seconds or 0
    if seconds >= pace.rest_length_from:
        # Between two rounds, the announcement and the lead-in make it longer than it is itself.
        length = [phrases.say("rest", length=phrases.length(seconds))] if step.exercise else []
        yield wishes.soon(wishes.in_full(*length, phrases.say("rest.short")), Priority.LENGTH, end)


def _next_set(wishes: Wishes, step: Step) -> Iterator[Speech]:
    phrases, side = wishes.phrases, step.side or "none"
    if step.again:
        yield phrases.say(f"again.{side}")
        return
    if step.set == step.sets:
        yield phrases.say(f"last.{side}")
    else:
        yield phrases.say(f"next.{side}", set=step.set, sets=step.sets)
    yield phrases.say(f"next.short.{side}", set=step.set)
    if step.side:
        yield phrases.say(f"side.{side}")


def _next_round(wishes: Wishes, step: Step) -> Iterator[Speech]:
    if step.round == step.rounds:
        yield wishes.phrases.say("last.round")
    yield wishes.phrases.say("next.round", round=step.round, rounds=step.rounds)
    yield wishes.phrases.say("next.short.round", round=step.round)


def relax(wishes: Wishes, _step: Step, end: int) -> Iterator[Cue]:
    """Yield the word to let go after pressing, and the countdown to the stretch."""
    # One second more than any countdown needs: the word has to be said before it.
    yield from wishes.countdown(end, wishes.pace.countdown + 2)
    yield wishes.soon(wishes.spoken(wishes.phrases.say("relax")), Priority.SIDE, end)


def wait(wishes: Wishes, step: Step, end: int) -> Iterator[Cue]:
    """Yield what is waited for: that the session starts, or that the listener is ready."""
    yield wishes.soon((Tone("wake"),), Priority.SIGNAL, end)
    phrases, seconds = wishes.phrases, step.seconds or 0
    length = phrases.length(seconds)
    if step.exercise is None:
        said = phrases.say("start_in", length=length)
    elif wishes.has_keys:
        said = phrases.say("ready.key")
    else:
        said = phrases.say("ready.time", length=length)
        if seconds >= wishes.pace.ten_seconds_from:
            left = wishes.spoken(phrases.say("ten_seconds"))
            yield Cue(end - wishes.frames(10), left, Priority.REMAINING)
    yield wishes.soon(wishes.spoken(said), Priority.LENGTH, end)

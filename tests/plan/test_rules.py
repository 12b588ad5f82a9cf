"""The rules that no session may break, over routines, paces, talks and clips of any length."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import ROUTINES, sixty_ms_a_character
from voicecoach.plan.cues import Anchor, Cue, Talk
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.place import place
from voicecoach.plan.planner import Planner
from voicecoach.plan.reminders import texts
from voicecoach.plan.steps import Bout, Kind, unroll
from voicecoach.plan.timeline import SAMPLE_RATE, Event, Segment, Sound, Speech, Tone
from voicecoach.plan.wanted import wanted
from voicecoach.plan.wishes import Wishes
from voicecoach.routine.model import Routine
from voicecoach.units import frames

pytestmark = pytest.mark.long
ENGLISH = load_phrases("en")


def any_length(seed: int) -> Callable[[Sound], int]:
    """Return a measure by which a phrase lasts anything up to six seconds, a number up to one and a half."""

    def measure(sound: Sound) -> int:
        if isinstance(sound, Tone):
            return sixty_ms_a_character(sound)
        longest = 1.5 if sound.count else 6.0
        share = crc32(f"{seed} {sound.text}".encode()) / 2**32
        return frames(0.05 + share * longest, SAMPLE_RATE)

    return measure


PLANS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LENGTHS = st.integers(0, 1000).map(any_length)


@PLANS
@given(ROUTINES, st.sampled_from(Talk), LENGTHS)
def test_no_rule_is_broken(routine: Routine, talk: Talk, measure: Callable[[Sound], int]) -> None:
    """Sets are exact to the frame, sides equal, tones unmoved; nothing overlaps or leaves its segment."""
    segments = list(Planner(routine, ENGLISH, talk).segments(measure))
    per_side: dict[tuple[Bout, int | None, Kind], set[int]] = defaultdict(set)
    for before, segment in pairwise(segments):
        step = before.step
        if step.is_work:
            assert frames(step.seconds or 0, SAMPLE_RATE) == before.frames
            assert (0, Tone("start")) == (before.events[0].onset, before.events[0].sound)
            assert (0, Tone("end")) == (segment.events[0].onset, segment.events[0].sound)
            per_side[step.bout, step.set, step.kind].add(before.frames)
    assert all(1 == len(lengths) for lengths in per_side.values())
    for segment in segments:
        ends = [event.onset + measure(event.sound) for event in segment.events]
        assert all(end <= event.onset for end, event in zip(ends, segment.events[1:], strict=False))
        assert all(0 <= event.onset for event in segment.events)
        assert all(end <= segment.frames for end in ends)


@PLANS
@given(ROUTINES, st.sampled_from(Talk), LENGTHS, st.data())
def test_each_cue_has_the_best_place_that_its_betters_leave(
    routine: Routine, talk: Talk, measure: Callable[[Sound], int], data: st.DataObject
) -> None:
    """A cue loses its place to none of lower priority, and is left out only where no place was free."""
    steps = [step for step in unroll(routine) if step.seconds is not None]
    step = data.draw(st.sampled_from(steps))
    wishes = Wishes(ENGLISH, routine.pace, talk, SAMPLE_RATE)
    cues = [wishes.tone("end"), *wanted(wishes, step)] if not step.is_work else wanted(wishes, step)
    length = frames(step.seconds or 0, SAMPLE_RATE)
    events, _ = place(cues, length, measure)
    expected = granted(cues, length, measure)
    assert sorted(expected, key=lambda event: event.onset) == list(events)


def granted(cues: Sequence[Cue], length: int, measure: Callable[[Sound], int]) -> list[Event]:
    """Place cues another way: by the stretches that all before them leave free."""
    taken: list[tuple[int, int, int]] = []
    events: list[Event] = []
    for cue in sorted(cues, key=lambda cue: cue.priority):
        for sound in cue.variants:
            lasts = measure(sound)
            if cue.longest is not None and lasts > cue.longest:
                continue
            wish = cue.at - lasts if cue.anchor is Anchor.BY else cue.at
            low = max(0, wish if cue.anchor is Anchor.FROM else wish - cue.slack)
            free = [(low, min(length - lasts, wish + cue.slack))]
            for start, end, apart in taken:
                gap = min(apart, cue.apart)
                free = [
                    part
                    for first, last in free
                    for part in ((first, min(last, start - lasts - gap)), (max(first, end + gap), last))
                    if part[0] <= part[1]
                ]
            onsets = [min(max(wish, first), last) for first, last in free if first <= last]
            if onsets:
                onset = min(onsets, key=lambda onset: (abs(onset - wish), onset))
                taken.append((onset, onset + lasts, cue.apart))
                events.append(Event(onset, sound))
                break
    return events


@PLANS
@given(ROUTINES, LENGTHS, st.integers(0, 5))
def test_reminders_are_rare_and_never_twice_the_same(
    routine: Routine, measure: Callable[[Sound], int], seed: int
) -> None:
    """Reminders keep their distance, stay clear of the countdown, and change from one to the next."""
    pace = routine.pace
    last: tuple[Bout, str] | None = None
    for segment in Planner(routine, ENGLISH, seed=seed).segments(measure):
        known = set(texts(segment.step))
        before: int | None = None
        for event in segment.events:
            if not isinstance(event.sound, Speech) or event.sound.text not in known:
                continue
            assert segment.step.kind in {Kind.HOLD, Kind.TIMED}
            apart = pace.prompt_apart if segment.step.kind is Kind.TIMED else pace.reminder_apart
            assert before is None or event.onset - before >= frames(apart, SAMPLE_RATE)
            assert (segment.step.bout, event.sound.text) != last
            end = event.onset + measure(event.sound)
            assert end <= segment.frames - frames(pace.countdown, SAMPLE_RATE)
            before, last = end, (segment.step.bout, event.sound.text)


@PLANS
@given(ROUTINES, LENGTHS)
def test_reminders_take_no_place_from_others(routine: Routine, measure: Callable[[Sound], int]) -> None:
    """With reminders or without, all else is heard at the same moments."""

    def all_else(segments: Sequence[Segment]) -> list[list[Event]]:
        known = [set(texts(one.step)) for one in segments]
        return [
            [event for event in one.events if getattr(event.sound, "text", "") not in known[at]]
            for at, one in enumerate(segments)
        ]

    full = list(Planner(routine, ENGLISH).segments(measure))
    wishes = Planner(routine, ENGLISH).wishes
    for segment, rest in zip(full, all_else(full), strict=True):
        if segment.step.seconds is None:
            continue
        first = [Event(0, Tone("end"))] if segment.events[:1] == (Event(0, Tone("end")),) else []
        cues = [*([wishes.tone("end")] if first else []), *wanted(wishes, segment.step)]
        events, _ = place(cues, segment.frames, measure)
        assert list(events) == rest


@PLANS
@given(ROUTINES, st.sampled_from(Talk))
def test_countdowns_lie_on_their_seconds(routine: Routine, talk: Talk) -> None:
    """Each number or tick of a countdown begins a whole number of seconds before its moment."""
    uncounted = {Kind.REP_SET, Kind.ANNOUNCE, Kind.FINISH}
    for segment in Planner(routine, ENGLISH, talk).segments(sixty_ms_a_character):
        if segment.step.kind in uncounted:
            continue
        counted = [
            event.onset
            for event in segment.events
            if event.sound == Tone("tick") or (isinstance(event.sound, Speech) and event.sound.count)
        ]
        if counted:
            assert [segment.frames - frames(left, SAMPLE_RATE) for left in (3, 2, 1)] == counted


@PLANS
@given(ROUTINES, st.sampled_from(Talk))
def test_with_pan_the_same_is_heard_at_the_same_moments(routine: Routine, talk: Talk) -> None:
    """Panning moves sounds to a side, never in time, and only where a side is meant."""
    plain = list(Planner(routine, ENGLISH, talk).segments(sixty_ms_a_character))
    panned = list(Planner(routine, ENGLISH, talk, pan=True).segments(sixty_ms_a_character))
    sides = {None: {0.0}, "left": {0.0, -1.0}, "right": {0.0, 1.0}}
    for one, other in zip(plain, panned, strict=True):
        assert [(event.onset, event.sound) for event in one.events] == [
            (event.onset, event.sound) for event in other.events
        ]
        assert {event.pan for event in one.events} <= {0.0}
        assert {event.pan for event in other.events} <= sides[other.step.side]
        if other.step.is_work and other.step.side:
            assert 0.0 not in {event.pan for event in other.events}

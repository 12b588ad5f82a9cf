"""The course of a session that is under way: its segments as they come, and changes of what lies ahead."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voicecoach import units
from voicecoach.plan.planner import Before, Planner
from voicecoach.plan.remaining import PAUSES, START, position, sets_left, steps_after
from voicecoach.plan.splice import insert, resize
from voicecoach.plan.spot import Length, Spot
from voicecoach.plan.steps import Bout, Kind, Step, Tracker, Turn, sets_of
from voicecoach.plan.timeline import Measure, Segment, Sound
from voicecoach.plan.transitions import Body
from voicecoach.routine.model import Side
from voicecoach.routine.pace import Pace

_Part = tuple[Bout, int | None, Side | None, Kind]
"""A set, or a part of one."""
KEPT = 128
"""Segments that can be given back: several exercises."""


@dataclass(frozen=True, slots=True)
class _Yielded:
    """What was yielded, and how things were before it."""

    segment: Segment
    bare: Step
    """As the routine alone gives it."""
    step: Step
    before: Before
    body: Body


class Course:
    """Yield the segments of one session, planned when they are asked for; take changes in between.

    Every change concerns what has not been yielded yet. Whoever asked for segments in advance, or goes
    back, gives segments back first, the last one first: they are planned anew.
    """

    def __init__(self, planner: Planner, measure: Measure, spot: Spot | None = None) -> None:
        """Begin at the opening, or where a session was left.

        Raises:
            ChoiceError: the routine has no such place any more.
        """
        self.planner = planner
        """As the changes have made it."""
        self.added = 0.0
        """Seconds by which the changes have made the session longer, as far as known."""
        self._measure = measure
        self._steps: Iterator[Step] = planner.bare_steps()
        self._coming: deque[Step] = deque()
        self._tracker = Tracker()
        self._before = Before()
        self._yielded: deque[_Yielded] = deque(maxlen=KEPT)
        self._lengths: dict[_Part, float] = {}
        self._left_out = START
        if spot:
            self._go_to(spot)

    def __iter__(self) -> Iterator[Segment]:
        """Return itself."""
        return self

    def __next__(self) -> Segment:
        """Plan the next step."""
        bare = self._coming.popleft() if self._coming else next(self._steps)
        body = self._tracker.body
        seconds = self._lengths.get(_part(bare, bare.side), bare.seconds)
        step = self._tracker.see(replace(bare, seconds=seconds))
        segment, after = self.planner.segment(step, self._measure, self._before)
        self._yielded.append(_Yielded(segment, bare, step, self._before, body))
        self._before = after
        return segment

    def give_back(self) -> None:
        """Take the segment that was yielded last back: it will be planned anew.

        Raises:
            ValueError: there is none, or it is too long ago.
        """
        if not self._yielded:
            message = "there is no segment to be given back"
            raise ValueError(message)
        last = self._yielded.pop()
        self._before = last.before
        self._tracker.take_back(last.step, last.body)
        self._coming.appendleft(last.bare)

    def resize(self, now: int, seconds: float) -> Segment:
        """Make the segment that was yielded last, and is running, longer or shorter, and return it.

        The other side of a set will be as long as the first was made.

        Args:
            now: the frame of it that is heard next.
            seconds: by how much; negative makes it shorter.
        """
        last = self._yielded.pop()
        changed = resize(self.planner, last.segment, now, seconds, self._measure, last.before.reminder)
        step = changed.step
        longer = units.seconds(changed.frames - last.segment.frames, self.planner.sample_rate)
        self.added += longer
        if step.is_work and step.seconds is not None and changed is not last.segment:
            self._lengths[_part(step, step.side)] = step.seconds
            if step.side and step.exercise and step.side is step.exercise.sides[0]:
                self._lengths[_part(step, step.side.other)] = step.seconds
                self.added += longer
        return self._replace_last(last, changed)

    def lengths(self, bout: Bout) -> tuple[Length, ...]:
        """Return how long the sets of an exercise were made, where that is not as the routine has it."""
        return tuple(
            Length(number, side, kind, seconds)
            for (of, number, side, kind), seconds in self._lengths.items()
            if of == bout
        )

    def insert(self, now: int, variants: Sequence[Sound]) -> Segment | None:
        """Have something said in the segment that was yielded last, as soon as there is room for it.

        Args:
            now: the frame of it that is heard next.
            variants: from the best to the least.

        Returns:
            The segment with it, or None where there is no room.
        """
        last = self._yielded[-1]
        changed = insert(self.planner, last.segment, now, variants, self._measure)
        return self._replace_last(self._yielded.pop(), changed) if changed else None

    def _replace_last(self, last: _Yielded, changed: Segment) -> Segment:
        changed = self.planner.woken(changed, last.before, self._measure)
        self._yielded.append(replace(last, segment=changed, step=changed.step))
        self._before = self.planner.after(changed, last.before, self._measure)
        return changed

    def change_pace(self, step: Step, pace: Pace) -> bool:
        """Take other ends of the ranges of the doses, from the set after a running step on.

        Returns:
            Whether that changes anything.
        """
        old = self.planner.routine
        after = max(position(step), self._left_out)
        ahead = self._rest_of_bout(step) if step.exercise else []
        new = replace(old, pace=pace)
        left = list(sets_left(step, ahead, pace))
        before = sum(one.seconds or 0 for one in (*ahead, *steps_after(old, step, after)))
        changed = sum(one.seconds or 0 for one in (*left, *steps_after(new, step, after)))
        self.planner = replace(self.planner, routine=new)
        self.added += changed - before
        self._coming = deque(left)
        self._steps = steps_after(new, step, after)
        return changed != before

    def repeat(self, step: Step) -> None:
        """Do the set of a running step once more, after a rest."""
        if step.exercise is None or step.set is None:
            return
        turn = Turn(step.set, step.side)
        under_way: list[Step] = []
        while (ahead := self._peek()) and _turn(ahead) == _turn(step) and ahead.kind not in PAUSES:
            under_way.append(self._coming.popleft())
        again = list(sets_of(step, [turn], self.planner.routine.pace, last=turn))
        self.added += sum(one.seconds or 0 for one in again)
        self._coming.extendleft(reversed([*under_way, *again]))

    def skip_side(self, step: Step) -> None:
        """Leave out what is left of an exercise on the side of a running step, that set included."""
        if step.exercise is None or step.side is None:
            return
        ahead = self._rest_of_bout(step)
        turns = list(dict.fromkeys(_turn(one) for one in ahead if one.set is not None))
        left = [Turn(number, side) for _, number, side in turns if side is not step.side and number]
        pace = self.planner.routine.pace
        last = Turn(step.set or 1, step.side)
        self._coming.extendleft(reversed(list(sets_of(step, left, pace, last))))

    def drop_stage(self, step: Step) -> None:
        """Leave out what is left of the stage of a running step."""
        self._left_out = position(step)[0], float("inf"), 0
        while (ahead := self._peek()) and ahead.stage_index == step.stage_index and ahead.stage:
            self._coming.popleft()

    def _go_to(self, spot: Spot) -> None:
        """Leave out what was done, and go on with the set that was under way, announced anew."""
        for bare in self._steps:
            if spot.is_at(bare):
                self._coming.extend(spot.steps(bare, self.planner.routine.pace))
                break
            step = self._tracker.see(bare)
            self._before = self.planner.passed_by(step, self._before)
        else:
            spot.refuse()
        self._before = replace(self._before, passed=spot.passed, is_work=False)
        self._tracker.body = Body()
        self._lengths = {(spot.bout, one.set, one.side, one.kind): one.seconds for one in spot.lengths}
        self.added = sum(
            self._lengths.get(_part(bare, bare.side), bare.seconds) - bare.seconds
            for bare in self.planner.bare_steps()
            if bare.seconds is not None
        )

    def _peek(self) -> Step | None:
        if not self._coming and (step := next(self._steps, None)):
            self._coming.append(step)
        return self._coming[0] if self._coming else None

    def _rest_of_bout(self, step: Step) -> list[Step]:
        """Take all that is left of an exercise out of what is coming."""
        taken: list[Step] = []
        while (ahead := self._peek()) and ahead.bout == step.bout and ahead.exercise:
            taken.append(self._coming.popleft())
        return taken


def _turn(step: Step) -> tuple[Bout, int | None, Side | None]:
    return step.bout, step.set, step.side


def _part(step: Step, side: Side | None) -> _Part:
    return step.bout, step.set, side, step.kind

"""The course of a session that is under way: its segments as they come, and changes of what lies ahead."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from voicecoach.plan.planner import Before, Planner
from voicecoach.plan.splice import resize
from voicecoach.plan.steps import Bout, Kind, Step, Tracker, Turn, sets_of
from voicecoach.plan.timeline import Measure, Segment
from voicecoach.plan.transitions import Body
from voicecoach.routine.model import Side

_PAUSES = frozenset({Kind.LEAD_IN, Kind.SWITCH, Kind.REST})


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

    def __init__(self, planner: Planner, measure: Measure) -> None:
        """Begin at the opening."""
        self._planner, self._measure = planner, measure
        self._steps: Iterator[Step] = planner.bare_steps()
        self._coming: deque[Step] = deque()
        self._tracker = Tracker()
        self._before = Before()
        self._yielded: deque[_Yielded] = deque(maxlen=KEPT)
        self._lengths: dict[tuple[Bout, int | None, Kind, Side | None], float] = {}

    def __iter__(self) -> Iterator[Segment]:
        """Return itself."""
        return self

    def __next__(self) -> Segment:
        """Plan the next step."""
        bare = self._coming.popleft() if self._coming else next(self._steps)
        body = self._tracker.body
        seconds = self._lengths.get(_key(bare, bare.side))
        step = self._tracker.see(bare if seconds is None else replace(bare, seconds=seconds))
        segment, after = self._planner.segment(step, self._measure, self._before)
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
        changed = resize(self._planner, last.segment, now, seconds, self._measure, last.before.reminder)
        step = changed.step
        if step.is_work and step.seconds is not None and changed is not last.segment:
            self._lengths[_key(step, step.side)] = step.seconds
            if step.side and step.exercise and step.side is step.exercise.sides[0]:
                self._lengths[_key(step, step.side.other)] = step.seconds
        self._yielded.append(replace(last, segment=changed, step=step))
        self._before = self._planner.after(changed, last.before, self._measure)
        return changed

    def repeat(self, step: Step) -> None:
        """Do the set of a running step once more, after a rest."""
        if step.exercise is None or step.set is None:
            return
        turn = Turn(step.set, step.side)
        under_way: list[Step] = []
        while (ahead := self._peek()) and _turn(ahead) == _turn(step) and ahead.kind not in _PAUSES:
            under_way.append(self._coming.popleft())
        again = sets_of(step, [turn], self._planner.routine.pace, last=turn)
        self._coming.extendleft(reversed([*under_way, *again]))

    def skip_side(self, step: Step) -> None:
        """Leave out what is left of an exercise on the side of a running step, that set included."""
        if step.exercise is None or step.side is None:
            return
        ahead = self._rest_of_bout(step)
        turns = list(dict.fromkeys(_turn(one) for one in ahead if one.set is not None))
        left = [Turn(number, side) for _, number, side in turns if side is not step.side and number]
        pace = self._planner.routine.pace
        last = Turn(step.set or 1, step.side)
        self._coming.extendleft(reversed(list(sets_of(step, left, pace, last))))

    def drop_stage(self, step: Step) -> None:
        """Leave out what is left of the stage of a running step."""
        while (ahead := self._peek()) and ahead.stage_index == step.stage_index and ahead.stage:
            self._coming.popleft()

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


def _key(step: Step, side: Side | None) -> tuple[Bout, int | None, Kind, Side | None]:
    return step.bout, step.set, step.kind, side

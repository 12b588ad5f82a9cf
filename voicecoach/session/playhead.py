"""The playhead: one cursor over the segments of a session, which can be moved while it runs.

Segments come from a course, so the session is planned as it is played; the last ones are kept, so that
the cursor can go back. Asides are heard at the cursor while the session itself stands still.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from voicecoach.plan.remaining import PAUSES
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Measure, Moment, Segment, Speech

KEPT = 64
"""Segments that are kept behind the cursor: several exercises; a course takes as many back."""
_TRAIL = 64
"""Stretches of what was written that are kept: far more than any device holds."""


class Coming(Protocol):
    """Where segments come from."""

    def __next__(self) -> Segment:
        """Return the next segment."""

    def give_back(self) -> None:
        """Take the segment that was returned last back."""


@dataclass(frozen=True, slots=True)
class Place:
    """A moment of the session."""

    segment: Segment
    offset: int
    """Frames from the start of the segment."""
    following: Segment | None
    """The segment after it, where it is known already."""
    passed: int
    """Frames of the session before this moment."""
    is_aside: bool = False
    """Whether the session stands still meanwhile."""

    @property
    def moment(self) -> Moment:
        """Return what a backdrop has to know of it."""
        return Moment(self.segment, self.offset, self.following)

    def later(self, frames: int) -> "Place":
        """Return the moment so many frames later in the same segment."""
        passed = self.passed if self.is_aside else self.passed + frames
        return replace(self, offset=self.offset + frames, passed=passed)


@dataclass(slots=True)
class _Stretch:
    """What was written without a jump, and the cursor of the session at its start."""

    start: Place
    frames: int
    cursor: tuple[Segment, int]


class Playhead:
    """Move over segments: on, ahead, back."""

    def __init__(self, coming: Coming, *, has_listener: bool = False, passed: int = 0) -> None:
        """Stand at the start; the first segment is planned now.

        Args:
            coming: the session.
            has_listener: whether somebody can end a step that waits; then it goes round until they do.
            passed: frames of the session that were heard in another one.
        """
        self._has_listener = has_listener
        self._coming = coming
        self._window: deque[Segment] = deque()
        self._index = 0
        self._offset = 0
        self._before_window = self._before = passed
        self._asides: deque[Segment] = deque()
        self._aside_offset = 0
        self._trail: deque[_Stretch] = deque(maxlen=_TRAIL)
        self._plan_ahead()

    @property
    def ended(self) -> bool:
        """Tell whether the cursor has left the last segment."""
        return not self._asides and self._index >= len(self._window)

    @property
    def segment(self) -> Segment:
        """Return the segment of the session at the cursor, without its asides; the last one at the end."""
        return self._window[min(self._index, len(self._window) - 1)]

    @property
    def offset(self) -> int:
        """Return the frame of it at the cursor."""
        return self._offset if self._index < len(self._window) else self.segment.frames

    def place(self, behind: int = 0) -> Place:
        """Return the moment so many frames behind the cursor; after the session, behind its end."""
        if behind <= 0 or not self._trail:
            return self._here()
        for stretch in reversed(self._trail):
            if behind <= stretch.frames:
                return stretch.start.later(stretch.frames - behind)
            behind -= stretch.frames
        return self._trail[0].start

    def advance(self, frames: int) -> None:
        """Move on within the segment, or to the start of the next when its end is reached."""
        self._note(frames)
        if self._asides:
            self._aside_offset += frames
            if self._aside_offset >= self._asides[0].frames:
                self._asides.popleft()
                self._aside_offset = 0
            return
        self._offset += frames
        segment = self._window[self._index]
        if self._offset < segment.frames:
            return
        if self._has_listener and segment.step.is_ready_check:
            self._offset = 0
        else:
            self._next()

    def rewind(self, frames: int) -> None:
        """Move back to what was heard, when so many frames were written that never sounded.

        An aside that was being heard is heard again from its start.
        """
        again: list[Segment] = []
        while self._trail and frames > 0:
            stretch = self._trail.pop()
            if stretch.start.is_aside:
                again.insert(0, stretch.start.segment)
            segment, offset = stretch.cursor
            kept = 0 if stretch.start.is_aside else max(0, stretch.frames - frames)
            self._move_to(self._index_of(segment), offset + kept)
            frames -= stretch.frames
        self._asides.extendleft(reversed([one for one in again if one is not self._aside()]))
        self._aside_offset = 0
        self._trail.clear()

    def interject(self, aside: Segment, *, first: bool = False) -> None:
        """Have an aside heard before the session goes on, after other asides, or before them."""
        if not aside.frames:
            return  # With beeps alone there is nothing to say.
        if first:
            self._asides.appendleft(aside)
        else:
            self._asides.append(aside)

    def drop_asides(self) -> None:
        """Forget the asides that were not heard to their end."""
        self._asides.clear()
        self._aside_offset = 0

    def skip(self) -> None:
        """Move to the start of the next segment."""
        self.drop_asides()
        if self._index < len(self._window):
            self._next()

    def back(self, grace: int) -> None:
        """Move to the start of the set; where it has run for no more than `grace`, to the set before.

        Before the first set, it is the announcement that it moves to.
        """
        here, starts = self._starts()
        if starts and self._is_inside(starts[-1], here):
            run = sum(self._window[index].frames for index in range(starts[-1], here)) + self._offset
            if run <= grace:
                starts.pop()
        announced = [index for index in range(here + 1) if self._window[index].step.kind is Kind.ANNOUNCE]
        self._jump((starts or announced or [0])[-1])

    def back_to_set(self) -> None:
        """Move to the start of the set that is under way; anywhere else, of the segment."""
        here, starts = self._starts()
        self._jump(starts[-1] if starts and self._is_inside(starts[-1], here) else here)

    def settle(self, measure: Measure, rate: int) -> None:
        """Move back to the start of the rep, or of the phrase, that the cursor stands in."""
        if self._index >= len(self._window):
            return
        segment = self._window[self._index]
        if period := sum(seconds for _, seconds in segment.step.rep):
            rep = int(self._offset / (period * rate))
            self._offset = round(rep * period * rate)
            return
        for event in segment.events:
            if isinstance(event.sound, Speech):
                end = event.onset + measure(event.sound)
                self._offset = event.onset if event.onset < self._offset < end else self._offset

    def restart(self) -> None:
        """Move to the start of the segment."""
        self.drop_asides()
        self._offset = 0

    def edit(self, change: Callable[[Segment, int], Segment | None]) -> bool:
        """Let the course change the segment at the cursor, and what lies ahead; tell whether it did.

        Args:
            change: given the segment, which is the last that was yielded, and the frame that is heard next.
        """
        if self._index >= len(self._window):
            return False
        while len(self._window) > self._index + 1:
            self._window.pop()
            self._coming.give_back()
        changed = change(self._window[self._index], self._offset)
        if changed:
            self._window[self._index] = changed
        self._plan_ahead()
        return changed is not None

    def before(self, is_wanted: Callable[[Step], bool]) -> bool:
        """Tell whether a step behind the cursor, of those that are kept, is one that is wanted."""
        return any(is_wanted(self._window[index].step) for index in range(self._index))

    def _here(self) -> Place:
        index = min(self._index, len(self._window) - 1)
        following = self._window[index + 1] if index + 1 < len(self._window) else None
        passed = self._before + self._offset
        if aside := self._aside():
            return Place(aside, self._aside_offset, self.segment, passed, is_aside=True)
        return Place(self.segment, self.offset, following, passed)

    def _note(self, frames: int) -> None:
        """Take down that frames are written at the cursor."""
        here = self._here()
        if self._trail:
            last = self._trail[-1]
            if last.start.segment is here.segment and last.start.offset + last.frames == here.offset:
                last.frames += frames
                return
        self._trail.append(_Stretch(here, frames, (self.segment, self.offset)))

    def _next(self) -> None:
        self._before += self._window[self._index].frames
        self._index += 1
        self._offset = 0
        self._plan_ahead()
        while self._index > KEPT:
            self._before_window += self._window.popleft().frames
            self._index -= 1

    def _starts(self) -> tuple[int, list[int]]:
        """Return the index of the cursor, and where sets begin up to it."""
        here = min(self._index, len(self._window) - 1)
        steps = [self._window[index].step for index in range(here + 1)]
        # Contract and relax has several segments in a set.
        joined = [index > 0 and _is_one_set(steps[index - 1], step) for index, step in enumerate(steps)]
        return here, [index for index, step in enumerate(steps) if step.is_work and not joined[index]]

    def _jump(self, index: int) -> None:
        self.drop_asides()
        self._move_to(index)

    def _is_inside(self, start: int, index: int) -> bool:
        return all(
            _is_one_set(self._window[start].step, self._window[one].step) for one in range(start, index + 1)
        )

    def _index_of(self, segment: Segment) -> int:
        return next(index for index, known in enumerate(self._window) if known is segment)

    def _aside(self) -> Segment | None:
        return self._asides[0] if self._asides else None

    def _move_to(self, index: int, offset: int = 0) -> None:
        self._index, self._offset = index, offset
        self._before = self._before_window + sum(self._window[one].frames for one in range(index))

    def _plan_ahead(self) -> None:
        """Have the segment at the cursor, and the one after it, planned."""
        while len(self._window) < self._index + 2 and (segment := next(self._coming, None)):
            self._window.append(segment)


def _is_one_set(first: Step, second: Step) -> bool:
    """Tell whether two steps in a row are parts of one set."""
    pauses = PAUSES | {Kind.ANNOUNCE, Kind.FINISH, Kind.WAIT}
    same = (first.bout, first.set, first.side) == (second.bout, second.set, second.side)
    return same and not {first.kind, second.kind} & pauses

"""The playhead: one cursor over the segments of a session, which can be moved while it runs.

Segments come from an iterator, so the session is planned as it is played; the last ones are kept, so
that the cursor can go back.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voicecoach.plan.timeline import Measure, Segment, Speech

KEPT = 64
"""Segments that are kept behind the cursor: several exercises."""


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


class Playhead:
    """Move over segments: on, ahead, back."""

    def __init__(self, segments: Iterable[Segment], *, has_listener: bool = False) -> None:
        """Stand at the start; the first segment is planned now.

        Args:
            segments: the session.
            has_listener: whether somebody can end a step that waits; then it goes round until they do.
        """
        self._has_listener = has_listener
        self._goes_round = False
        self._coming: Iterator[Segment] = iter(segments)
        self._window: deque[Segment] = deque()
        self._index = 0
        self._offset = 0
        self._before_window = 0
        self._plan_ahead()

    @property
    def ended(self) -> bool:
        """Tell whether the cursor has left the last segment."""
        return self._index >= len(self._window)

    def place(self, behind: int = 0) -> Place:
        """Return the moment so many frames behind the cursor; after the session, behind its end."""
        index, offset = self._index, self._offset
        if index >= len(self._window):
            index = len(self._window) - 1
            offset = self._window[index].frames
        offset -= behind
        while offset < 0 and index > 0 and not (self._goes_round and index == self._index):
            index -= 1
            offset += self._window[index].frames
        passed = self._before_window + sum(segment.frames for segment in list(self._window)[:index])
        following = self._window[index + 1] if index + 1 < len(self._window) else None
        return Place(self._window[index], max(offset, 0), following, passed + max(offset, 0))

    def advance(self, frames: int) -> None:
        """Move on within the segment, or to the start of the next when its end is reached."""
        self._offset += frames
        segment = self._window[self._index]
        if self._offset < segment.frames:
            return
        if self._has_listener and segment.step.is_ready_check:
            self._offset, self._goes_round = 0, True
        else:
            self.skip()

    def rewind(self, frames: int) -> None:
        """Move back to what was heard, when so many frames were written that never sounded."""
        moment = self.place(frames)
        self._move_to(moment.segment, moment.offset)

    def skip(self) -> None:
        """Move to the start of the next segment."""
        self._index += 1
        self._offset, self._goes_round = 0, False
        self._plan_ahead()
        while self._index > KEPT:
            self._before_window += self._window.popleft().frames
            self._index -= 1

    def back(self, grace: int) -> None:
        """Move to the start of the set; where it has run for no more than `grace`, to the set before."""
        last = min(self._index, len(self._window) - 1)
        current = self._window[last]
        if current.step.is_work and self._offset > grace:
            self._offset = 0
            return
        sets = [index for index in range(last) if self._window[index].step.is_work]
        self._index, self._offset = (sets[-1] if sets else 0), 0

    def say_again(self, measure: Measure) -> None:
        """Move back to the start of the phrase that the cursor stands in, if it stands in one."""
        if self.ended:
            return
        for event in self._window[self._index].events:
            if isinstance(event.sound, Speech) and event.onset < self._offset < event.onset + measure(
                event.sound
            ):
                self._offset = event.onset

    def _move_to(self, segment: Segment, offset: int) -> None:
        self._index = next(index for index, known in enumerate(self._window) if known is segment)
        self._offset = offset

    def _plan_ahead(self) -> None:
        """Have the segment at the cursor, and the one after it, planned."""
        while len(self._window) < self._index + 2 and (segment := next(self._coming, None)):
            self._window.append(segment)

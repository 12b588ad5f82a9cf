"""The recorder: a screen that takes down each set as it is heard, for the log of sessions."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from voicecoach.errors import CoachError
from voicecoach.history.records import TOLERANCE, Performed, Record
from voicecoach.plan.steps import Kind, Step
from voicecoach.routine.address import Place as Address
from voicecoach.session.playhead import Place

AGAIN_SECONDS = 3.0
"""A set that goes back by more, and by more than a rep, is begun again; less is heard again after a pause."""
SAVE_SECONDS = 5.0
"""Between two notes of a set that runs: so much of it is lost at most where the machine stops."""
RETRY_SECONDS = 1.0
"""Between two attempts where the log is in trouble: each may take some ms, and sound has to be in time."""

Write = Callable[[int, Performed, float, float], object]
"""Take down a set by its number, counted from 0, and the seconds heard and paused so far.

It may raise CoachError where the log is busy or the disk is full: it is tried again.
"""


@dataclass(slots=True)
class _Running:
    """The set, or the part of one, that is under way."""

    number: int
    step: Step
    start: int
    """Frames of the session before it."""
    frames: int
    """Its length now."""
    planned: int
    """Its length when it began."""
    offset: int
    paused: float = 0.0
    saved: float = 0.0
    """The seconds of it that were taken down."""


class Recorder:
    """Take down what is done: each set when it begins, on the way, and when it ends."""

    def __init__(
        self,
        write: Write,
        addresses: Mapping[Address, str],
        sample_rate: int,
        now: Callable[[], float] = time.monotonic,
        *,
        before: Record | None = None,
    ) -> None:
        """Begin with nothing done, or with what was done before the session was left.

        Args:
            write: takes sets down.
            addresses: what each exercise of the session is called in the log, by its place.
            sample_rate: frames a second.
            now: seconds, by a clock that only goes on.
            before: the session as the log has it, where it goes on.
        """
        self._write, self._addresses, self._rate, self._now = write, addresses, sample_rate, now
        self._running: _Running | None = None
        self._numbers = len(before.performed) if before else 0
        self._pending: dict[int, Performed] = {}
        self._last: Place | None = None
        self._paused_at: float | None = None
        self._tried_at = 0.0
        self.heard, self.paused = (before.seconds, before.paused) if before else (0.0, 0.0)
        """Seconds of the session, and of its pauses."""
        self.whole = sum(one.is_done for one in before.performed) if before else 0
        """Sets, and parts of sets, that were done to their end."""
        self.trouble = ""
        """Why something could not be taken down, so far."""

    def show(self, place: Place, *, paused: bool) -> None:
        """Take a moment down."""
        self._pause(place, paused=paused)
        if place.is_aside:
            return
        before, self._last = self._last, place
        if before and place.segment.step.bout == before.segment.step.bout and _start(place) == _start(before):
            self.heard += max(0, place.offset - before.offset) / self._rate
        elif before:
            left = (before.segment.frames - before.offset) / self._rate
            self.heard += (left if left <= TOLERANCE else 0) + place.offset / self._rate
        running = self._running
        if running and self._is_on(running, place, paused=paused):
            self._go_on(running, place)
            return
        if running:
            self._finish(running, went_on=_start(place) > running.start, went_back=True)
        if place.segment.step.is_work:
            self._begin(place)

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Do nothing."""

    def show_keys(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Take down what is under way: the session has ended."""
        if self._running:
            self._finish(self._running, went_on=False)
        self._flush()

    def _is_on(self, running: _Running, place: Place, *, paused: bool) -> bool:
        """Tell whether a moment belongs to the set that is under way; a pause goes back to its last rep."""
        step = place.segment.step
        same = _part(step) == _part(running.step) and _start(place) == running.start
        least = max(AGAIN_SECONDS, sum(length for _, length in step.rep))
        is_near = running.offset - place.offset <= least * self._rate
        return same and (is_near or (paused and place.offset > 0))

    def _begin(self, place: Place) -> None:
        frames = place.segment.frames
        self._running = _Running(
            self._numbers, place.segment.step, _start(place), frames, frames, place.offset
        )
        self._numbers += 1
        self._save(self._running)

    def _go_on(self, running: _Running, place: Place) -> None:
        running.offset, running.frames, running.step = place.offset, place.segment.frames, place.segment.step
        is_due = running.offset / self._rate - running.saved >= SAVE_SECONDS
        if self._now() - self._tried_at >= RETRY_SECONDS if self._pending else is_due:
            self._save(running)

    def _finish(self, running: _Running, *, went_on: bool, went_back: bool = False) -> None:
        self._running = None
        left = (running.frames - running.offset) / self._rate
        if left <= TOLERANCE:
            running.offset = running.frames
        # An open hold is whole whenever the listener goes on; one that is begun again was none.
        is_cut = went_on if running.step.kind is not Kind.OPEN else went_back and not went_on
        done = self._save(running, skipped=is_cut and left > TOLERANCE)
        self.whole += done.is_done

    def _save(self, running: _Running, *, skipped: bool = False) -> Performed:
        seconds = running.offset / self._rate
        running.saved = seconds
        done = replace(self._performed(running, seconds), skipped=skipped)
        self._pending[running.number] = done
        self._flush()
        return done

    def _flush(self) -> None:
        """Write what waits to be written; what cannot be is kept for the next time."""
        self._tried_at = self._now()
        try:
            for number in sorted(self._pending):
                self._write(number, self._pending[number], self.heard, self.paused)
                del self._pending[number]
        except CoachError as error:
            # A session is worth more than its log.
            self.trouble = str(error)
        else:
            self.trouble = ""

    def _performed(self, running: _Running, seconds: float) -> Performed:
        step = running.step
        period = sum(length for _, length in step.rep)
        whole = running.offset >= running.frames
        reps = step.reps if whole or not period else int(seconds / period)
        return Performed(
            self._addresses.get((step.stage_index or 0, step.exercise_index or 0), ""),
            step.kind,
            step.set or 1,
            step.side,
            step.round,
            planned_seconds=round(running.planned / self._rate, 3),
            done_seconds=round(seconds, 3),
            planned_reps=step.reps,
            done_reps=None if step.reps is None else reps,
            extended=round((running.frames - running.planned) / self._rate, 3),
            paused=round(running.paused, 3),
        )

    def _pause(self, place: Place, *, paused: bool) -> None:
        """Add up the time that a pause takes."""
        now = self._now()
        if paused and self._paused_at is not None:
            self.paused += now - self._paused_at
            if self._running and self._is_on(self._running, place, paused=True):
                self._running.paused += now - self._paused_at
        self._paused_at = now if paused else None


def _start(place: Place) -> int:
    return place.passed - place.offset


def _part(step: Step) -> tuple[object, ...]:
    return step.bout, step.set, step.side, step.kind

"""The envelope of music: its gain from frame to frame, out of the way of cues, until the session ends."""

import numpy as np
from numpy.typing import NDArray

from voicecoach import units
from voicecoach.plan.ducking import DEPTH_DB, DOWN_SECONDS, UP_SECONDS, Span, ducking, heard_before, spans
from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import Measure, Moment, Segment
from voicecoach.sound.clip import Samples

END_SECONDS = 3.0
"""In which the music fades out at the end of a session; at most the length of its last segment."""
BACK_SECONDS = 0.02
"""In which it is back after a cut: a device that falls silent fades out as fast, and neither clicks."""


class Envelope:
    """Follow a session, block by block, and return the gain of music in each.

    The moment may jump, as the listener of a live session does. The gain does not: what it is away from
    the gain that is due there, it makes good no faster than it goes down and up elsewhere.
    """

    def __init__(self, measure: Measure, sample_rate: int) -> None:
        """Begin with a session of which nothing was heard."""
        self._measure, self._rate = measure, sample_rate
        self._segment: Segment | None = None
        self._following: Segment | None = None
        self._next = 0
        self._cues: tuple[Span, ...] = ()
        self._points = np.zeros((1, 2))
        self._away_db, self._since_away = 0.0, 0
        self._since_cut = units.frames(BACK_SECONDS, sample_rate)

    def gains(self, frames: int, moment: Moment) -> Samples:
        """Return the gain of each frame of the block that begins at a moment, as factors."""
        if (moment.segment, moment.offset, moment.following) != (self._segment, self._next, self._following):
            self._move_to(moment)
        places = np.arange(moment.offset, moment.offset + frames)
        gains = np.power(10.0, self._db(places) / 20.0)
        back = units.frames(BACK_SECONDS, self._rate)
        if self._since_cut < back:
            gains *= np.minimum(1.0, np.arange(self._since_cut, self._since_cut + frames) / back)
        if moment.following is None and moment.segment.step.kind is Kind.FINISH:
            end = max(1, min(units.frames(END_SECONDS, self._rate), moment.segment.frames))
            gains *= np.minimum(1.0, (moment.segment.frames - places) / end)
        self._next += frames
        self._since_away += frames
        self._since_cut += frames
        return gains.astype(np.float32)

    def _move_to(self, moment: Moment) -> None:
        """Find out what is due from a moment on, given what was heard before it."""
        now, is_first = self._next, self._segment is None
        was_ended = is_first or (self._segment is not None and now >= self._segment.frames)
        if not was_ended and (moment.segment is not self._segment or moment.offset != now):
            self._since_cut = 0
        before_db = float(self._db(np.array([now]))[0])
        heard = heard_before(self._cues, now, self._rate)
        self._segment, self._following, self._next = moment.segment, moment.following, moment.offset
        self._cues = (
            *((start + moment.offset, end + moment.offset) for start, end in heard),
            *spans(moment.segment, self._measure),
            *(spans(moment.following, self._measure, moment.segment.frames) if moment.following else ()),
        )
        self._points = np.array(ducking(self._cues, self._rate))
        self._away_db, self._since_away = 0.0, 0
        if not is_first:
            self._away_db = before_db - float(self._db(np.array([moment.offset]))[0])

    def _db(self, places: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the gain at frames of the segment, which come from here on."""
        due = np.interp(places, self._points[:, 0], self._points[:, 1])
        if not self._away_db:
            return due
        seconds = DOWN_SECONDS if self._away_db > 0 else UP_SECONDS
        passed = places - self._next + self._since_away
        left = abs(self._away_db) + DEPTH_DB * passed / (seconds * self._rate)
        away: NDArray[np.float64] = np.copysign(np.maximum(0.0, left), self._away_db)
        return due + away

"""What a desktop shows of the session: each segment as a track, told of only where something changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.plan.phrases import ENGLISH, Phrases, load_phrases
from voicecoach.session.screen.words import Total, set_words, total_words
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach.plan.timeline import Segment
    from voicecoach.session.playhead import Place

JUMP_SECONDS = 0.5
"""A position that is off by more has jumped; by less, the device or the machine was late."""


@dataclass(frozen=True, slots=True)
class Track:
    """A segment, in the words of a player of music."""

    number: int
    """Counted over all that was shown: a segment that is repeated is another track."""
    title: str
    album: str
    """The session, and how far it has come: there is no other place for it."""
    artists: tuple[str, ...]
    """The stage and the set."""
    seconds: float | None
    """The length of the segment; None where it waits for the listener."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the session was when it was shown."""

    track: Track
    seconds: float
    """From the start of the track."""
    paused: bool
    at: float
    """When that was, by a clock that only goes on."""

    def position(self, now: float) -> float:
        """Return the seconds from the start of the track at some later time, if nothing else happens."""
        reached = self.seconds if self.paused else self.seconds + now - self.at
        return reached if self.track.seconds is None else min(reached, self.track.seconds)

    def jumped(self, before: Moment | None) -> bool:
        """Tell whether the position is another than anybody would think who knows the moment before."""
        same = before is not None and before.track is self.track
        expected = before.position(self.at) if before and same else 0.0
        return abs(self.seconds - expected) > JUMP_SECONDS

    def differs(self, before: Moment | None) -> bool:
        """Tell whether there is anything to tell of, to those who know the moment before."""
        return (
            before is None
            or before.track is not self.track
            or before.paused is not self.paused
            or self.jumped(before)
        )


Change = Callable[[Moment | None, Moment], object]
"""Hear of a moment that differs from the one before it. Called in the thread of the player: be quick."""


class NowPlaying:
    """A screen that keeps the last moment, for another thread to read, and tells of changes."""

    def __init__(  # noqa: PLR0913 - a test brings its own clock
        self,
        title: str,
        sample_rate: int,
        total: Total,
        change: Change,
        now: Callable[[], float] = time.monotonic,
        *,
        phrases: Phrases | None = None,
    ) -> None:
        """Begin without a moment, in English where no phrases are given."""
        self._phrases = phrases or load_phrases(ENGLISH)
        self.moment: Moment | None = None
        self._title, self._sample_rate, self._total = title, sample_rate, total
        self._change, self._now = change, now
        self._segment: Segment | None = None

    def show(self, place: Place, *, paused: bool) -> None:
        """Keep the moment; in an aside, the session stands still."""
        before = self.moment
        if place.is_aside and before and not paused:
            return
        track = before.track if before and place.segment is self._segment else self._track(place)
        self.moment = Moment(track, place.offset / self._sample_rate, paused, self._now())
        if self.moment.differs(before):
            self._change(before, self.moment)

    def show_keys(self) -> None:
        """Show nothing: there are no keys there."""

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Do nothing: a desktop has no place for it."""

    def _track(self, place: Place) -> Track:
        self._segment = place.segment
        step, rate = place.segment.step, self._sample_rate
        passed = clock((place.passed - place.offset) / rate)
        return Track(
            number=self.moment.track.number + 1 if self.moment else 1,
            title=place.segment.label,
            album=total_words(self._total, rate, self._phrases, "remote", title=self._title, passed=passed),
            artists=tuple(
                filter(None, [step.stage.title if step.stage else "", set_words(step, self._phrases)])
            ),
            seconds=None if step.is_ready_check else place.segment.frames / rate,
        )

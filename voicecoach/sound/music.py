"""Music beneath a session: the beds of its stages, one fading into the next, out of the way of every cue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from voicecoach import units
from voicecoach.sound.ahead import Ahead
from voicecoach.sound.envelope import Envelope
from voicecoach.sound.playlist import FADE_SECONDS, Playlist, rise
from voicecoach.sound.tracks import Track, find_tracks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from voicecoach.plan.planner import Planner
    from voicecoach.plan.timeline import Measure, Moment
    from voicecoach.routine.model import Routine
    from voicecoach.sound.clip import Samples

AHEAD_PIECES = 160
"""Pieces of music, 0.05 s each, that are decoded ahead of a live session: to measure the next track, which is
done meanwhile, takes a tenth of that."""
_PATIENCE_SECONDS = 5.0
"""For these pieces, before a live session begins: to make them while it plays might make its sound late."""


@dataclass(frozen=True, slots=True)
class Beds:
    """The music of a session: what lies beneath which stage, found and checked."""

    tracks: Mapping[str, tuple[Track, ...]]
    """By what stages call them."""
    is_everywhere: bool
    """Whether every stage has music."""
    warnings: list[str] = field(default_factory=list)
    """What the user should hear of, in the order in which it came up."""

    @classmethod
    def of(cls, routine: Routine) -> Beds | None:
        """Find the music of a routine; None where no stage has any.

        Raises:
            CoachError: a file or folder cannot be used.
        """
        sources = dict.fromkeys(stage.music for stage in routine.stages if stage.music)
        is_everywhere = all(stage.music for stage in routine.stages)
        return cls({source: find_tracks(source) for source in sources}, is_everywhere) if sources else None

    @property
    def channels(self) -> int:
        """Return how many channels it takes to keep left and right apart where any of it does."""
        return max(min(track.channels, 2) for tracks in self.tracks.values() for track in tracks)

    def music(self, planner: Planner, measure: Measure, target_lufs: float, *, live: bool) -> Music:
        """Return the music from the start of the session on.

        Args:
            planner: that of the session.
            measure: how long each sound lasts, which the music makes room for.
            target_lufs: how loud it is where nothing is said.
            live: whether it has to be there in time, and is decoded ahead; else it is waited for.

        Raises:
            CoachError: the first track of a bed cannot be played.
        """
        rate, tell = planner.sample_rate, self.warnings.append
        playlists = {
            source: Playlist(tracks, rate, planner.channels, target_lufs, tell)
            for source, tracks in self.tracks.items()
        }
        for playlist in playlists.values():
            playlist.check()
        take = {source: (_ahead if live else _when_asked)(playlist) for source, playlist in playlists.items()}
        fade = units.frames(FADE_SECONDS, rate)
        beds = {source: _Bed(one, fade) for source, one in take.items()}
        return Music(beds, Envelope(measure, rate), planner.routine.stages[0].music)


class Music:
    """Lay the beds of the stages under the blocks of a session.

    The first bed fades in, each next one where its stage is announced, while the one before it fades out.
    Before the first stage the first bed is heard; what belongs to no stage leaves things as they are.
    """

    def __init__(self, beds: Mapping[str, _Bed], envelope: Envelope, first: str) -> None:
        """Begin before the session; `first` is the bed of its first stage."""
        self._beds, self._envelope, self._wanted = beds, envelope, first

    def under(self, block: Samples, moment: Moment) -> Samples:
        """Return a block with the music that comes next under it."""
        if stage := moment.segment.step.stage:
            self._wanted = stage.music
        gains = self._envelope.gains(len(block), moment)
        music = np.zeros_like(block)
        for source, bed in self._beds.items():
            bed.add_to(music, is_wanted=source == self._wanted)
        return block + music * (gains if block.ndim == 1 else gains[:, np.newaxis])


class _Bed:
    """One bed, which is heard, or not, or fades in or out."""

    def __init__(self, take: Callable[[], Samples | None], fade: int) -> None:
        self._take = take
        self._gains = np.append(rise(fade), np.float32(1.0))
        self._level = 0
        self._rest: Samples = np.zeros(0, np.float32)

    def add_to(self, block: Samples, *, is_wanted: bool) -> None:
        """Add what comes next of it to a block; where it is not heard at all, it stands still."""
        most, frames = len(self._gains) - 1, len(block)
        if not is_wanted:
            frames = min(frames, self._level)
        if not frames:
            return
        way = 1 if is_wanted else -1
        levels = np.clip(self._level + way * np.arange(frames), 0, most)
        self._level = min(most, max(0, self._level + way * frames))
        gains = self._gains[levels]
        start = 0
        for piece in self._read(frames):
            part = gains[start : start + len(piece)]
            block[start : start + len(piece)] += piece * (part if piece.ndim == 1 else part[:, np.newaxis])
            start += len(piece)

    def _read(self, frames: int) -> list[Samples]:
        """Return the next frames in pieces; fewer where no more are there."""
        pieces: list[Samples] = []
        while frames:
            if not len(self._rest):
                piece = self._take()
                if piece is None:
                    break
                self._rest = piece
            pieces.append(self._rest[:frames])
            self._rest = self._rest[frames:]
            frames -= len(pieces[-1])
        return pieces


def _when_asked(playlist: Playlist) -> Callable[[], Samples | None]:
    pieces = playlist.pieces()
    return lambda: next(pieces, None)


def _ahead(playlist: Playlist) -> Callable[[], Samples | None]:
    """Decode in the background; what is not there in time is told, once, and not waited for."""
    ahead = Ahead(playlist.pieces(), AHEAD_PIECES)
    ahead.wait(_PATIENCE_SECONDS)
    was_late = False

    def take() -> Samples | None:
        nonlocal was_late
        piece = ahead.take()
        if piece is None and not was_late and not ahead.ended:
            was_late = True
            playlist.tell("the music was not ready in time: the machine is busy, or the file is far away")
        return piece

    return take

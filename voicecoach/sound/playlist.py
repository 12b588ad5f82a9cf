"""A playlist: tracks one after another without end, as loud as one another, joined by cross-fades.

Everything here is a stream: of a track of hours no more than a cross-fade is held.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from voicecoach import units
from voicecoach.errors import CoachError
from voicecoach.sound.clip import Samples
from voicecoach.sound.tracks import Track

FADE_SECONDS = 3.0
"""Of a cross-fade; at most half of a short track."""
CEILING_DB = -13.0
"""The highest peak of music, in dBFS: with speech that peaks at -2.5 dBTP the sum stays below full scale even
where the music has had no time to go down, and ducked, with 3 dB more between its frames, at -1.3 dBTP."""
_GRAIN_SECONDS = 0.05
"""The grain of the limiter's gain, and of what is handed on."""


@dataclass(slots=True)
class Playlist:
    """Play tracks in turn, again and again."""

    tracks: tuple[Track, ...]
    sample_rate: int
    channels: int
    target_lufs: float
    """What each track is levelled to."""
    tell: Callable[[str], object]
    """Hears of each track that cannot be played, or not as a whole, once."""
    _gains_db: dict[Track, float] = field(default_factory=dict, init=False)
    _told: set[str] = field(default_factory=set, init=False)
    _is_heard: bool = field(default=False, init=False)

    def check(self) -> None:
        """Measure the first track, so that it begins at once.

        Raises:
            CoachError: it cannot be played.
        """
        self._gain_db(self.tracks[0])

    def pieces(self) -> Iterator[Samples]:
        """Yield the music in pieces of one length; it ends only where no track can be played any more."""
        fade = units.frames(FADE_SECONDS, self.sample_rate)
        grain = units.frames(_GRAIN_SECONDS, self.sample_rate)
        return limited(in_pieces(crossfaded(self._turns(), fade), grain))

    def _turns(self) -> Iterator[Iterator[Samples]]:
        while True:
            self._is_heard = False
            yield from map(self._levelled, self.tracks)
            if not self._is_heard:
                self.tell("none of the music can be played any more; the session goes on without")
                return

    def _levelled(self, track: Track) -> Iterator[Samples]:
        try:
            gain = np.float32(units.gain(self._gain_db(track)))
            for piece in track.pieces(self.sample_rate, self.channels, self._tell_once):
                self._is_heard = True
                yield piece * gain
        except CoachError as error:
            self._tell_once(str(error))

    def _tell_once(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self.tell(text)

    def _gain_db(self, track: Track) -> float:
        if track not in self._gains_db:
            loudness = track.loudness(self.sample_rate, self.channels)
            self._gains_db[track] = self.target_lufs - loudness
        return self._gains_db[track]


def crossfaded(tracks: Iterable[Iterator[Samples]], fade: int) -> Iterator[Samples]:
    """Yield tracks one after another, the end of each beneath the start of the next, equally loud throughout.

    Args:
        tracks: each as pieces; those without a frame are passed over.
        fade: frames of a cross-fade; half of a track where that is less.
    """
    tail: Samples | None = None
    for pieces in tracks:
        held = _Held()
        for piece in pieces:
            held.add(piece)
            if held.frames >= 2 * fade:
                break
        if not held.frames:
            continue
        room = min(fade, held.frames // 2)
        whole = held.all()
        if tail is not None:
            over = min(len(tail), room)
            yield tail[: len(tail) - over]
            whole = np.concatenate([_mixed(tail[len(tail) - over :], whole[:over]), whole[over:]])
        held.add(whole)
        for piece in pieces:
            held.add(piece)
            yield from held.beyond(fade)
        rest = held.all()
        yield rest[: len(rest) - room]
        tail = rest[len(rest) - room :]
    if tail is not None:
        yield tail


class _Held:
    """The pieces of a track that are held back until it is known what comes after them."""

    def __init__(self) -> None:
        self.frames = 0
        self._pieces: deque[Samples] = deque()

    def add(self, piece: Samples) -> None:
        """Take a piece at the end."""
        self._pieces.append(piece)
        self.frames += len(piece)

    def beyond(self, frames: int) -> Iterator[Samples]:
        """Yield, and let go of, pieces from the start, as long as so many frames are left."""
        while self.frames - len(self._pieces[0]) >= frames:
            piece = self._pieces.popleft()
            self.frames -= len(piece)
            yield piece

    def all(self) -> Samples:
        """Return, and let go of, all of it."""
        whole = np.concatenate(self._pieces)
        self._pieces.clear()
        self.frames = 0
        return whole


def _mixed(ending: Samples, beginning: Samples) -> Samples:
    """Return one sound that becomes another: the squares of their gains add up to 1."""
    rising = rise(len(ending))
    return _scaled(ending, rising[::-1]) + _scaled(beginning, rising)


def rise(frames: int) -> Samples:
    """Return the gain of what fades in: a quarter of a sine, so that a cross-fade is as loud as its sides."""
    turns = (np.arange(frames) + 0.5) * (np.pi / 2 / max(1, frames))
    gains: Samples = np.sin(turns).astype(np.float32)
    return gains


def _scaled(samples: Samples, gains: Samples) -> Samples:
    return samples * (gains if samples.ndim == 1 else gains[:, np.newaxis])


def in_pieces(pieces: Iterable[Samples], frames: int) -> Iterator[Samples]:
    """Yield the same sound in pieces of so many frames; the last one may be shorter."""
    held = _Held()
    for piece in pieces:
        held.add(piece)
        if held.frames >= frames:
            whole = held.all()
            end = len(whole) - len(whole) % frames
            yield from (whole[start : start + frames] for start in range(0, end, frames))
            held.add(whole[end:])
    if held.frames:
        yield held.all()


def limited(pieces: Iterable[Samples], ceiling_db: float = CEILING_DB) -> Iterator[Samples]:
    """Yield the same pieces, turned down around peaks above a ceiling, in dBFS.

    At the border of two pieces the gain is the lower of what both need, in between a straight line: no peak
    is above the ceiling, and nothing is bent.
    """
    ceiling = units.gain(ceiling_db)
    before, waiting, gain = 1.0, None, 1.0
    for piece in chain(pieces, (None,)):
        needed = 1.0 if piece is None else ceiling / max(ceiling, float(np.abs(piece).max(initial=0.0)))
        if waiting is not None:
            after = min(gain, needed)
            yield waiting if before == after == 1.0 else _scaled(waiting, _line(before, after, len(waiting)))
            before = after
        else:
            before = needed
        waiting, gain = piece, needed


def _line(start: float, end: float, frames: int) -> Samples:
    return np.linspace(start, end, frames, endpoint=False, dtype=np.float32)

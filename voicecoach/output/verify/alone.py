"""A file without a plan: the holds that can be heard in it, from a start tone to the end tone after it."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import numpy as np

from voicecoach.output.verify.listen import Progress, Reading, Tones
from voicecoach.output.verify.match import LIKE, likenesses
from voicecoach.output.verify.report import Hold, Report
from voicecoach.sound.clip import Samples
from voicecoach.sound.decode import open_stream

_WINDOW = 5
"""Seconds that are searched at once."""
_AUDIBLE = 1e-3
"""A window that never gets above -60 dBFS holds no tone."""
_BOUNDS = ("start", "end")

Place = tuple[float, str]
"""A frame, and the name of the tone that begins there."""


def holds_alone(path: Path, sample_rate: int, tones: Tones, progress: Progress | None = None) -> Report:
    """Return the holds that are heard in a file.

    Raises:
        CoachError: it cannot be read, or not to its end.
    """
    with open_stream(path, sample_rate) as stream:
        reading = Reading(stream, progress)
        places = sorted(_places(reading.blocks(), sample_rate, tones))
        return Report(
            str(path),
            None,
            reading.frames / sample_rate,
            tuple(pairs(places, sample_rate)),
            loudness=reading.loudness(),
        )


def pairs(places: Iterable[Place], sample_rate: int) -> Iterator[Hold]:
    """Yield a hold for each start tone that an end tone follows before the next start tone."""
    start: float | None = None
    for place, name in places:
        if name == "end" and start is not None:
            seconds = (place - start) / sample_rate
            yield Hold("hold", None, None, start / sample_rate, None, seconds)
        start = place if name == "start" else None


def _places(blocks: Iterable[Samples], sample_rate: int, tones: Tones) -> Iterator[Place]:
    """Yield where start and end tones begin."""
    step = _WINDOW * sample_rate
    for first, window in windows(blocks, step, max(len(tones[name]) for name in _BOUNDS)):
        if np.abs(window).max(initial=0.0) >= _AUDIBLE:
            for name in _BOUNDS:
                # As many onsets as the window is ahead of the next one: each is looked at once.
                tone = tones[name]
                yield from ((first + onset, name) for onset in crests(window[: step + len(tone) - 1], tone))


def windows(blocks: Iterable[Samples], step: int, more: int) -> Iterator[tuple[int, Samples]]:
    """Yield windows of `step` and `more` frames, `step` apart, the last ones filled with silence."""
    held, first = np.zeros(0, np.float32), 0
    for block in chain(blocks, (np.zeros(step + more, np.float32),)):
        held = np.concatenate([held, block])
        while len(held) >= step + more:
            yield first, held[: step + more]
            held, first = held[step:], first + step


def crests(window: Samples, tone: Samples) -> Iterator[int]:
    """Yield each onset at which a window is most like a tone, one for each stretch that is like it."""
    if len(window) < len(tone):
        return
    found = likenesses(window, tone)
    (like,) = np.nonzero(found >= LIKE)
    for stretch in np.split(like, np.flatnonzero(np.diff(like) > len(tone)) + 1) if len(like) else ():
        yield int(stretch[np.argmax(found[stretch])])

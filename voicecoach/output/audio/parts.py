"""Parts: a session as packets, encoded as a whole, or cut where it is silent and encoded on all cores."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import repeat
from typing import Protocol

import numpy as np

from voicecoach.output.audio.cutter import Cutter, Silence, Stretch
from voicecoach.output.audio.encoders import Encoder, Packet, open_encoder
from voicecoach.output.audio.kinds import Grid
from voicecoach.output.audio.recipe import Recipe
from voicecoach.sound.clip import Samples

_QUEUED = 3
"""Parts for each core that may be encoded ahead of what is written."""
_SETTLED = 8
"""The packet of silence, counted from 0, that is like all that follow it."""


class Packets(Protocol):
    """Turn a session, block by block, into the packets of its file."""

    def of(self, block: Samples) -> Iterator[Packet]:
        """Take the next block, and yield the packets that are complete."""

    def rest(self) -> Iterator[Packet]:
        """End the session, and yield the packets that are left."""

    def abandon(self) -> None:
        """Stop what is under way."""


class Whole:
    """Encode a session from its start to its end, as music needs it that never stops."""

    def __init__(self, recipe: Recipe) -> None:
        """Open the encoder."""
        self._encoder = encoder_of(recipe)

    def of(self, block: Samples) -> Iterator[Packet]:
        """Take the next block, and yield the packets that are complete."""
        yield from self._encoder.packets(block)

    def rest(self) -> Iterator[Packet]:
        """End the session, and yield the packets that are left."""
        yield from self._encoder.rest()

    def abandon(self) -> None:
        """Do nothing: nothing is under way."""


class Parts:
    """Encode each part of a session for itself, several at a time; silence is encoded once."""

    def __init__(self, recipe: Recipe, grid: Grid) -> None:
        """Begin at the start of the session; the threads end with it."""
        self._recipe, self._grid = recipe, grid
        self._cutter = Cutter(grid, recipe.sample_rate, recipe.channels)
        self._silent = silent_packet(recipe, grid)
        self._most = _QUEUED * recipe.jobs
        self._queue: deque[Callable[[], Sequence[Packet]] | int] = deque()
        self._threads = ThreadPoolExecutor(recipe.jobs, "encoder") if recipe.jobs > 1 else None

    def of(self, block: Samples) -> Iterator[Packet]:
        """Take the next block, and yield the packets that are complete."""
        for stretch in self._cutter.add(block):
            self._begin(stretch)
        yield from self._done(self._most)

    def rest(self) -> Iterator[Packet]:
        """End the session, and yield the packets that are left."""
        for stretch in self._cutter.rest():
            self._begin(stretch)
        yield from self._done(0)

    def abandon(self) -> None:
        """Stop what is under way."""
        if self._threads:
            self._threads.shutdown(cancel_futures=True)

    def _begin(self, stretch: Stretch) -> None:
        if isinstance(stretch, Silence):
            self._queue.append(stretch.packets)
        elif self._threads:
            encoding: Future[Sequence[Packet]] = self._threads.submit(self._encoded, stretch.samples)
            self._queue.append(encoding.result)
        else:
            packets = self._encoded(stretch.samples)
            self._queue.append(lambda: packets)

    def _done(self, most: int) -> Iterator[Packet]:
        """Yield packets in order, until no more than so many stretches are left."""
        while len(self._queue) > most:
            first = self._queue.popleft()
            if isinstance(first, int):
                yield from repeat(self._silent, first)
            else:
                yield from first()

    def _encoded(self, samples: Samples) -> Sequence[Packet]:
        encoder = encoder_of(self._recipe)
        packets = [*encoder.packets(samples), *encoder.rest()]
        # What an encoder adds to get its last frames out is silence here, and belongs to what follows.
        return packets[: len(samples) // self._grid.frames]


def encoder_of(recipe: Recipe) -> Encoder:
    """Open the encoder that a recipe asks for."""
    return open_encoder(recipe.kind, recipe.sample_rate, recipe.channels, recipe.bit_rate)


def silent_packet(recipe: Recipe, grid: Grid) -> Packet:
    """Return the packet of silence that may stand after any other one."""
    encoder, frames = encoder_of(recipe), 2 * _SETTLED * grid.frames
    silence = np.zeros(frames if recipe.channels == 1 else (frames, recipe.channels), np.float32)
    packets = [*encoder.packets(silence), *encoder.rest()]
    # Of MP3 it is the first one: later ones refer to the reservoir of those before them.
    return packets[0 if recipe.kind.container == "mp3" else _SETTLED]

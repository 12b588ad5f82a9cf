"""Parts: a session as packets, encoded as a whole, or cut where it is silent and encoded on all cores."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import Protocol

from voicecoach.output.audio.cutter import Cutter, Sound, Stretch
from voicecoach.output.audio.encoders import Encoder, Packet, open_encoder
from voicecoach.output.audio.kinds import Grid
from voicecoach.output.audio.recipe import Recipe
from voicecoach.sound.clip import Samples
from voicecoach.sound.render import zeros

_TOGETHER = 16
"""Parts for each core that are encoded together before any of them is written: threads that encode and one
that writes take turns at every packet, and need half as long again."""
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

    def __init__(self, recipe: Recipe, grid: Grid, silent: Packet) -> None:
        """Begin at the start of the session; the threads end with it.

        Args:
            recipe: of the file.
            grid: of its packets.
            silent: the packet that stands for silence.
        """
        self._recipe, self._grid = recipe, grid
        self._cutter = Cutter(grid, recipe.sample_rate, recipe.channels)
        self._silent = silent
        self._stretches: list[Stretch] = []
        """Those that are not encoded yet."""
        self._threads = ThreadPoolExecutor(recipe.jobs, "encoder")

    def of(self, block: Samples) -> Iterator[Packet]:
        """Take the next block, and yield the packets that are complete."""
        self._stretches += self._cutter.add(block)
        if len(self._stretches) >= 2 * _TOGETHER * self._recipe.jobs:
            yield from self._all()

    def rest(self) -> Iterator[Packet]:
        """End the session, and yield the packets that are left."""
        self._stretches += self._cutter.rest()
        yield from self._all()

    def abandon(self) -> None:
        """Stop what is under way."""
        self._threads.shutdown(cancel_futures=True)

    def _all(self) -> Iterator[Packet]:
        """Encode what there is, and yield its packets."""
        stretches, self._stretches = self._stretches, []
        sounds = [stretch.samples for stretch in stretches if isinstance(stretch, Sound)]
        encoded = iter(list(self._threads.map(self._encoded, sounds)))
        for stretch in stretches:
            if isinstance(stretch, Sound):
                yield from next(encoded)
            else:
                yield from repeat(self._silent, stretch.packets)

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
    encoder = encoder_of(recipe)
    silence = zeros(2 * _SETTLED * grid.frames, recipe.channels)
    packets = [*encoder.packets(silence), *encoder.rest()]
    # Of MP3 it is the first one: later ones refer to the reservoir of those before them.
    return packets[0 if recipe.kind.container == "mp3" else _SETTLED]

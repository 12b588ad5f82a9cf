"""A noise bed: a hiss far below hearing that keeps Bluetooth headphones awake in the silences."""

import numpy as np

from voicecoach import units
from voicecoach.plan.timeline import Moment
from voicecoach.sound.clip import Samples

LEVEL_DB = -70.0
"""In dBFS, as a root mean square: far below the room, and some ten steps of 16 bit."""
SECONDS = 7.0
"""After which the noise begins anew: longer than an ear could notice."""
_SEED = 1


class Bed:
    """Lay noise under the blocks of a session, one after another."""

    def __init__(self, sample_rate: int, channels: int = 1) -> None:
        """Make the noise: white, the same each time, and the same on both channels."""
        frames = units.frames(SECONDS, sample_rate)
        noise = np.random.default_rng(_SEED).standard_normal(frames) * units.gain(LEVEL_DB)
        mono = noise.astype(np.float32)
        self._noise: Samples = mono if channels == 1 else np.repeat(mono[:, np.newaxis], channels, axis=1)
        self._at = 0

    def under(self, block: Samples, moment: Moment) -> Samples:
        """Return a block with the noise that comes next under it."""
        del moment
        places = np.arange(self._at, self._at + len(block)) % len(self._noise)
        self._at = int(places[-1] + 1) if len(places) else self._at
        return block + self._noise[places]

"""Clips: short pieces of mono sound, held in memory, never changed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono PCM, shape (frames,), full scale at -1.0 and 1.0."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Sound that is played as it is."""

    samples: Samples
    """Shape (frames,), float32, full scale at -1.0 and 1.0."""
    sample_rate: int
    """Frames a second."""

    @property
    def frames(self) -> int:
        """Return the length in frames."""
        return len(self.samples)

    @property
    def seconds(self) -> float:
        """Return the length in seconds."""
        return self.frames / self.sample_rate

"""Loudness: how loud sound is for a listener, by ITU-R BS.1770, measured with FFmpeg's ebur128."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import av
import av.filter
import numpy as np

from voicecoach import units
from voicecoach.sound.clip import Samples

_ABSOLUTE_GATE = -70.0
"""LUFS below which BS.1770 hears nothing; also FFmpeg's answer where there is nothing to measure."""
_LAYOUTS = {1: "mono", 2: "stereo"}
"""FFmpeg's names of so many channels."""
_PIECE = 24_000
"""Frames that are handed to FFmpeg at once: the memory stays flat however long the sound is."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a piece of sound is."""

    integrated_lufs: float
    """Gated loudness of the whole; minus infinity for silence and for less than 0.4 s of sound."""
    true_peak_dbtp: float
    """The highest peak of the wave between its frames, against full scale."""


class Meter:
    """Measure sound as it comes, block by block."""

    def __init__(self, sample_rate: int, channels: int = 1) -> None:
        """Set up the filter for sound on one channel or on two."""
        self._rate = sample_rate
        self._channels, self._layout = channels, _LAYOUTS[channels]
        self._frames = 0
        self._found: dict[str, str] = {}
        self._graph = av.filter.Graph()
        source = self._graph.add_abuffer(sample_rate=sample_rate, format="flt", layout=self._layout)
        meter = self._graph.add("ebur128", "peak=true:metadata=1")
        source.link_to(meter)
        meter.link_to(self._graph.add("abuffersink"))
        self._graph.configure()

    def add(self, samples: Samples) -> Self:
        """Take the next piece of the sound."""
        for start in range(0, len(samples), _PIECE):
            piece = np.ascontiguousarray(samples[start : start + _PIECE], np.float32)
            # One channel after the other within each frame, as "flt" has it.
            frame = av.AudioFrame.from_ndarray(piece.reshape(1, -1), format="flt", layout=self._layout)
            frame.sample_rate, frame.pts = self._rate, self._frames
            self._frames += len(piece)
            self._graph.push(frame)
            self._pull()
        return self

    def loudness(self) -> Loudness:
        """End the measuring, and return what was found."""
        # The filter speaks every 0.1 s: with that much silence after it, the last piece counts too.
        self.add(np.zeros((self._rate // 10, self._channels), np.float32))
        self._graph.push(None)
        self._pull()
        integrated = float(self._found.get("lavfi.r128.I", _ABSOLUTE_GATE))
        peak = float(self._found.get("lavfi.r128.true_peak", 0.0))
        return Loudness(
            integrated_lufs=integrated if integrated > _ABSOLUTE_GATE else -math.inf,
            true_peak_dbtp=units.decibels(peak),
        )

    def _pull(self) -> None:
        while True:
            try:
                self._found = self._graph.pull().metadata or self._found
            except (av.BlockingIOError, av.EOFError):
                return


def measure(pieces: Samples | Iterable[Samples], sample_rate: int) -> Loudness:
    """Return how loud a sound is, given whole or in pieces."""
    meter = Meter(sample_rate)
    for piece in [pieces] if isinstance(pieces, np.ndarray) else pieces:
        meter.add(piece)
    return meter.loudness()

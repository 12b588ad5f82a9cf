"""Loudness: how loud sound is for a listener, by ITU-R BS.1770, measured with FFmpeg's ebur128."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import av
import av.filter
import numpy as np

from voicecoach import units
from voicecoach.sound.cells import Cells
from voicecoach.sound.clip import Samples
from voicecoach.sound.render import is_silence

_ABSOLUTE_GATE = -70.0
"""LUFS below which BS.1770 hears nothing; also FFmpeg's answer where there is nothing to measure."""
_SILENCE = 1e-5
"""What never gets above this is 30 dB below the gate."""
_HOPS = 10
"""BS.1770 looks at windows of four tenths of a second, a tenth apart."""
_KEPT = 8
"""Tenths of a second of a silence that are measured: no window has sound from before and after it. Those
that are left out would be below the gate, so that the figure is the same."""
_LAYOUTS = {1: "mono", 2: "stereo"}


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a piece of sound is."""

    integrated_lufs: float
    """Gated loudness of the whole; minus infinity for silence and for less than 0.4 s of sound."""
    true_peak_dbtp: float
    """The highest peak of the wave between its frames, against full scale; minus infinity if not measured."""


class Meter:
    """Measure sound as it comes, block by block; silence costs next to nothing."""

    def __init__(self, sample_rate: int, channels: int = 1, *, with_peak: bool = True) -> None:
        """Set up the filter.

        Args:
            sample_rate: of the sound, in Hz, a multiple of 10.
            channels: of the sound.
            with_peak: whether the true peak is measured, too, which takes three times as long.
        """
        self._rate, self._layout = sample_rate, _LAYOUTS[channels]
        self._frames = self._silent = 0
        self._found: dict[str, str] = {}
        self._hop, self._trailing = sample_rate // _HOPS, 0
        self._cells = Cells(self._hop, channels, _SILENCE)
        self._blank = np.zeros((self._hop, channels), np.float32)
        self._graph = av.filter.Graph()
        source = self._graph.add_abuffer(sample_rate=sample_rate, format="flt", layout=self._layout)
        meter = self._graph.add("ebur128", f"peak={'true' if with_peak else 'none'}:metadata=1")
        source.link_to(meter)
        meter.link_to(self._graph.add("abuffersink"))
        self._graph.configure()

    def add(self, samples: Samples) -> Self:
        """Take the next piece of the sound: shape (frames,) on one channel, (frames, 2) on two."""
        if is_silence(samples):
            # Not even looked at, where what is kept of a silence is full, and nothing moves on the grid.
            if self._trailing >= _KEPT * self._hop and len(samples) % self._hop == 0:
                return self
            self._trailing += len(samples)
        else:
            self._trailing = 0
        self._take(self._cells.add(samples))
        return self

    def loudness(self) -> Loudness:
        """End the measuring, and return what was found."""
        self._take(self._cells.rest())
        # The filter speaks at the end of each tenth of a second, of what came before it.
        self._push(self._blank)
        self._graph.push(None)
        self._pull()
        integrated = float(self._found.get("lavfi.r128.I", _ABSOLUTE_GATE))
        peak = float(self._found.get("lavfi.r128.true_peak", 0.0))
        return Loudness(
            integrated_lufs=integrated if integrated > _ABSOLUTE_GATE else -math.inf,
            true_peak_dbtp=units.decibels(peak),
        )

    def _take(self, cells: Iterable[tuple[Samples, bool]]) -> None:
        for cell, sounds in cells:
            self._silent = 0 if sounds else self._silent + 1
            if self._silent <= _KEPT:
                self._push(cell)

    def _push(self, samples: Samples) -> None:
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout=self._layout)
        frame.sample_rate, frame.pts = self._rate, self._frames
        self._frames += len(samples)
        self._graph.push(frame)
        self._pull()

    def _pull(self) -> None:
        while True:
            try:
                self._found = self._graph.pull().metadata or self._found
            except (av.BlockingIOError, av.EOFError):
                return


def measure(
    pieces: Samples | Iterable[Samples], sample_rate: int, channels: int = 1, *, with_peak: bool = True
) -> Loudness:
    """Return how loud a sound is, given whole or in pieces."""
    meter = Meter(sample_rate, channels, with_peak=with_peak)
    for piece in [pieces] if isinstance(pieces, np.ndarray) else pieces:
        meter.add(piece)
    return meter.loudness()

"""Clips: short pieces of mono sound, held in memory, never changed, and what makes them fit to be played."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicecoach import units

Samples = NDArray[np.float32]
"""PCM, full scale at -1.0 and 1.0: shape (frames,) on one channel, as in every clip, (frames, 2) on two."""

CEILING_DB = -2.5
"""The highest true peak of a clip, in dBTP: lossy codecs overshoot by up to 1.5 dB."""
AUDIBLE_DB = -50.0
"""What is fainter than this, against the peak of its clip, is no part of the speech."""
BEFORE_SECONDS, AFTER_SECONDS = 0.008, 0.02
"""Silence that is left at the ends: soft consonants begin and end below what is taken for audible."""
FADE_SECONDS = 0.004
_PIECE = 2048
"""Frames that are searched at once."""
_FULL = 32768
"""Full scale in 16 bit."""

_HOP_SECONDS = 0.002
"""The grain of the limiter's gain."""
_REACH = 10
"""Grains by which the limiter looks ahead and holds: longer than a period of a man's voice."""
_MARGIN_DB = 0.15
"""What the half-way points miss of the true peak."""
_CURVE = np.hanning(2 * _REACH + 3)[1:-1] / np.hanning(2 * _REACH + 3).sum()
"""The curve along which the limiter's gain falls and rises."""
_HALFWAY = np.array([-5, 49, -245, 1225, 1225, -245, 49, -5], np.float32) / 2048
"""The value half-way between two frames: Lagrange's interpolation through eight."""


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


def silence(seconds: float, sample_rate: int) -> Clip:
    """Return a clip in which nothing is heard."""
    return Clip(np.zeros(units.frames(seconds, sample_rate), np.float32), sample_rate)


def peak(clip: Clip) -> float:
    """Return the largest magnitude among the frames; 0 for an empty clip."""
    return float(max(clip.samples.max(initial=0.0), -clip.samples.min(initial=0.0)))


def trim(clip: Clip) -> Clip:
    """Cut the silence at both ends, keep a few milliseconds of it, and fade in and out.

    A clip that is silent throughout becomes empty.
    """
    least = peak(clip) * units.gain(AUDIBLE_DB)
    first = _first_above(least, clip.samples)
    if first == clip.frames:
        return Clip(clip.samples[:0], clip.sample_rate)
    last = clip.frames - _first_above(least, clip.samples[::-1])
    start = max(0, first - units.frames(BEFORE_SECONDS, clip.sample_rate))
    end = last + units.frames(AFTER_SECONDS, clip.sample_rate)
    return fade(Clip(clip.samples[start:end], clip.sample_rate))


def _first_above(least: float, samples: Samples) -> int:
    """Return the first frame that is louder; the number of frames where none is."""
    for start in range(0, len(samples), _PIECE):
        louder = np.abs(samples[start : start + _PIECE]) > least
        if louder.any():
            return start + int(louder.argmax())
    return len(samples)


def fade(clip: Clip, seconds: float = FADE_SECONDS) -> Clip:
    """Fade in and out, so that the clip begins and ends without a click."""
    frames = min(units.frames(seconds, clip.sample_rate), clip.frames // 2)
    ramp = np.linspace(0, 1, frames, endpoint=False, dtype=np.float32)
    samples = clip.samples.copy()
    samples[:frames] *= ramp
    samples[clip.frames - frames :] *= ramp[::-1]
    return Clip(samples, clip.sample_rate)


def amplify(clip: Clip, gain_db: float) -> Clip:
    """Return the clip louder by some dB."""
    return Clip(clip.samples * np.float32(units.gain(gain_db)), clip.sample_rate)


def limit(clip: Clip, ceiling_db: float = CEILING_DB) -> Clip:
    """Turn the clip down around its peaks, so that its true peak stays below a ceiling (dBTP).

    The gain falls before a peak and rises after it along a smooth curve, so that nothing is bent. A clip
    without such peaks is returned as it is.
    """
    ceiling = units.gain(ceiling_db - _MARGIN_DB)
    places, heights = _peaks_above(ceiling, clip.samples)
    if not len(places):
        return clip
    hop = max(1, units.frames(_HOP_SECONDS, clip.sample_rate))
    grains = -(-clip.frames // hop)
    wanted = np.ones(grains)
    np.minimum.at(wanted, places // hop, ceiling / heights)
    # Held for one grain more than is smoothed over: a half-way point may lie in the grain after its frame.
    held = _sliding_minimum(wanted, _REACH + 1)
    smooth = np.convolve(np.pad(held, _REACH, mode="edge"), _CURVE, "valid")
    # At the border of two grains the lower gain of both; between borders a straight line.
    borders = np.minimum(np.append(smooth, 1.0), np.insert(smooth, 0, 1.0))
    turned = np.flatnonzero(smooth < 1.0)
    starts, ends = borders[turned, np.newaxis], borders[turned + 1, np.newaxis]
    samples = np.zeros(grains * hop, np.float32)
    samples[: clip.frames] = clip.samples
    gains = starts + (ends - starts) * (np.arange(hop) / hop)
    samples.reshape(grains, hop)[turned] *= gains.astype(np.float32)
    return Clip(samples[: clip.frames], clip.sample_rate)


def _peaks_above(ceiling: float, samples: Samples) -> tuple[NDArray[np.intp], Samples]:
    """Return where the wave exceeds a ceiling, in or right beside which frame, and how high it gets."""
    reach = len(_HALFWAY) // 2
    padded = np.pad(samples, reach)
    # Between two frames the wave of speech rises by less than half above the higher of them.
    near = np.flatnonzero(np.abs(padded) > ceiling / 1.5)
    heights = np.abs(padded[near])
    crests = (heights >= np.abs(padded[near - 1])) & (heights >= np.abs(padded[near + 1]))
    near, heights = near[crests], heights[crests]
    for first in (near - reach, near - reach + 1):
        halfway = np.abs(padded[first[:, np.newaxis] + np.arange(len(_HALFWAY))] @ _HALFWAY)
        heights = np.maximum(heights, halfway)
    above = heights > ceiling
    return near[above] - reach, heights[above]


def _sliding_minimum(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Return the least of each value and its neighbours on both sides, by doubling the span looked at."""
    least, span, width = np.pad(values, reach, mode="edge"), 1, 2 * reach + 1
    while 2 * span <= width:
        least, span = np.minimum(least[:-span], least[span:]), 2 * span
    rest = width - span
    return np.minimum(least[: len(least) - rest], least[rest:])


def fit(clip: Clip, frames: int) -> Clip:
    """Return the clip with exactly so many frames: silence is added at the end, or the end fades out."""
    if frames < clip.frames:
        return fade(Clip(clip.samples[:frames], clip.sample_rate))
    return Clip(np.pad(clip.samples, (0, frames - clip.frames)), clip.sample_rate)


def to_pcm(clip: Clip) -> NDArray[np.int16]:
    """Return the frames as 16 bit numbers, rounded to the nearest."""
    scaled = clip.samples * np.float32(_FULL)
    np.rint(scaled, out=scaled)
    np.clip(scaled, -_FULL, _FULL - 1, out=scaled)
    return scaled.astype(np.int16)


def from_pcm(pcm: NDArray[np.int16], sample_rate: int) -> Clip:
    """Return 16 bit numbers as a clip; `to_pcm` of it gives the same numbers."""
    return Clip(pcm * np.float32(1 / _FULL), sample_rate)

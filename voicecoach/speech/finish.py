"""The finish: from what an engine returns to a clip that can be played as it is."""

import threading
from math import gcd

import numpy as np

from voicecoach.sound.clip import Clip, Samples, amplify, limit, trim

_TAIL_SECONDS = 0.05
"""Silence after a clip, longer than the filter of the resampler."""
_one_at_a_time = threading.Lock()


def shaped(raw: Clip, sample_rate: int) -> Clip:
    """Return the speech without the silence around it, at the rate of the session."""
    # Threads that compute side by side hand the interpreter's lock to and fro, and all become slower.
    with _one_at_a_time:
        trimmed = trim(raw)
        return Clip(_resampled(trimmed, sample_rate), sample_rate)


def levelled(clip: Clip, gain_db: float) -> Clip:
    """Return the speech at its level, its peaks limited."""
    with _one_at_a_time:
        return limit(amplify(clip, gain_db))


class _Resampler:
    """FFmpeg's resampler, kept for one clip after another: setting it up takes as long as a second of sound.

    Each clip is followed by silence and made a multiple of the frames after which the resampler is in phase
    again, so that it is left as it was found.
    """

    def __init__(self, given: int, wanted: int) -> None:
        # Loads FFmpeg, which a session does without once all its clips are in the cache.
        from av import AudioResampler  # noqa: PLC0415

        self._given, self._wanted = given, wanted
        self._period = given // gcd(given, wanted)
        self._resampler = AudioResampler("flt", "mono", wanted)
        silence = np.zeros(self._padded(1), np.float32)
        # What does not come out is under way inside, and comes first next time.
        self._delay = len(silence) * wanted // given - len(self._push(silence))

    def __call__(self, samples: Samples) -> Samples:
        """Return samples at the wanted rate, their onset in place."""
        padded = np.zeros(self._padded(len(samples)), np.float32)
        padded[: len(samples)] = samples
        out = self._push(padded)
        return out[self._delay : self._delay + round(len(samples) * self._wanted / self._given)]

    def _padded(self, frames: int) -> int:
        periods = -(-(frames + round(_TAIL_SECONDS * self._given)) // self._period)
        return periods * self._period

    def _push(self, samples: Samples) -> Samples:
        from av import AudioFrame  # noqa: PLC0415 - as above

        frame = AudioFrame.from_ndarray(samples[np.newaxis], "flt", "mono")
        frame.sample_rate = self._given
        parts = [part.to_ndarray()[0] for part in self._resampler.resample(frame)]
        return np.concatenate(parts) if parts else samples[:0]


_resamplers: dict[tuple[int, int], _Resampler] = {}


def _resampled(clip: Clip, sample_rate: int) -> Samples:
    if sample_rate == clip.sample_rate or not clip.frames:
        return clip.samples
    rates = clip.sample_rate, sample_rate
    if rates not in _resamplers:
        _resamplers[rates] = _Resampler(*rates)
    return _resamplers[rates](clip.samples)

"""Matching: where a tone is in a stretch of sound, by normalised correlation."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicecoach.sound.clip import Samples

LIKE = 0.8
"""The least likeness of a tone that is there: through codecs it was 0.91 and more; between two tones 0.75 at
most."""
_FLOOR = 1e-6
"""The least energy, beside that of the tone, by which a place is normalised: silence is like nothing."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place that is like a tone."""

    onset: float
    """In frames from the start of the window, between two frames where the likeness is highest there."""
    likeness: float
    """The coefficient of correlation: 1 for the tone itself, however loud it is."""


def likenesses(window: Samples, tone: Samples) -> NDArray[np.float64]:
    """Return how like the tone a window is at each onset at which the whole tone fits into it."""
    onsets = len(window) - len(tone) + 1
    size = 1 << (len(window) - 1).bit_length()
    # Circular, and long enough: what wraps around lies behind the last onset.
    spectrum = np.fft.rfft(window, size) * np.conj(np.fft.rfft(tone, size))
    products = np.fft.irfft(spectrum, size)[:onsets]
    sums = np.concatenate([[0.0], np.cumsum(np.square(window, dtype=np.float64))])
    energies = np.maximum(sums[len(tone) :] - sums[:onsets], 0.0)
    own = float(np.sum(np.square(tone, dtype=np.float64)))
    coefficients: NDArray[np.float64] = products / np.sqrt((energies + _FLOOR * own) * own)
    return coefficients


def find(window: Samples, tone: Samples) -> Match:
    """Return the place of a window that is most like a tone."""
    found = likenesses(window, tone)
    return _between(found, int(np.argmax(found)))


def _between(found: NDArray[np.float64], best: int) -> Match:
    """Return the crest of the parabola through a highest value and its neighbours."""
    if not 0 < best < len(found) - 1:
        return Match(float(best), float(found[best]))
    before, here, after = found[best - 1 : best + 2]
    bend = before - 2 * here + after
    return Match(best + 0.5 * (before - after) / bend if bend else float(best), float(here))


def least_like(window: Samples, tone: Samples, onset: float, piece: int, audible: float) -> float:
    """Return the lowest likeness among the pieces of a tone that was found: 1 where nothing in it is amiss.

    Args:
        window: where it was found.
        tone: as it should be.
        onset: where it was found; taken to the nearest frame.
        piece: frames of a piece.
        audible: pieces whose energy, beside the loudest piece, is less than this are left out.
    """
    first, count = round(onset), len(tone) // piece
    heard = window[first : first + count * piece].astype(np.float64).reshape(count, piece)
    meant = tone[: count * piece].astype(np.float64).reshape(count, piece)
    level = np.sum(heard * meant) / np.sum(meant * meant)
    energies = np.sum(meant * meant, axis=1)
    amiss = np.sum(np.square(heard - level * meant), axis=1)
    counted = energies >= audible * energies.max()
    return float(1.0 - np.max(amiss[counted] / (level * level * energies[counted])))

"""An ear: finds in a recording where tones that were planned have begun, by their shape.

Each tone is searched for near where it should be, as seen from where the one before it was: so a session
that falls behind is followed.
"""

import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

REACH_SECONDS = 0.35
"""How far from its expected moment a tone is searched for: less than half of the way to the next tick."""
ALIKE = 0.6
"""The correlation, of 1, from which a sound is the tone that was looked for."""
LOUD = 0.01
"""The level at which something is heard."""


@dataclass(frozen=True)
class Planned:
    """A tone, and when it is to begin."""

    name: str
    """The stem of its file."""
    seconds: float
    """Of the session."""


@dataclass(frozen=True)
class Found:
    """A tone that was heard."""

    planned: float
    """Seconds of the session."""
    late: float
    """Seconds after its moment, counted from the start of the recording."""


def load(path: Path, rate: int) -> Samples:
    """Read a tone at a rate that is a multiple of its own."""
    with wave.open(str(path)) as file:
        tone = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
        times, rest = divmod(rate, file.getframerate())
    if rest:
        message = f"{rate} is no multiple of the rate of {path}"
        raise ValueError(message)
    # A spectrum that goes on with nothing is the same sound in smaller steps.
    return (np.fft.irfft(np.fft.rfft(tone), times * len(tone)) * times).astype(np.float32)


def first_sound(recording: Samples, rate: int) -> float:
    """Return when anything is heard for the first time, in seconds.

    Raises:
        ValueError: nothing is.
    """
    loud = np.abs(recording) > LOUD
    if not loud.any():
        message = "the recording is silent"
        raise ValueError(message)
    return int(loud.argmax()) / rate


def listen(
    recording: Samples, rate: int, tones: Mapping[str, Samples], planned: Sequence[Planned], begun: float
) -> list[Found]:
    """Return the tones that were found, in their order.

    Args:
        recording: mono, shape (frames,).
        rate: its frames a second, and those of the tones.
        tones: by their names.
        planned: in the order of their moments.
        begun: second of the recording at which the session began, as nearly as it is known.
    """
    found = []
    late = begun
    for tone in planned:
        shape = tones[tone.name]
        first = max(0, round((tone.seconds + late - REACH_SECONDS) * rate))
        last = round((tone.seconds + late + REACH_SECONDS) * rate) + len(shape)
        place, likeness = _most_alike(recording[first:last], shape)
        if likeness >= ALIKE:
            late = (first + place) / rate - tone.seconds
            found.append(Found(tone.seconds, late))
    return found


def _most_alike(stretch: Samples, shape: Samples) -> tuple[int, float]:
    """Return where a shape lies in a stretch of sound, and the correlation there."""
    places = len(stretch) - len(shape) + 1
    if places < 1:
        return 0, 0.0
    size = 1 << (len(stretch) - 1).bit_length()
    spectrum = np.fft.rfft(stretch, size) * np.conj(np.fft.rfft(shape, size))
    product = np.fft.irfft(spectrum, size)[:places]
    place = int(product.argmax())
    beneath = stretch[place : place + len(shape)]
    norm = float(np.linalg.norm(beneath) * np.linalg.norm(shape))
    return place, float(product[place]) / norm if norm else 0.0

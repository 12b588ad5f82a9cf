"""Ears for the tests: an independent reader of files, and tones found in sound by correlation."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

SOUNDS = Path(__file__).parents[1] / "sounds"

Samples = NDArray[np.float32]


def read(path: Path) -> tuple[Samples, int]:
    """Return the samples of a mono file, and its rate."""
    samples, rate = soundfile.read(path, dtype="float32")
    assert samples.ndim == 1
    return samples, rate


def tone(name: str, rate: int) -> Samples:
    """Return a tone as shipped, at a multiple of its rate."""
    samples, own_rate = read(SOUNDS / f"{name}.wav")
    times = rate // own_rate
    assert own_rate * times == rate
    spectrum = np.fft.rfft(samples)
    return (np.fft.irfft(spectrum, len(samples) * times) * times).astype(np.float32)


def onset(samples: Samples, template: Samples, near: int, within: int) -> int:
    """Return where a template begins: the best normalised correlation within so many frames of a place."""
    first = max(0, near - within)
    window = samples[first : near + within + len(template)].astype(np.float64)
    size = 1 << (len(window) + len(template)).bit_length()
    spectrum = np.fft.rfft(window, size) * np.conj(np.fft.rfft(template, size))
    dots = np.fft.irfft(spectrum, size)[: len(window) - len(template) + 1]
    sums = np.concatenate([[0.0], np.cumsum(window**2)])
    norms = np.sqrt(np.maximum(sums[len(template) :] - sums[: -len(template)], 1e-12))
    likeness = dots / norms / np.linalg.norm(template)
    best = int(np.argmax(likeness))
    assert likeness[best] > 0.7, f"no such tone near frame {near}: {likeness[best]:.2f}"
    return first + best


def load_plan(text: str) -> Mapping[str, Any]:
    """Return the plan that a program printed."""
    plan: Mapping[str, Any] = json.loads(text)
    return plan


def tones_of(plan: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Return the planned onset and the name of each tone."""
    return [(event["onset_frame"], event["tone"]) for event in plan["events"] if event["type"] == "tone"]

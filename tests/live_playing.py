"""What tests of live output share: a program that plays, sounds to be played, and an ear for them."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.sound_server import RATE as RECORDED_RATE

RATE = 24_000
"""Frames a second of what is played."""
PLAYER = Path(__file__).with_name("output") / "live_player.py"
CHIRP_SECONDS = 0.08


def device(name: str, *tolerances: int) -> object:
    """Name a device and what is asked of it; skip it where it is not installed."""
    missing = find_spec(name) is None
    skip = pytest.mark.skipif(missing, reason=f"needs {name}: pip install 'voicecoach[{name}]'")
    return pytest.param(name, *tolerances, marks=skip, id=name)


def each_device(
    *parameters: str, miniaudio: tuple[int, ...] = (), simpleaudio: tuple[int, ...] = ()
) -> pytest.MarkDecorator:
    """Run a test with both devices, and with what is asked of each."""
    rows = [device("miniaudio", *miniaudio), device("simpleaudio", *simpleaudio)]
    return pytest.mark.parametrize(("name", *parameters) if parameters else "name", rows)


def start(
    environ: dict[str, str], name: str, samples: np.ndarray, folder: Path, *halt: int
) -> "subprocess.Popen[str]":
    """Start the player."""
    np.save(folder / "samples.npy", samples.astype(np.float32))
    command = [sys.executable, PLAYER, name, folder / "samples.npy", RATE, *halt]
    return subprocess.Popen(
        [str(part) for part in command],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def play(environ: dict[str, str], name: str, samples: np.ndarray, folder: Path, *halt: int) -> dict[str, int]:
    """Run the player, and return what it says; nothing but that may be printed."""
    output, complaints = start(environ, name, samples, folder, *halt).communicate(timeout=60)
    assert "" == complaints
    report: dict[str, int] = json.loads(output)
    return report


def chirp(sample_rate: int) -> np.ndarray:
    """Return a glide from 400 to 1600 Hz: unlike a tone, it looks like itself at one place only."""
    t = np.arange(round(CHIRP_SECONDS * sample_rate)) / sample_rate
    envelope = np.minimum(1, np.minimum(t, CHIRP_SECONDS - t) / 0.005)
    return 0.5 * envelope * np.sin(2 * np.pi * (400 * t + 1200 / CHIRP_SECONDS * t**2 / 2))


def onsets_in(recording: np.ndarray) -> np.ndarray:
    """Return where in a recording the chirps begin, in seconds, by correlation."""
    template = chirp(RECORDED_RATE)
    size = 1 << (len(recording) + len(template)).bit_length()
    spectrum = np.fft.rfft(recording, size) * np.conj(np.fft.rfft(template, size))
    likeness = np.abs(np.fft.irfft(spectrum, size)[: len(recording)])
    least, found = likeness.max() / 2, []
    while likeness.max() > least:
        onset = int(likeness.argmax())
        found.append(onset)
        likeness[max(0, onset - len(template)) : onset + len(template)] = 0
    return np.sort(found) / RECORDED_RATE


def noise(seconds: float) -> np.ndarray:
    """Return noise: what is cut off or repeated of it shows."""
    return np.random.default_rng(5).uniform(-0.3, 0.3, round(seconds * RATE))

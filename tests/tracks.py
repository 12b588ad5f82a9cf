"""Music for the tests: noise, whose level can be measured anywhere, in files of any kind."""

from pathlib import Path

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

Samples = NDArray[np.float32]

ENCODERS = {".m4a": "aac", ".opus": "libopus"}
"""What soundfile does not write."""


def noise(seconds: float, rate: int, channels: int = 1, level_db: float = -26.0, seed: int = 1) -> Samples:
    """Return noise of a level, as a root mean square; on two channels each has its own."""
    frames = round(seconds * rate)
    samples = np.random.default_rng(seed).standard_normal((frames, channels)) * 10 ** (level_db / 20)
    return samples.astype(np.float32)


def write(path: Path, samples: Samples, rate: int) -> Path:
    """Write a file of the kind that its suffix says; samples have the shape (frames, channels)."""
    if path.suffix in ENCODERS:
        return _encoded(path, samples, rate)
    with soundfile.SoundFile(path, "w", rate, samples.shape[1]) as file:
        # More at once is too much for the encoder of Vorbis.
        for start in range(0, len(samples), rate):
            file.write(samples[start : start + rate])
    return path


def _encoded(path: Path, samples: Samples, rate: int) -> Path:
    layout = "mono" if samples.shape[1] == 1 else "stereo"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(ENCODERS[path.suffix], rate=rate, layout=layout)
        for start in range(0, len(samples), rate):
            piece = np.ascontiguousarray(samples[start : start + rate].T)
            frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout=layout)
            frame.sample_rate, frame.pts = rate, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def level(samples: Samples) -> float:
    """Return the level of sound in dBFS, as a root mean square."""
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-20))

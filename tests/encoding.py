"""Encoders for the tests: sound as a file of any kind, through FFmpeg."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

CODECS: Mapping[str, tuple[str, int | None]] = {
    ".wav": ("pcm_s16le", None),
    ".flac": ("flac", None),
    ".mp3": ("libmp3lame", 64_000),
    ".m4a": ("aac", 64_000),
    ".opus": ("libopus", 32_000),
}
"""The encoder for each suffix, and its bits a second."""
QUICK: Mapping[str, Mapping[str, str]] = {
    ".mp3": {"compression_level": "7"},
    ".m4a": {"aac_coder": "fast"},
    ".opus": {"compression_level": "5"},
}
"""What each of them is told: to take less trouble, which is quicker, and no easier to listen to."""


def encode(
    pcm: NDArray[np.int16],
    rate: int,
    path: Path,
    *,
    tags: Mapping[str, str] | None = None,
    chapters: Sequence[tuple[str, float, float]] = (),
) -> Path:
    """Write 16 bit sound, mono or (frames, 2), of the kind that the suffix says.

    Args:
        pcm: the sound.
        rate: its frames a second.
        path: the file.
        tags: what it says of itself.
        chapters: title, start and end in seconds.
    """
    codec, bits = CODECS[path.suffix]
    layout = "mono" if pcm.ndim == 1 else "stereo"
    kind = "opus" if path.suffix == ".opus" else None
    options = {"movflags": "use_metadata_tags"} if path.suffix == ".m4a" else {}
    with av.open(str(path), "w", format=kind, options=options) as container:
        container.metadata.update(tags or {})
        stream: Any = container.add_stream(codec, rate=rate, layout=layout, options=QUICK.get(path.suffix))
        if bits:
            stream.bit_rate = bits
        if chapters:
            container.set_chapters([_chapter(number, *one) for number, one in enumerate(chapters)])
        for start in range(0, len(pcm), rate):
            block = np.ascontiguousarray(pcm[start : start + rate]).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(block, "s16", layout)
            frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _chapter(number: int, title: str, start: float, end: float) -> Any:  # noqa: ANN401 - a typed dict of theirs
    return {
        "id": number,
        "start": round(start * 1000),
        "end": round(end * 1000),
        "time_base": Fraction(1, 1000),
        "metadata": {"title": title},
    }

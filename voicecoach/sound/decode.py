"""Decoding: an audio file of any kind becomes a clip at the rate of the session.

The audio library takes a moment to load, so nothing that only prints may import this module.
"""

import math
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from voicecoach.errors import CoachError
from voicecoach.sound.clip import Clip, Samples

if TYPE_CHECKING:
    from av.container import InputContainer

_FORMAT = "fltp"
"""FFmpeg's name for float32 with each channel on its own."""


def decode(path: Path, sample_rate: int, *, longest: float = math.inf) -> Clip:
    """Read an audio file as mono at a rate: channels are averaged, so that two alike stay as loud.

    Args:
        path: a file of any kind that FFmpeg reads.
        sample_rate: frames a second of the clip.
        longest: seconds after which reading gives up, so that a film in the wrong place fills no memory.

    Raises:
        CoachError: the file is missing, is no sound, holds none, or is too long; one line names the
            file, the reason and the remedy.
    """
    try:
        # Opened here and not by name: FFmpeg takes a colon in a name for the end of a protocol.
        with path.open("rb") as file, av.open(file, "r") as container:
            clip = _clip(container, longest)
    except (av.FFmpegError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"cannot use the sound '{path}': {reason}; put another there, such as a 16 bit WAV"
        raise CoachError(message) from error
    return resample(clip, sample_rate)


def resample(clip: Clip, sample_rate: int) -> Clip:
    """Return the clip at another rate, its onset in place and its length to the nearest frame."""
    if sample_rate == clip.sample_rate or not clip.frames:
        return Clip(clip.samples, sample_rate)
    # With silence after it, even a clip that is shorter than the library's filter comes out, and whole.
    padded = np.pad(clip.samples, (0, clip.sample_rate // 10))[np.newaxis]
    frame = av.AudioFrame.from_ndarray(padded, _FORMAT, "mono")
    frame.sample_rate = clip.sample_rate
    resampler = av.AudioResampler(_FORMAT, "mono", sample_rate)
    parts = [part.to_ndarray()[0] for given in (frame, None) for part in resampler.resample(given)]
    return Clip(np.concatenate(parts)[: round(clip.frames * sample_rate / clip.sample_rate)], sample_rate)


def _clip(container: "InputContainer", longest: float) -> Clip:
    """Return the first audio stream at its own rate."""
    if not container.streams.audio:
        message = "it holds no sound"
        raise ValueError(message)
    sample_rate = container.streams.audio[0].codec_context.sample_rate
    blocks, frames = [], 0
    for block in _blocks(container):
        blocks.append(block)
        frames += len(block)
        if frames > longest * sample_rate:
            message = f"it is longer than {longest:g} seconds"
            raise ValueError(message)
    if not frames:
        message = "it is empty"
        raise ValueError(message)
    samples = np.concatenate(blocks)
    if not np.isfinite(samples).all():
        message = "it holds values that are no numbers"
        raise ValueError(message)
    return Clip(samples, sample_rate)


def _blocks(container: "InputContainer") -> Iterator[Samples]:
    """Decode, with the channels averaged in float: FFmpeg's own sum of two channels can exceed full scale."""
    converter = av.AudioResampler(_FORMAT)
    for frame in chain(container.decode(audio=0), (None,)):
        for part in converter.resample(frame):
            yield part.to_ndarray().mean(axis=0)

"""Decoding: an audio file of any kind becomes a clip at the rate of the session, or a stream of blocks.

The audio library takes a moment to load, so nothing that only prints may import this module.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from voicecoach.errors import CoachError
from voicecoach.sound.clip import Clip, Samples

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext
    from av.container import InputContainer

_FORMAT = "fltp"
"""FFmpeg's name for float32 with each channel on its own."""
_FAULTS = (av.FFmpegError, OSError, ValueError)
"""What goes wrong where a file is none, or no sound."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a chapter of a file starts."""

    title: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Stream:
    """The sound of a file that is open, to be read once."""

    sample_rate: int
    channels: int
    codec: str
    """FFmpeg's name of it: ``flac``, ``mp3float``."""
    is_exact: bool
    """Whether these are the very frames that its codec was given."""
    expected: int
    """How many frames there are by what the file says of itself; 0 where it says nothing."""
    marks: tuple[Mark, ...]
    tags: Mapping[str, str]
    """What the file says of itself, by names in lower case."""
    blocks: Iterator[Samples]
    """Of about a second: shape (frames,) on one channel, (frames, channels) on more.

    Raises CoachError where the file cannot be read on.
    """


@contextmanager
def open_stream(path: Path, sample_rate: int | None = None) -> Iterator[Stream]:
    """Open an audio file, to be read block by block: the memory stays flat.

    Args:
        path: a file of any kind that FFmpeg reads.
        sample_rate: frames a second of the blocks; None: its own.

    Raises:
        CoachError: the file is missing or is no sound; one line names the file and the reason.
    """
    with ExitStack() as stack:
        with _told_of(path):
            container = _open(path, stack)
            source = _source(container)
            rate, codec = sample_rate or source.sample_rate, source.codec
            stream = Stream(
                sample_rate=rate,
                channels=source.channels,
                codec=codec.name,
                is_exact=codec.lossless and not codec.lossy and rate == source.sample_rate,
                expected=round((container.duration or 0) / av.time_base * rate),
                marks=_marks(container),
                tags=_tags(container),
                blocks=_blocks(path, container, rate),
            )
        yield stream


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
        with ExitStack() as stack:
            clip = _clip(_open(path, stack), longest)
    except _FAULTS as error:
        message = f"cannot use the sound '{path}': {_reason(error)}; put another there, such as a 16 bit WAV"
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


def to_mono(block: Samples) -> Samples:
    """Return a block with its channels averaged: in float, as FFmpeg's own sum can exceed full scale."""
    return block if block.ndim == 1 else block.mean(axis=1)


def _open(path: Path, stack: ExitStack) -> "InputContainer":
    # Opened here and not by name: FFmpeg takes a colon in a name for the end of a protocol.
    return stack.enter_context(av.open(stack.enter_context(path.open("rb")), "r"))


def _source(container: "InputContainer") -> "AudioCodecContext":
    """Return what decodes the first audio stream."""
    if not container.streams.audio:
        message = "it holds no sound"
        raise ValueError(message)
    return container.streams.audio[0].codec_context


def _marks(container: "InputContainer") -> tuple[Mark, ...]:
    """Return the chapters in the order of their starts: an ID3 tag may have them in any."""
    marks = (
        Mark(chapter["metadata"].get("title", ""), float(chapter["start"] * (chapter["time_base"] or 0)))
        for chapter in container.chapters()
    )
    return tuple(sorted(marks, key=lambda mark: mark.seconds))


def _tags(container: "InputContainer") -> dict[str, str]:
    """Return the tags of a file: some kinds keep them with the container, some with the stream."""
    both = {**container.metadata, **container.streams.audio[0].metadata}
    return {name.casefold(): text for name, text in both.items()}


def _clip(container: "InputContainer", longest: float) -> Clip:
    """Return the first audio stream at its own rate."""
    sample_rate = _source(container).sample_rate
    blocks, frames = [], 0
    for block in map(to_mono, _decoded(container)):
        blocks.append(block)
        frames += len(block)
        if frames > longest * sample_rate:
            message = f"it is longer than {longest:g} seconds"
            raise ValueError(message)
    if not frames:
        message = "it is empty"
        raise ValueError(message)
    samples = np.concatenate(blocks)
    _check(samples)
    return Clip(samples, sample_rate)


def _check(samples: Samples) -> None:
    if not np.isfinite(samples).all():
        message = "it holds values that are no numbers"
        raise ValueError(message)


def _blocks(path: Path, container: "InputContainer", sample_rate: int) -> Iterator[Samples]:
    with _told_of(path):
        for block in _decoded(container, sample_rate):
            _check(block)
            yield block


def _decoded(container: "InputContainer", sample_rate: int | None = None) -> Iterator[Samples]:
    """Decode into blocks of a second at a rate; where it is None, into what the codec gives."""
    converter = av.AudioResampler(_FORMAT, rate=sample_rate, frame_size=sample_rate)
    for frame in chain(container.decode(audio=0), (None,)):
        for part in converter.resample(frame):
            channels = part.to_ndarray().astype(np.float32, copy=False)
            yield channels[0] if len(channels) == 1 else channels.T


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Turn a fault of reading into one line."""
    try:
        yield
    except _FAULTS as error:
        message = f"cannot read {path}: {_reason(error)}; is it an audio file, and all of it?"
        raise CoachError(message) from error


def _reason(error: Exception) -> object:
    return getattr(error, "strerror", None) or error

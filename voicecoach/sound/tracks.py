"""Tracks: files of music, found, checked, measured, and decoded piece by piece however long they are.

The audio library takes a moment to load, so nothing that only prints may import this module.
"""

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from voicecoach import units
from voicecoach.errors import CoachError
from voicecoach.sound.clip import Samples
from voicecoach.sound.loudness import Meter

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

SUFFIXES = frozenset(
    f".{kind}"
    for kind in "aac aif aiff flac m4a m4b mka mp2 mp3 mp4 oga ogg opus wav weba webm wma wv".split()  # noqa: SIM905 - a line
)
"""What a folder's files of music end in; other files in it, such as covers and lists, are passed over."""
MEASURED_SECONDS = 180.0
"""Of a track; by then its loudness is known well enough, and an hour takes no longer than a song."""


def no_matter(*told: str) -> None:
    """Hear of something, and leave it at that."""
    del told


@dataclass(frozen=True, slots=True)
class Track:
    """One file of music that can be played."""

    path: Path
    channels: int

    def pieces(
        self, sample_rate: int, channels: int, tell: Callable[[str], object] = no_matter
    ) -> Iterator[Samples]:
        """Decode the track, a piece at a time; on one channel the sides are mixed, on two they are kept.

        Args:
            sample_rate: frames a second of what is yielded.
            channels: 1 or 2.
            tell: hears of each damaged part, which is left out.

        Yields:
            Float32, shape (frames,) on one channel, (frames, 2) on two; never empty.

        Raises:
            CoachError: it cannot be read, or not to its end.
        """
        with _opened(self.path) as (container, stream):
            shape = (-1,) if channels == 1 else (-1, channels)
            resampler = av.AudioResampler("flt", "mono" if channels == 1 else "stereo", sample_rate)
            damaged = partial(tell, f"parts of the music '{self.path}' are damaged and left out")
            for frame in chain(_frames(container, stream, damaged), (None,)):
                for part in resampler.resample(frame):
                    piece = part.to_ndarray().astype(np.float32, copy=False).reshape(shape)
                    if not np.isfinite(piece).all():
                        message = "it holds values that are no numbers"
                        raise ValueError(message)
                    if len(piece):
                        yield piece

    def loudness(self, sample_rate: int, channels: int) -> float:
        """Return how loud the beginning of the track is, in LUFS.

        Raises:
            CoachError: it cannot be read, or there is nothing to be heard in it.
        """
        meter, left = Meter(sample_rate, channels), units.frames(MEASURED_SECONDS, sample_rate)
        for piece in self.pieces(sample_rate, channels):
            meter.add(piece[:left])
            left -= len(piece)
            if left <= 0:
                break
        lufs = meter.loudness().integrated_lufs
        if lufs == -math.inf:
            raise _unusable(self.path, "it is silent, or shorter than 0.4 s")
        return lufs


def find_tracks(source: str) -> tuple[Track, ...]:
    """Return the tracks of a file, or of a folder in natural order: 2 comes before 10.

    Raises:
        CoachError: there is none, or one of them is no music.
    """
    path = Path(source)
    if source.startswith("~"):
        path = Path.home() / source[1:].lstrip("/\\")
    if not path.is_dir():
        return (_checked(path),)
    try:
        shown = [file for file in path.iterdir() if not (file.name.startswith(".") or file.is_dir())]
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from error
    files = [file for file in shown if file.suffix.lower() in SUFFIXES]
    if not files:
        raise _unusable(path, "there are no audio files in the folder itself")
    return tuple(_checked(file) for file in sorted(files, key=_naturally))


def _naturally(path: Path) -> tuple[list[str | int], str]:
    # Text and numbers take turns, so that like is compared with like.
    parts = re.split(r"(\d+)", path.name.casefold())
    return [int(part) if index % 2 else part for index, part in enumerate(parts)], path.name


def _checked(path: Path) -> Track:
    """Return a file as a track, once its first sound could be decoded."""
    with _opened(path) as (container, stream):
        for frame in _frames(container, stream, no_matter):
            return Track(path, len(frame.layout.channels))
        message = "it is empty"
        raise ValueError(message)


def _frames(
    container: "InputContainer", stream: "AudioStream", damaged: Callable[[], object]
) -> "Iterator[AudioFrame]":
    """Decode a stream; one bad packet does not end it."""
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.FFmpegError:
            damaged()


@contextmanager
def _opened(path: Path) -> "Iterator[tuple[InputContainer, AudioStream]]":
    """Open a file, and its first audio stream; whatever goes wrong with them is told in one line."""
    try:
        # Opened here and not by name: FFmpeg takes a colon in a name for the end of a protocol. Tags in an
        # old encoding are no reason not to play.
        with path.open("rb") as file, av.open(file, "r", metadata_errors="replace") as container:
            yield container, _sound_of(container)
    except (av.FFmpegError, OSError, ValueError) as error:
        raise _unusable(path, getattr(error, "strerror", None) or str(error)) from error


def _sound_of(container: "InputContainer") -> "AudioStream":
    if not container.streams.audio:
        message = "it holds no sound"
        raise ValueError(message)
    return container.streams.audio[0]


def _unusable(path: Path, reason: str) -> CoachError:
    remedy = "give an audio file, such as an mp3, or a folder of them"
    return CoachError(f"cannot use the music '{path}': {reason}; {remedy}")

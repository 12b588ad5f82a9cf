"""Encoders: from samples to packets. FFmpeg's through PyAV, and LAME by itself for MP3.

FFmpeg's own way to LAME takes four times as long for the same bits (measured with PyAV 18.1 and lameenc
1.9), so LAME is called directly, and PyAV only takes its packets apart and puts them into the file.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Protocol

import av
import lameenc
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from numpy.typing import NDArray

from voicecoach.output.audio.kinds import Kind
from voicecoach.output.pcm import to_pcm16
from voicecoach.sound.clip import Samples

if TYPE_CHECKING:
    Packet = av.Packet[Any]
else:
    Packet = av.Packet

LAYOUTS = {1: "mono", 2: "stereo"}
LAME_QUALITY = 5
"""LAME's own middle, from 0, best, to 9, fastest; no difference was found in speech down to there."""


_LOUDER = np.float32(1 / 0.95)
"""LAME turns all sound down to 0.95 (measured with lameenc 1.9, at each of our bit and sample rates)."""


class Encoder(Protocol):
    """Encode one stretch of sound, from its first sample to its last."""

    def packets(self, samples: Samples) -> Sequence[Packet]:
        """Take the next samples, and return the packets that are complete."""

    def rest(self) -> Sequence[Packet]:
        """End the sound, and return the packets that are left."""


class FFmpeg:
    """Encode with FFmpeg."""

    def __init__(self, kind: Kind, sample_rate: int, channels: int, bit_rate: int | None) -> None:
        """Open the encoder."""
        self._rate, self._layout, self._frames = sample_rate, LAYOUTS[channels], 0
        self._context = context_of(kind.codec, "w")
        configure(self._context, kind, sample_rate, channels, bit_rate)
        self._format, self._laid = sample_format(kind)

    def packets(self, samples: Samples) -> Sequence[Packet]:
        """Take the next samples, and return the packets that are complete."""
        if not len(samples):
            return ()
        frame = av.AudioFrame.from_ndarray(self._laid(samples), self._format, self._layout)
        # The first frame must say that it is the first: m4a is a packet late without.
        frame.sample_rate, frame.pts, frame.time_base = self._rate, self._frames, Fraction(1, self._rate)
        self._frames += len(samples)
        return self._context.encode(frame)

    def rest(self) -> Sequence[Packet]:
        """End the sound, and return the packets that are left."""
        return self._context.encode(None)


class Plain:
    """Do not encode at all: 16 bit PCM is what a WAV file holds."""

    def __init__(self, _kind: Kind, _sample_rate: int, _channels: int, _bit_rate: int | None) -> None:
        """Begin at frame 0."""
        self._frames = 0

    def packets(self, samples: Samples) -> Sequence[Packet]:
        """Take the next samples, and return them as a packet."""
        if not len(samples):
            return ()
        packet: Packet = av.Packet(to_pcm16(samples))
        packet.pts = packet.dts = self._frames
        packet.duration = len(samples)
        self._frames += len(samples)
        return (packet,)

    def rest(self) -> Sequence[Packet]:
        """Return nothing: nothing is left."""
        return ()


class Lame:
    """Encode with LAME, at a constant bit rate, each stream with an empty reservoir at its start."""

    def __init__(self, _kind: Kind, sample_rate: int, channels: int, bit_rate: int | None) -> None:
        """Open the encoder."""
        self._encoder = lameenc.Encoder()
        self._encoder.set_channels(channels)
        self._encoder.set_in_sample_rate(sample_rate)
        self._encoder.set_out_sample_rate(sample_rate)
        self._encoder.set_bit_rate((bit_rate or 0) // 1000)
        self._encoder.set_quality(LAME_QUALITY)
        self._encoder.silence()
        self._parser = context_of("mp3", "r")

    def packets(self, samples: Samples) -> Sequence[Packet]:
        """Take the next samples, and return the packets that are complete."""
        if not len(samples):
            return ()
        return self._parser.parse(bytes(self._encoder.encode(to_pcm16(samples * _LOUDER))))

    def rest(self) -> Sequence[Packet]:
        """End the sound, and return the packets that are left."""
        last = bytes(self._encoder.flush())
        return [*(self._parser.parse(last) if last else ()), *self._parser.parse(None)]


def open_encoder(kind: Kind, sample_rate: int, channels: int, bit_rate: int | None) -> Encoder:
    """Open the encoder of a kind of file."""
    return _ENCODERS.get(kind.codec, FFmpeg)(kind, sample_rate, channels, bit_rate)


_ENCODERS: Mapping[str, Callable[[Kind, int, int, int | None], Encoder]] = MappingProxyType(
    {"libmp3lame": Lame, "pcm_s16le": Plain}
)
"""What does not take FFmpeg's own encoder, by the codec."""


def context_of(codec: str, mode: Literal["r", "w"]) -> AudioCodecContext:
    """Return an encoder, "w", or a decoder, "r", of FFmpeg's."""
    context = av.CodecContext.create(codec, mode)
    assert isinstance(context, AudioCodecContext)  # noqa: S101 - a fault of the table of kinds
    return context


def configure(
    context: AudioCodecContext, kind: Kind, sample_rate: int, channels: int, bit_rate: int | None
) -> None:
    """Tell an encoder of FFmpeg's what it is going to get."""
    context.sample_rate, context.layout, context.format = (
        sample_rate,
        LAYOUTS[channels],
        sample_format(kind)[0],
    )
    context.time_base = Fraction(1, sample_rate)
    context.options = dict(kind.codec_options)
    if bit_rate:
        context.bit_rate = bit_rate


def _flat(samples: Samples) -> Samples:
    return np.ascontiguousarray(samples).reshape(1, -1)


def _planes(samples: Samples) -> Samples:
    return np.ascontiguousarray(samples.reshape(len(samples), -1).T)


def _integers(samples: Samples) -> NDArray[Any]:
    return np.frombuffer(to_pcm16(samples), "<i2")[np.newaxis]


_FORMATS: dict[str, tuple[str, Callable[[Samples], NDArray[Any]]]] = {
    "aac": ("fltp", _planes),
    "libopus": ("flt", _flat),
    "libmp3lame": ("s16p", _integers),
}


def sample_format(kind: Kind) -> tuple[str, Callable[[Samples], NDArray[Any]]]:
    """Return FFmpeg's name for the samples that an encoder takes, and what brings ours into that shape."""
    return _FORMATS.get(kind.codec, ("s16", _integers))

"""Measuring: how loud finished files are, heard through the decoder of whoever plays them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from voicecoach.sound.clip import Samples
from voicecoach.sound.loudness import Loudness, Meter
from voicecoach.sound.render import zeros

if TYPE_CHECKING:
    AudioPacket = av.Packet[av.AudioStream]
else:
    AudioPacket = av.Packet

_SETTLED = 8
"""Packets after which a decoder that is given the same packet of silence again and again gives silence."""


def loudness_of(paths: Sequence[Path], progress: Callable[[int, int], object] | None = None) -> Loudness:
    """Decode files, and return how loud they are one after another.

    Args:
        paths: files of one kind, sample rate and number of channels.
        progress: hears of files and seconds measured, in parts of a thousand, of all of them.
    """
    with av.open(str(paths[0].resolve())) as container:
        context = container.streams.audio[0].codec_context
        meter = Meter(context.sample_rate, context.channels)
    for number, path in enumerate(paths):
        for block, share in _decoded(path):
            meter.add(block)
            if progress:
                progress(round(1000 * (number + share)), 1000 * len(paths))
    return meter.loudness()


def _decoded(path: Path) -> Iterator[tuple[Samples, float]]:
    """Yield a file as blocks, each with how much of the file is done.

    Of a long silence, whose packets are all the same, only the first ones are decoded.
    """
    with path.open("rb") as file, av.open(file, "r") as container:
        stream = container.streams.audio[0]
        context = stream.codec_context
        rate, channels = context.sample_rate, context.channels
        # Most decoders speak that already.
        converter = av.AudioResampler("fltp", context.layout.name)
        whole, done = (container.duration or 0) / av.time_base * rate, 0
        for block in _blocks(container.demux(stream), converter, rate, channels):
            done += len(block)
            yield block, min(1.0, done / whole if whole else 0)


def _blocks(
    packets: Iterable[AudioPacket], converter: av.AudioResampler, rate: int, channels: int
) -> Iterator[Samples]:
    """Yield packets as blocks of about a second, and a silence that is not decoded as one block."""
    gathered: list[Samples] = []
    alike, skipped, before = 0, 0, b""
    for packet in packets:
        content = bytes(packet) if packet.size else b""
        alike, before = (alike + 1 if content and content == before else 0), content
        if alike > _SETTLED:
            skipped += packet.duration or 0
            continue
        if skipped:
            yield from _joined(gathered)
            yield zeros(round(skipped * (packet.time_base or 0) * rate), channels)
            gathered, skipped = [], 0
        parts = [part for frame in packet.decode() for part in converter.resample(frame)]
        arrays = [part.to_ndarray().astype(np.float32, copy=False) for part in parts]
        if any(array.any() for array in arrays):
            alike = 0
        gathered += [array[0] if channels == 1 else array.T for array in arrays]
        if sum(map(len, gathered)) >= rate:
            yield from _joined(gathered)
            gathered = []
    yield from _joined(gathered)


def _joined(gathered: Sequence[Samples]) -> Iterator[Samples]:
    if gathered:
        yield np.concatenate(gathered)

"""Measuring: how loud finished files are, heard through the decoder of whoever plays them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import av
import numpy as np

from voicecoach.sound.clip import Samples
from voicecoach.sound.loudness import Loudness, Meter

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
        context, base = stream.codec_context, stream.time_base or 0
        rate, channels = context.sample_rate, context.channels
        converter = av.AudioResampler("flt", context.layout.name)
        whole, done, alike, before = (container.duration or 0) / av.time_base * rate, 0, 0, b""
        for packet in container.demux(stream):
            content = bytes(packet) if packet.size else b""
            alike, before = (alike + 1 if content and content == before else 0), content
            if alike > _SETTLED:
                blocks = [np.zeros((round((packet.duration or 0) * base * rate), channels), np.float32)]
            else:
                parts = [part for frame in packet.decode() for part in converter.resample(frame)]
                blocks = [part.to_ndarray().reshape(-1, channels).astype(np.float32) for part in parts]
                if any(block.any() for block in blocks):
                    alike = 0
            for block in blocks:
                done += len(block)
                yield (block if channels > 1 else block[:, 0]), min(1.0, done / whole if whole else 0)

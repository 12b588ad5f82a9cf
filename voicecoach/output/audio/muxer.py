"""The muxer: packets in, one after another; a container out that plays from the first frame to the last."""

import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from av.audio.stream import AudioStream

from voicecoach.output.audio.encoders import LAYOUTS, Packet, configure, context_of
from voicecoach.output.audio.kinds import Kind
from voicecoach.output.audio.mp4_chapters import set_language
from voicecoach.output.audio.recipe import Recipe
from voicecoach.output.tags.languages import iso_639_2
from voicecoach.plan.document import ChapterEntry

if TYPE_CHECKING:
    from av.container.core import Chapter


class Muxer:
    """Put packets into a container."""

    def __init__(self, path: Path, recipe: Recipe) -> None:
        """Begin the file, which FFmpeg itself writes.

        A file of Python's would have FFmpeg call back, and an exception that a signal raises in there ends
        the program at once, with nothing tidied.

        Raises:
            OSError: it cannot be written.
        """
        kind, rate = recipe.kind, recipe.sample_rate
        self._time_base, self._grid = Fraction(1, rate), recipe.grid
        # Without what differs from run to run, or from one version of FFmpeg to the next; and without
        # writing each packet for itself.
        options = {**kind.container_options, "fflags": "+bitexact", "flush_packets": "0"}
        # From the root: FFmpeg takes a colon in the first part of a name for the end of a protocol.
        self._container = av.open(str(path.absolute()), "w", format=kind.container, options=options)
        stream = self._container.add_stream(kind.codec, rate=rate, layout=LAYOUTS[recipe.channels])
        assert isinstance(stream, AudioStream)  # noqa: S101 - a fault of the table of kinds
        configure(stream.codec_context, kind, rate, recipe.channels, recipe.bit_rate)
        self._path, self._language = path, ""
        if kind.keeps_language and recipe.language:
            self._language = stream.metadata["language"] = iso_639_2(recipe.language)
        self._stream = stream
        if recipe.chapters:
            self._container.set_chapters(_marks(recipe.chapters, self._time_base))
        self._container.start_encoding()
        self._count = 0
        self._trim = _Trim(kind, rate) if kind.container == "mp3" else None

    def put(self, packet: Packet, duration: int | None = None) -> None:
        """Append a packet; it may be the same as before.

        Args:
            packet: from an encoder.
            duration: the frames of it that are to be heard, where that is not all of them.
        """
        if grid := self._grid:
            if self._trim and (self._count == 0 or duration is not None):
                start = grid.delay if self._count == 0 else 0
                packet = self._trim.trimmed(packet, start, 0 if duration is None else grid.frames - duration)
            packet.pts = packet.dts = self._count * grid.frames - grid.delay
            packet.duration = grid.frames if duration is None else duration
            # What stands for all silence has that of the container since it was put in first.
            packet.time_base = self._time_base
        packet.stream = self._stream
        self._container.mux_one(packet)
        self._count += 1

    def end(self, packets: Iterable[Packet], silent: Packet | None, frames: int) -> None:
        """Append the last packets of a session of so many frames, and complete the file.

        Args:
            packets: those that the encoders still had; what is beyond the session is left out.
            silent: fills up what they leave; None for a lossless kind.
            frames: of the whole session.
        """
        if self._grid is None or silent is None:
            for packet in packets:
                self.put(packet)
        else:
            sound = frames + self._grid.delay
            last = max(self._count, -(-sound // self._grid.frames) - 1)
            for packet in chain(packets, repeat(silent)):
                if self._count == last:
                    self.put(packet, sound - last * self._grid.frames)
                    break
                self.put(packet)
        self._container.close()
        if self._language:
            set_language(self._path, self._language)

    def close(self) -> None:
        """Let go of the container."""
        self._container.close()


class _Trim:
    """Tell the container of an MP3 file what to leave out at its ends: its Info header says it to players.

    PyAV makes no such side data; a packet of FFmpeg's own encoder has it.
    """

    _LAYOUT = struct.Struct("<IIBB")
    """Frames to be left out at the start and at the end, and two reasons."""

    def __init__(self, kind: Kind, sample_rate: int) -> None:
        context = context_of(kind.codec, "w")
        configure(context, kind, sample_rate, 1, None)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1), np.int16), "s16p", "mono")
        frame.sample_rate, frame.pts = sample_rate, 0
        first, *_ = [*context.encode(frame), *context.encode(None)]
        self._side_data = first.get_sidedata("skip_samples")

    def trimmed(self, packet: Packet, start: int, end: int) -> Packet:
        """Return a copy of a packet that says so."""
        own: Packet = av.Packet(bytes(packet))
        self._side_data.update(self._LAYOUT.pack(start, end, 0, 0))
        own.set_sidedata(self._side_data)
        return own


def _marks(chapters: Sequence[ChapterEntry], time_base: Fraction) -> "list[Chapter]":
    """Return chapters as PyAV takes them."""
    return [
        {
            "id": number,
            "start": chapter.start_frame,
            "end": chapter.start_frame + chapter.frames,
            "time_base": time_base,
            "metadata": {"title": chapter.title},
        }
        for number, chapter in enumerate(chapters)
    ]

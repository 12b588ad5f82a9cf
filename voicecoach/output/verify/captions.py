"""Captions beside a file: read by FFmpeg, and compared with what is said."""

import html
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import av

from voicecoach.errors import CoachError
from voicecoach.output.verify.heard import Caption
from voicecoach.output.verify.report import Breach
from voicecoach.plan.document import Document

KINDS: Mapping[str, str] = MappingProxyType({".vtt": "webvtt", ".srt": "srt", ".lrc": "lrc"})
"""The suffixes of captions, and what FFmpeg calls their formats."""
WITHIN = 0.01
"""Seconds by which a caption may be off: LRC counts hundredths."""


def beside(path: Path) -> list[Path]:
    """Return the captions that lie beside a file."""
    return [there for suffix in KINDS if (there := path.with_suffix(suffix)).is_file()]


def read(path: Path) -> list[Caption]:
    """Return the captions of a file.

    Raises:
        CoachError: it holds none.
    """
    try:
        with path.open("rb") as file, av.open(file, "r", format=KINDS[path.suffix]) as container:
            return [
                Caption(float(packet.pts * packet.time_base), bytes(packet).decode())
                for packet in container.demux()
                if packet.size and packet.pts is not None and packet.time_base
            ]
    except (av.FFmpegError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"cannot read the captions {path}: {reason}; export them once more"
        raise CoachError(message) from error


def compare(document: Document, captions: Sequence[Caption], name: str) -> Iterator[Breach]:
    """Yield the first phrase that has no caption, and the first caption that nobody says."""
    phrases = [event for event in document.events if event.type == "speech"]
    if len(captions) != len(phrases):
        yield Breach("captions", f"{name} has {len(captions)} captions for {len(phrases)} phrases")
    for phrase, caption in zip(phrases, captions, strict=False):
        at = phrase.onset_frame / document.sample_rate
        if _bare(caption.text) != _bare(phrase.sound):
            yield Breach("captions", f"{name} has other words than what is said", at)
            return
        if abs(caption.seconds - at) > WITHIN:
            yield Breach("captions", f"{name} has the words at {caption.seconds:.3f} s", at)
            return


def _bare(text: str) -> str:
    """Return the letters and digits of a text: formats differ in the rest, and in how they escape it."""
    return "".join(filter(str.isalnum, html.unescape(text)))

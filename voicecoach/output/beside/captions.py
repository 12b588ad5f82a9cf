"""Captions: every spoken word of a session at its true time, as files that players show beside the sound.

One caption for each phrase, however long: when its sentences begin is not known, so none is cut out of it.
"""

import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voicecoach.output.marks import milliseconds, stamp
from voicecoach.plan.document import Document

LINE = 42
"""Characters of a line, as far as its words allow: the usual figure of guidelines for subtitles."""
_ARROW = "\N{RIGHTWARDS ARROW}"
"""In place of ``-->``, which ends a caption where it cannot be escaped."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A phrase, and when it is heard."""

    start_ms: int
    end_ms: int
    text: str


def captions(document: Document) -> Iterator[Caption]:
    """Yield a caption for each phrase, in order; none begins before the one before it has ended."""
    rate = document.sample_rate
    for event in document.events:
        if event.type == "speech":
            start, end = event.onset_frame, event.onset_frame + event.frames
            text = " ".join(event.sound.split())
            yield Caption(milliseconds(start, rate), milliseconds(end, rate), text)


def to_vtt(document: Document) -> str:
    """Write WebVTT (W3C): escaped as it demands, with the language in its header."""
    head = f"WEBVTT\nLanguage: {_meta(document, 'language')}\n\nNOTE {_escaped(_meta(document, 'title'))}\n"
    return head + "".join(
        f"\n{stamp(one.start_ms)} --> {stamp(one.end_ms)}\n{_escaped(_lines(one.text))}\n"
        for one in captions(document)
    )


def to_srt(document: Document) -> str:
    """Write SubRip, which has no escapes: what stands in angle brackets, a player may take for its own."""
    return "\n".join(
        f"{number}\n{stamp(one.start_ms, ',')} --> {stamp(one.end_ms, ',')}\n"
        f"{_lines(one.text.replace('-->', _ARROW))}\n"
        for number, one in enumerate(captions(document), 1)
    )


def to_lrc(document: Document) -> str:
    """Write LRC, as for lyrics: each phrase on one line, with its onset; it stays until the next one."""
    length = _lrc_stamp(milliseconds(document.frames, document.sample_rate)).partition(".")[0]
    tags = {"ti": _meta(document, "title"), "la": _meta(document, "language"), "length": length}
    heads = (f"[{tag}:{text.replace(']', ')')}]\n" for tag, text in tags.items() if text)
    lines = (f"[{_lrc_stamp(one.start_ms)}]{_lrc_text(one.text)}\n" for one in captions(document))
    return "".join((*heads, *lines))


WRITERS: Mapping[str, Callable[[Document], str]] = MappingProxyType(
    {"vtt": to_vtt, "srt": to_srt, "lrc": to_lrc}
)
"""What writes captions, by the suffix of their file. All are UTF-8."""


def _meta(document: Document, key: str) -> str:
    """Return what a plan says of itself, on one line."""
    return " ".join(str(document.meta.get(key) or "").split())


def _lines(text: str) -> str:
    return textwrap.fill(text, LINE, break_long_words=False, break_on_hyphens=False)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lrc_stamp(moment_ms: int) -> str:
    """Write ``mm:ss.xx``; there are no hours, so that minutes may exceed 59."""
    minutes, rest = divmod((moment_ms + 5) // 10, 6000)
    return f"{minutes:02}:{rest // 100:02}.{rest % 100:02}"


def _lrc_text(text: str) -> str:
    """Keep a text that begins with a bracket from being read as another time."""
    return f" {text}" if text.startswith("[") else text

"""Listening: a file is read once, from its start to its end, and all that the rules need is found in it."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from voicecoach import units
from voicecoach.output.verify.heard import Heard, HeardGap, HeardSpeech, HeardTone
from voicecoach.output.verify.limits import Limits, limits
from voicecoach.output.verify.match import LIKE, find, least_like
from voicecoach.output.verify.phrases import listen_to, peak_db
from voicecoach.output.verify.spans import Span, cut
from voicecoach.plan.document import Document, EventEntry
from voicecoach.sound.clip import Samples
from voicecoach.sound.decode import Stream, open_stream, to_mono
from voicecoach.sound.loudness import Loudness, Meter

Progress = Callable[[int, int], object]
"""Hear of frames read, of all of them."""
Finding = HeardTone | HeardSpeech | HeardGap
Tones = Mapping[str, Samples]
"""Every tone as it should be, by its name."""

REACH = 0.5
"""Seconds around its planned onset in which a tone is looked for."""
_PIECE = 0.0025
"""Seconds of a tone that are compared at once: a seam of 5 ms spoils one at least."""
_AUDIBLE = 0.01
"""The energy, beside its loudest piece, of a piece of a tone that is compared."""
_GAP_PIECE = 10.0
"""Seconds of a silence that are looked at at once."""
_SILENT = 1e-5
"""What is fainter than this adds nothing to a loudness: it is 30 dB below the gate."""


@dataclass(frozen=True, slots=True)
class Look:
    """A stretch of the file, and what is to be found in it."""

    span: Span
    inspect: Callable[[Samples], Finding]


class Reading:
    """Read a stream on one channel, and measure its loudness and its length on the way."""

    def __init__(self, stream: Stream, progress: Progress | None) -> None:
        """Begin before the first frame."""
        self.frames = 0
        """How many have been read."""
        self._stream, self._progress = stream, progress
        # On more channels than two, the loudness of what they are on one.
        channels = stream.channels if stream.channels == len(("left", "right")) else 1
        self._meter, self._dimensions = Meter(stream.sample_rate, channels), channels
        self._was_silent = False

    def blocks(self) -> Iterator[Samples]:
        """Yield the blocks of the stream."""
        for block in self._stream.blocks:
            self.frames += len(block)
            mono = to_mono(block)
            self._measure(block if block.ndim == self._dimensions else mono)
            if self._progress:
                self._progress(self.frames, max(self._stream.expected, self.frames))
            yield mono

    def loudness(self) -> Loudness:
        """End the measuring, and return what was found."""
        return self._meter.loudness()

    def _measure(self, block: Samples) -> None:
        # From its second block on, a silence is below the gate, and ends where the meter's grain does.
        is_silent = float(np.abs(block).max(initial=0.0)) < _SILENT
        if not (is_silent and self._was_silent):
            self._meter.add(block)
        self._was_silent = is_silent


def listen(path: Path, document: Document, tones: Tones, progress: Progress | None = None) -> Heard:
    """Read a file beside its plan.

    Raises:
        CoachError: it cannot be read, or not to its end.
    """
    rate = document.sample_rate
    with open_stream(path, rate) as stream:
        beneath = bool(document.meta.get("beneath"))
        allowed = limits(stream.codec, is_exact=stream.is_exact, lies_beneath=beneath)
        reading = Reading(stream, progress)
        looks = looks_at(document, tones, allowed)
        pieces = cut(reading.blocks(), [look.span for look in looks])
        found = [look.inspect(samples) for look, samples in zip(looks, pieces, strict=True)]
        return Heard(
            sample_rate=rate,
            channels=stream.channels,
            codec=stream.codec,
            is_exact=stream.is_exact,
            frames=reading.frames,
            tones=tuple(one for one in found if isinstance(one, HeardTone)),
            speech=tuple(one for one in found if isinstance(one, HeardSpeech)),
            gaps=tuple(one for one in found if isinstance(one, HeardGap)),
            marks=stream.marks,
            loudness=reading.loudness(),
        )


def looks_at(document: Document, tones: Tones, allowed: Limits) -> list[Look]:
    """Return what is to be looked for, in the order of the file."""
    rate = document.sample_rate
    guard = units.frames(allowed.guard, rate)
    silences = gaps(document, guard) if math.isfinite(allowed.silence_db) else ()
    speech = (event for event in document.events if event.type == "speech")
    looks = [
        *_tone_looks(document, tones),
        *(Look(_span(event), partial(listen_to, event, sample_rate=rate)) for event in speech),
        *(Look(span, partial(_gap, span)) for span in silences),
    ]
    return sorted(looks, key=lambda look: look.span)


def gaps(document: Document, guard: int) -> Iterator[Span]:
    """Yield the stretches, none of them long, that are further than some frames from any event."""
    longest, end = units.frames(_GAP_PIECE, document.sample_rate), 0
    after = (Span(document.frames + guard, document.frames + guard),)
    for sound in (*map(_span, document.events), *after):
        for start in range(end, sound.start - guard, longest):
            yield Span(start, min(start + longest, sound.start - guard))
        end = max(end, sound.end + guard)


def _span(event: EventEntry) -> Span:
    return Span(event.onset_frame, event.onset_frame + event.frames)


def _tone_looks(document: Document, tones: Tones) -> Iterator[Look]:
    """Yield where to look for each tone: never nearer to another of its name than to itself."""
    rate = document.sample_rate
    events = [event for event in document.events if event.type == "tone"]
    for name in {event.sound for event in events}:
        alike = [event for event in events if event.sound == name]
        onsets = [-rate, *(event.onset_frame for event in alike), document.frames + rate]
        for event, before, after in zip(alike, onsets, onsets[2:], strict=False):
            apart = min(event.onset_frame - before, after - event.onset_frame)
            reach = max(1, min(units.frames(REACH, rate), apart // 2))
            span = Span(event.onset_frame, event.onset_frame + len(tones[name])).widened(reach)
            yield Look(span, partial(_find_tone, event, span, tones[name], units.frames(_PIECE, rate)))


def _find_tone(event: EventEntry, span: Span, tone: Samples, piece: int, samples: Samples) -> HeardTone:
    match = find(samples, tone)
    if match.likeness < LIKE:
        return HeardTone(event, None)
    return HeardTone(event, span.start + match.onset, least_like(samples, tone, match.onset, piece, _AUDIBLE))


def _gap(span: Span, samples: Samples) -> HeardGap:
    return HeardGap(span.start + int(np.argmax(np.abs(samples))), peak_db(samples))

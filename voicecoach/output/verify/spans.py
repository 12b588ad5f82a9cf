"""Spans: the stretches of a file that are looked at, cut out of it while it is read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from voicecoach.sound.clip import Samples


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of frames; it may begin before the file and end after it."""

    start: int
    end: int
    """Exclusive."""

    def widened(self, frames: int) -> Self:
        """Return the span with so many more frames on either side."""
        return type(self)(self.start - frames, self.end + frames)


def cut(blocks: Iterable[Samples], spans: Sequence[Span]) -> Iterator[Samples]:
    """Yield the samples of each span, with silence where there is no file.

    No more is held than what the spans under way need: the memory stays flat however long the file is.

    Args:
        blocks: the file on one channel, from its first frame on, read to its end.
        spans: in the order of their starts.
    """
    held: list[tuple[int, Samples]] = []
    wanted, end = 0, 0
    for block in blocks:
        held.append((end, block))
        end += len(block)
        while wanted < len(spans) and spans[wanted].end <= end:
            yield _gathered(held, spans[wanted])
            wanted += 1
        least = spans[wanted].start if wanted < len(spans) else end
        held = [(start, one) for start, one in held if start + len(one) > least]
    for span in spans[wanted:]:
        yield _gathered(held, span)


def _gathered(held: Sequence[tuple[int, Samples]], span: Span) -> Samples:
    samples = np.zeros(span.end - span.start, np.float32)
    for start, block in held:
        first, last = max(start, span.start), min(start + len(block), span.end)
        if first < last:
            samples[first - span.start : last - span.start] = block[first - start : last - start]
    return samples

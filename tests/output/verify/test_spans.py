"""Spans: what is cut out of a file while it is read is what stands there."""

from collections.abc import Iterator

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.output.verify.spans import Span, cut
from voicecoach.sound.clip import Samples

SPANS = st.lists(
    st.builds(lambda start, frames: Span(start, start + frames), st.integers(-20, 120), st.integers(0, 60)),
    max_size=8,
).map(sorted)


@given(lengths=st.lists(st.integers(0, 30), max_size=8), spans=SPANS)
def test_each_span_is_what_stands_there(lengths: list[int], spans: list[Span]) -> None:
    """However blocks are cut, spans that overlap or leave the file come out, with silence outside of it."""
    whole = np.arange(1, sum(lengths) + 1, dtype=np.float32)
    blocks = np.split(whole, np.cumsum(lengths))
    padded = np.pad(whole, (20, 200))
    expected = [padded[span.start + 20 : span.end + 20].tolist() for span in spans]
    assert expected == [samples.tolist() for samples in cut(blocks, spans)]


def test_the_file_is_read_to_its_end() -> None:
    """What comes after the last span is read as well: its length and its loudness count."""
    read = []

    def blocks() -> Iterator[Samples]:
        for number in range(4):
            read.append(number)
            yield np.zeros(10, np.float32)

    assert 1 == len(list(cut(blocks(), [Span(0, 5)])))
    assert [0, 1, 2, 3] == read

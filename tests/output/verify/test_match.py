"""Matching: a tone is found where it is, whatever its level, and a fault in it is seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.output.verify.alone import crests, windows
from voicecoach.output.verify.match import LIKE, find, least_like
from voicecoach.sound.clip import Samples
from voicecoach.sound.tones import TONES, load

RATE = 24_000
PIECE = RATE // 400
SOUNDS = {name: load(name, RATE).samples for name in TONES}


def laid(name: str, at: int, gain: float, frames: int = RATE) -> Samples:
    """Return silence with a tone in it."""
    tone = SOUNDS[name]
    window = np.zeros(frames + len(tone), np.float32)
    window[at : at + len(tone)] = gain * tone
    return window


@given(name=st.sampled_from(TONES), at=st.integers(0, RATE), gain=st.floats(0.05, 2))
def test_a_tone_is_found_where_it_is(name: str, at: int, gain: float) -> None:
    """To a hundredth of a frame, at both ends of the window, too, and like nothing but itself."""
    window = laid(name, at, gain)
    match = find(window, SOUNDS[name])
    assert abs(match.onset - at) < 0.01
    assert match.likeness > 0.999
    assert least_like(window, SOUNDS[name], match.onset, PIECE, 0.01) > 0.999


@pytest.mark.parametrize("name", TONES)
@pytest.mark.parametrize("other", TONES)
def test_no_tone_is_taken_for_another(name: str, other: str) -> None:
    """Where another tone stands, a tone is not there."""
    likeness = find(laid(other, RATE, 1.0, 3 * RATE), SOUNDS[name]).likeness
    assert (likeness >= LIKE) == (name == other)


def test_nothing_is_found_in_silence() -> None:
    """Silence, and noise far below a tone, are like nothing."""
    noise = np.random.default_rng(1).normal(0, 1e-5, RATE).astype(np.float32)
    assert find(np.zeros(RATE, np.float32), SOUNDS["start"]).likeness == 0
    assert find(noise, SOUNDS["start"]).likeness < 0.1


def test_between_two_frames() -> None:
    """A tone that is half a frame late is found there: every second frame of one at twice the rate."""
    twice = load("start", 2 * RATE).samples
    window = np.pad(twice, (1001, 1001))[::2]
    assert abs(find(window, SOUNDS["start"]).onset - 500.5) < 0.05


@given(name=st.sampled_from(["start", "end", "halfway", "switch"]), share=st.floats(0.05, 0.4))
def test_a_hole_in_a_tone_is_seen(name: str, share: float) -> None:
    """5 ms of silence in the sounding part of a tone leave a piece that is like nothing."""
    window, tone = laid(name, 600, 1.0), SOUNDS[name]
    at = 600 + round(share * len(tone))
    window[at : at + RATE // 200] = 0
    match = find(window, tone)
    loudest = np.abs(tone).max()
    if np.abs(tone[at - 600 : at - 600 + RATE // 200]).max() > 0.3 * loudest:
        assert least_like(window, tone, match.onset, PIECE, 0.01) < 0.5


def test_every_tone_of_a_window() -> None:
    """Two tones of a name in one window are two crests."""
    tone = SOUNDS["start"]
    window = laid("start", 100, 1.0, 2 * RATE) + laid("start", RATE, 0.3, 2 * RATE)
    assert [100, RATE] == list(crests(window, tone))


@given(lengths=st.lists(st.integers(0, 40), max_size=6), step=st.integers(1, 30), more=st.integers(0, 10))
def test_windows_cover_the_whole(lengths: list[int], step: int, more: int) -> None:
    """Windows are a step apart, all as long, and none of the file is left out."""
    whole = np.arange(1, sum(lengths) + 1, dtype=np.float32)
    blocks = np.split(whole, np.cumsum(lengths))
    padded = np.pad(whole, (0, 100))
    found = list(windows(blocks, step, more))
    assert [number * step for number in range(len(found))] == [first for first, _ in found]
    assert all(np.array_equal(padded[first : first + step + more], window) for first, window in found)
    assert len(found) * step >= len(whole)

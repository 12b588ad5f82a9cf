"""Phrases: a hole in speech is told from the silences of speech."""

import numpy as np
import pytest

from voicecoach.output.verify.phrases import hole_in, listen_to
from voicecoach.plan.document import EventEntry
from voicecoach.sound.clip import Samples

RATE = 24_000


def voice() -> Samples:
    """Return half a second that swings like a vowel, with a closure of 10 ms that is glided into."""
    t = np.arange(RATE // 2) / RATE
    sound = 0.3 * np.sin(2 * np.pi * 120 * t) * (1 + 0.5 * np.sin(2 * np.pi * 900 * t))
    ramp = np.clip(np.abs(np.arange(len(t)) - 6000) - 120, 0, 200) / 200
    return (sound * ramp).astype(np.float32)


def test_a_closure_is_no_hole() -> None:
    """A silence that the voice glides into and out of is a part of speech."""
    assert np.abs(voice()[5900:6100]).max() < 1e-3
    assert hole_in(voice(), RATE) is None


@pytest.mark.parametrize("ms", [3, 5, 12])
def test_a_hole_is_found(ms: int) -> None:
    """Silence of 3 to 12 ms that begins with a jump is a hole, and it is told where."""
    sound = voice()
    sound[3010 : 3010 + ms * RATE // 1000] = 0
    assert 3010 == hole_in(sound, RATE)


def test_what_is_heard_of_a_phrase() -> None:
    """Its peak, that of its ends, and its hole, in frames of the file."""
    sound, event = voice(), EventEntry(1000, RATE // 2, "speech", "Lie down.", 0.0, 0)
    sound[-RATE // 10 :] = 0
    sound[3010:3130] = 0
    heard = listen_to(event, sound, RATE)
    assert (True, -np.inf, 4010) == (heard.head_db > -20, heard.tail_db, heard.hole)
    assert -8 < heard.peak_db < -6

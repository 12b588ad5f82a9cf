import math

import numpy as np
import pytest

from voicecoach.sound.clip import Samples
from voicecoach.sound.loudness import Meter, measure

RATE = 24_000


def sine(seconds: float, hertz: float, level_db: float) -> Samples:
    """Return a sine whose peaks are at a level."""
    turns = np.arange(round(seconds * RATE)) * (2 * np.pi * hertz / RATE)
    return (10 ** (level_db / 20) * np.sin(turns)).astype(np.float32)


def test_a_sine_is_as_loud_as_the_standard_says() -> None:
    """A sine of 997 Hz at full scale in one channel is -3.01 LUFS by BS.1770: at -20 dB, -23.01."""
    assert measure(sine(5, 997, -20), RATE).integrated_lufs == pytest.approx(-23.01, abs=0.1)


def test_silence_between_is_not_counted() -> None:
    """The gate leaves out pauses: speech with long silences is as loud as without."""
    tone, pause = sine(3, 997, -20), np.zeros(10 * RATE, np.float32)

    assert measure([tone, pause, tone], RATE).integrated_lufs == pytest.approx(-23.0, abs=0.3)


def test_the_true_peak_lies_between_the_frames() -> None:
    """A sine of a quarter of the rate, met at 45 degrees, peaks 3 dB above its frames."""
    turns = np.arange(RATE) * (np.pi / 2) + np.pi / 4
    samples = (0.5 * np.sin(turns) * np.hanning(RATE)).astype(np.float32)

    assert np.abs(samples).max() == pytest.approx(0.3536, abs=1e-3)
    assert measure(samples, RATE).true_peak_dbtp == pytest.approx(-6.0, abs=0.3)


@pytest.mark.parametrize(
    "samples", [np.zeros(0, np.float32), np.zeros(RATE, np.float32), sine(0.1, 997, -20)]
)
def test_silence_and_short_sounds_have_no_loudness(samples: Samples) -> None:
    """Where BS.1770 has nothing to measure, the loudness is minus infinity."""
    assert measure(samples, RATE).integrated_lufs == -math.inf


def test_the_last_moment_counts() -> None:
    """A peak in the last frame is found."""
    samples = np.zeros(RATE, np.float32)
    samples[-1] = 0.5

    assert measure(samples, RATE).true_peak_dbtp == pytest.approx(-6.0, abs=0.5)


def test_it_does_not_matter_in_which_pieces_it_comes() -> None:
    """Whole or in odd pieces, the same sound measures the same."""
    samples = sine(3, 440, -12)
    meter = Meter(RATE)
    for start in range(0, len(samples), 7777):
        meter.add(samples[start : start + 7777])
    pieces, whole = meter.loudness(), measure(samples, RATE)

    assert pieces.integrated_lufs == pytest.approx(whole.integrated_lufs, abs=0.05)
    assert pieces.true_peak_dbtp == pytest.approx(whole.true_peak_dbtp, abs=0.05)


def test_the_same_on_two_channels_is_twice_the_power() -> None:
    """BS.1770 adds the power of the channels: 3 dB more, and no higher peak."""
    sound = np.sin(np.arange(2 * 24_000) / 4).astype(np.float32) / 8
    one, two = (
        Meter(24_000).add(sound).loudness(),
        Meter(24_000, 2).add(np.stack([sound] * 2, axis=1)).loudness(),
    )
    assert two.integrated_lufs == pytest.approx(one.integrated_lufs + 3.01, abs=0.02)
    assert two.true_peak_dbtp == pytest.approx(one.true_peak_dbtp)

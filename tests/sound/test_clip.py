import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.sound.clip import (
    Clip,
    Samples,
    amplify,
    fade,
    fit,
    from_pcm,
    limit,
    peak,
    silence,
    to_pcm,
    trim,
)
from voicecoach.sound.loudness import measure

RATE = 24_000


def tone(seconds: float, hertz: float = 300.0, level: float = 0.5) -> Samples:
    """Return a sine."""
    return (level * np.sin(np.arange(round(seconds * RATE)) * (2 * np.pi * hertz / RATE))).astype(np.float32)


def speechlike(level: float, seed: int = 1) -> Clip:
    """Return syllables of many partials, as loud as wanted, up to 4 kHz as speech has its power."""
    chance = np.random.default_rng(seed)
    time = np.arange(2 * RATE) / RATE
    partials = sum(np.sin(2 * np.pi * 120 * n * time + chance.uniform(0, 6)) / n**0.7 for n in range(1, 33))
    syllables = np.clip(np.sin(2 * np.pi * 4 * time), 0, 1)
    samples = partials * syllables
    return Clip((samples * level / np.abs(samples).max()).astype(np.float32), RATE)


def test_trimming_keeps_a_few_milliseconds() -> None:
    """Of the silence around a sound 8 ms stay before it and 20 ms after it."""
    clip = Clip(np.concatenate([np.zeros(5000), tone(0.5), np.zeros(7000)]).astype(np.float32), RATE)

    assert trim(clip).frames == pytest.approx((0.008 + 0.5 + 0.02) * RATE, abs=3)


def test_trimming_fades_both_ends() -> None:
    """A sound that begins and ends at full level begins and ends at nothing."""
    trimmed = trim(Clip(np.full(5000, 0.5, np.float32), RATE))

    assert trimmed.frames == 5000
    assert (trimmed.samples[0], trimmed.samples[-1]) == (0, 0)
    assert trimmed.samples[200:-200].tolist() == [0.5] * 4600


def test_silence_is_trimmed_to_nothing() -> None:
    """A clip in which nothing is heard becomes empty, and so stays an empty one."""
    assert trim(silence(0.5, RATE)).frames == 0
    assert trim(silence(0, RATE)).frames == 0


def test_a_faint_end_is_part_of_the_sound() -> None:
    """What is 46 dB below the peak is kept: consonants are faint."""
    clip = Clip(np.concatenate([tone(0.3), tone(0.1, level=0.0025)]), RATE)

    assert trim(clip).frames == pytest.approx(0.4 * RATE, abs=100)


@pytest.mark.parametrize("level", [0.9, 1.0, 1.5, 3.0])
def test_limited_peaks_stay_below_the_ceiling(level: float) -> None:
    """However loud it was, the true peak is at most -2.5 dBTP, measured by FFmpeg, and nearly reaches it."""
    limited = limit(speechlike(level))

    assert -2.8 <= measure(limited.samples, RATE).true_peak_dbtp <= -2.5


def test_a_quiet_clip_is_not_touched() -> None:
    """Without a peak above the ceiling, the very clip is returned."""
    clip = speechlike(0.5)

    assert limit(clip) is clip


def test_the_limiter_leaves_what_is_far_from_a_peak() -> None:
    """One loud moment turns down what is around it, smoothly, and nothing else."""
    samples = tone(1.0, level=0.3)
    samples[RATE // 2 - 50 : RATE // 2 + 50] *= 5
    gains = limit(Clip(samples, RATE)).samples / np.where(samples == 0, 1, samples)
    used = gains[np.abs(samples) > 0.01]
    untouched = np.abs(np.arange(RATE) - RATE // 2) > 0.05 * RATE

    assert np.unique(gains[untouched & (np.abs(samples) > 0.01)]).tolist() == [1.0]
    assert np.abs(np.diff(used)).max() < 0.02


@given(st.integers(1, 3000), st.integers(0, 2**32 - 1), st.floats(0.1, 5))
def test_the_limiter_only_turns_down(frames: int, seed: int, level: float) -> None:
    """Of any clip, no frame gets louder or changes its sign, none exceeds the ceiling, and none is lost."""
    given = np.random.default_rng(seed).uniform(-level, level, frames).astype(np.float32)
    limited = limit(Clip(given, RATE)).samples

    assert len(limited) == frames
    assert (np.abs(limited) <= np.abs(given)).all()
    assert (limited * given >= 0).all()
    assert np.abs(limited).max() <= 10 ** (-2.5 / 20)


@given(st.lists(st.integers(-32768, 32767), max_size=50))
def test_rounding_is_exact_once_rounded(pcm: list[int]) -> None:
    """16 bit numbers come back from a clip as they were."""
    assert to_pcm(from_pcm(np.array(pcm, np.int16), RATE)).tolist() == pcm


def test_rounding_does_not_wrap() -> None:
    """What exceeds full scale stays at it."""
    assert to_pcm(Clip(np.array([2.0, -2.0, 0.0], np.float32), RATE)).tolist() == [32767, -32768, 0]


@pytest.mark.parametrize("frames", [0, 50, 100, 150])
def test_fitting_gives_the_very_length(frames: int) -> None:
    """A clip is filled with silence, or fades out at its new end."""
    fitted = fit(Clip(np.full(100, 0.5, np.float32), RATE), frames)

    assert fitted.frames == frames
    assert frames in {0, 100} or fitted.samples[-1] == 0


def test_small_changes() -> None:
    """A gain, a fade of a very short clip and the peak of none are what they should be."""
    assert peak(amplify(Clip(np.full(3, 0.25, np.float32), RATE), 6.0206)) == pytest.approx(0.5, abs=1e-4)
    assert fade(Clip(np.ones(3, np.float32), RATE)).samples.tolist() == [0, 1, 0]
    assert peak(silence(0, RATE)) == 0.0
    assert silence(0.5, RATE).seconds == 0.5

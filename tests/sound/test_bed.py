import numpy as np
import pytest

from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Moment, Segment
from voicecoach.sound.bed import LEVEL_DB, SECONDS, Bed

RATE = 24_000
MOMENT = Moment(Segment(Step(Kind.REST), "Rest", RATE, ()), 0, None)


@pytest.mark.parametrize("channels", [1, 2])
def test_the_noise_is_far_below_hearing_and_never_stops(channels: int) -> None:
    """Under any blocks it goes on at -70 dBFS, beyond its own length too; the block itself is not touched."""
    bed = Bed(RATE, channels)
    silent = np.zeros(480 if channels == 1 else (480, channels), np.float32)
    silent.flags.writeable = False
    blocks = [bed.under(silent, MOMENT) for _ in range(round(2 * SECONDS * RATE / 480))]
    noise = np.concatenate(blocks)
    assert pytest.approx(LEVEL_DB, abs=0.2) == 20 * np.log10(np.sqrt(np.mean(noise**2)))
    assert 0 == np.abs(silent).max()
    half = len(noise) // 2
    assert noise[:half].tolist() == noise[half:].tolist()
    # Not one stretch of 10 ms is silent in 16 bit.
    steps = np.rint(noise.reshape(len(noise), -1)[:, 0] * 32767).reshape(-1, 240)
    assert np.abs(steps).max(axis=1).min() >= 1

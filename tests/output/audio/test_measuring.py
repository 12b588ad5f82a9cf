from pathlib import Path

import numpy as np
import pytest

from voicecoach.output.audio.file import AudioFile
from voicecoach.output.audio.kinds import KINDS
from voicecoach.output.audio.measuring import loudness_of
from voicecoach.output.audio.recipe import Recipe
from voicecoach.sound.loudness import measure
from voicecoach.sound.tones import load

RATE = 24_000


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".opus", ".m4a"])
def test_a_file_is_as_loud_as_what_was_written(tmp_path: Path, suffix: str, channels: int) -> None:
    """Heard through its decoder, with all its silences, it is as loud as the session within 0.2 LU."""
    tone = np.tile(load("start", RATE).samples, 4)
    samples = np.concatenate([part for pause in (1, 30, 2) for part in (tone, np.zeros(pause * RATE))])
    samples = samples.astype(np.float32)
    if channels == 2:
        samples = np.stack([samples, samples / 2], axis=1)
    path = tmp_path / f"session{suffix}"
    with AudioFile(path, Recipe(KINDS[suffix], RATE, channels)) as file:
        file.write(samples)
    heard, written = loudness_of([path]), measure(samples, RATE, channels)
    assert pytest.approx(written.integrated_lufs, abs=0.2) == heard.integrated_lufs
    assert pytest.approx(written.true_peak_dbtp, abs=1.5) == heard.true_peak_dbtp


def test_several_files_are_one_session(tmp_path: Path) -> None:
    """Files that follow one another are as loud as all of them in one; progress ends at the end."""
    tone = (0.1 * np.sin(np.arange(4 * RATE) / 4)).astype(np.float32)
    paths = [tmp_path / "1.flac", tmp_path / "2.flac"]
    for path, level in zip(paths, (1, 0.5), strict=True):
        with AudioFile(path, Recipe(KINDS[".flac"], RATE)) as file:
            file.write(tone * np.float32(level))
    heard: list[tuple[int, int]] = []
    found = loudness_of(paths, lambda done, whole: heard.append((done, whole)))
    whole = measure(np.concatenate([tone, tone / 2]), RATE)
    assert pytest.approx(whole.integrated_lufs, abs=0.1) == found.integrated_lufs
    assert (2000, 2000) == heard[-1]

from pathlib import Path

import pytest

from voicecoach.errors import ChoiceError
from voicecoach.output.audio.kinds import KINDS, Quality, kind_of, suffix_of
from voicecoach.output.audio.recipe import Recipe
from voicecoach.plan.timeline import SAMPLE_RATE


@pytest.mark.parametrize("suffix", KINDS)
def test_a_kind_is_found_by_its_suffix(suffix: str) -> None:
    """Capitals do not matter, and the first suffix of a kind names it."""
    kind = kind_of(Path(f"hips{suffix.upper()}"))
    assert KINDS[suffix] is kind
    assert kind_of(Path(f"session{suffix_of(kind)}")) is kind


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("hips.wave", r"'\.wave' is no kind of file.*did you mean '\.wav'"),
        ("hips", r"has no suffix; known are \.wav, \.flac, \.mp3, \.opus, \.ogg, \.m4a, \.m4b"),
    ],
)
def test_an_unknown_kind_of_file_is_told_the_known_ones(name: str, message: str) -> None:
    """A wrong or missing suffix is an error that lists the right ones."""
    with pytest.raises(ChoiceError, match=message):
        kind_of(Path(name))


@pytest.mark.parametrize("suffix", KINDS)
def test_every_kind_has_the_rate_of_a_session_and_three_qualities(suffix: str) -> None:
    """A lossy kind takes more bits for more quality, and for two channels; a lossless one has one quality."""
    kind = KINDS[suffix]
    assert SAMPLE_RATE in kind.sample_rates
    rates = [[kind.bit_rate(quality, channels) for quality in Quality] for channels in (1, 2)]
    if kind.is_lossless:
        assert [[None] * 3] * 2 == rates
    else:
        mono, stereo = rates
        assert sorted(mono) == mono
        assert sorted(set(stereo)) == stereo
        assert all(two > one for one, two in zip(mono, stereo, strict=True))


def test_a_sample_rate_that_a_kind_does_not_have() -> None:
    """Opus knows no 44.1 kHz: the error lists what it has."""
    with pytest.raises(ChoiceError, match=r"Opus has no sample rate of 44100 Hz; it has 16000, 24000, 48000"):
        Recipe(KINDS[".opus"], 44_100)

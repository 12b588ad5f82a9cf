"""Music beneath a session: a bed for each stage, in blocks of any size."""

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracks import Samples, level, noise, write
from voicecoach.errors import CoachError
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Moment, Segment, with_following
from voicecoach.routine.files import parse
from voicecoach.routine.model import Routine
from voicecoach.sound.music import Beds

RATE = 4000
TARGET = -30.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a tone of its own for each bed, on two channels."""
    folder = tmp_path_factory.mktemp("music")
    t = np.arange(40 * RATE) / RATE
    for name, hertz in (("low.wav", 300), ("high.wav", 900)):
        tone = 0.1 * np.sin(2 * np.pi * hertz * t).astype(np.float32)
        sound = np.stack([tone, tone / 2], axis=1)
        write(folder / name, sound, RATE)
        # Each time that it is opened, the loudness of all of it is measured.
        write(folder / f"short-{name}", sound[: 13 * RATE], RATE)
    return folder


def routine(folder: Path, *names: str) -> Routine:
    """Return a routine with a stage for each name of a bed; an empty one is a stage without music."""
    return parse(
        'title = "Hips"\n'
        + "".join(
            f'[[stage]]\ntitle = "Stage {number}"\n'
            + (f'music = "{folder / name}"\n' if name else "")
            + 'exercise = [{ name = "Quads", dose = "30 s" }]\n'
            for number, name in enumerate(names)
        ),
        "hips.toml",
    )


def session(plan: Routine, *stages: int | None, seconds: float = 10) -> list[Segment]:
    """Return a segment of silence for each stage, by its index; None is of no stage."""
    return [
        Segment(
            Step(Kind.ANNOUNCE, None if index is None else plan.stages[index], stage_index=index),
            "",
            round(seconds * RATE),
            (),
        )
        for index in stages
    ]


def beneath(
    plan: Routine,
    segments: Sequence[Segment],
    sizes: Sequence[int] = (80,),
    *,
    live: bool = False,
    channels: int = 2,
) -> Samples:
    """Return the music beneath segments."""
    beds = Beds.of(plan)
    assert beds
    planner = Planner(plan, load_phrases("en"), sample_rate=RATE, stereo=channels == 2)
    music = beds.music(planner, lambda sound: 0 * len(str(sound)), TARGET, live=live)
    blocks, size = [], cycle(sizes)
    for one, following in with_following(segments):
        offset = 0
        while offset < one.frames:
            frames = min(next(size), one.frames - offset)
            silent = np.zeros(frames if channels == 1 else (frames, channels), np.float32)
            silent.flags.writeable = False
            blocks.append(music.under(silent, Moment(one, offset, following)))
            offset += frames
    assert [] == beds.warnings
    return np.concatenate(blocks)


def pitch(samples: Samples) -> tuple[float, float]:
    """Return how strong the low and the high bed are in a second of sound."""
    spectrum = np.abs(np.fft.rfft(samples.reshape(len(samples), -1)[:, 0])) / len(samples) * 2
    return float(spectrum[300 * len(samples) // RATE]), float(spectrum[900 * len(samples) // RATE])


def test_each_stage_has_its_bed(folder: Path) -> None:
    """The first bed is heard from the opening on, the next comes with its stage, and stays at the finish."""
    plan = routine(folder, "low.wav", "high.wav")
    found = beneath(plan, session(plan, None, 0, 1, None))
    low, high = (
        np.array([pitch(found[at : at + RATE])[bed] for at in range(0, len(found), RATE)]) for bed in (0, 1)
    )
    assert (low[4:20] > 0.9 * low.max()).all()
    assert (high[24:] > 0.9 * high.max()).all()
    assert (high[:20] < 0.01 * high.max()).all()
    assert (low[24:] < 0.01 * low.max()).all()
    # In the cross-fade both are there, and together they are as loud as one.
    both = np.hypot(low / low.max(), high / high.max())[4:]
    assert (np.abs(20 * np.log10(both)) < 1).all()


def test_one_bed_for_two_stages_goes_on(folder: Path) -> None:
    """Stages with the same music share it: nothing fades between them."""
    plan = routine(folder, "low.wav", "low.wav")
    found = beneath(plan, session(plan, 0, 1))
    levels = [level(found[at : at + RATE]) for at in range(4 * RATE, len(found), RATE)]
    assert max(levels) - min(levels) < 0.1


def test_a_stage_without_music_and_back(folder: Path) -> None:
    """In a stage without music it fades out, and the same bed goes on later where it was left."""
    plan = routine(folder, "low.wav", "", "low.wav")
    found = beneath(plan, session(plan, 0, 1, 2))
    assert 0 == np.abs(found[13 * RATE : 20 * RATE]).max()
    assert 0 < np.abs(found[12 * RATE : 13 * RATE]).max()
    assert pytest.approx(level(found[5 * RATE : 9 * RATE]), abs=0.1) == level(found[24 * RATE :])


def test_before_a_first_stage_without_music_there_is_none(folder: Path) -> None:
    """The opening belongs to the first stage."""
    plan = routine(folder, "", "low.wav")
    found = beneath(plan, session(plan, None, 0, 1))
    assert 0 == np.abs(found[: 20 * RATE]).max()
    assert np.abs(found[20 * RATE :]).max() > 0.01


def test_it_is_as_loud_as_asked_for_and_keeps_its_sides(folder: Path) -> None:
    """Left stays left and right stays right; the level is that of BS.1770, on one channel as on two."""
    plan = routine(folder, "low.wav")
    found = beneath(plan, session(plan, 0))[4 * RATE :]
    assert pytest.approx(6.02, abs=0.1) == level(found[:, 0]) - level(found[:, 1])
    # K-weighting leaves 300 Hz nearly as it is: -0.691 is the constant of BS.1770.
    power = 10 * np.log10((found**2).mean(axis=0).sum()) - 0.691
    assert pytest.approx(TARGET, abs=0.7) == power
    mono = beneath(plan, session(plan, 0), channels=1)[4 * RATE :]
    assert pytest.approx(TARGET, abs=0.7) == level(mono) - 0.691


@settings(max_examples=20)
@given(
    st.lists(st.none() | st.integers(0, 2), min_size=1, max_size=5),
    # Single frames are among them, and are not all: that takes a thousand times as long and tells the same.
    st.lists(st.integers(1, 3 * RATE), min_size=1, max_size=3).map(lambda sizes: [*sizes, 100]),
)
def test_blocks_of_any_size(folder: Path, stages: list[int | None], sizes: list[int]) -> None:
    """The block size changes nothing, however stages with, without and with other music follow."""
    plan = routine(folder, "short-low.wav", "", "short-high.wav")
    segments = session(plan, *stages, seconds=2.5)
    assert np.array_equal(beneath(plan, segments), beneath(plan, segments, sizes))


def test_live_it_is_the_same(folder: Path) -> None:
    """What is decoded ahead in the background is what a file has."""
    plan = routine(folder, "low.wav", "high.wav")
    segments = session(plan, None, 0, 1, seconds=2.5)
    assert np.array_equal(beneath(plan, segments), beneath(plan, segments, live=True))


def test_a_routine_without_music() -> None:
    """Where no stage has music there is none; nothing is looked for."""
    assert Beds.of(routine(Path(), "")) is None


def test_mono_music_needs_one_channel(tmp_path: Path) -> None:
    """A session has two channels only where some of its music does."""
    write(tmp_path / "one.wav", noise(2, RATE), RATE)
    write(tmp_path / "two.wav", noise(2, RATE, 2), RATE)
    write(tmp_path / "six.wav", noise(2, RATE, 6), RATE)
    needed = [
        Beds.of(routine(tmp_path, *names)) for names in (["one.wav"], ["one.wav", "two.wav"], ["six.wav"])
    ]
    assert [1, 2, 2] == [beds.channels for beds in needed if beds]


def test_what_cannot_be_played_is_told_at_the_beginning(tmp_path: Path) -> None:
    """A file that is not there, and one that is silent, end in a line before a session begins."""
    with pytest.raises(CoachError, match="No such file"):
        Beds.of(routine(tmp_path, "missing.mp3"))
    write(tmp_path / "silent.wav", np.zeros((RATE, 1), np.float32), RATE)
    plan = routine(tmp_path, "silent.wav")
    with pytest.raises(CoachError, match="it is silent"):
        beneath(plan, session(plan, 0))

"""Playlists: one track after another, as loud as one another, without a seam, without end."""

import tracemalloc
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracks import Samples, level, noise, write
from voicecoach.errors import CoachError
from voicecoach.sound.playlist import CEILING_DB, FADE_SECONDS, Playlist, crossfaded, in_pieces, limited
from voicecoach.sound.tracks import find_tracks

RATE = 8_000
TARGET = -33.0


def playlist(source: Path, told: list[str] | None = None, channels: int = 1) -> Playlist:
    """Return the playlist of a file or folder."""
    tell = [].append if told is None else told.append
    return Playlist(find_tracks(str(source)), RATE, channels, TARGET, tell)


def heard(source: Path, seconds: float, told: list[str] | None = None, channels: int = 1) -> Samples:
    """Return the beginning of a playlist; less where it ends before."""
    pieces = playlist(source, told, channels).pieces()
    return np.concatenate(
        [
            np.zeros(0, np.float32) if channels == 1 else np.zeros((0, 2), np.float32),
            *islice(pieces, round(seconds * 20)),
        ]
    )


def cut(samples: Samples, *lengths: int) -> Iterator[Samples]:
    """Yield samples in pieces, of the lengths in turn."""
    at = 0
    while at < len(samples):
        for length in lengths:
            if at < len(samples):
                yield samples[at : at + length]
            at += length


@pytest.mark.parametrize("channels", [1, 2])
def test_a_track_begins_again_without_a_seam(channels: int, tmp_path: Path) -> None:
    """The end of a track of noise flows into its start: no dip, no bump, no step that is not in the track."""
    path = write(tmp_path / "a.wav", noise(10, RATE, channels), RATE)
    music = heard(path, 30, channels=channels)
    levels = [level(music[start : start + RATE // 2]) for start in range(0, len(music), RATE // 2)]
    assert max(levels) - min(levels) < 1.0
    track = music[: 5 * RATE]
    assert np.abs(np.diff(music, axis=0)).max() <= 1.05 * np.abs(np.diff(track, axis=0)).max()
    # It comes back after its length, but for the cross-fade.
    again = round((10 - FADE_SECONDS) * RATE)
    assert np.allclose(music[3 * RATE : 6 * RATE], music[again + 3 * RATE : again + 6 * RATE], atol=1e-4)


def test_a_short_track_begins_again(tmp_path: Path) -> None:
    """A track that is shorter than a cross-fade is faded over half of it, and never leaves a hole."""
    music = heard(write(tmp_path / "a.wav", noise(1.5, RATE), RATE), 20)
    levels = [level(music[start : start + RATE // 4]) for start in range(0, len(music), RATE // 4)]
    assert max(levels) - min(levels) < 1.5


def test_tracks_are_as_loud_as_one_another_and_in_order(tmp_path: Path) -> None:
    """A loud file, a faint one and a third, of other kinds and rates, are levelled, one after another."""
    for name, rate, level_db, hertz in (
        ("1.wav", 8_000, -12, 500),
        ("2.mp3", 44_100, -40, 700),
        ("10.ogg", 48_000, -25, 900),
    ):
        tone = 10 ** (level_db / 20) * np.sin(2 * np.pi * hertz * np.arange(10 * rate) / rate)
        write(tmp_path / name, tone[:, np.newaxis].astype(np.float32), rate)
    music = heard(tmp_path, 27)
    inside = [music[round(at * RATE) :][: 2 * RATE] for at in (2, 11, 18, 25)]
    found = [int(np.abs(np.fft.rfft(one)).argmax()) / 2 for one in inside]
    assert [500, 700, 900, 500] == found
    assert max(map(level, inside)) - min(map(level, inside)) < 1.0


def test_a_damaged_file_is_told_once_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Where a track breaks off, it fades into the next one; that is told once, however often it comes."""
    broken = noise(8, RATE, seed=2)
    broken[6 * RATE] = np.inf
    soundfile.write(tmp_path / "1.wav", broken, RATE, "FLOAT")
    write(tmp_path / "2.wav", noise(8, RATE), RATE)
    told: list[str] = []
    pieces = playlist(tmp_path, told)
    pieces._gains_db = dict.fromkeys(pieces.tracks, -7.0)  # noqa: SLF001 - as if the damage were beyond what is measured
    music = np.concatenate(list(islice(pieces.pieces(), 30 * 20)))
    levels = [level(music[start : start + RATE]) for start in range(0, len(music), RATE)]
    assert max(levels) - min(levels) < 1.0
    assert 1 == len(told)
    assert "1.wav': it holds values that are no numbers" in told[0]


def test_a_bad_packet_does_not_end_a_track(tmp_path: Path) -> None:
    """What cannot be decoded in the middle of a file is left out, and told once."""
    path = write(tmp_path / "a.m4a", noise(20, 44_100), 44_100)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2000] = b"\xff" * 2000
    path.write_bytes(content)
    told: list[str] = []
    music = heard(path, 60, told)
    levels = [level(music[start : start + RATE]) for start in range(0, len(music), RATE)]
    assert max(levels) - min(levels) < 3.0
    assert [f"parts of the music '{path}' are damaged and left out"] == told


def test_files_that_vanish(tmp_path: Path) -> None:
    """Where no file is left, the music ends, and that is told: no silence in secret, no endless search."""
    path = write(tmp_path / "a.wav", noise(8, RATE), RATE)
    told: list[str] = []
    pieces = playlist(path, told).pieces()
    next(pieces)
    path.unlink()
    rest = list(pieces)
    assert 8 == pytest.approx((len(rest) + 1) * 0.05, abs=0.1)
    assert ["No such file" in told[0], "none of the music" in told[1]] == [True, True]


def test_the_first_track_is_checked(tmp_path: Path) -> None:
    """A first track that is silent is told at the beginning."""
    with pytest.raises(CoachError, match="it is silent"):
        playlist(write(tmp_path / "a.wav", np.zeros((RATE, 1), np.float32), RATE)).check()


@settings(deadline=None)
@given(
    lengths=st.lists(st.integers(0, 400), min_size=1, max_size=6),
    cuts=st.lists(st.integers(1, 70), min_size=1, max_size=4),
    fade=st.integers(1, 60),
)
def test_a_cross_fade_does_not_depend_on_pieces(lengths: list[int], cuts: list[int], fade: int) -> None:
    """In whatever pieces tracks come, the same is heard: as long as its parts, less the fades."""
    tracks = [noise(length, 1, seed=length)[:, 0] for length in lengths]
    whole, pieces = (
        np.concatenate([np.zeros(0, np.float32), *crossfaded([cut(track, *how) for track in tracks], fade)])
        for how in ([1000], cuts)
    )
    assert np.array_equal(whole, pieces)
    rooms = [min(fade, length // 2) for length in lengths if length]
    fades = sum(min(first, second) for first, second in pairwise(rooms))
    assert sum(lengths) - fades == len(whole)


@settings(deadline=None)
@given(cuts=st.lists(st.integers(1, 300), min_size=1, max_size=4), frames=st.integers(1, 100))
def test_pieces_of_one_length(cuts: list[int], frames: int) -> None:
    """All but the last piece have the same length, and nothing is lost."""
    samples = noise(1000, 1)[:, 0]
    pieces = list(in_pieces(cut(samples, *cuts), frames))
    assert np.array_equal(samples, np.concatenate(pieces))
    assert {frames} >= {len(piece) for piece in pieces[:-1]}


@pytest.mark.parametrize("shape", [(4000,), (4000, 2)])
def test_no_peak_is_above_the_ceiling(shape: tuple[int, ...]) -> None:
    """Peaks are turned down along straight lines; what has none is left as it is."""
    rng = np.random.default_rng(3)
    quiet = (rng.standard_normal(shape) * 0.02).astype(np.float32)
    loud = quiet.copy()
    loud[1500:1510] = 0.9
    assert np.array_equal(quiet, np.concatenate(list(limited(cut(quiet, 100)))))
    found = np.concatenate(list(limited(cut(loud, 100))))
    assert np.abs(found).max() <= 10 ** (CEILING_DB / 20) * 1.0001
    changed = np.flatnonzero((found != loud).reshape(len(loud), -1).any(axis=1))
    assert (1400, 1700) == (changed.min() // 100 * 100, -(-(changed.max() + 1) // 100) * 100)
    gains = (found / loud).reshape(len(loud), -1)[1400:1700, 0]
    assert np.abs(np.diff(gains)).max() < 0.02


@pytest.mark.long
def test_memory_is_flat(tmp_path: Path) -> None:
    """Twenty minutes of a playlist take no more memory than a few seconds of it."""
    write(tmp_path / "a.wav", noise(60, RATE, 2), RATE)
    write(tmp_path / "b.wav", noise(40, RATE, 2), RATE)
    tracemalloc.start()
    frames = sum(len(piece) for piece in islice(playlist(tmp_path, channels=2).pieces(), 20 * 60 * 20))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 20 * 60 * RATE == frames
    assert peak < 20 * RATE * 2 * 4 * 2

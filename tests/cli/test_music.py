"""Music through the command line: into a file, live, and what is told."""

import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.patience import tried_again
from tests.tracks import Samples, level, noise, write
from tests.typed import typed
from voicecoach.plan.ducking import APART_SECONDS, DEPTH_DB
from voicecoach.sound.loudness import Meter

pytestmark = pytest.mark.usefixtures("shared_cache")

ROUTINE = """
title = "Short"
caution = "Stop."
[[stage]]
title = "Roll"
[[stage.exercise]]
name = "Quads"
dose = "2 x 20 s"
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "1 x 4 s"
"""


def coach(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run voicecoach as a program."""
    command = [sys.executable, "-m", "voicecoach", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make music, on two channels and on one: encoding it takes longer than most that is done with it."""
    folder = tmp_path_factory.mktemp("music")
    (folder / "calm").mkdir()
    write(folder / "calm" / "1.mp3", noise(25, 44_100, 2), 44_100)
    write(folder / "calm" / "2.ogg", noise(20, 48_000, 2, level_db=-12, seed=2), 48_000)
    write(folder / "one.wav", noise(9, 22_050), 22_050)
    return folder


@pytest.fixture
def folder(tmp_path: Path, music: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, which has a routine and music in it."""
    shutil.copytree(music, tmp_path, dirs_exist_ok=True)
    (tmp_path / "short.toml").write_text(ROUTINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(folder: Path, *arguments: str) -> tuple[Samples, dict[str, object]]:
    """Export the routine, and return the sound, shape (frames, channels), and the plan."""
    result = typed("export", "short.toml", "-o", "out.wav", "--json", "out.json", *arguments)
    assert (0, "") == (result.returncode, result.stderr)
    samples, _ = soundfile.read(folder / "out.wav", dtype="float32", always_2d=True)
    return samples, json.loads((folder / "out.json").read_text(encoding="utf-8"))


@pytest.mark.long
@pytest.mark.parametrize("talk", ["full", "beeps"])
def test_an_export_with_music(folder: Path, talk: str) -> None:
    """Each cue has its room, music comes back between far ones, and the peaks stay below -1 dBTP."""
    plain, plan = export(folder, "--talk", talk)
    mixed, with_music = export(folder, "--talk", talk, "--music", "calm")
    assert (None, "music") == (plan["meta"]["beneath"], with_music["meta"]["beneath"])  # type: ignore[index]
    assert plan["events"] == with_music["events"]
    assert ((len(plain), 1), (len(plain), 2)) == (plain.shape, mixed.shape)
    # Speech is in the middle, and music beneath it: what is left without it is music.
    music, rate = mixed - plain, 24_000
    events: list[dict[str, int]] = with_music["events"]  # type: ignore[assignment]
    cues = [(event["onset_frame"], event["onset_frame"] + event["frames"]) for event in events]
    cues = [cue for cue in cues if 5 * rate < cue[0] < len(music) - 6 * rate]
    gaps = [(end, start) for (_, end), (start, _) in pairwise(cues)]
    far = [(end, start) for end, start in gaps if start - end > (APART_SECONDS + 1) * rate]
    assert len(far) > 3
    full = [level(music[round(end + 1.3 * rate) : round(start - 0.6 * rate)]) for end, start in far]
    ducked = [level(music[start - rate // 10 : start]) for start, _ in cues]
    assert max(full) - min(full) < 1.5
    assert max(ducked) - min(ducked) < 1.5
    assert pytest.approx(DEPTH_DB, abs=0.7) == np.mean(ducked) - np.mean(full)
    assert Meter(rate, 2).add(mixed).loudness().true_peak_dbtp < -1


@pytest.mark.long
def test_beds_by_stage_and_level(folder: Path) -> None:
    """A stage may have music of its own, or none; mono music leaves a session of beeps on one channel."""
    arguments = ("--talk", "beeps", "--music", "roll=one.wav", "--music-level", "-20")
    mixed, plan = export(folder, *arguments)
    plain, _ = export(folder, "--talk", "beeps", "--music", "none")
    assert 1 == mixed.shape[1]
    music = mixed - plain
    stretch = next(one["start_frame"] for one in plan["segments"] if one["stage"] == "Stretch")  # type: ignore[attr-defined]
    loud = level(music[stretch - 3 * 24_000 : stretch])
    assert -60 < loud < -30
    assert level(music[stretch + 4 * 24_000 :]) < -90
    softer, _ = export(folder, *arguments[:-1], "-26")
    assert pytest.approx(6, abs=0.1) == loud - level((softer - plain)[stretch - 3 * 24_000 : stretch])


@pytest.mark.long
def test_bluetooth_headphones_need_no_hiss_beneath_music(folder: Path) -> None:
    """Music keeps the link awake, unless a stage is without: then the hiss is there as well."""
    (folder / "long.toml").write_text(ROUTINE.replace("2 x 20 s", "1 x 120 s"), encoding="utf-8")
    arguments = ("plan", "long.toml", "--talk", "beeps", "--json", "--headphones", "bluetooth")
    plans = [
        json.loads(typed(*arguments, *more).stdout)
        for more in ((), ("--music", "calm"), ("--music", "roll=calm"))
    ]
    assert ["noise", "music", "music"] == [plan["meta"]["beneath"] for plan in plans]
    woken = [sum(event.get("tone") == "wake" for event in plan["events"]) for plan in plans]
    # One begins the session, whatever it is heard through.
    assert (True, 1, woken[0]) == (woken[0] > 1, woken[1], woken[2])


@pytest.mark.long
@pytest.mark.usefixtures("folder")
@tried_again
def test_live() -> None:
    """A session is played over music to its end, without a word of complaint."""
    arguments = (
        "play",
        "short.toml",
        "--device",
        "none",
        "--talk",
        "beeps",
        "--pace",
        "brisk",
        "--only",
        "stretch",
    )
    result = coach(*arguments, "--music", "calm")
    assert (0, "") == (result.returncode, result.stderr)
    assert "Short: finished" == result.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--music", "nothing.mp3"), 1, "cannot use the music 'nothing.mp3': No such file or directory; "),
        (("--music", "short.toml"), 1, "cannot use the music 'short.toml': Invalid data found"),
        (("--music", "rol=calm"), 2, "--music rol=calm: the routine has no 'rol' (did you mean 'roll'?); "),
        (("--music-level", "3"), 2, "3.0 is not in the range"),
    ],
)
@pytest.mark.parametrize("command", [("plan",), ("export", "-o", "a.wav"), ("play", "--device", "none")])
def test_what_cannot_be_done(
    folder: Path, command: tuple[str, ...], arguments: tuple[str, ...], code: int, message: str
) -> None:
    """Every command tells what is wrong with music in a line, before anything is heard or written."""
    result = typed(*command, "short.toml", "--talk", "beeps", *arguments)
    assert code == result.returncode
    assert message in result.stderr
    assert not (folder / "a.wav").exists()


@pytest.mark.long
@pytest.mark.usefixtures("folder")
def test_a_device_that_needs_silences() -> None:
    """Simpleaudio cannot play what has no silence in it, and says so."""
    arguments = ("--device", "simpleaudio", "--talk", "beeps", "--music", "calm")
    result = typed("play", "short.toml", *arguments)
    assert 2 == result.returncode
    assert "use --device miniaudio" in result.stderr

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.listening import load_plan, onset, read, tone, tones_of

ROUTINE = """
title = "Evening hips"
caution = "Stop on pain."
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "2 x 20 s per side"
instruction = "Lie down. Let the hip sink."
[[stage.exercise]]
name = "Clam"
dose = "2 x 3 reps per side, 1 s hold"
starts = "up"
"""
LONG = 'title = "Long"\n[[stage]]\ntitle = "A"\n[[stage.exercise]]\nname = "Plank"\ndose = "24 x 3600 s"\n'
"""A day, nearly all that a file holds: seconds of work on any machine."""


def coach(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run voicecoach as a program."""
    command = [sys.executable, "-m", "voicecoach", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def routine(tmp_path: Path) -> Path:
    """Write a short routine with holds, reps, sides and sets."""
    path = tmp_path / "evening.toml"
    path.write_text(ROUTINE, encoding="utf-8")
    return path


@pytest.mark.parametrize("talk", ["full", "beeps"])
def test_every_tone_is_where_the_plan_says(routine: Path, tmp_path: Path, talk: str) -> None:
    """The file, read by another library, has each tone within a frame of the plan, each hold to the frame."""
    target, plan_file = tmp_path / "hips.wav", tmp_path / "hips.json"
    result = coach("export", routine, "-o", target, "--json", plan_file, "--talk", talk)
    assert (0, "") == (result.returncode, result.stderr)
    plan = load_plan(plan_file.read_text(encoding="utf-8"))
    samples, rate = read(target)
    assert (plan["sample_rate"], plan["frames"]) == (rate, len(samples))
    found = [(onset(samples, tone(name, rate), at, rate // 2), name) for at, name in tones_of(plan)]
    assert all(abs(place - at) <= 1 for (place, _), (at, _) in zip(found, tones_of(plan), strict=True))
    starts = [place for place, name in found if name == "start"]
    ends = [place for place, name in found if name == "end"]
    holds = [segment for segment in plan["segments"] if segment["kind"] in {"hold", "rep-set"}]
    assert [segment["frames"] for segment in holds] == [
        end - start for start, end in zip(starts, ends, strict=True)
    ]
    assert [20 * rate] * 4 == [segment["frames"] for segment in holds if segment["kind"] == "hold"]


def test_speech_is_heard_in_its_place_and_nothing_elsewhere(routine: Path, tmp_path: Path) -> None:
    """Each phrase sounds within its event, and outside of all events there is digital silence."""
    target, plan_file = tmp_path / "hips.wav", tmp_path / "hips.json"
    assert 0 == coach("export", routine, "-o", target, "--json", plan_file).returncode
    plan = load_plan(plan_file.read_text(encoding="utf-8"))
    samples, _ = read(target)
    for event in plan["events"]:
        place = slice(event["onset_frame"], event["onset_frame"] + event["frames"])
        assert np.abs(samples[place]).max() > 0.05
        samples[place] = 0
    assert 0 == np.abs(samples).max()


def test_plan_is_that_of_the_file_and_nothing_is_spoken_twice(routine: Path, tmp_path: Path) -> None:
    """Planning and exporting again gives the same plan and the same bytes."""
    first, again = tmp_path / "a.wav", tmp_path / "b.wav"
    assert 0 == coach("export", routine, "-o", first, "--json", tmp_path / "a.json").returncode
    assert 0 == coach("export", routine, "-o", again).returncode
    assert first.read_bytes() == again.read_bytes()
    planned = load_plan(coach("plan", routine, "--json").stdout)
    assert load_plan((tmp_path / "a.json").read_text(encoding="utf-8")) == planned


def test_report(routine: Path, tmp_path: Path) -> None:
    """A pipe gets one plain line: the file, its length, its size."""
    target = tmp_path / "hips.wav"
    result = coach("export", routine, "-o", target, "--only", "clam", "--sets", "1")
    info = soundfile.info(target)
    minutes, seconds = divmod(round(info.duration), 60)
    assert (
        f"{target}: {minutes}:{seconds:02}, 1 exercise, {target.stat().st_size / 1e6:.1f} MB\n"
        == result.stdout
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupt_leaves_the_old_file(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C, SIGTERM and SIGKILL in the middle leave what was there; the first two leave no trace."""
    routine, target = tmp_path / "long.toml", tmp_path / "long.wav"
    routine.write_text(LONG, encoding="utf-8")
    target.write_bytes(b"old")
    command = [sys.executable, "-m", "voicecoach", "export", routine, "-o", target, "--talk", "beeps"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 30
        while not (beside := [path for path in tmp_path.iterdir() if path.name.startswith(".")]):
            assert process.poll() is None
            assert time.monotonic() < deadline
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    codes = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}
    assert codes[number] == process.returncode
    assert b"old" == target.read_bytes()
    if number == signal.SIGKILL:
        assert beside[0].exists()
    else:
        assert [] == [path for path in tmp_path.iterdir() if path.name.startswith(".")]
        assert "Traceback" not in errors
    # What a killed program left is tidied by the next one.
    routine.write_text(LONG.replace("24 x 3600", "1 x 5"), encoding="utf-8")
    assert 0 == coach("export", routine, "-o", target, "--talk", "beeps").returncode
    assert {routine, target} == set(tmp_path.iterdir())


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """Where no more can be written, one line says so, and the old file stays."""
    routine, target = tmp_path / "long.toml", tmp_path / "long.wav"
    routine.write_text(LONG, encoding="utf-8")
    target.write_bytes(b"old")

    def allow_one_megabyte() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    result = coach(
        "export", routine, "-o", target, "--talk", "beeps", "--no-cache", preexec_fn=allow_one_megabyte
    )
    assert 1 == result.returncode
    assert f"voicecoach: cannot write {target}: " in result.stderr
    assert 1 == len(result.stderr.splitlines())
    assert b"old" == target.read_bytes()
    assert {routine, target} == set(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("target", "code"), [("nowhere/hips.wav", 1), (".", 2), ("hips", 2), ("hips.mp5", 2), ("folder.wav", 1)]
)
def test_a_target_that_cannot_be(routine: Path, tmp_path: Path, target: str, code: int) -> None:
    """A missing folder, a folder in place of a file, an unknown suffix: one line each, before any work."""
    (tmp_path / "folder.wav").mkdir()
    result = coach("export", routine, "-o", tmp_path / target)
    assert code == result.returncode
    assert "Traceback" not in result.stderr
    assert target.strip(".") in result.stderr


def test_a_missing_engine_is_said_in_one_line(routine: Path, tmp_path: Path) -> None:
    """Without any voice a spoken session cannot be; with beeps it can, and says what is missing."""
    (tmp_path / "pyttsx3.py").write_text("raise ImportError('no such library')")
    without = os.environ | {"PYTHONPATH": str(tmp_path)}
    result = coach("export", routine, "-o", tmp_path / "a.wav", env=without)
    assert 1 == result.returncode
    assert 1 == len(result.stderr.splitlines())
    assert "no such library" in result.stderr
    beeps = coach("export", routine, "-o", tmp_path / "b.wav", "--talk", "beeps", env=without)
    assert 0 == beeps.returncode
    assert "the safety words are not spoken" in beeps.stderr


def test_targets_are_looked_at_before_the_work(routine: Path, tmp_path: Path) -> None:
    """A plan in place of its recording, or in a folder that is not there, is refused before any work."""
    target = tmp_path / "hips.wav"
    same = coach("export", routine, "-o", target, "--json", target)
    assert (2, True) == (same.returncode, "name the same file" in same.stderr)
    nowhere = coach("export", routine, "-o", target, "--json", tmp_path / "nowhere" / "plan.json")
    assert (1, True) == (nowhere.returncode, "there is no folder" in nowhere.stderr)
    assert {routine} == set(tmp_path.iterdir())


def test_an_interrupt_while_speaking_is_one_line() -> None:
    """Ctrl-C at any moment of the first synthesis ends with one line and code 130, or finds the work done."""
    for tenths in range(0, 8, 2):
        command = [sys.executable, "-m", "voicecoach", "plan", "hip-mobility", "--no-cache"]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            deadline = time.monotonic() + 30
            # The engine has a process of its own.
            while not any(path.read_text() for path in Path(f"/proc/{process.pid}/task").glob("*/children")):
                assert time.monotonic() < deadline
            time.sleep(tenths / 10)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
        # Where the interrupt met the making of a dataclass, Python ends itself by SIGINT: 130 to a shell.
        code = 130 if process.returncode == -signal.SIGINT else process.returncode
        assert (code, errors) in {(130, "voicecoach: interrupted\n"), (0, "")}


def test_without_a_home(routine: Path, tmp_path: Path) -> None:
    """A home that may not be entered, or an input that is closed, is no reason for a traceback."""
    nowhere = {
        name: str(tmp_path / "none")
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    }
    (tmp_path / "none").touch()
    result = coach("plan", routine, "--talk", "brief", env=os.environ | nowhere)
    assert 0 == result.returncode
    assert "going on without" in result.stderr
    closed = f"{sys.executable} -m voicecoach play --device none <&-"
    asked = subprocess.run(["sh", "-c", closed], capture_output=True, text=True, check=False)
    assert (2, True) == (asked.returncode, "which routine?" in asked.stderr)

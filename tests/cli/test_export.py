import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import mutagen
import numpy as np
import pytest
import soundfile
import webvtt

from tests.listening import load_plan, onset, read, tone, tones_of
from tests.typed import typed
from voicecoach.sound.loudness import measure

pytestmark = pytest.mark.usefixtures("shared_cache")

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
OLD = Path(__file__).parents[2].joinpath("sounds", "tick.wav").read_bytes()
"""What stood there before: some other recording."""
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


@pytest.fixture
def short(routine: Path) -> Path:
    """Write the same with as little to do as there can be: for what is alike at every length."""
    path = routine.with_name("short.toml")
    text = ROUTINE.replace("2 x 20 s per side", "1 x 6 s per side").replace(
        "2 x 3 reps per side", "1 x 2 reps"
    )
    path.write_text(text, encoding="utf-8")
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


@pytest.mark.long
def test_speech_is_heard_in_its_place_and_nothing_elsewhere(routine: Path, tmp_path: Path) -> None:
    """Each phrase sounds within its event, and outside of all events there is digital silence."""
    target, plan_file = tmp_path / "hips.wav", tmp_path / "hips.json"
    assert 0 == typed("export", routine, "-o", target, "--json", plan_file).returncode
    plan = load_plan(plan_file.read_text(encoding="utf-8"))
    samples, _ = read(target)
    for event in plan["events"]:
        place = slice(event["onset_frame"], event["onset_frame"] + event["frames"])
        assert np.abs(samples[place]).max() > 0.05
        samples[place] = 0
    assert 0 == np.abs(samples).max()


@pytest.mark.long
def test_plan_is_that_of_the_file_and_nothing_is_spoken_twice(routine: Path, tmp_path: Path) -> None:
    """Planning and exporting again gives the same plan and the same bytes."""
    first, again = tmp_path / "a.wav", tmp_path / "b.wav"
    assert 0 == typed("export", routine, "-o", first, "--json", tmp_path / "a.json").returncode
    assert 0 == typed("export", routine, "-o", again).returncode
    assert first.read_bytes() == again.read_bytes()
    planned = load_plan(typed("plan", routine, "--json").stdout)
    assert load_plan((tmp_path / "a.json").read_text(encoding="utf-8")) == planned


needs_ffmpeg = pytest.mark.skipif(
    shutil.which("ffprobe") is None, reason="FFmpeg's own programs are not installed: apt install ffmpeg"
)


def probe(path: Path) -> dict[str, Any]:
    """Return what FFmpeg's own program finds in a file."""
    shown = ("-show_format", "-show_streams", "-show_chapters")
    run = subprocess.run(
        ["ffprobe", "-v", "error", "-of", "json", *shown, path], capture_output=True, check=True
    )
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def tags_of(found: dict[str, Any]) -> dict[str, str]:
    """Return the tags of a file and of its sound, their names in lower case."""
    tagged = (found["format"], *(one for one in found["streams"] if one["codec_type"] == "audio"))
    return {key.lower(): value for one in tagged for key, value in one.get("tags", {}).items()}


def seconds_of(stamp: str) -> float:
    """Read a time as the comments of a file have it: ``hh:mm:ss.mmm``."""
    hours, minutes, seconds = stamp.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def test_report(routine: Path, tmp_path: Path) -> None:
    """A pipe gets plain lines: the file, its length and size; how it was made; how loud it is, as decoded."""
    target = tmp_path / "hips.wav"
    result = typed("export", routine, "-o", target, "--only", "clam", "--sets", "1")
    info = soundfile.info(target)
    minutes, seconds = divmod(round(info.duration), 60)
    loudness = measure(soundfile.read(target, dtype="float32")[0], info.samplerate)
    assert [
        f"{target}: {minutes}:{seconds:02}, 1 exercise, {target.stat().st_size / 1e6:.1f} MB",
        "  WAV, mono, 24 kHz, 3 chapters",
        f"  as decoded: {loudness.integrated_lufs:.1f} LUFS, true peak {loudness.true_peak_dbtp:.1f} dBTP",
    ] == result.stdout.splitlines()


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupt_leaves_the_old_file(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C, SIGTERM and SIGKILL in the middle leave what was there; the first two leave no trace."""
    routine, target = tmp_path / "long.toml", tmp_path / "long.wav"
    routine.write_text(LONG, encoding="utf-8")
    target.write_bytes(OLD)
    command = [sys.executable, "-m", "voicecoach", "export", routine, "-o", target, "--talk", "beeps"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 120
        while not (beside := [path for path in tmp_path.iterdir() if path.name.startswith(".")]):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.005)
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    codes = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -9}
    assert codes[number] == process.returncode
    assert target.read_bytes() == OLD
    if number == signal.SIGKILL:
        assert beside[0].exists()
    else:
        assert [] == [path for path in tmp_path.iterdir() if path.name.startswith(".")]
        assert "Traceback" not in errors
    # What a killed program left is tidied by the next one.
    routine.write_text(LONG.replace("24 x 3600", "1 x 5"), encoding="utf-8")
    assert 0 == coach("export", routine, "-o", target, "--talk", "beeps").returncode
    assert {routine, target} == set(tmp_path.iterdir())


@pytest.mark.long
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """Where no more can be written, one line says so, and the old file stays."""
    routine, target = tmp_path / "long.toml", tmp_path / "long.wav"
    routine.write_text(LONG, encoding="utf-8")
    target.write_bytes(OLD)

    def allow_one_megabyte() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    result = coach(
        "export", routine, "-o", target, "--talk", "beeps", "--no-cache", preexec_fn=allow_one_megabyte
    )
    assert 1 == result.returncode
    assert f"voicecoach: cannot write {target}: " in result.stderr
    assert 1 == len(result.stderr.splitlines())
    assert target.read_bytes() == OLD
    assert {routine, target} == set(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("target", "code"), [("nowhere/hips.wav", 1), (".", 2), ("hips", 2), ("hips.mp5", 2), ("folder.wav", 1)]
)
def test_a_target_that_cannot_be(routine: Path, tmp_path: Path, target: str, code: int) -> None:
    """A missing folder, a folder in place of a file, an unknown suffix: one line each, before any work."""
    (tmp_path / "folder.wav").mkdir()
    result = typed("export", routine, "-o", tmp_path / target)
    assert code == result.returncode
    assert target.strip(".") in result.stderr


def test_a_missing_engine_is_said_in_one_line(routine: Path, tmp_path: Path) -> None:
    """Without any voice a spoken session cannot be; with beeps it can, and says what is missing."""
    (tmp_path / "pyttsx3.py").write_text("raise ImportError('no such library')")
    without = os.environ | {"PYTHONPATH": str(tmp_path)}
    result = coach("export", routine, "-o", tmp_path / "a.wav", "--no-cache", env=without)
    assert 1 == result.returncode
    assert 1 == len(result.stderr.splitlines())
    assert "no such library" in result.stderr
    beeps = coach("export", routine, "-o", tmp_path / "b.wav", "--talk", "beeps", "--no-cache", env=without)
    assert 0 == beeps.returncode
    assert "the safety words are not spoken" in beeps.stderr


def test_targets_are_looked_at_before_the_work(routine: Path, tmp_path: Path) -> None:
    """A plan in place of its recording, or in a folder that is not there, is refused before any work."""
    target = tmp_path / "hips.wav"
    same = typed("export", routine, "-o", target, "--json", target)
    assert (2, True) == (same.returncode, "two of its files have the same name" in same.stderr)
    nowhere = typed("export", routine, "-o", target, "--json", tmp_path / "nowhere" / "plan.json")
    assert (1, True) == (nowhere.returncode, "there is no folder" in nowhere.stderr)
    assert {routine} == set(tmp_path.iterdir())


def test_an_interrupt_while_speaking_is_one_line() -> None:
    """Ctrl-C at any moment of the first synthesis ends with one line and code 130, or finds the work done."""
    for tenths in range(0, 8, 2):
        command = [sys.executable, "-m", "voicecoach", "plan", "hip-mobility", "--no-cache"]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            deadline = time.monotonic() + 120
            # The engine has a process of its own.
            while not any(path.read_text() for path in Path(f"/proc/{process.pid}/task").glob("*/children")):
                assert time.monotonic() < deadline
                time.sleep(0.005)
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


@pytest.mark.long
@needs_ffmpeg
@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".opus", ".m4b"])
def test_other_programs_find_all_that_a_file_tells(routine: Path, tmp_path: Path, suffix: str) -> None:
    """FFmpeg's own program sees chapters, tags and a picture, and hears the loudness of a recording."""
    target = tmp_path / f"hips{suffix}"
    result = coach("export", routine, "-o", target, "--json", tmp_path / "plan.json", "--chapters", "set")
    assert (0, "") == (result.returncode, result.stderr)
    plan = load_plan((tmp_path / "plan.json").read_text(encoding="utf-8"))
    found = probe(target)
    chapters = [(float(one["start_time"]), one["tags"]["title"]) for one in found.get("chapters", [])]
    planned = [(one["start_frame"] / plan["sample_rate"], one["title"]) for one in plan["chapters"]]
    if suffix == ".flac":  # its chapters stand in comments that FFmpeg does not take for chapters
        comments = mutagen.File(target)
        numbers = range(len(planned))
        chapters = [
            (seconds_of(comments[f"CHAPTER{number:03}"][0]), comments[f"CHAPTER{number:03}NAME"][0])
            for number in numbers
        ]
    assert [title for _, title in planned] == [title for _, title in chapters]
    assert [pytest.approx(start, abs=0.002) for start, _ in planned] == [start for start, _ in chapters]
    tags = tags_of(found)
    assert (plan["meta"]["title"], "voicecoach") == (tags["title"], tags["artist"])
    assert "stop" in tags["comment"].lower()
    pictures = [one for one in found["streams"] if one["codec_type"] == "video"]
    assert [1000] == [one["width"] for one in pictures]
    listen = ("-map", "0:a", "-filter:a", "ebur128=peak=true", "-f", "null", "-")
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", target, *listen]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    loudness = told.rpartition("Summary:")[2]
    integrated, peak = (float(re.search(rf"{name}:\s+(-?[\d.]+)", loudness)[1]) for name in ("I", "Peak"))
    assert pytest.approx(-19, abs=0.7) == integrated
    assert peak <= -1


def test_captions_and_chapters_beside_it(routine: Path, tmp_path: Path) -> None:
    """Every phrase is captioned at its time; the sheet and the podcast's chapters tell those of the plan."""
    target = tmp_path / "hips.flac"
    beside = ("--captions", "vtt,srt,lrc", "--cue-sheet", "--chapters-json", "--timeline", tmp_path / "a.svg")
    result = typed("export", routine, "-o", target, "--json", tmp_path / "plan.json", *beside)
    assert 0 == result.returncode
    plan = load_plan((tmp_path / "plan.json").read_text(encoding="utf-8"))
    spoken = [event for event in plan["events"] if event["type"] == "speech"]
    heard = [
        (caption.start_in_seconds, caption.end_in_seconds, " ".join(caption.text.split()))
        for caption in webvtt.read(target.with_suffix(".vtt"))
    ]
    rate = plan["sample_rate"]
    for event, (start, end, text) in zip(spoken, heard, strict=True):
        assert text == " ".join(event["text"].split())
        assert pytest.approx(event["onset_frame"] / rate, abs=1) == start
        assert pytest.approx((event["onset_frame"] + event["frames"]) / rate, abs=1) == end
    chapters = json.loads((tmp_path / "hips.chapters.json").read_text(encoding="utf-8"))["chapters"]
    assert [one["title"] for one in plan["chapters"]] == [one["title"] for one in chapters]
    assert len(plan["chapters"]) == target.with_suffix(".cue").read_text(encoding="utf-8").count("TRACK")
    names = {"hips.flac", "hips.vtt", "hips.srt", "hips.lrc", "hips.cue", "hips.chapters.json", "a.svg"}
    assert names | {"plan.json", routine.name} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.long
def test_a_set_of_files_is_the_session(routine: Path, tmp_path: Path) -> None:
    """Split, the files of the playlist joined are the one file, frame for frame, and no tone is cut."""
    assert 0 == typed("export", routine, "-o", tmp_path / "whole.wav").returncode
    result = typed("export", routine, "-o", tmp_path / "hips.wav", "--split", "exercise")
    assert (0, "") == (result.returncode, result.stderr)
    listed = (tmp_path / "hips.m3u8").read_text(encoding="utf-8").splitlines()
    files = [tmp_path / line for line in listed if not line.startswith("#")]
    assert sorted(files) == sorted(tmp_path.glob("hips-*.wav"))
    whole, _ = read(tmp_path / "whole.wav")
    parts = [read(file)[0] for file in files]
    assert np.array_equal(whole, np.concatenate(parts))
    assert all(not part[-1] for part in parts)
    tracks = [mutagen.File(file).tags["TRCK"].text[0] for file in files]
    assert [f"{number}/{len(files)}" for number in range(1, len(files) + 1)] == tracks


@pytest.mark.long
@pytest.mark.parametrize("kind", ["wav", "flac", "mp3", "opus", "m4a"])
def test_a_recording_is_piped_on_whole(short: Path, tmp_path: Path, kind: str) -> None:
    """On standard output stands the very file, with its lengths in its head; what is told goes elsewhere."""
    assert 0 == typed("export", short, "-o", tmp_path / f"hips.{kind}").returncode
    command = [sys.executable, "-m", "voicecoach", "export", short, "-o", "-", "--format", kind]
    piped = subprocess.run(command, capture_output=True, check=True)
    assert (tmp_path / f"hips.{kind}").read_bytes() == piped.stdout
    assert b"standard output" in piped.stderr


@pytest.mark.long
def test_what_goes_with_a_pipe_only(routine: Path, tmp_path: Path) -> None:
    """Captions of what has no name, a kind for what has one, an unknown kind: one line each."""
    for options, message in (
        (("-o", "-", "--captions", "vtt"), "-o - has no name"),
        (("-o", tmp_path / "a.wav", "--format", "mp3"), "--format goes with -o -"),
        (("-o", "-", "--format", "mp5"), "known are .wav"),
        (("-o", tmp_path / "a.opus", "--sample-rate", "44100"), "Opus has no sample rate of 44100"),
        (("-o", tmp_path / "a.wav", "--captions", "ass"), "no kind of captions"),
        (("-o", tmp_path / "a.wav", "--cover", tmp_path / "none.png"), "none.png"),
    ):
        result = typed("export", routine, *options)
        assert 0 != result.returncode
        assert message in result.stderr
    assert {routine} == set(tmp_path.iterdir())


@pytest.mark.long
def test_only_a_recording_is_written_over(routine: Path, tmp_path: Path) -> None:
    """A letter that has the name of a recording stays, unless one insists; a recording gives way."""
    target = tmp_path / "hips.mp3"
    target.write_text("Dear hips,")
    refused = typed("export", routine, "-o", target, "--talk", "beeps")
    assert (1, "Dear hips,") == (refused.returncode, target.read_text())
    assert "no audio file" in refused.stderr
    assert "--force" in refused.stderr
    assert 0 == typed("export", routine, "-o", target, "--talk", "beeps", "--force").returncode
    assert 0 == typed("export", routine, "-o", target, "--talk", "beeps").returncode


@pytest.mark.long
@needs_ffmpeg
def test_a_file_says_which_language_it_is_in(tmp_path: Path) -> None:
    """The stream of an MP4 file says so in three letters, as ID3 does; other tags have the tag as typed."""
    expected = {"m4a": "fra", "m4b": "fra", "mp3": "fra", "wav": "fra", "flac": "fr", "opus": "fr"}
    found = {}
    for kind in expected:
        path = tmp_path / f"clam.{kind}"
        options = ("--lang", "fr", "--only", "clam", "--sets", "1", "--talk", "beeps")
        assert 0 == typed("export", "hip-mobility", "-o", path, *options).returncode
        tagged = tags_of(probe(path))
        found[kind] = tagged.get("language") or tagged.get("tlan")
    assert expected == found
    streams = probe(tmp_path / "clam.m4a")["streams"]
    assert ["fra", "fra"] == [one["tags"]["language"] for one in streams if one["codec_type"] != "video"]
    chapters = [one["tags"]["title"] for one in probe(tmp_path / "clam.m4a")["chapters"]]
    assert not [title for title in chapters if "Clam" in title or "Strengthen" in title]


@pytest.mark.long
@needs_ffmpeg
def test_the_same_session_is_the_same_file(routine: Path, short: Path, tmp_path: Path) -> None:
    """Made again, at another time and on more cores, a file has the same bytes; a date can be given."""
    for kind in ("mp3", "opus", "m4b", "flac"):
        first, again, dated = (tmp_path / f"{name}.{kind}" for name in ("first", "again", "dated"))
        assert 0 == typed("export", routine, "-o", first, "--jobs", "1").returncode
        assert 0 == typed("export", routine, "-o", again, "--jobs", "2").returncode
        assert first.read_bytes() == again.read_bytes()
        environ = {"SOURCE_DATE_EPOCH": "86400"}
        assert 0 == typed("export", short, "-o", dated, environ=environ).returncode
        assert "1970-01-02" == tags_of(probe(dated))["date"]


@pytest.mark.long
def test_another_hold_speaks_nothing_anew(routine: Path, tmp_path: Path) -> None:
    """With a longer hold all but what tells its length is there already."""
    folder = tmp_path / "clips"
    first = typed("export", routine, "-o", tmp_path / "a.mp3", "--talk", "brief", "--cache", folder)
    assert 0 == first.returncode
    spoken = len(list(folder.rglob("*")))
    options = ("--talk", "brief", "--cache", folder, "--hold", "25")
    assert 0 == typed("export", routine, "-o", tmp_path / "b.mp3", *options).returncode
    # What is new is a note of the loudness, and the folder it may lie in.
    assert len(list(folder.rglob("*"))) - spoken <= 2


@pytest.mark.long
@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3", ".ogg", ".m4a"])
def test_every_kind_of_file_is_proved(short: Path, tmp_path: Path, suffix: str) -> None:
    """The proof of a fresh file finds its plan by the fingerprint in its tags, and every rule kept."""
    for options in (("--talk", "beeps"), ("--pan", "--jobs", "1"), ("--split", "stage", "--talk", "brief")):
        folder = tmp_path / options[0].strip("-")
        folder.mkdir()
        assert 0 == typed("export", short, "-o", folder / f"hips{suffix}", *options).returncode
        for file in folder.glob(f"*{suffix}"):
            proof = typed("verify", file)
            assert (0, "All rules are kept.") == (proof.returncode, proof.stdout.splitlines()[-1]), (
                proof.stdout
            )
            assert "the plan that the file names" in proof.stdout

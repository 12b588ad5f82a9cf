"""Play to a real sound server, and look at the recording: what a listener would have heard, and when."""

import json
import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.patience import tried_again
from tests.sound_server import RATE as RECORDED_RATE
from tests.sound_server import SoundServer, running_server
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Segment, Tone
from voicecoach.sound.clip import Clip
from voicecoach.sound.render import FAR_DB, render

RATE = 24_000
PLAYER = Path(__file__).with_name("live_player.py")
REOPENER = Path(__file__).with_name("live_reopener.py")
CHIRP_SECONDS = 0.08
BEAT = 0.5

pytestmark = pytest.mark.live


def device(name: str, *tolerances: int) -> object:
    """Name a device and what is asked of it; skip it where it is not installed."""
    missing = find_spec(name) is None
    skip = pytest.mark.skipif(missing, reason=f"needs {name}: pip install 'voicecoach[{name}]'")
    return pytest.param(name, *tolerances, marks=skip, id=name)


def each_device(
    *parameters: str, miniaudio: tuple[int, ...] = (), simpleaudio: tuple[int, ...] = ()
) -> pytest.MarkDecorator:
    """Run a test with both devices, and with what is asked of each."""
    rows = [device("miniaudio", *miniaudio), device("simpleaudio", *simpleaudio)]
    return pytest.mark.parametrize(("name", *parameters) if parameters else "name", rows)


def start(
    environ: dict[str, str], name: str, samples: np.ndarray, folder: Path, *halt: int
) -> "subprocess.Popen[str]":
    """Start the player."""
    np.save(folder / "samples.npy", samples.astype(np.float32))
    command = [sys.executable, PLAYER, name, folder / "samples.npy", RATE, *halt]
    return subprocess.Popen(
        [str(part) for part in command],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def play(environ: dict[str, str], name: str, samples: np.ndarray, folder: Path, *halt: int) -> dict[str, int]:
    """Run the player, and return what it says; nothing but that may be printed."""
    output, complaints = start(environ, name, samples, folder, *halt).communicate(timeout=60)
    assert "" == complaints
    report: dict[str, int] = json.loads(output)
    return report


def without_server(folder: Path) -> dict[str, str]:
    """Return an environment in which no program finds a card or a server."""
    (folder / "asound.conf").write_text("")
    private = dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"), str(folder))
    nowhere = {"PULSE_SERVER": f"unix:{folder}/nobody", "ALSA_CONFIG_PATH": str(folder / "asound.conf")}
    return {**os.environ, **private, **nowhere}


def chirp(sample_rate: int) -> np.ndarray:
    """Return a glide from 400 to 1600 Hz: unlike a tone, it looks like itself at one place only."""
    t = np.arange(round(CHIRP_SECONDS * sample_rate)) / sample_rate
    envelope = np.minimum(1, np.minimum(t, CHIRP_SECONDS - t) / 0.005)
    return 0.5 * envelope * np.sin(2 * np.pi * (400 * t + 1200 / CHIRP_SECONDS * t**2 / 2))


def onsets_in(recording: np.ndarray) -> np.ndarray:
    """Return where in a recording the chirps begin, in seconds, by correlation."""
    template = chirp(RECORDED_RATE)
    size = 1 << (len(recording) + len(template)).bit_length()
    spectrum = np.fft.rfft(recording, size) * np.conj(np.fft.rfft(template, size))
    likeness = np.abs(np.fft.irfft(spectrum, size)[: len(recording)])
    least, found = likeness.max() / 2, []
    while likeness.max() > least:
        onset = int(likeness.argmax())
        found.append(onset)
        likeness[max(0, onset - len(template)) : onset + len(template)] = 0
    return np.sort(found) / RECORDED_RATE


@each_device("tolerance_ms", miniaudio=(10,), simpleaudio=(25,))
@pytest.mark.parametrize("channels", [1, 2])
@tried_again
def test_every_sound_comes_at_its_time(
    name: str, tolerance_ms: int, channels: int, sound_server: SoundServer, tmp_path: Path
) -> None:
    """The chirps of eight seconds, at odd places, are all heard, each at its place and on its side."""
    onsets = np.cumsum(
        [7001, 12007, 9001, 5003, 20011, 11003, 14009, 6007, 17011, 8009, 15013, 10007, 13001, 9011]
    )
    pans = [-1.0, 1.0] * (len(onsets) // 2)
    events = [Event(int(onset), Tone("chirp"), pan=pan) for onset, pan in zip(onsets, pans, strict=True)]
    segment = Segment(Step(Kind.HOLD), "Pigeon", int(onsets[-1]) + RATE, tuple(events))
    (samples,) = render(
        segment, lambda _: Clip(chirp(RATE).astype(np.float32), RATE), segment.frames, channels=channels
    )
    with sound_server.record() as recording:
        report = play(sound_server.environ, name, samples, tmp_path)
    assert {"written": len(samples), "underruns": 0} == report
    heard = onsets_in(recording.samples)
    assert len(onsets) == len(heard)
    errors = heard - onsets / RATE
    assert [] == [
        f"{error * 1000:.1f} ms" for error in errors - np.median(errors) if abs(error * 1000) > tolerance_ms
    ]
    leanings = [FAR_DB * pan if channels == 2 else 0.0 for pan in pans]
    assert pytest.approx(leanings, abs=0.1) == [leaning_db(recording.sides, onset) for onset in heard]


def leaning_db(sides: np.ndarray, onset: float) -> float:
    """Return by how much the chirp that begins at a second is louder on the right."""
    first = round(onset * RECORDED_RATE)
    left, right = np.sum(sides[first : first + len(chirp(RECORDED_RATE))].astype(np.float64) ** 2, axis=0)
    return float(10 * np.log10(right / left))


def noise(seconds: float) -> np.ndarray:
    """Return noise: what is cut off or repeated of it shows."""
    return np.random.default_rng(5).uniform(-0.3, 0.3, round(seconds * RATE))


@each_device("silent_within_ms", "count_within_ms", miniaudio=(100, 10), simpleaudio=(350, 350))
@pytest.mark.parametrize("channels", [1, 2])
@tried_again
def test_a_halt_silences_at_once(  # noqa: PLR0913, PLR0917 - two of them are fixtures
    name: str,
    silent_within_ms: int,
    count_within_ms: int,
    channels: int,
    sound_server: SoundServer,
    tmp_path: Path,
) -> None:
    """Halted in the middle of a noise, a device is soon silent, and tells truly how much nobody heard."""
    with sound_server.record() as recording:
        samples = noise(5) if channels == 1 else np.stack([noise(5), 0.5 * noise(5)], axis=1)
        report = play(sound_server.environ, name, samples, tmp_path, round(1.3 * RATE))
    first, last = recording.sounding()
    sounded_ms = (last - first) / RECORDED_RATE * 1000
    told_ms = (report["written"] - report["unheard"]) / RATE * 1000
    assert 0 <= sounded_ms - report["heard"] / RATE * 1000 <= silent_within_ms
    assert -5 <= sounded_ms - told_ms <= count_within_ms
    assert 0 == report["underruns"]


@each_device()
@tried_again
def test_closing_lets_the_last_sound_end(name: str, sound_server: SoundServer, tmp_path: Path) -> None:
    """A noise without a silence after it is heard to its end when the device is closed."""
    with sound_server.record() as recording:
        play(sound_server.environ, name, noise(0.7), tmp_path)
    first, last = recording.sounding()
    assert 0.7 == pytest.approx((last - first) / RECORDED_RATE, abs=0.01)


@each_device()
def test_a_missing_device_is_one_line_with_a_remedy(name: str, tmp_path: Path) -> None:
    """Without a card or a server nothing is printed but the error, which says what to do."""
    report = play(without_server(tmp_path), name, noise(1), tmp_path)
    assert ["error"] == list(report)
    assert "no sound device can be opened" in str(report["error"])
    assert "--device none" in str(report["error"])


@each_device()
def test_a_device_that_is_lost_can_be_opened_again(name: str) -> None:
    """When the server dies, writing ends with an error; the sound goes on with the next server."""
    with running_server() as server:
        server.listen()
        with subprocess.Popen(
            [sys.executable, REOPENER, name, str(RATE)],
            env=server.environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as program:
            try:
                server.wait_for_sound()
                server.kill()
                lost, refused = next_event(program), next_event(program)
                server.restart()
                opened = next_event(program)
                with server.record() as recording:
                    rest, complaints = program.communicate("\n", timeout=60)
            finally:
                program.kill()
    first, last = recording.sounding()
    assert 1.2 == pytest.approx((last - first) / RECORDED_RATE, abs=0.05)
    assert ["lost", "refused", "open"] == [one["event"] for one in (lost, refused, opened)]
    assert {"event": "done", "underruns": 0} == json.loads(rest)
    assert "--device none" in lost["why"]
    assert "no sound device can be opened" in refused["why"]
    # Nothing waits for what is gone, and nothing of it stays open.
    assert [True, True] == [lost["seconds"] < 0.5, refused["seconds"] < 2.5]
    assert (0, "") == (opened["files"], complaints)


def next_event(program: "subprocess.Popen[str]") -> dict[str, Any]:
    """Wait for the next line of the program that opens its device again, and return what it says."""
    assert program.stdout
    event: dict[str, Any] = json.loads(program.stdout.readline())
    return event


def beats(count: int) -> np.ndarray:
    """Return a chirp every 500 ms."""
    samples = np.zeros(round(count * BEAT * RATE), np.float32)
    for number in range(count):
        first = round(number * BEAT * RATE)
        samples[first : first + round(CHIRP_SECONDS * RATE)] = chirp(RATE)
    return samples


def stop_for(process: "subprocess.Popen[Any]", seconds: float) -> None:
    """Let a process stand still, as on a machine that has no time for it."""
    process.send_signal(signal.SIGSTOP)
    try:
        time.sleep(seconds)
    finally:
        process.send_signal(signal.SIGCONT)


@each_device()
@tried_again
def test_a_stall_of_the_server_is_one_drop_out(name: str, tmp_path: Path) -> None:
    """A server that stands still for a second is not lost; all that follows is heard, and it counts once."""
    with running_server() as server, server.record() as recording:
        player = start(server.environ, name, beats(20), tmp_path)
        try:
            server.wait_for_sound()
            time.sleep(1.2)
            stop_for(server.process, 1.0)
            output, complaints = player.communicate(timeout=60)
        finally:
            player.kill()
    assert ("", {"written": 20 * round(BEAT * RATE), "underruns": 1}) == (complaints, json.loads(output))
    # A chirp in which the server stood still is torn.
    assert len(onsets_in(recording.samples)) in {19, 20}


@each_device("tolerance_ms", miniaudio=(10,), simpleaudio=(25,))
@tried_again
def test_a_silence_makes_good_what_a_stop_has_put_off(
    name: str, tolerance_ms: int, sound_server: SoundServer, tmp_path: Path
) -> None:
    """A session that stood still for 150 ms is on time again within five seconds, and none is lost."""
    with sound_server.record() as recording:
        player = start(sound_server.environ, name, beats(20), tmp_path)
        try:
            sound_server.wait_for_sound()
            time.sleep(1.2)
            stop_for(player, 0.15)
            output, complaints = player.communicate(timeout=60)
        finally:
            player.kill()
    assert ("", 20 * round(BEAT * RATE)) == (complaints, json.loads(output)["written"])
    heard = onsets_in(recording.samples)
    assert 20 == len(heard)
    late_ms = 1000 * (heard - heard[0] - BEAT * np.arange(len(heard)))
    assert tolerance_ms >= np.abs(late_ms[:2]).max()
    assert tolerance_ms >= np.abs(late_ms[-10:]).max()


@each_device()
def test_a_server_that_hangs_is_lost_in_the_end(name: str, tmp_path: Path) -> None:
    """When the server answers no more, writing and opening end with an error, and so does the program."""
    with running_server() as server:
        server.listen()
        beats = np.tile(np.concatenate([noise(0.3), np.zeros(round(0.3 * RATE))]), 100)
        player = start(server.environ, name, beats, tmp_path)
        server.wait_for_sound()
        server.process.send_signal(signal.SIGSTOP)
        try:
            output, complaints = player.communicate(timeout=60)
            refused = play(server.environ, name, noise(1), tmp_path)
        finally:
            player.kill()
            server.process.send_signal(signal.SIGCONT)
    assert "" == complaints
    assert "--device none" in json.loads(output)["error"]
    assert "no sound device can be opened" in str(refused["error"])


@each_device()
def test_a_program_that_fails_ends(name: str, sound_server: SoundServer) -> None:
    """A program that ends without closing its device does not hang, and leaves no process behind."""
    code = f"""
import numpy as np
from voicecoach.output.sink import open_device
sink = open_device({name!r}, {RATE})
sink.write(np.full({RATE // 20}, 0.3, np.float32))
raise SystemExit("failed")
"""
    # The pipes close only when every process that holds them has ended.
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=sound_server.environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (1, "failed\n") == (run.returncode, run.stderr)


@pytest.mark.parametrize("name", [device("simpleaudio")])
def test_a_killed_session_is_silent(name: str, sound_server: SoundServer, tmp_path: Path) -> None:
    """When the session is killed, the process that plays for it stops in the middle of its sound."""
    with sound_server.record() as recording:
        player = start(sound_server.environ, name, noise(15), tmp_path)
        sound_server.wait_for_sound()
        player.send_signal(signal.SIGKILL)
        player.communicate()
        sound_server.wait_for_silence()
    first, last = recording.sounding()
    assert (last - first) / RECORDED_RATE < 10

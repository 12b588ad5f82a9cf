"""Play to a real sound server, and look at the recording: what a listener would have heard, and when."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.live_playing import RATE, chirp, device, each_device, noise, onsets_in, play, start
from tests.patience import tried_again
from tests.sound_server import RATE as RECORDED_RATE
from tests.sound_server import SoundServer
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Segment, Tone
from voicecoach.sound.clip import Clip
from voicecoach.sound.render import FAR_DB, render

pytestmark = pytest.mark.live


def without_server(folder: Path) -> dict[str, str]:
    """Return an environment in which no program finds a card or a server."""
    (folder / "asound.conf").write_text("")
    private = dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"), str(folder))
    nowhere = {"PULSE_SERVER": f"unix:{folder}/nobody", "ALSA_CONFIG_PATH": str(folder / "asound.conf")}
    return {**os.environ, **private, **nowhere}


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

"""Take the device away, or let it stand still, while a session plays."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.live_playing import CHIRP_SECONDS, RATE, chirp, each_device, noise, onsets_in, play, start
from tests.patience import tried_again
from tests.sound_server import RATE as RECORDED_RATE
from tests.sound_server import SoundServer, running_server

REOPENER = Path(__file__).with_name("live_reopener.py")
BEAT = 0.5

pytestmark = pytest.mark.live


@each_device()
@tried_again
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
    assert [True, True] == [lost["seconds"] < 1.5, refused["seconds"] < 2.5]
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
    """A session that stood still for 150 ms is on time again a few seconds later, and none is lost."""
    with sound_server.record() as recording:
        player = start(sound_server.environ, name, beats(24), tmp_path)
        try:
            sound_server.wait_for_sound()
            time.sleep(1.2)
            stop_for(player, 0.15)
            output, complaints = player.communicate(timeout=60)
        finally:
            player.kill()
    assert ("", 24 * round(BEAT * RATE)) == (complaints, json.loads(output)["written"])
    heard = onsets_in(recording.samples)
    assert 24 == len(heard)
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

import os
import re
import signal
import subprocess
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.listening import load_plan, onset, tone, tones_of
from tests.patience import tried_again
from tests.terminal import terminal
from voicecoach.output.sink import installed

if TYPE_CHECKING:
    from tests.sound_server import SoundServer

SHORT = """
title = "Short"
caution = "Stop."
[[stage]]
title = "A"
[[stage.exercise]]
name = "Plank"
dose = "2 x 2 s per side"
rest = 3
"""
COACH = (sys.executable, "-m", "voicecoach")
PLAY = (*COACH, "play", "--device", "none", "--talk", "beeps")


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """Write a routine that is over in half a minute."""
    path = tmp_path / "short.toml"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.mark.long
def test_plain_lines_in_a_pipe(short: Path) -> None:
    """In a pipe each segment is a line: when, what, which set, how long, what comes then; and no colours."""
    command = [
        *COACH,
        "play",
        short,
        "--device",
        "none",
        "--talk",
        "beeps",
        "--pace",
        "brisk",
        "--sides",
        "left",
        "--sets",
        "1",
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    # A busy machine is late at times, and says so.
    complaints = [line for line in result.stderr.splitlines() if "sound was not ready in time" not in line]
    assert (0, []) == (result.returncode, complaints)
    lines = result.stdout.splitlines()
    assert "Stop." == lines[0]
    assert re.fullmatch(r"(about )?\d:\d\d in all", lines[1])
    assert "Plank, left, set 1 of 1, 2 s, then Finished" in [line.split("  ")[-1] for line in lines]
    assert "Short: finished" == lines[-1]
    assert "\x1b" not in result.stdout


def test_the_last_routine_is_played_again(short: Path) -> None:
    """Without a name, play takes the routine that was played last."""
    for arguments in ([short], []):
        command = [*COACH, "play", *arguments, "--device", "none", "--talk", "beeps", "--only", "plank"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout
            assert "Stop." in process.stdout.readline()
            assert "in all" in process.stdout.readline()
            assert "Welcome" in process.stdout.readline()
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=20)
        assert (130, "voicecoach: interrupted\n") == (process.returncode, errors)


def test_keys_on_a_terminal(short: Path) -> None:
    """Space pauses, n skips, q ends; the terminal is afterwards as it was before."""
    with terminal() as window:
        window.start([*PLAY, short])
        window.until("Welcome")
        window.type(" ")
        window.until("PAUSED")
        window.type(" n")
        window.until("next: Plank")
        window.type("nn")
        window.until("Get ready")
        window.type("q")
        window.until("Short: quit")
        assert 0 == window.end()
        assert window.before == window.attributes()


@pytest.mark.long
def test_waits_until_the_listener_is_ready(tmp_path: Path) -> None:
    """A step that waits goes round until any key is pressed, and so does what is said in it."""
    path = tmp_path / "waiting.toml"
    waiting = SHORT.replace('"2 x 2 s per side"', '"5 s wait"').replace("rest = 3", "")
    path.write_text(waiting + '[[stage.exercise]]\nname = "Bridge"\ndose = "5 s"\n', encoding="utf-8")
    with terminal() as window:
        window.start([*COACH, "play", path, "--device", "none", "--talk", "brief"])
        window.until("any key: go on")
        # Longer than the wait lasts in a recording.
        for _ in range(2):
            window.until("0:07 of")
            window.until("0:10 of")
        window.type("x")
        window.until("Get ready")
        window.type("q")
        window.until("Short: quit")
        assert 0 == window.end()


def test_a_plain_screen_on_a_dumb_terminal(short: Path) -> None:
    """A terminal that cannot draw gets plain lines."""
    with terminal() as window:
        window.start([*PLAY, short], kind="dumb")
        window.until("Welcome, ")
        window.type("q")
        window.until("Short: quit")
        assert 0 == window.end()


def test_keys_work_after_the_session_was_put_aside(short: Path) -> None:
    """When a shell has stopped and continued the program, keys are read as before."""
    with terminal() as window:
        process = window.start([*PLAY, short])
        window.until("Welcome")
        process.send_signal(signal.SIGSTOP)
        termios.tcsetattr(window.theirs, termios.TCSANOW, window.before)
        process.send_signal(signal.SIGCONT)
        window.until("next: Plank")
        window.type("q")
        window.until("Short: quit")
        assert 0 == window.end()


def test_no_device_is_said_in_one_line(short: Path, tmp_path: Path) -> None:
    """Without a sound card, one line says what to do."""
    (tmp_path / "asound.conf").write_text("")
    without = os.environ | {
        "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "PULSE_SERVER": "unix:/nowhere",
    }
    command = [*COACH, "play", short, "--device", "miniaudio", "--talk", "beeps"]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=without)
    assert 1 == result.returncode
    assert 1 == len(result.stderr.splitlines())
    assert "--device none" in result.stderr


@pytest.mark.long
@pytest.mark.live
@pytest.mark.parametrize(
    ("device", "within", "sides"), [("miniaudio", 0.010, "both"), ("simpleaudio", 0.025, "left")]
)
@tried_again
def test_what_is_heard_is_what_was_planned(
    short: Path, sound_server: "SoundServer", device: str, within: float, sides: str
) -> None:
    """In a recording of a real sound server, every tone lies where the plan has it, and speech is heard."""
    if not installed(device):
        pytest.skip(f"{device} is not installed; it is where it can be built")
    options = ["--talk", "brief", "--pace", "brisk", "--sides", sides, "--sets", "1"]
    # The clips of the plan are those of the session: both use one cache.
    planned = subprocess.run(
        [*COACH, "plan", short, *options, "--json"], capture_output=True, text=True, check=True
    )
    plan = load_plan(planned.stdout)
    command = [*COACH, "play", short, *options, "--device", device]
    with sound_server.record() as recording:
        played = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env=sound_server.environ,
            stdin=subprocess.DEVNULL,
        )
    assert (0, "") == (played.returncode, played.stderr)
    rate = 48_000
    times = rate // plan["sample_rate"]
    start, _ = recording.sounding(0.005)
    marks = [
        (at * times, name)
        for at, name in tones_of(plan)
        if name in {"start", "end", "switch", "stage", "finish"}
    ]
    # The wake-up tone swells: where it began is known to some tenths of a second.
    found = np.array([onset(recording.samples, tone(name, rate), start + at, rate) for at, name in marks])
    late = found - np.array([at for at, _ in marks])
    assert np.abs(late - np.median(late)).max() <= within * rate
    offset = int(np.median(late))
    for event in plan["events"]:
        if event["type"] == "speech":
            first = offset + event["onset_frame"] * times
            assert np.abs(recording.samples[first : first + event["frames"] * times]).max() > 0.05

"""A real session, and a real playerctl beside it."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bus import Bus, wait_until
from voicecoach import folders
from voicecoach.history.log import Log
from voicecoach.history.records import Ending, Feel

pytestmark = pytest.mark.long

ROUTINE = """
title = "Hips"
caution = "Stop."
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "{dose}"
[[stage.exercise]]
name = "Bridge"
dose = "60 s"
"""
PLAY = (sys.executable, "-m", "voicecoach", "play", "--device", "none", "--talk", "beeps")


@pytest.fixture
def routine(tmp_path: Path) -> Path:
    """Write a routine of two exercises, which nobody waits for to end."""
    path = tmp_path / "hips.toml"
    path.write_text(ROUTINE.format(dose="2 x 60 s per side"), encoding="utf-8")
    return path


@contextmanager
def playing(
    bus: Bus, routine: Path, *options: str, stdin: int = subprocess.DEVNULL
) -> Iterator[subprocess.Popen[str]]:
    """Play a routine while the block runs, without a keyboard unless stdin is a terminal."""
    process = subprocess.Popen(
        [*PLAY, str(routine), *options],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": bus.address},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for the end, and return the exit code, the last line and any complaints but of a busy machine."""
    output, errors = process.communicate(timeout=20)
    complaints = [line for line in errors.splitlines() if "sound was not ready in time" not in line]
    return process.returncode, output.splitlines()[-1], "\n".join(complaints)


def test_a_session_by_media_keys(bus: Bus, routine: Path) -> None:
    """A desktop sees the session and what is heard, and its keys pause, go on, skip, go back and end it."""
    with playing(bus, routine) as process:
        bus.wait_for("Playing", "status")
        assert f"voicecoach.instance{process.pid}" == bus.player("--list-all")
        bus.wait_for("Welcome", "metadata", "title")
        bus.player("play-pause")
        bus.wait_for("Paused", "status")
        bus.player("play")
        bus.wait_for("Playing", "status")
        for heard in ("Stretch", "Pigeon", "Get ready", "Pigeon, left"):
            bus.player("next")
            bus.wait_for(heard, "metadata", "title")
        assert "Stretch, set 1 of 2" == bus.player("metadata", "artist")
        assert bus.player("metadata", "album").startswith("Hips, 0:")
        assert "60000000" == bus.player("metadata", "mpris:length")
        wait_until(lambda: float(bus.player("position")) > 0.1, "the position stands still")
        bus.player("next")
        bus.wait_for("Switch to the right", "metadata", "title")
        bus.player("previous")
        bus.wait_for("Pigeon, left", "metadata", "title")
        bus.player("stop")
        assert (0, "Hips: quit", "") == ended(process)
    assert "" == bus.player("--list-all")


def test_a_desktop_follows(bus: Bus, routine: Path) -> None:
    """Who listens to the signals alone, as a desktop does, hears of each segment and each pause."""
    form = ["metadata", "--format", "{{status}}: {{title}}"]
    environ = os.environ | {"DBUS_SESSION_BUS_ADDRESS": bus.address}
    with (
        subprocess.Popen(
            ["playerctl", "--follow", *form], stdout=subprocess.PIPE, text=True, env=environ
        ) as follower,
        playing(bus, routine) as process,
    ):
        try:
            assert follower.stdout
            bus.wait_for("Playing: Welcome", *form)
            bus.player("pause")
            bus.wait_for("Paused: Welcome", *form)
            bus.player("next")
            bus.wait_for("Playing: Stretch", *form)
            bus.player("stop")
            assert (0, "Hips: quit", "") == ended(process)
        finally:
            follower.terminate()
        seen = [line.strip() for line in follower.stdout]
    expected = ["Playing: Welcome", "Paused: Welcome", "Playing: Stretch"]
    assert expected == [line for line in dict.fromkeys(seen) if line in expected]


@pytest.mark.long
def test_a_play_key_answers(bus: Bus, tmp_path: Path) -> None:
    """Where there is no keyboard, what waits for the listener waits for a key of the desktop."""
    path = tmp_path / "waiting.toml"
    path.write_text(ROUTINE.format(dose="5 s wait"), encoding="utf-8")
    with playing(bus, path) as process:
        bus.wait_for("Playing", "status")
        for track in (2, 3, 4):
            bus.player("next")
            bus.wait_for(f"'/voicecoach/segment/{track}'", "metadata", "mpris:trackid")
        # Longer than the wait lasts in a recording.
        wait_until(lambda: float(bus.player("position")) > 4, "it does not wait")
        wait_until(lambda: float(bus.player("position")) < 2, "it does not go round")
        assert "Pigeon" == bus.player("metadata", "title")
        bus.player("play")
        bus.wait_for("Bridge", "metadata", "title")
        bus.player("stop")
        assert (0, "Hips: quit", "") == ended(process)


@pytest.mark.parametrize(
    ("button", "feel"), [("next", Feel.EASY), ("play-pause", Feel.RIGHT), ("previous", Feel.HARD)]
)
def test_the_buttons_of_a_headset_say_how_it_was(bus: Bus, tmp_path: Path, button: str, feel: Feel) -> None:
    """Where there is no keyboard, one button answers the question at the end, and the log has the answer."""
    path = tmp_path / "short.toml"
    path.write_text(ROUTINE.format(dose="1 s"), encoding="utf-8")
    with playing(bus, path) as process:
        bus.wait_for("Playing", "status")
        for heard in ("Stretch", "Pigeon", "Get ready"):
            bus.player("next")
            bus.wait_for(heard, "metadata", "title")
        bus.wait_for("Bridge", "metadata", "title")
        for heard in ("Get ready", "Bridge", "Finished"):
            bus.player("next")
            bus.wait_for(heard, "metadata", "title")
        assert process.stdout
        assert any("How was it?" in line for line in process.stdout)
        bus.player(button)
        assert (0, "Hips: finished", "") == ended(process)
    with Log.open(folders.log()) as log:
        (record,) = log.records()
    assert (Ending.FINISHED, feel, [True, False]) == (
        record.end,
        record.feel,
        [one.is_done for one in record.performed],
    )


def test_a_bus_that_dies_in_the_middle(bus: Bus, routine: Path) -> None:
    """The session goes on to its end, its keys work as before, and nothing is said of it."""
    mine, theirs = pty.openpty()
    try:
        with playing(bus, routine, "--only", "bridge", stdin=theirs) as process:
            bus.wait_for("Playing", "status")
            bus.kill()
            assert process.stdout
            while "Finished, " not in (line := process.stdout.readline()):
                assert line
                if ", then " in line:
                    os.write(mine, b"n")
            assert (0, "Hips: finished", "") == ended(process)
    finally:
        os.close(mine)
        os.close(theirs)

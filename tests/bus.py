"""A private D-Bus daemon, and the real playerctl beside it: a desktop, as far as a session sees it."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_REMEDY = "apt-get install -y --no-install-recommends dbus playerctl"
_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_PATIENCE = 20.0
PLAYER = "/org/mpris/MediaPlayer2"
"""Where every player of media is found."""


class Bus:
    """A running bus: where programs find it, and what a desktop sees and does there."""

    def __init__(self, address: str, process: subprocess.Popen[str]) -> None:
        """Take over a daemon that answers at an address."""
        self.address, self._process = address, process

    def kill(self) -> None:
        """End the daemon at once, as a crash would."""
        self._process.kill()
        self._process.wait(_PATIENCE)

    def player(self, *arguments: str) -> str:
        """Run playerctl, and return what it prints; nothing where it finds no player."""
        result = subprocess.run(
            ["playerctl", *arguments],
            env=os.environ | {"DBUS_SESSION_BUS_ADDRESS": self.address},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return result.stdout.strip()

    @contextmanager
    def monitor(self) -> Iterator[Callable[[], list[str]]]:
        """Listen while the block runs; what is yielded returns the signals of players so far."""
        command = ["dbus-monitor", "--address", self.address, "--profile", "type=signal,path=" + PLAYER]
        with (
            tempfile.NamedTemporaryFile() as heard,
            subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=heard) as process,
        ):

            def lines() -> list[list[str]]:
                return [line.split("\t") for line in Path(heard.name).read_text().splitlines()]

            try:
                wait_until(lambda: bool(lines()), "the monitor does not listen")
                yield lambda: [line[-1] for line in lines() if PLAYER in line]
            finally:
                process.terminate()

    def wait_for(self, expected: str, *arguments: str) -> None:
        """Wait until playerctl prints a text."""
        wait_until(lambda: self.player(*arguments) == expected, f"no '{expected}' from {arguments}")


@contextmanager
def running_bus() -> Iterator[Bus]:
    """Run a bus of one's own, to be killed in the middle, say; skip the test where there is none."""
    missing = [program for program in ("dbus-daemon", "playerctl") if shutil.which(program) is None]
    if missing:
        pytest.skip(f"needs {' and '.join(missing)}; as root: {_REMEDY}")
    # Not pytest's own folder: the path of a socket has at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="voicecoach-bus-") as folder:
        config = Path(folder, "bus.conf")
        config.write_text(_CONFIG.format(folder=folder), encoding="utf-8")
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            try:
                assert process.stdout
                address = process.stdout.readline().strip()
                assert address, "the bus did not start"
                yield Bus(address, process)
            finally:
                process.kill()


@pytest.fixture
def bus() -> Iterator[Bus]:
    """Run a bus for one test."""
    with running_bus() as running:
        yield running


def wait_until(condition: Callable[[], bool], complaint: str) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.05)

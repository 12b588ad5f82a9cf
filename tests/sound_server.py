"""A private sound server with a null sink, and a recorder of all that it plays.

The tests of live output run against the real thing: programs connect to this server as to any other,
and the monitor of its sink says what a listener would have heard.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

RATE = 48_000
"""Frames a second of the sink and of every recording."""

LEVEL = 0.01
"""What is louder is a sound."""

_PROGRAMS = ("pulseaudio", "parec")
_REMEDY = "apt-get install -y --no-install-recommends pulseaudio pulseaudio-utils libasound2-plugins"
_ASOUND_CONF = """\
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
"""
_SETTLING = 2.5
"""Seconds: an idle null sink renders in blocks of 2 s, until a recorder has asked for less."""
_AFTER = 0.6
"""Seconds that a recording goes on, so that what is still under way is in it."""
_NOW = 0.1
"""Seconds that are looked at to say whether there is sound."""
_PATIENCE = 20.0
_CHANNELS = 2
_BYTES = 2 * _CHANNELS


class Recording:
    """What was heard while a block of a test ran."""

    sides: NDArray[np.float32]
    """Shape (frames, 2), full scale at -1.0 and 1.0, at `RATE`; there when the block has ended."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Begin; `now` returns how many seconds are recorded."""
        self.now = now

    @property
    def samples(self) -> NDArray[np.float32]:
        """Return what a device of one channel makes of it: half of the sum, shape (frames,)."""
        return self.sides.mean(axis=1)

    def sounding(self, level: float = LEVEL) -> tuple[int, int]:
        """Return the first frame above a level and the one after the last."""
        loud = np.flatnonzero(np.abs(self.samples) > level)
        assert loud.size, "the recording is silent"
        return int(loud[0]), int(loud[-1]) + 1


class SoundServer:
    """A running server: what a child process needs to find it, and a recorder."""

    def __init__(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        """Take over a server that runs in a private folder."""
        self.process = process
        self._folder = folder
        self._recorded = folder / "recorded.raw"
        self._recorder: subprocess.Popen[bytes] | None = None

    @property
    def environ(self) -> dict[str, str]:
        """Return the whole environment of a child process that plays to this server."""
        return server_environ(self._folder)

    @contextmanager
    def record(self) -> Iterator[Recording]:
        """Record what the server plays while the block runs."""
        self.listen()
        start = self._size()
        recording = Recording(lambda: (self._size() - start) / _BYTES / RATE)
        yield recording
        end = self._size() + round(_AFTER * RATE) * _BYTES
        _wait_until(lambda: self._size() >= end, "the recorder stopped")
        recording.sides = self._read(start, end)

    def listen(self) -> None:
        """Let the recorder run, and the sink settle."""
        if self._recorder is None:
            self._recorder = self._start_recorder()

    def wait_for_sound(self) -> None:
        """Wait until something is heard; `listen` first."""
        _wait_until(self._sounds, "nothing is heard")

    def wait_for_silence(self) -> None:
        """Wait until nothing is heard any more; `listen` first."""
        _wait_until(lambda: not self._sounds(), "the sound does not end")

    def kill(self) -> None:
        """Let the server die, as one that crashes."""
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        """Run another server where this one was, which has died."""
        self.close()
        self._recorder = None
        self.process = _start_server(self._folder)

    def close(self) -> None:
        """End the recorder and the server."""
        for process in (self._recorder, self.process):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait(_PATIENCE)

    def _start_recorder(self) -> subprocess.Popen[bytes]:
        command = ["parec", "-d", "test.monitor", "--raw", "--format=s16le"]
        command += [f"--rate={RATE}", f"--channels={_CHANNELS}", "--latency-msec=5"]
        with self._recorded.open("wb") as file:
            recorder = subprocess.Popen(command, stdout=file, env=self.environ)
        _wait_until(lambda: self._size() > _SETTLING * RATE * _BYTES, "the recorder did not start")
        return recorder

    def _sounds(self) -> bool:
        size = self._size()
        return bool(np.any(np.abs(self._read(size - round(_NOW * RATE) * _BYTES, size)) > LEVEL))

    def _read(self, start: int, end: int) -> NDArray[np.float32]:
        raw = np.fromfile(self._recorded, "<i2", count=(end - start) // _BYTES * _CHANNELS, offset=start)
        return raw.reshape(-1, _CHANNELS).astype(np.float32) / 32768

    def _size(self) -> int:
        return self._recorded.stat().st_size & -_BYTES


def server_environ(folder: Path) -> dict[str, str]:
    """Return the environment in which programs find the server of a folder, and no other."""
    private = {
        "HOME": folder,
        "XDG_RUNTIME_DIR": folder,
        "PULSE_RUNTIME_PATH": folder / "rt",
        "PULSE_SERVER": f"unix:{folder}/native",
        "ALSA_CONFIG_PATH": folder / "asound.conf",
    }
    return {**os.environ, **{name: str(value) for name, value in private.items()}}


@contextmanager
def running_server() -> Iterator[SoundServer]:
    """Run a server of one's own, to be killed in the middle, say; skip the test where there is none."""
    if missing := [program for program in _PROGRAMS if shutil.which(program) is None]:
        pytest.skip(f"needs {' and '.join(missing)}; as root: {_REMEDY}")
    with ExitStack() as stack:
        # Not pytest's own folder: the path of a socket has at most 107 characters.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="voicecoach-sound-")))
        (folder / "asound.conf").write_text(_ASOUND_CONF)
        server = SoundServer(folder, _start_server(folder))
        stack.callback(server.close)
        yield server


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of the tests that need the server."""
    config.addinivalue_line("markers", "live: plays to a real sound server and listens to it")


@pytest.fixture(scope="session")
def sound_server() -> Iterator[SoundServer]:
    """Run one server for all tests that only play and listen."""
    with running_server() as server:
        yield server


def _start_server(folder: Path) -> subprocess.Popen[bytes]:
    command = ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"]
    command += ["--realtime=no", "--high-priority=no", "--log-level=error"]
    command += ["-L", f"module-null-sink sink_name=test rate={RATE} channels={_CHANNELS}"]
    command += ["-L", f"module-native-protocol-unix socket={folder}/native auth-anonymous=1"]
    # The server itself must not look for a server.
    environ = {name: value for name, value in server_environ(folder).items() if name != "PULSE_SERVER"}
    process = subprocess.Popen(
        command, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until(lambda: _answers(folder / "native"), "the sound server did not start")
    except BaseException:
        process.kill()
        process.wait()
        raise
    return process


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(path)) == 0


def _wait_until(condition: Callable[[], bool], complaint: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.02)

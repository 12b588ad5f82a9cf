"""A logind of our own, on a bus of our own: it gives the end of a pipe, and sees when that is closed."""

import asyncio
import ctypes
import importlib.util
import os
import pty
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from dbus_fast import DBusError
from dbus_fast.annotations import DBusStr, DBusUnixFd
from dbus_fast.service import ServiceInterface, dbus_method

from tests.bus import Bus, wait_until
from voicecoach.session import awake
from voicecoach.session.background import Background
from voicecoach.session.bus import connected_to

ROUTINE = """
title = "Hips"
caution = "Stop."
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "60 s"
"""


class Logind(ServiceInterface):
    """The one method that is asked for; a lock is the writing end of a pipe."""

    def __init__(self, lock: int | None) -> None:
        """Have a lock to give, or refuse."""
        super().__init__("org.freedesktop.login1.Manager")
        self.lock, self.asked = lock, list[tuple[str, ...]]()
        self.ready = threading.Event()

    @dbus_method("Inhibit")
    def inhibit(self, what: DBusStr, who: DBusStr, why: DBusStr, mode: DBusStr) -> DBusUnixFd:
        """Give the lock."""
        self.asked.append((what, who, why, mode))
        if self.lock is None:
            error = "org.freedesktop.DBus.Error.AccessDenied"
            raise DBusError(error, "nobody is allowed to")
        return self.lock

    async def serve(self, address: str) -> None:
        """Be there until cancelled."""
        async with connected_to(address, files=True) as bus:
            bus.export("/org/freedesktop/login1", self)
            await bus.request_name("org.freedesktop.login1")
            self.ready.set()
            await asyncio.Event().wait()


@contextmanager
def running(logind: Logind, bus: Bus) -> Iterator[None]:
    """Run a logind on a bus."""
    with Background(lambda: logind.serve(bus.address), "logind"):
        assert logind.ready.wait(20)
        yield


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """Open a pipe; the test may close its ends."""
    ends = os.pipe()
    yield ends
    for end in ends:
        with suppress(OSError):
            os.close(end)


def holds(process: subprocess.Popen[bytes], end: int) -> bool:
    """Tell whether a process has a pipe open."""
    wanted = os.fstat(end)
    for file in Path(f"/proc/{process.pid}/fd").iterdir():
        with suppress(OSError):  # It is closed again already.
            if os.path.samestat(wanted, file.stat()):
                return True
    return False


def is_closed(reading: int, patience: float) -> bool:
    """Tell whether nobody holds the other end any more, within some seconds."""
    ready, _, _ = select.select([reading], [], [], patience)
    return bool(ready) and os.read(reading, 1) == b""


ENDS: dict[str, tuple[Callable[[subprocess.Popen[bytes], int], object], int]] = {
    "key": (lambda _, terminal: os.write(terminal, b"q"), 0),
    "SIGTERM": (lambda process, _: process.terminate(), 128 + signal.SIGTERM),
    "SIGKILL": (lambda process, _: process.kill(), -signal.SIGKILL),
}


@pytest.mark.parametrize("way", ENDS)
def test_the_machine_may_sleep_after_the_session(
    bus: Bus, pipe: tuple[int, int], tmp_path: Path, way: str
) -> None:
    """While a session plays, the machine is kept from sleeping; however it ends, not for longer."""
    path = tmp_path / "hips.toml"
    path.write_text(ROUTINE, encoding="utf-8")
    command = [sys.executable, "-m", "voicecoach", "play", path, "--device", "none", "--talk", "beeps"]
    environ = os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": bus.address}
    reading, writing = pipe
    logind = Logind(writing)
    end, expected = ENDS[way]
    terminal, stdin = pty.openpty()
    with (
        running(logind, bus),
        subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, env=environ) as process,
    ):
        try:
            wait_until(lambda: holds(process, writing), "the lock is not held")
            assert [("sleep:idle", "voicecoach", "a session is under way", "block")] == logind.asked
            os.close(writing)
            assert process.stdout
            while b"Welcome" not in process.stdout.readline():
                assert process.poll() is None
            assert not is_closed(reading, 0.2)
            end(process, terminal)
            assert is_closed(reading, 20)
            assert expected == process.wait(20)
        finally:
            process.kill()
            os.close(terminal)
            os.close(stdin)


def test_a_lock_that_is_refused(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Where a machine is not to be kept awake by us, the session goes on without a word."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    logind = Logind(None)
    with running(logind, bus), awake.kept_awake("a test"):
        wait_until(lambda: bool(logind.asked), "logind is not asked")
    assert ("", "") == capfd.readouterr()


def test_without_logind(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Where there is no logind, or no bus, the session goes on without a word."""
    for address in (bus.address, f"unix:path={tmp_path}/nowhere", "nonsense"):
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        with awake.kept_awake("a test"):
            pass
    assert ("", "") == capfd.readouterr()


def elsewhere(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], AbstractContextManager[None]]:
    """Return what keeps a machine of another kind awake."""
    monkeypatch.setattr(sys, "platform", platform)
    spec = importlib.util.spec_from_file_location("awake_elsewhere", awake.__file__)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    kept_awake: Callable[[str], AbstractContextManager[None]] = module.kept_awake
    return kept_awake


def test_macos_is_asked_by_its_own_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The program caffeinate runs while the block does, and is told whose end to wait for."""
    told = tmp_path / "told"
    program = tmp_path / "caffeinate"
    program.write_text(f'#!/bin/sh\necho $$ "$@" > {told}.part\nmv {told}.part {told}\nexec sleep 60\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with elsewhere("darwin", monkeypatch)("a test"):
        wait_until(told.exists, "the program does not run")
    process, *options = told.read_text().split()
    assert ["-i", "-w", str(os.getpid())] == options
    assert not Path("/proc", process).exists()


def test_macos_without_its_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the program is missing, the block runs all the same."""
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = False
    with elsewhere("darwin", monkeypatch)("a test"):
        ran = True
    assert ran


def test_windows_is_told_and_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system is required at first, and no longer at the end."""
    told: list[int] = []
    kernel = SimpleNamespace(SetThreadExecutionState=told.append)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    with elsewhere("win32", monkeypatch)("a test"):
        assert [0x8000_0001] == told
    assert [0x8000_0001, 0x8000_0000] == told

"""Keeping the machine awake: it has no keys pressed and no mouse moved while somebody lies on a mat."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform == "win32":
    import ctypes

    _CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001

    @contextmanager
    def kept_awake(reason: str) -> Iterator[None]:
        """Keep the machine awake while the block runs."""
        del reason
        ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS | _SYSTEM_REQUIRED)
        try:
            yield
        finally:
            ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS)

elif sys.platform == "darwin":
    import shutil
    import subprocess

    @contextmanager
    def kept_awake(reason: str) -> Iterator[None]:
        """Keep the machine awake while the block runs; where the system's program is missing, do nothing."""
        del reason
        program = shutil.which("caffeinate")
        if program is None:
            yield
            return
        # It ends with us, however we end.
        with subprocess.Popen([program, "-i", "-w", str(os.getpid())]) as process:  # noqa: S603 - no shell
            try:
                yield
            finally:
                process.terminate()

else:
    from functools import partial

    from voicecoach.session.background import Background
    from voicecoach.session.bus import connected_to, system_bus

    @contextmanager
    def kept_awake(reason: str) -> Iterator[None]:
        """Keep the machine awake while the block runs, as logind does; where it does not, do nothing.

        It is asked in the background. What it gives is a file, and the machine may sleep as soon as that is
        closed: by us, or by the kernel where we crash.
        """
        address = system_bus()
        if address is None:
            yield
            return
        held: list[int] = []
        try:
            with Background(partial(_inhibit, address, reason, held), "keeping awake"):
                yield
        finally:
            for file in held:
                os.close(file)

    async def _inhibit(address: str, reason: str, held: list[int]) -> None:
        from dbus_fast import Message  # noqa: PLC0415 - in the thread that uses it

        async with connected_to(address, files=True) as bus:
            reply = await bus.call(
                Message(
                    destination="org.freedesktop.login1",
                    path="/org/freedesktop/login1",
                    interface="org.freedesktop.login1.Manager",
                    member="Inhibit",
                    signature="ssss",
                    body=["sleep:idle", "voicecoach", reason, "block"],
                )
            )
            for file in reply.unix_fds:
                os.set_inheritable(file, False)  # noqa: FBT003 - as Python has it
                held.append(file)

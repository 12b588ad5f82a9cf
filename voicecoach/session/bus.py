"""D-Bus: which buses there are, and a connection to one for as long as a block runs."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from dbus_fast.aio import MessageBus

SYSTEM_SOCKET = Path("/run/dbus/system_bus_socket")


def session_bus() -> str | None:
    """Return the address of the bus of the user's desktop, or None where there is none."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return _address("DBUS_SESSION_BUS_ADDRESS", Path(runtime, "bus") if runtime else None)


def system_bus() -> str | None:
    """Return the address of the bus of the machine, or None where there is none."""
    return _address("DBUS_SYSTEM_BUS_ADDRESS", SYSTEM_SOCKET)


def _address(variable: str, usual: Path | None) -> str | None:
    if given := os.environ.get(variable):
        return given
    return f"unix:path={usual}" if usual and usual.exists() else None


@asynccontextmanager
async def connected_to(address: str, *, files: bool = False) -> AsyncIterator[MessageBus]:
    """Connect to a bus.

    Args:
        address: as D-Bus writes it, such as ``unix:path=/run/user/1000/bus``.
        files: whether open files may be handed over.

    Raises:
        Exception: there is no bus, or it wants nothing to do with us; the library has several kinds.
    """
    import logging  # noqa: PLC0415 - all of this is imported in the thread that uses it

    from dbus_fast.aio import MessageBus  # noqa: PLC0415

    # A bus that dies is told of in a log, which Python would print.
    logging.getLogger("dbus_fast").addHandler(logging.NullHandler())
    bus = await MessageBus(address, negotiate_unix_fd=files).connect()
    try:
        yield bus
    finally:
        bus.disconnect()
        with suppress(Exception):  # It was lost: that is what is wanted here.
            await bus.wait_for_disconnect()

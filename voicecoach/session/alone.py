"""One session at a time: a session that plays holds a file, and tells another one that it is there."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """Where nothing stands: what is locked on Windows cannot be read."""

    def _hold(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _hold(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone(path: Path, description: str) -> Iterator[str]:
    """Hold a file while a session plays; the system lets go of it at any end, however sudden.

    Yields:
        The description of the session that holds it already; empty where there is none.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        # Who may not write there cannot be told, and disturbs nobody's place.
        yield ""
        return
    with os.fdopen(descriptor, "r+", encoding="utf-8", errors="replace") as file:
        try:
            _hold(descriptor)
        except OSError:
            yield file.read().strip() or "another session"
            return
        file.seek(0)
        file.truncate()
        file.write(description)
        file.flush()
        yield ""


def is_held(path: Path) -> bool:
    """Tell whether a session holds a file; none is made."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return False
    with os.fdopen(descriptor, "r+b"):
        try:
            _hold(descriptor)
        except OSError:
            return True
        return False

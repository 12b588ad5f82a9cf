"""Files that are either complete or not there: written beside their target, then renamed."""

import errno
import os
import platform
import re
import secrets
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from voicecoach.errors import OutputError

_REMEDIES = {
    errno.ENOSPC: "the disk is full; free some space or choose another folder",
    errno.EDQUOT: "your share of the disk is used up; free some space or choose another folder",
    errno.EFBIG: "the file is too large for this disk; choose another folder",
    errno.EROFS: "the disk is read-only; choose another folder",
    errno.EACCES: "no permission to write there; choose another folder, or close what has the file open",
    errno.EPERM: "no permission to write there; choose another folder, or close what has the file open",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    errno.EIO: "the disk reports a fault; choose another one",
}
"""What a user can do about the faults that a disk may have."""

_TEMPORARY = re.compile(r"\..*\.voicecoach-(?P<host>[0-9a-f]{8})-(?P<pid>\d+)-[0-9a-f]{8}(\..*)?", re.DOTALL)
_HOST = f"{zlib.crc32(platform.node().encode()):08x}"
_STEM_LENGTH = 40
"""Characters of the target's name that its temporary name keeps, lest it grow too long for the disk."""


@contextmanager
def replacing(target: Path, *, is_flushed: bool = True) -> Iterator[Path]:
    """Yield a temporary path beside a target, and rename it to the target when the block has ended well.

    After anything else (a fault, an interrupt) the temporary file is removed, and what stood at the
    target stands there still. A link is followed; an older target's permissions are kept. What earlier
    runs that were killed have left in the folder is cleared away.

    Args:
        target: the file.
        is_flushed: whether it is on the disk before it gets its name, lest a loss of power leaves it empty.

    Raises:
        OutputError: the target cannot be written; says why, and what to do.
    """
    final = Path(os.path.realpath(target))
    _check(final, target)
    _clear_leftovers(final.parent)
    token = f"voicecoach-{_HOST}-{os.getpid()}-{secrets.token_hex(4)}"
    temporary = final.with_name(f".{final.stem[:_STEM_LENGTH]}.{token}{final.suffix}")
    try:
        temporary.open("xb").close()
        yield temporary
        _commit(temporary, final, is_flushed=is_flushed)
    except OSError as error:
        if not _concerns(error, temporary, final):
            raise
        raise OutputError(_explain(error, target)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def check_target(target: Path) -> None:
    """Refuse, before any work is done, a target that `replacing` would refuse.

    Raises:
        OutputError: the target cannot be written; says why, and what to do.
    """
    _check(Path(os.path.realpath(target)), target)


def _check(final: Path, target: Path) -> None:
    """Refuse what can be seen to fail before any work is done."""
    folder = final.parent
    complaint = ""
    if not folder.is_dir():
        complaint = f"there is no folder {folder}; make it, or choose another one"
    elif final.is_dir():
        complaint = f"it is a folder; name a file in it, as {target / 'session.wav'}"
    elif final.exists() and not final.is_file():
        complaint = "it is a device, not a file; choose another name"
    elif final.exists() and not os.access(final, os.W_OK):
        complaint = "it is write-protected; choose another name"
    elif not os.access(folder, os.W_OK | os.X_OK):
        complaint = f"no permission to write into {folder}; choose another folder"
    if complaint:
        message = f"cannot write {target}: {complaint}"
        raise OutputError(message)


def _commit(temporary: Path, final: Path, *, is_flushed: bool) -> None:
    if final.exists():
        temporary.chmod(stat.S_IMODE(final.stat().st_mode))
    if is_flushed:
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
    temporary.replace(final)


def _concerns(error: OSError, *paths: Path) -> bool:
    """Say whether an error is about these files: it names one, or is a fault of the disk and names none."""
    if error.filename is None:
        return error.errno in _REMEDIES
    return error.filename in [*paths, *map(str, paths)]


def _explain(error: OSError, target: Path) -> str:
    return f"cannot write {target}: {_REMEDIES.get(error.errno or 0, error.strerror or error)}"


def _clear_leftovers(folder: Path) -> None:
    """Remove the temporary files of processes of this machine that are no more."""
    with suppress(OSError):
        for path in folder.glob(".*.voicecoach-*"):
            match = _TEMPORARY.fullmatch(path.name)
            if match and match["host"] == _HOST and not _alive(int(match["pid"])):
                with suppress(OSError):
                    path.unlink()


def _alive(pid: int) -> bool:
    """Say whether a process runs; on Windows no signal can ask, but no file in use can be removed."""
    if sys.platform == "win32":
        return pid == os.getpid()
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

"""What commands write for other programs: to a file, complete or not at all, or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path

STANDARD_OUTPUT = "-"


def refuse(target: Path, *, force: bool) -> None:
    """Refuse, before any work is done, a file that cannot be written, or that exists and may not be replaced.

    Raises:
        OutputError: says why, and what to do.
    """
    from voicecoach.errors import OutputError  # noqa: PLC0415 - only where it is needed
    from voicecoach.output.replace import check_target  # noqa: PLC0415

    check_target(target)
    if target.exists() and not force:
        message = f"{target} exists already; choose another name, or write over it with --force"
        raise OutputError(message)


def put(target: str, data: bytes, *, force: bool) -> None:
    """Write bytes to a file, or to standard output where the target is ``-``.

    Raises:
        OutputError: the file cannot be written, or exists and may not be replaced.
    """
    from voicecoach.output.replace import replacing  # noqa: PLC0415 - only where it is needed

    if target == STANDARD_OUTPUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    refuse(Path(target), force=force)
    with replacing(Path(target)) as temporary:
        temporary.write_bytes(data)

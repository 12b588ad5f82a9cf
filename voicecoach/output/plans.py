"""Plans that are kept: those of the files made last, found again by their fingerprints."""

import json
import re
from contextlib import suppress
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.output.replace import replacing
from voicecoach.plan.document import Document, fingerprint

MOST = 50
"""Plans that are kept: a session of an hour has 0.6 MB."""
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def keep(document: Document, folder: Path) -> None:
    """Keep a plan, and of those kept before it the newest.

    Raises:
        OutputError: it cannot be written.
        OSError: there can be no such folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{fingerprint(document)}.json"
    with replacing(target, is_flushed=False) as beside, beside.open("w", encoding="utf-8") as file:
        file.writelines(document.pieces())
    kept = [path for path in folder.glob("*.json") if _FINGERPRINT.fullmatch(path.stem)]
    # Another process may be tidying as well.
    with suppress(FileNotFoundError):
        kept.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in kept[MOST:]:
            path.unlink(missing_ok=True)


def find(wanted: str, folder: Path) -> Document | None:
    """Return the plan of a fingerprint, as a file of anywhere may name it; None where it is not kept."""
    if not _FINGERPRINT.fullmatch(wanted):
        return None
    try:
        document = read(folder / f"{wanted}.json")
    except CoachError:
        return None
    return document if fingerprint(document) == wanted else None


def read(path: Path) -> Document:
    """Read a plan from a file.

    Raises:
        CoachError: there is none; one line says why, and how one is made.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            message = "it is no plan"
            raise ValueError(message)  # noqa: TRY301 - told like all that is wrong with it
        return Document.from_json(found)
    except OSError as error:
        reason: object = error.strerror
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        reason = error
    message = f"cannot read the plan {path}: {reason}; 'voicecoach export ... --json FILE' writes one"
    raise CoachError(message)

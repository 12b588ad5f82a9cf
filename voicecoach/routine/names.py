"""Names of one's own routines: what can be typed, is a file name on every platform, and no path. Pure."""

import re
import unicodedata

from voicecoach.errors import ChoiceError

LONGEST_NAME = 60
"""Characters: with a suffix, and letters of several bytes, some 250 bytes, which file systems take."""
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin", "conout"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}
)
"""Names that Windows keeps for devices, whatever suffix follows."""


def own_name(name: str) -> str:
    """Return a name that a routine of one's own can have, as it is.

    Raises:
        ChoiceError: it cannot be one; the message says why.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    complaint = ""
    if not name:
        complaint = "is empty"
    elif len(name) > LONGEST_NAME or len(name.encode()) > 4 * LONGEST_NAME:
        complaint = f"has {len(name):,} characters; at most {LONGEST_NAME}"
    elif not re.fullmatch(r"\w[\w-]*", name) or not re.search(r"[^\W_]", name):
        complaint = "is no name of a routine"
    elif plain in RESERVED:
        complaint = "is the name of a device on Windows"
    if complaint:
        shown = name if len(name) <= LONGEST_NAME and name.isprintable() else f"{name[:20]!r}..."
        message = f"'{shown}' {complaint}; write letters, digits, '-' and '_', as in my-hips"
        raise ChoiceError(message)
    return name


def title_of(name: str) -> str:
    """Return a title made of a name: ``my-hips`` gives ``My hips``."""
    words = " ".join(re.split(r"[-_]+", name)).strip()
    return words[:1].upper() + words[1:]

"""The tags of a session: what a player shows of it, and how it was made."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from voicecoach.errors import ChoiceError
from voicecoach.output.tags import Tags
from voicecoach.plan.document import Document, fingerprint
from voicecoach.routine.model import Routine
from voicecoach.units import clock, number

ARTIST = "voicecoach"
"""Who speaks: players list by artist, and so all routines stand together."""
EPOCH = "SOURCE_DATE_EPOCH"
"""The variable with the seconds since 1970 that a file is to bear (reproducible-builds.org)."""


def session_tags(document: Document, routine: Routine, day: date | None) -> Tags:
    """Return the tags of a session. Its album is the routine, as an audiobook's is the book.

    Args:
        document: its plan.
        routine: as adjusted.
        day: what `day_of` gives.
    """
    made_by = document.meta.get("program", ARTIST)
    done = ", ".join([routine.title, *_adjustments(document.meta.get("adjustments", {}))])
    return Tags(
        title=routine.title,
        artist=ARTIST,
        album=routine.title,
        date=day.isoformat() if day else "",
        language=routine.language,
        comment=f"{done}; made by {made_by}. {routine.caution}".strip(),
        plan=fingerprint(document),
    )


def day_of(routine: Routine, environment: Mapping[str, str]) -> date | None:
    """Return the date of a file: as the environment says, or as the routine says, and never that of today.

    A session made again tomorrow is the same file.

    Raises:
        ChoiceError: the environment has a date that is none.
    """
    text = environment.get(EPOCH)
    if not text:
        return routine.date
    try:
        return datetime.fromtimestamp(int(text), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        message = f"{EPOCH}={text} is no number of seconds since 1970; correct it, or unset it"
        raise ChoiceError(message) from error


def _adjustments(given: Mapping[str, object]) -> Iterator[str]:
    """Yield each adjustment by the name of its option: ``pace gentle``, ``only roll``."""
    for name, value in given.items():
        for one in value if isinstance(value, list) else [value]:
            yield f"{name.replace('_', ' ')} {_shown(name, one)}"


def _shown(name: str, value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return clock(value) if name == "fit" else number(value)

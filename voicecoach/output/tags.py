"""Tags: what an audio file says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tags:
    """What a player shows of a file, and what tells which plan it was made from. Empty where not known."""

    title: str = ""
    artist: str = ""
    album: str = ""
    date: str = ""
    """As ISO 8601 has it: ``2026-11-24``."""
    language: str = ""
    """As in BCP 47: ``en``, ``en-gb``."""
    comment: str = ""
    """The routine, its adjustments, the version of the program."""
    plan: str = ""
    """The fingerprint of the plan, see `voicecoach.plan.document.fingerprint`."""

"""Which plan a file is compared with: the one that is named, the one beside it, or the one that it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.output import plans
from voicecoach.output.verify.report import Breach
from voicecoach.plan.document import Document, fingerprint

_TAGS = ("voicecoach_plan", "plan")
"""The tags that hold the fingerprint: of ID3 and Vorbis comments, and of MP4."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plan, and where it came from."""

    document: Document
    source: str
    breaches: tuple[Breach, ...] = ()
    """That the file says of itself that it is of another one."""


def choose(path: Path, tags: Mapping[str, str], kept: Path, given: Path | None = None) -> Chosen | None:
    """Return the plan that a file is to be compared with; None where there is none.

    Args:
        path: the file.
        tags: what it says of itself, by names in lower case.
        kept: the folder of plans that are kept.
        given: the plan that was asked for.

    Raises:
        CoachError: the plan that was asked for cannot be read.
    """
    named = next((tags[name] for name in _TAGS if name in tags), "")
    beside = path.with_suffix(".json")
    if given:
        return _checked(plans.read(given), str(given), named)
    if beside.is_file():
        try:
            return _checked(plans.read(beside), str(beside), named)
        except CoachError:
            # Anything may lie there under that name.
            pass
    found = plans.find(named, kept)
    return Chosen(found, "the plan that the file names") if found else None


def _checked(document: Document, source: str, named: str) -> Chosen:
    if not named or named == fingerprint(document):
        return Chosen(document, source)
    return Chosen(document, source, (Breach("plan", f"the file was made from another plan than {source}"),))

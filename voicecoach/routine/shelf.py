"""The shelf of routines: those that come with the program, and the user's own."""

import re
from collections.abc import Mapping
from glob import escape
from pathlib import Path

from voicecoach.errors import ChoiceError, did_you_mean

TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
"""A language tag, as the name of a file has it."""
LIBRARY = Path(__file__).parent / "library"
"""The folder of the bundled routines."""
ORDER = (
    "hip-mobility",
    "hip-mobility-2",
    "hip-mobility-3",
    "lower-body-stretch",
    "ankles-and-feet",
    "desk-break",
    "morning",
    "wind-down",
)
"""The order of the bundled routines: the hips and their levels, the legs, then parts of the day."""


def shelf(own: Path | None = None) -> Mapping[str, Path]:
    """Return every routine by name, the bundled ones first and in their order.

    One of the user's own folder hides a bundled one of the same name, and stands in its place.
    """
    folders = (LIBRARY, *((own,) if own else ()))
    return {path.stem: path for folder in folders for path in _routines(folder)}


def _routines(folder: Path) -> list[Path]:
    """Return the routines of a folder; one that is not there, or may not be entered, has none."""
    return [path for path in _files(folder, "*.toml") if not _is_translation(path)]


def _files(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern), key=_place)
    except OSError:
        return []


def _place(path: Path) -> tuple[int, str]:
    """Return where a routine stands: those without a place come last, by their names."""
    return (ORDER.index(path.stem) if path.stem in ORDER else len(ORDER), path.stem)


def _is_translation(path: Path) -> bool:
    """Tell whether a file is a translation of a routine, as ``hips.fr.toml`` is of ``hips.toml``."""
    name, _, tag = path.stem.rpartition(".")
    of = f"{name}.toml"
    return bool(name and TAG.fullmatch(tag)) and any(
        (folder / of).is_file() for folder in (path.parent, LIBRARY)
    )


def translations(path: Path, own: Path | None = None) -> Mapping[str, Path]:
    """Return the files of a routine's words in other languages, by tag.

    They stand beside the routine; those of a bundled one may also stand in the user's own folder, and then
    hide the bundled words.
    """
    folders = (path.parent, *((own,) if own and path.parent == LIBRARY else ()))
    found = [file for folder in folders for file in _files(folder, f"{escape(path.stem)}.*.toml")]
    tags = [(file.stem.removeprefix(f"{path.stem}."), file) for file in found]
    return {tag: file for tag, file in tags if TAG.fullmatch(tag)}


def called(reference: str, own: Path | None = None) -> str:
    """Return what a routine is called anywhere: its name on the shelf, or else the whole path of its file.

    Raises:
        ChoiceError: there is no such routine; the message names the nearest.
    """
    path = find(reference, own).resolve()
    names = (name for name, file in shelf(own).items() if file.resolve() == path)
    return next(names, str(path))


def find(reference: str, own: Path | None = None) -> Path:
    """Return the file of a routine, given by name or by path.

    Raises:
        ChoiceError: there is none; the message names the nearest.
    """
    known = shelf(own)
    if reference in known:
        return known[reference]
    path = Path(reference).expanduser()
    looks_like_a_path = path.suffix == ".toml" or len(path.parts) > 1
    if path.is_file():
        return path
    if looks_like_a_path:
        message = f"{reference}: there is no such file; 'voicecoach list' shows the routines that have a name"
        raise ChoiceError(message)
    message = (
        f"there is no routine '{reference}'{did_you_mean(reference, list(known))}; known: {', '.join(known)}"
    )
    raise ChoiceError(message)

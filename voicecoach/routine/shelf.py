"""The shelf of routines: those that come with the program, and the user's own."""

from collections.abc import Mapping
from pathlib import Path

from voicecoach.errors import ChoiceError, did_you_mean

LIBRARY = Path(__file__).parent / "library"
"""The folder of the bundled routines."""


def shelf(own: Path | None = None) -> Mapping[str, Path]:
    """Return every routine by name; one of the user's own folder hides a bundled one of the same name."""
    folders = (LIBRARY, *((own,) if own else ()))
    return {path.stem: path for folder in folders for path in _routines(folder)}


def _routines(folder: Path) -> list[Path]:
    """Return the routines of a folder; one that is not there, or may not be entered, has none."""
    try:
        return sorted(folder.glob("*.toml"))
    except OSError:
        return []


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

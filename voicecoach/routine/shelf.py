"""The shelf of routines: those that come with the program, and the user's own."""

from collections.abc import Mapping
from pathlib import Path

from voicecoach.errors import ChoiceError, did_you_mean

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
    try:
        return sorted(folder.glob("*.toml"), key=_place)
    except OSError:
        return []


def _place(path: Path) -> tuple[int, str]:
    """Return where a routine stands: those without a place come last, by their names."""
    return (ORDER.index(path.stem) if path.stem in ORDER else len(ORDER), path.stem)


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

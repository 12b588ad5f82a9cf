"""The user's own routines as files: begun, copied, changed; always inside the routine folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from voicecoach.errors import ChoiceError, OutputError
from voicecoach.output.replace import replacing
from voicecoach.routine.names import own_name, title_of
from voicecoach.routine.setting import Edit, apply_settings
from voicecoach.routine.shelf import LIBRARY, find, shelf
from voicecoach.routine.texts import read

STARTER = Path(__file__).parent / "routine" / "starter.toml"
"""The routine that a new one begins as."""
BOM = "\ufeff"


def starter(name: str, title: str = "") -> str:
    """Return the text of a new routine, with a title made of its name unless one is given."""
    text = STARTER.read_text(encoding="utf-8").replace("NAME", name)
    return apply_settings(text, name, [f"title={title or title_of(name)}"])[0]


def store(name: str, text: str, folder: Path, *, force: bool) -> Path:
    """Write the text of a routine of the user's own, and return where it is.

    Args:
        name: of the routine; its file is named after it.
        text: of the file.
        folder: of the user's own routines; made where it is not there.
        force: whether it may take the place of one that is there, or hide a bundled one.

    Raises:
        ChoiceError: it cannot have that name.
        OutputError: it cannot be written.
    """
    path = folder / f"{own_name(name)}.toml"
    inside(path, folder)
    # Names that differ in capitals alone are one file on macOS and Windows.
    taken = {known.casefold(): known for known in shelf(folder)}.get(name.casefold(), name)
    there = shelf(folder).get(taken)
    if not force and there is not None and is_bundled(there):
        message = (
            f"'{taken}' is a routine of the program, which yours would hide; "
            "choose another name, or add --force"
        )
        raise ChoiceError(message)
    if not force and (there is not None or path.exists()):
        message = (
            f"you have a routine '{taken}' already ({there or path}); choose another name, or add --force"
        )
        raise ChoiceError(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot make the routine folder {folder}: {error.strerror or error}"
        raise OutputError(message) from error
    _write(path, text)
    return path


def hides_bundled(name: str) -> bool:
    """Tell whether a routine of this name hides one of the program."""
    return name.casefold() in {known.casefold() for known in shelf()}


def is_bundled(path: Path) -> bool:
    """Tell whether a file is a routine of the program."""
    return path.resolve().parent == LIBRARY.resolve()


def own(reference: str, folder: Path) -> Path:
    """Return the file of a routine that the user may change: one of the folder by name, or any by path.

    Raises:
        ChoiceError: there is none, it is one of the program, or it is a link out of the folder.
    """
    path = find(reference, folder)
    if is_bundled(path):
        copy = f"voicecoach copy {path.stem} my-{path.stem}"
        message = f"'{path.stem}' is a routine of the program; make a copy of your own to change: {copy}"
        raise ChoiceError(message)
    return inside(path, folder) if path.parent == folder else path


def inside(path: Path, folder: Path) -> Path:
    """Return a path of the routine folder, unless it is a link that leads out of it.

    Raises:
        ChoiceError: it is; whoever means that file names it by its path.
    """
    real = path.resolve()
    if not real.is_relative_to(folder.resolve()):
        message = (
            f"{path} is a link to {real}, outside the routine folder; name that file by its path instead"
        )
        raise ChoiceError(message)
    return path


def change(path: Path, asked: Sequence[str]) -> tuple[Edit, ...]:
    """Make settings in a routine file: all of them, or none; return what each changed.

    Raises:
        RoutineError: the file has problems already.
        ChoiceError: a setting is wrong, or what comes out is no routine.
        OutputError: the file cannot be written.
    """
    text, edits = apply_settings(read(path), str(path), asked)
    _write(path, (BOM if _has_mark(path) else "") + text)
    return edits


def _has_mark(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(3) == BOM.encode()


def _write(path: Path, text: str) -> None:
    with replacing(path) as beside:
        beside.write_bytes(text.encode())


@contextmanager
def kept(path: Path) -> Iterator[Path]:
    """Yield the file that keeps what a routine was before an edit; it stays if the routine was changed.

    Raises:
        OutputError: it cannot be written.
    """
    backup = path.with_name(f"{path.name}.bak")
    if backup.is_symlink():
        message = f"{backup} is a link, and nothing is written through it; remove it"
        raise OutputError(message)
    before, older = path.read_bytes(), backup.read_bytes() if backup.is_file() else None
    with replacing(backup) as beside:
        beside.write_bytes(before)
    try:
        yield backup
    finally:
        if path.is_file() and path.read_bytes() == before:
            backup.unlink()
            if older is not None:
                with replacing(backup) as beside:
                    beside.write_bytes(older)

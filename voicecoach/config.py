"""The user's defaults: one TOML file in the platform's config folder, with a table of known keys."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.errors import ChoiceError, CoachError, did_you_mean
from voicecoach.output.replace import replacing
from voicecoach.plan.cues import Talk
from voicecoach.progress.mode import Mode
from voicecoach.routine.pace import PACES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
Value = str | int
"""What a setting can be."""


def _text(value: str) -> str:
    if not value.strip():
        message = "wanted a name"
        raise ValueError(message)
    return value


def _folder(value: str) -> str:
    """Return the folder from the root on: the settings hold wherever one stands."""
    return str(Path(_text(value)).expanduser().absolute())


def _one_of(*known: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in known:
            message = f"wanted one of {', '.join(known)}{did_you_mean(value, known, most=1)}"
            raise ValueError(message)
        return value

    return read


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isdecimal() or not low <= int(value) <= high:
            message = f"wanted a whole number from {low} to {high}"
            raise ValueError(message)
        return int(value)

    return read


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of the file."""

    read: Callable[[str], Value]
    """Read a value as it is typed, or raise ValueError with what was wanted."""
    meaning: str


SETTINGS: Mapping[str, Setting] = {
    "lang": Setting(_text, "as --lang: the language that you are coached in, as fr"),
    "voice": Setting(_text, "as --voice: an id, a name, a language or a gender"),
    "rate": Setting(_whole(80, 300), "as --rate: words a minute of instructions"),
    "pace": Setting(_one_of(*PACES), "as --pace"),
    "talk": Setting(_one_of(*Talk), "as --talk"),
    "headphones": Setting(_one_of("wired", "bluetooth"), "as --headphones"),
    "latency": Setting(_text, "as --latency of play"),
    "device": Setting(_text, "as --device of play"),
    "progress": Setting(_one_of(*Mode), "as --progress of play"),
    "plain": Setting(_one_of("yes", "no"), "as --plain of play: yes or no"),
    "cache": Setting(_folder, "as --cache: the folder of spoken clips"),
}
"""Every setting by its key; each is the default of the option of the same name."""


def setting(key: str) -> Setting:
    """Return a setting of the table.

    Raises:
        ChoiceError: there is none; the message names the nearest.
    """
    if key not in SETTINGS:
        near = did_you_mean(key, list(SETTINGS), most=1)
        message = f"there is no setting '{key}'{near}; known: {', '.join(SETTINGS)}"
        raise ChoiceError(message)
    return SETTINGS[key]


def load(path: Path) -> dict[str, str]:
    """Read the settings; none where there is no file.

    Raises:
        CoachError: the file cannot be read, or a key or value in it is wrong.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        # What may not be read is as good as not there: a home of somebody else, say.
        return {}
    except (OSError, ValueError) as error:
        message = f"{path}: cannot be read: {error}; mend it, or remove it to have the usual settings back"
        raise CoachError(message) from error
    try:
        return {key: str(checked(key, str(value))) for key, value in found.items()}
    except ChoiceError as error:
        message = f"{path}: {error}"
        raise CoachError(message) from error


def checked(key: str, value: str) -> Value:
    """Read the value of a setting as it is typed.

    Raises:
        ChoiceError: there is no such setting, or it cannot be that.
    """
    try:
        return setting(key).read(value)
    except ValueError as error:
        message = f"{key} = {value}: {error}"
        raise ChoiceError(message) from error


def store(path: Path, key: str, value: str) -> None:
    """Set one setting, and leave the rest of the file, comments too, as it is; an empty value removes it.

    Raises:
        ChoiceError: there is no such setting, or it cannot be that.
        CoachError: the file is damaged, or cannot be written.
    """
    import tomlkit  # noqa: PLC0415 - only a change needs it

    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
        path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        message = f"{path}: cannot be changed: {error}"
        raise CoachError(message) from error
    if value:
        document[key] = checked(key, value)
    elif key in document:
        # Also one that is unknown: so a file with a wrong key is mended.
        del document[key]
    else:
        setting(key)
    with replacing(path) as beside:
        beside.write_text(document.as_string(), encoding="utf-8")

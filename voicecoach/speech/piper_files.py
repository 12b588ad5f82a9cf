"""The files of piper: models, and beside each (``amy.onnx``) its description (``amy.onnx.json``)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from voicecoach.errors import SpeechError

SUFFIX = ".onnx"
"""Of a model."""


def models(place: Path | None) -> dict[str, Path]:
    """Return every model in a folder, by its path in it without the suffix, or a single one by its path.

    Args:
        place: a folder, searched with all folders in it, or one model, there or not.
    """
    if place is None:
        return {}
    if place.suffix.lower() == SUFFIX:
        return {str(place): place}
    found = sorted(path for path in place.rglob(f"*{SUFFIX}") if path.is_file())
    return {path.relative_to(place).with_suffix("").as_posix(): path for path in found}


def beside(model: Path) -> Path:
    """Return the file that describes a model."""
    return model.with_name(f"{model.name}.json")


def state(model: Path) -> str:
    """Return what changes when the model or its description does."""
    parts = []
    for path in (model, beside(model)):
        try:
            stat = path.stat()
        except OSError:
            parts.append("missing")
        else:
            parts.append(f"{stat.st_size}-{stat.st_mtime_ns}")
    return " ".join(parts)


def description(model: Path) -> Mapping[str, Any]:
    """Return what lies beside a model.

    Raises:
        SpeechError: one of the two is not there, or it is no description.
    """
    path = beside(model)
    if not model.is_file():
        message = f"there is no file {model}; give the path of a piper voice, as en_US-amy-medium.onnx"
        raise SpeechError(message)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        message = f"{path} is missing; fetch it from where {model.name} came from, and put it beside it"
        raise SpeechError(message) from error
    except (OSError, ValueError, RecursionError) as error:
        message = f"{path} cannot be read ({error}); fetch it again"
        raise SpeechError(message) from error
    if not isinstance(found, dict):
        message = f"{path} does not describe a piper voice; fetch it again"
        raise SpeechError(message)
    return found


def languages(description: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the tag of the language; older descriptions name only the voice of eSpeak NG."""
    for part, key in (("language", "code"), ("espeak", "voice")):
        section = description.get(part)
        tag = section.get(key) if isinstance(section, dict) else None
        if isinstance(tag, str) and tag:
            return (tag.lower().replace("_", "-"),)
    return ()

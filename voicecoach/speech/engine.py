"""The protocol of a speech engine, and the table of all engines."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from voicecoach.errors import ChoiceError, did_you_mean
from voicecoach.sound.clip import Clip

DEFAULT_ENGINE = "pyttsx3"
ENGINES = {
    "pyttsx3": "voicecoach.speech.pyttsx3_engine",
    "piper": "voicecoach.speech.piper_engine",
    "double": "voicecoach.speech.double",
}
"""Every engine, and the module that is imported when it is first used: its ``create(place)`` returns one."""

FOR_PEOPLE = ("pyttsx3", "piper")
"""Those that a listener would choose from."""
MODELS = {".onnx": "piper"}
"""The suffix of a file that is a voice, and its engine."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """One voice that an engine has."""

    id: str
    """What the engine calls it; unique within the engine."""
    name: str
    """What people call it."""
    languages: tuple[str, ...]
    """Language tags in lower case, as ``en-gb``; empty where the engine does not say."""
    gender: str | None = None
    """``female``, ``male``, or None where the engine does not say."""
    version: str | None = None
    """What stands for the engine's version in the key of its clips, where voices change one by one."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a phrase is spoken, in the engine's own terms."""

    voice: str
    """The `VoiceInfo.id`."""
    rate: int
    """The engine's own setting of the rate (not words a minute as heard: see `calibration`)."""
    pitch: int = 50
    """The engine's own setting, 0 to 100."""


class Engine(Protocol):
    """Turn text into sound."""

    name: str
    """The key in the table of engines."""
    version: str
    """Part of the key of every cached clip, and of the list of voices."""

    def voices(self) -> Sequence[VoiceInfo]:
        """Return every voice the engine has.

        Raises:
            SpeechError: the engine cannot be started.
        """

    def synthesize(self, text: str, manner: Manner) -> Clip:
        """Return the text as spoken, checked to be whole. May be called from several threads at once.

        Raises:
            SpeechError: the engine failed twice; the message names the phrase and the engine.
        """

    def close(self) -> None:
        """Let go of processes and files."""


def open_engine(name: str = DEFAULT_ENGINE, place: Path | None = None) -> Engine:
    """Import an engine and return it; nothing of it runs before it is first asked for something.

    Args:
        name: a key of the table.
        place: the folder of the user's voices, or the file of one, for engines that bring none along.

    Raises:
        ChoiceError: there is no engine of that name.
    """
    if name not in ENGINES:
        message = f"there is no speech engine '{name}'{did_you_mean(name, tuple(ENGINES))}"
        raise ChoiceError(message)
    return cast("Engine", import_module(ENGINES[name]).create(place))

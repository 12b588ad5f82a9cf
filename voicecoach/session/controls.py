"""Controls: what the listener can ask for while a session plays, and the keys for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicecoach.plan.phrases import Phrases


class Command(StrEnum):
    """Name what the listener asks for; the value says it in the help of the program."""

    PAUSE = "pause, or go on"
    NEXT = "skip to what comes next"
    BACK = "to the start of the set, twice: to the set before"
    REPEAT = "do this set once more"
    LONGER = "10 seconds more"
    SHORTER = "10 seconds less"
    EASIER = "easier from the next set on"
    HARDER = "harder from the next set on"
    SAY = "say again what this is"
    MUTE = "talk off, or on again"
    VOICE_SOFTER = "voice softer"
    VOICE_LOUDER = "voice louder"
    TONES_SOFTER = "tones softer"
    TONES_LOUDER = "tones louder"
    PAIN = "pain, where you are asked how it was"
    HELP = "this table"
    QUIT = "end the session"
    OTHER = "go on, where the session waits for you"
    """Any other key."""


KEYS: Mapping[str, Command] = MappingProxyType(
    {
        "space": Command.PAUSE,
        "n": Command.NEXT,
        "right": Command.NEXT,
        "b": Command.BACK,
        "left": Command.BACK,
        "r": Command.REPEAT,
        "+": Command.LONGER,
        "=": Command.LONGER,
        "-": Command.SHORTER,
        "e": Command.EASIER,
        "h": Command.HARDER,
        "s": Command.SAY,
        "m": Command.MUTE,
        "v": Command.VOICE_SOFTER,
        "V": Command.VOICE_LOUDER,
        "t": Command.TONES_SOFTER,
        "T": Command.TONES_LOUDER,
        "p": Command.PAIN,
        "?": Command.HELP,
        "q": Command.QUIT,
    }
)
"""The one table of keys, each by its name."""

ANY_KEY = "any other"
"""The name of all that is not in the table."""

Poll = Callable[[], Command | None]
"""Return the next command that was given, or None at once where there is none."""


def no_controls() -> None:
    """Give no command, ever: for a session without a keyboard."""


def command_of(key: str) -> Command:
    """Return what a key asks for; case matters only where the table has both."""
    return KEYS.get(key) or KEYS.get(key.lower()) or Command.OTHER


def key_rows(phrases: Phrases | None = None) -> list[tuple[str, str]]:
    """Return the keys of each command, as ``n, right``, in the order of the commands.

    Args:
        phrases: of the language that keys and commands are named in; None: as the help of the program has it,
            which is shown without loading any.
    """
    keys = {command: [key for key, asked in KEYS.items() if asked is command] for command in Command}
    if phrases is None:
        return [(", ".join(keys[command]) or ANY_KEY, command) for command in Command]
    return [
        (
            ", ".join(_named(key, phrases) for key in keys[command]) or phrases.text("key.other"),
            phrases.text(f"command.{command.name.lower()}"),
        )
        for command in Command
    ]


def _named(key: str, phrases: Phrases) -> str:
    return phrases.text(f"key.{key}") if len(key) > 1 else key

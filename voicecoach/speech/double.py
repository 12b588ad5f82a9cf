"""A double that hums: instant, the same every time, and as long as its text. For tests and plans."""

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from voicecoach import units
from voicecoach.sound.clip import Clip, fade
from voicecoach.speech.engine import Manner, VoiceInfo

SECONDS_PER_CHARACTER = 0.06
"""At the rate of 150."""
_RATE = 150
_SAMPLE_RATE = 24_000
_LOWEST_HZ, _HIGHEST_HZ = 110, 220
_LEVEL = 0.1
_PARTIALS = 6


class HummingEngine:
    """Hum each text for 60 ms a character, at a pitch of its own."""

    name = "double"
    version = "1"

    def __init__(self) -> None:
        """Start with nothing spoken."""
        self.spoken: list[tuple[str, Manner]] = []
        """What was asked for, in order."""

    def voices(self) -> Sequence[VoiceInfo]:
        """Return one voice for each gender."""
        return [
            VoiceInfo("hum", "Hum", ("en-us",), "male"),
            VoiceInfo("hum+f", "Hum, female", ("en-us",), "female"),
        ]

    def synthesize(self, text: str, manner: Manner) -> Clip:
        """Return a hum whose length tells the length of the text, and whose pitch tells its letters."""
        self.spoken.append((text, manner))
        seconds = SECONDS_PER_CHARACTER * len(text) * _RATE / manner.rate
        pitch = _LOWEST_HZ + crc32(text.encode(errors="replace")) % (_HIGHEST_HZ - _LOWEST_HZ)
        turns = np.arange(units.frames(seconds, _SAMPLE_RATE)) * (2 * np.pi * pitch / _SAMPLE_RATE)
        samples = sum(np.sin(turns * partial) / partial for partial in range(1, _PARTIALS + 1))
        return fade(Clip((_LEVEL * samples).astype(np.float32), _SAMPLE_RATE))

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""


def create(_place: Path | None = None) -> HummingEngine:
    """Return the engine for the table of engines."""
    return HummingEngine()

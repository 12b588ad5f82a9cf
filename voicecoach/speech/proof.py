"""Proof: whether what an engine returns can be the phrase that it was asked for."""

import math

from voicecoach.sound.clip import Clip, peak

FLOOR_SECONDS, FLOOR_SECONDS_PER_LETTER = 0.03, 0.8
"""At least so long is what is spoken; the latter divided by the rate. It is a tenth of the usual length."""
AUDIBLE = 0.003
"""The least peak of a clip in which something is said."""
_BEYOND = "\u0530"
"""From here on come scripts of which not every voice says every letter, not even by its name."""
_SHOWN = 60


def fault(clip: Clip, text: str, rate: int) -> str:
    """Return why a clip cannot be a text, spoken at a setting of the rate; nothing if it can."""
    letters = sum(character.isalnum() and character < _BEYOND for character in text)
    floor = FLOOR_SECONDS + letters * FLOOR_SECONDS_PER_LETTER / rate
    loudest = peak(clip)
    if not math.isfinite(loudest):
        return "it made what is no sound"
    if letters and clip.seconds < floor:
        return f"it spoke for {clip.seconds:.2f} seconds; {floor:.2f} is the least for this text"
    return "it made a silent file" if letters and loudest < AUDIBLE else ""


def shown(text: str) -> str:
    """Return a phrase as messages show it: its beginning, if it is long."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."

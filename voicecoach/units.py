"""Units: seconds and frames, decibels and factors, durations as people write them.

A bare number is seconds in a routine and frames in a timeline; anything else says its unit in its
name. This module imports nothing of ours, so that every floor may use it.
"""

import math
import re

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2}(?:\.\d+)?)")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s|)", re.IGNORECASE)
_SECONDS_PER = {"h": 3600.0, "m": 60.0, "s": 1.0, "": 1.0}


def frames(seconds: float, sample_rate: int) -> int:
    """Return the frame nearest to a moment.

    Beat ``k`` of a period lies at ``frames(k * period, rate)``, never at ``k * frames(period, rate)``:
    the rounding of one beat must not add up over an hour.
    """
    return round(seconds * sample_rate)


def seconds(frames: int, sample_rate: int) -> float:
    """Return how many seconds a number of frames lasts."""
    return frames / sample_rate


def gain(decibels: float) -> float:
    """Return the factor on the amplitude for a gain in dB: 10^(dB/20)."""
    return float(10.0 ** (decibels / 20.0))


def decibels(gain: float) -> float:
    """Return the gain in dB for a factor on the amplitude; minus infinity for silence."""
    return 20.0 * math.log10(gain) if gain > 0 else -math.inf


def clock(seconds: float) -> str:
    """Write a duration as ``m:ss``, or ``h:mm:ss`` from one hour on, to the nearest second."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def number(value: float) -> str:
    """Write a number without a needless fraction: 30.0 is ``30``, 2.5 is ``2.5``."""
    return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"  # noqa: PLR2004 - where :g turns to exponents


def parse_duration(text: str) -> float:
    """Read ``45``, ``45s``, ``1:30``, ``2m``, ``1h 5m`` as seconds.

    Raises:
        ValueError: the text is no duration; the message says what is.
    """
    stripped = text.strip()
    if match := _CLOCK.fullmatch(stripped):
        hours, minutes, rest = match.groups(default="0")
        return float(hours) * 3600.0 + float(minutes) * 60.0 + float(rest)
    position, total = 0, 0.0
    for match in _AMOUNT.finditer(stripped):
        if stripped[position : match.start()].strip():
            break
        total += float(match[1]) * _SECONDS_PER[match[2][:1].lower()]
        position = match.end()
    if not stripped or position != len(stripped):
        message = f"'{text}' is not a duration; write 45, 45s, 1:30 or 2m"
        raise ValueError(message)
    return total

"""Tones: the sounds with a meaning, from the files in ``sounds/`` or from those a user puts in their place.

``scripts/make-sounds`` makes the files and says what each is like.
"""

import os
import wave
from pathlib import Path

import numpy as np

from voicecoach.errors import CoachError
from voicecoach.sound.clip import CEILING_DB, Clip, amplify, from_pcm, peak
from voicecoach.units import decibels

TONES: tuple[str, ...] = (
    "start",
    "end",
    "halfway",
    "tick",
    "rep",
    "switch",
    "stage",
    "finish",
    "ack",
    "wake",
    "breathe-in",
    "breathe-out",
)
"""The name of every tone: the stem of its file."""

LONGEST = 3.0
"""Seconds that a user's tone may last: it must be over before the next cue."""

_PACKAGE = Path(__file__).resolve().parent.parent
_HOMES = (_PACKAGE / "sounds", _PACKAGE.parent / "sounds")
"""Where the files are: inside the package once it is installed, beside it in a checkout."""

_AUDIBLE_DB = -60.0
"""A tone that never gets above this is taken for silence."""


def load(name: str, sample_rate: int, user_folder: Path | None = None) -> Clip:
    """Read a tone at a rate, from the user's folder where a WAV file of its name lies there.

    A user's tone is as loud as the user made it, except that peaks near full scale are turned down.

    Raises:
        CoachError: the user's file is no sound, silent, or longer than `LONGEST`.
    """
    if user_folder and os.path.lexists(theirs := user_folder / f"{name}.wav"):
        return _theirs(theirs, sample_rate)
    home = next((home for home in _HOMES if home.is_dir()), _HOMES[0])
    return _ours(home / f"{name}.wav", sample_rate)


def _ours(path: Path, sample_rate: int) -> Clip:
    """Read a file of `scripts/make-sounds`, which needs no library that takes long to load."""
    with wave.open(str(path)) as file:
        clip = from_pcm(np.frombuffer(file.readframes(file.getnframes()), "<i2"), file.getframerate())
    if clip.sample_rate == sample_rate:
        return clip
    from voicecoach.sound.decode import resample  # noqa: PLC0415 - loads FFmpeg

    return resample(clip, sample_rate)


def _theirs(path: Path, sample_rate: int) -> Clip:
    from voicecoach.sound.decode import decode, resample  # noqa: PLC0415 - loads FFmpeg

    remedy = "or remove it to have the built-in sound back"
    try:
        clip = decode(path, sample_rate, longest=LONGEST)
    except CoachError as error:
        message = f"{error}, {remedy}"
        raise CoachError(message) from error
    # Between the frames a wave can rise above them: at four times the rate that is seen.
    peak_db = decibels(peak(resample(clip, 4 * sample_rate)))
    if peak_db < _AUDIBLE_DB:
        message = f"cannot use the sound '{path}': it is silent; put another there, {remedy}"
        raise CoachError(message)
    return amplify(clip, min(0.0, CEILING_DB - peak_db))

"""Levelling: what brings a whole session to the loudness of a recording."""

import math
from collections.abc import Callable

from voicecoach import units
from voicecoach.plan.planner import Planner
from voicecoach.sound.loudness import Meter
from voicecoach.sound.render import render_all
from voicecoach.sound.targets import TARGETS_LUFS
from voicecoach.speech.voice import Voice

BLOCK_SECONDS = 1.0
CLOSE_LU = 0.25
"""What is this near to the target is there: decoders add some of their own."""
MOST_GAIN_DB = 12.0
"""What even the quietest session is turned up by."""
_PASSES = 4
"""Where peaks are limited, a session gets louder by less than its gain: each pass adds what is missing."""


def level(planner: Planner, voice: Voice, progress: Callable[[int, int], object] | None = None) -> None:
    """Set the gain of a voice so that a session, without what lies beneath it, is as loud as a recording.

    It is one gain for all that is heard; the peaks of each clip are limited for itself, never those of the
    mix. It is the same for every kind of file, and for live play, so that all of them are the same session.

    Args:
        planner: plans the session.
        voice: its voice.
        progress: hears of frames measured, of all of them.

    Raises:
        SpeechError: a phrase could not be spoken.
    """
    voice.gain_db, target = 0.0, TARGETS_LUFS[planner.channels]
    for _ in range(_PASSES):
        short_of = target - loudness(planner, voice, progress)
        if not math.isfinite(short_of) or abs(short_of) <= CLOSE_LU:
            return
        voice.gain_db = round(min(voice.gain_db + short_of, MOST_GAIN_DB), 1)


def loudness(planner: Planner, voice: Voice, progress: Callable[[int, int], object] | None = None) -> float:
    """Return the integrated loudness of a session in LUFS, at the gain that its voice has."""
    rate, channels, done = planner.sample_rate, planner.channels, 0
    meter, whole = Meter(rate, channels, with_peak=False), planner.length(voice.measure)
    blocksize = units.frames(BLOCK_SECONDS, rate)
    for block in render_all(planner.segments(voice.measure), voice.clip, blocksize, channels):
        meter.add(block)
        done += len(block)
        if progress:
            progress(done, whole)
    return meter.loudness().integrated_lufs

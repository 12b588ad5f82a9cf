"""Levelling: what brings a whole session to the loudness of a recording."""

from collections.abc import Callable

from voicecoach import units
from voicecoach.plan.planner import Planner
from voicecoach.sound.loudness import Meter, level
from voicecoach.sound.render import render_all
from voicecoach.speech.voice import Voice

BLOCK_SECONDS = 1.0


def measured_gain(
    planner: Planner, voice: Voice, progress: Callable[[int, int], object] | None = None
) -> float:
    """Return the gain in dB for all events of a session, from its sound without what lies beneath it.

    Args:
        planner: plans the session, at no gain.
        voice: its voice.
        progress: hears of frames measured, of all of them.

    Raises:
        SpeechError: a phrase could not be spoken.
    """
    rate, channels, done = planner.sample_rate, planner.channels, 0
    meter, whole = Meter(rate, channels), planner.length(voice.measure)
    blocksize = units.frames(BLOCK_SECONDS, rate)
    for block in render_all(planner.segments(voice.measure), voice.clip, blocksize, channels):
        meter.add(block)
        done += len(block)
        if progress:
            progress(done, whole)
    return level(meter.loudness(), channels)

"""Phrases: whether speech is in its place, whole, and without a hole."""

import numpy as np

from voicecoach import units
from voicecoach.output.verify.heard import HeardSpeech
from voicecoach.plan.document import EventEntry
from voicecoach.sound.clip import Samples

EDGE = 0.1
"""Seconds at either end of a phrase in which something has to be heard."""
_HOLE = 0.0025
"""Seconds of digital silence from which on it may be a hole."""
_LONGEST_HOLE = 0.015
"""Longer ones are the pauses of speech."""
_SILENT = units.gain(-84.0)
"""Two steps of 16 bit."""
_STEEP = units.gain(-38.0)
"""The least jump, on one side of a hole. Voices glide into silence: of 1,500 silences of that length in three
voices of eSpeak (English, German, French) none had a jump above -40.6 dBFS; of holes of 5 ms, punched
anywhere into loud speech, 95 in a hundred have one above -38."""


def listen_to(event: EventEntry, samples: Samples, sample_rate: int) -> HeardSpeech:
    """Return what is heard in the place of a phrase."""
    edge = units.frames(EDGE, sample_rate)
    hole = hole_in(samples, sample_rate)
    return HeardSpeech(
        event,
        peak_db(samples),
        peak_db(samples[:edge]),
        peak_db(samples[-edge:]),
        None if hole is None else event.onset_frame + hole,
    )


def peak_db(samples: Samples) -> float:
    """Return the peak among the frames, in dBFS."""
    return units.decibels(float(np.abs(samples).max(initial=0.0)))


def hole_in(samples: Samples, sample_rate: int) -> int | None:
    """Return the frame at which a hole in speech begins: digital silence that begins or ends with a jump."""
    silent = np.concatenate([[False], np.abs(samples) <= _SILENT, [False]])
    turns = np.flatnonzero(np.diff(silent))
    for first, end in zip(turns[::2], turns[1::2], strict=True):
        is_inside = first > 0 and end < len(samples)
        if not is_inside or not _HOLE <= (end - first) / sample_rate <= _LONGEST_HOLE:
            continue
        if max(abs(samples[first - 1]), abs(samples[end])) >= _STEEP:
            return int(first)
    return None

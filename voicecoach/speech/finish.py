"""The finish: from what an engine returns to a clip that can be played as it is."""

from voicecoach.sound.clip import Clip, amplify, limit, trim


def shaped(raw: Clip, sample_rate: int) -> Clip:
    """Return the speech without the silence around it, at the rate of the session."""
    trimmed = trim(raw)
    if trimmed.sample_rate == sample_rate:
        return trimmed
    # Loads FFmpeg, which a session does without once all its clips are in the cache.
    from voicecoach.sound.decode import resample  # noqa: PLC0415

    return resample(trimmed, sample_rate)


def levelled(clip: Clip, gain_db: float) -> Clip:
    """Return the speech at its level, its peaks limited."""
    return limit(amplify(clip, gain_db))

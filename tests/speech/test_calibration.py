import numpy as np
import pytest

from voicecoach.errors import SpeechError
from voicecoach.sound.clip import Clip
from voicecoach.sound.loudness import measure
from voicecoach.speech.calibration import TARGET_LUFS, Tuning, Wish, calibrate
from voicecoach.speech.double import HummingEngine
from voicecoach.speech.engine import Manner
from voicecoach.speech.finish import levelled, shaped

WISH = Wish("hum", "en", 24_000)


class Stubborn(HummingEngine):
    """Speak at one rate, whatever is asked for."""

    def synthesize(self, text: str, manner: Manner) -> Clip:
        """Speak at the rate of 150."""
        return super().synthesize(text, Manner(manner.voice, 150))


class Silent(HummingEngine):
    """Say nothing at all."""

    def synthesize(self, text: str, manner: Manner) -> Clip:
        """Return silence, as long as it should be."""
        clip = super().synthesize(text, manner)
        return Clip(np.zeros_like(clip.samples), clip.sample_rate)


def test_the_setting_follows_what_is_heard() -> None:
    """A voice that is set to something else than it is heard at gets the right setting."""
    engine = HummingEngine()
    tuning = calibrate(engine, Wish("hum", "en", 24_000, talk_wpm=120, count_wpm=180, pitch=40))
    text, _ = engine.spoken[0]
    heard = {
        manner.rate: len(text.split()) * 60 / engine.synthesize(text, manner).seconds
        for manner in (tuning.talk, tuning.counts)
    }

    assert heard[tuning.talk.rate] == pytest.approx(120, rel=0.03)
    assert heard[tuning.counts.rate] == pytest.approx(180, rel=0.03)
    assert {tuning.talk.pitch, tuning.counts.pitch} == {40}


def test_counts_are_never_slow() -> None:
    """However slow the talk is to be, numbers are spoken at 150 words a minute at least."""
    slow = calibrate(HummingEngine(), Wish("hum", "en", 24_000, talk_wpm=100, count_wpm=100))

    assert slow.counts.rate > 1.4 * slow.talk.rate


def test_one_gain_brings_the_voice_to_its_level() -> None:
    """With the gain and the limiter, the calibration text sits at -19 LUFS."""
    engine = HummingEngine()
    tuning = calibrate(engine, WISH)
    text, _ = engine.spoken[0]
    clip = levelled(shaped(engine.synthesize(text, tuning.talk), 24_000), tuning.gain_db)

    assert measure(clip.samples, 24_000).integrated_lufs == pytest.approx(TARGET_LUFS, abs=0.3)


def test_a_voice_that_cannot_be_tuned_is_taken_as_it_is() -> None:
    """An engine that ignores its setting is measured a few times and no more."""
    engine = Stubborn()
    tuning = calibrate(engine, WISH)

    assert isinstance(tuning, Tuning)
    assert len(engine.spoken) <= 14


def test_a_silent_voice_is_an_error() -> None:
    """A voice of which nothing is heard cannot coach."""
    with pytest.raises(SpeechError, match="of the voice 'hum' nothing is heard"):
        calibrate(Silent(), WISH)


def test_another_language_reads_its_own_text() -> None:
    """A German voice is measured over German, one without a text over English."""
    texts = {}
    for language in ("de-at", "en", "fi"):
        engine = HummingEngine()
        calibrate(engine, Wish("hum", language, 24_000))
        texts[language] = {text for text, _ in engine.spoken}

    assert texts["fi"] == texts["en"]
    assert texts["de-at"] & texts["en"] == set()

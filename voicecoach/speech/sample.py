"""Samples: one sentence of a voice, as fast and as loud as it would coach."""

from voicecoach.sound.clip import Clip
from voicecoach.speech.calibration import Wish, calibrate
from voicecoach.speech.engine import Engine, VoiceInfo
from voicecoach.speech.finish import levelled, shaped

SENTENCES = {
    "de": "Leg dich auf die linke Seite. Noch zehn Sekunden: drei, zwei, eins.",
    "en": "Lie on your left side. Ten seconds to go: three, two, one.",
    "es": "Túmbate sobre el lado izquierdo. Quedan diez segundos: tres, dos, uno.",
    "fr": "Allonge-toi sur le côté gauche. Encore dix secondes: trois, deux, un.",
    "it": "Resta sul fianco sinistro. Ancora dieci secondi: tre, due, uno.",
    "nl": "Ga op je linkerzij liggen. Nog tien seconden: drie, twee, één.",
    "pl": "Połóż się na lewym boku. Jeszcze dziesięć sekund: trzy, dwa, jeden.",
    "pt": "Deite-se sobre o lado esquerdo. Faltam dez segundos: três, dois, um.",
}
"""By language, without a region; any other voice reads the English one."""


def sample(engine: Engine, voice: VoiceInfo, sample_rate: int) -> Clip:
    """Return a sentence in the language of a voice.

    Raises:
        SpeechError: the voice cannot speak.
    """
    language = voice.languages[0].partition("-")[0] if voice.languages else "en"
    tuning = calibrate(engine, Wish(voice.id, language, sample_rate))
    raw = engine.synthesize(SENTENCES.get(language, SENTENCES["en"]), tuning.talk)
    return levelled(shaped(raw, sample_rate), tuning.gain_db)

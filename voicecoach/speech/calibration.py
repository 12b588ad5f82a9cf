"""Calibration: what to ask of a voice so that it is heard at a wanted rate and loudness.

What an engine calls words a minute is not what is heard (eSpeak NG set to 118 speaks 145), and voices
differ in loudness by several LU. Both are measured over a text, since a single word is shorter than the
window of BS.1770 and says little of a rate.
"""

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from voicecoach.errors import SpeechError
from voicecoach.sound.clip import Clip
from voicecoach.sound.targets import TARGETS_LUFS
from voicecoach.speech.engine import Engine, Manner
from voicecoach.speech.finish import levelled, shaped

TALK_WPM = 150.0
COUNT_WPM = 186.0
"""What eSpeak NG speaks at its setting of 150: there, each number from 0 to 60 fits into its second."""
LEAST_COUNT_WPM = 150.0
"""Slower than this, numbers do not fit into the second they are spoken in."""
TARGET_LUFS = TARGETS_LUFS[1]
"""The loudness of speech."""

_PASSES = 3
_CLOSE = 0.02
"""A rate that is this near to the wanted one, as a share of it, is it."""
_SLOWEST, _FASTEST = 60, 450
_FIRST_GUESS = 0.81
"""The setting of eSpeak NG for what is heard."""
_LOUD_ENOUGH_LU = 0.1

_TEXTS = {
    "en": (
        "Lie on your left side with your knees bent. Keep your hips stacked, one above the other. "
        "Lift the top knee slowly, without turning your back. Hold it there for three seconds.\n"
        "Let the knee sink again just as slowly. You should feel the work at the side of your buttock. "
        "Keep breathing, and keep your shoulders soft. Stop if anything hurts."
    ),
    "de": (
        "Leg dich auf die linke Seite und winkle die Knie an. Die Hüften bleiben genau übereinander. "
        "Heb das obere Knie langsam an, ohne den Rücken zu drehen. Halte es dort drei Sekunden.\n"
        "Lass das Knie genauso langsam wieder sinken. Du solltest die Arbeit seitlich am Gesäß spüren. "
        "Atme weiter und lass die Schultern locker. Hör auf, wenn etwas weh tut."
    ),
    "es": (
        "Túmbate sobre el lado izquierdo con las rodillas dobladas. Mantén las caderas alineadas. "
        "Levanta despacio la rodilla de arriba, sin girar la espalda. Aguanta así tres segundos.\n"
        "Baja la rodilla con la misma lentitud. Debes notar el trabajo en el lado del glúteo. "
        "Sigue respirando, con los hombros relajados. Para si algo te duele."
    ),
    "fr": (
        "Allonge-toi sur le côté gauche, les genoux pliés. Garde les hanches l'une sur l'autre. "
        "Lève lentement le genou du dessus, sans tourner le dos. Tiens-le là trois secondes.\n"
        "Laisse redescendre le genou tout aussi lentement. Tu dois sentir le travail sur le côté de la "
        "fesse. Continue à respirer, les épaules relâchées. Arrête si quelque chose fait mal."
    ),
}
"""By language, without a region; any other voice reads the English text. Each line is spoken by itself."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a voice shall be heard."""

    voice: str
    """The `VoiceInfo.id`."""
    language: str
    """Tag of what it will speak."""
    sample_rate: int
    """Frames a second of the session."""
    talk_wpm: float = TALK_WPM
    """Words a minute of sentences, as heard."""
    count_wpm: float = COUNT_WPM
    """Words a minute at which numbers are spoken; `LEAST_COUNT_WPM` at the least."""
    pitch: int = 50
    """The engine's own setting, 0 to 100."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What to ask of a voice."""

    talk: Manner
    """For sentences."""
    counts: Manner
    """For the numbers of countdowns and reps."""
    gain_db: float
    """What brings the voice to its level, applied before its peaks are limited."""


def calibrate(engine: Engine, wish: Wish) -> Tuning:
    """Let a voice read a text until it is heard at the wanted rates, and measure how loud it is.

    Raises:
        SpeechError: the engine cannot speak, or nothing is heard.
    """
    reading = _Reading(engine, wish)
    counts = reading.setting_for(max(wish.count_wpm, LEAST_COUNT_WPM))
    talk = reading.setting_for(wish.talk_wpm)
    return Tuning(
        talk=Manner(wish.voice, talk, wish.pitch),
        counts=Manner(wish.voice, counts, wish.pitch),
        gain_db=_gain(reading.read(talk)),
    )


class _Reading:
    """One voice reading one text at several settings, each once."""

    def __init__(self, engine: Engine, wish: Wish) -> None:
        self._engine, self._wish = engine, wish
        self._text = _TEXTS.get(wish.language.lower().partition("-")[0], _TEXTS["en"]).split("\n")
        self._words = sum(len(part.split()) for part in self._text)
        self._read: dict[int, list[Clip]] = {}

    def read(self, setting: int) -> list[Clip]:
        """Return the text as spoken at a setting of the rate."""
        if setting not in self._read:
            manner = Manner(self._wish.voice, setting, self._wish.pitch)
            with ThreadPoolExecutor(len(self._text)) as threads:
                raw = list(threads.map(lambda part: self._engine.synthesize(part, manner), self._text))
            self._read[setting] = [shaped(clip, self._wish.sample_rate) for clip in raw]
            if not any(clip.frames for clip in self._read[setting]):
                message = (
                    f"of the voice '{self._wish.voice}' nothing is heard; choose another one with --voice"
                )
                raise SpeechError(message)
        return self._read[setting]

    def heard(self, setting: int) -> float:
        """Return the words a minute that are heard at a setting."""
        return self._words * 60 / sum(clip.seconds for clip in self.read(setting))

    def setting_for(self, wpm: float) -> int:
        """Return the setting at which a rate is heard, or what came nearest to it in a few passes."""
        for _ in range(_PASSES):
            guess = self._guess(wpm)
            if abs(self.heard(guess) / wpm - 1) <= _CLOSE:
                return guess
        return min(self._read, key=lambda setting: abs(self.heard(setting) / wpm - 1))

    def _guess(self, wpm: float) -> int:
        """Return the likeliest setting, from the two nearest of those that were heard."""
        nearest = sorted(self._read, key=lambda setting: abs(math.log(self.heard(setting) / wpm)))[:2]
        if not nearest:
            return round(wpm * _FIRST_GUESS)
        # On a scale of logarithms the rate follows the setting nearly in a straight line.
        slope = 1.0
        if len(nearest) > 1 and self.heard(nearest[0]) != self.heard(nearest[1]):
            first, second = nearest
            slope = math.log(first / second) / math.log(self.heard(first) / self.heard(second))
        guess = nearest[0] * math.pow(wpm / self.heard(nearest[0]), min(max(slope, 0.5), 2.0))
        return round(min(max(guess, _SLOWEST), _FASTEST))


def _gain(clips: Sequence[Clip]) -> float:
    """Return the gain, to a tenth of a dB, that brings the limited clips to the target."""
    # Loads FFmpeg, which a session does without once its voice is calibrated.
    from voicecoach.sound.loudness import measure  # noqa: PLC0415

    gain = 0.0
    for _ in range(2):
        made = [levelled(clip, gain) for clip in clips] if gain else clips
        loudness = measure((clip.samples for clip in made), clips[0].sample_rate)
        short_of = TARGET_LUFS - loudness.integrated_lufs
        if not math.isfinite(short_of) or abs(short_of) < _LOUD_ENOUGH_LU:
            break
        gain += short_of
    return round(gain, 1)

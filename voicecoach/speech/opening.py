"""Opening a voice: engine, cache, choice and calibration, each put off until it is needed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, astuple
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from voicecoach.errors import ChoiceError, SpeechError
from voicecoach.plan.timeline import SAMPLE_RATE
from voicecoach.sound import tones
from voicecoach.speech.cache import LIMIT_BYTES, ClipCache, key_of
from voicecoach.speech.calibration import COUNT_WPM, TALK_WPM, Tuning, Wish, calibrate
from voicecoach.speech.choice import choose, split_engine
from voicecoach.speech.engine import MODELS, Engine, Manner, VoiceInfo, open_engine
from voicecoach.speech.text import NO_WORDS
from voicecoach.speech.voice import Voice

_Found = TypeVar("_Found")


def open_voice(  # noqa: PLR0913 - what a user can choose, each by its name
    wanted: str | None = None,
    *,
    language: str = "en",
    talk_wpm: float = TALK_WPM,
    count_wpm: float = COUNT_WPM,
    pitch: int = 50,
    sample_rate: int = SAMPLE_RATE,
    cache_folder: Path | None = None,
    cache_bytes: int = LIMIT_BYTES,
    voices_folder: Path | None = None,
    sounds_folder: Path | None = None,
    pronunciation: Mapping[str, str] = NO_WORDS,
    tone_for_errors: str | None = None,
    engine: Engine | None = None,
) -> Voice:
    """Return the voice that is meant, ready to speak.

    With a cache that knows the voice, no process is started and nothing is measured.

    Args:
        wanted: an id, name, language or gender, with or without an engine before it (``pyttsx3:en-gb``), or
            the file of a voice; None for the best voice of the language.
        language: tag of what will be spoken.
        talk_wpm: words a minute of sentences, as heard.
        count_wpm: words a minute at which numbers are spoken.
        pitch: the engine's own setting, 0 to 100.
        sample_rate: frames a second of every clip.
        cache_folder: where clips are kept; None for a folder of this session alone.
        cache_bytes: what the folder may take on disk.
        voices_folder: where the user's own voices lie.
        sounds_folder: where the user's own tones lie.
        pronunciation: the routine's own words.
        tone_for_errors: what is heard where a phrase cannot be spoken; if None, that is an error.
        engine: what speaks, in place of the one that is named.

    Raises:
        ChoiceError: the wanted voice is unknown or ambiguous.
        SpeechError: the engine cannot be started.
    """
    engine_name, wanted = split_engine(wanted)
    if wanted and Path(wanted).suffix.lower() in MODELS:
        voices_folder = Path(wanted).expanduser().absolute()
        wanted = str(voices_folder)
    engine = engine or open_engine(engine_name, voices_folder)
    cache = ClipCache(cache_folder, limit_bytes=cache_bytes) if cache_folder else ClipCache.private()
    said: list[str] = []
    cache.mention = said.append
    try:
        info = find_voice(engine, cache, wanted, language)
    except BaseException:
        engine.close()
        cache.close()
        raise
    wish = Wish(info.id, language, sample_rate, talk_wpm, count_wpm, pitch)
    voice = Voice(
        engine,
        info,
        partial(_tuned, engine, info, cache, wish),
        cache,
        lambda name: tones.load(name, sample_rate, sounds_folder),
        sample_rate=sample_rate,
        pronunciation=pronunciation,
        tone_for_errors=tone_for_errors,
    )
    # What came up before there was a voice to tell it.
    voice.warnings.extend(said)
    return voice


def find_voice(engine: Engine, cache: ClipCache, wanted: str | None, language: str) -> VoiceInfo:
    """Return the voice that is meant, from the list that the cache remembers or else from the engine.

    Raises:
        ChoiceError: it is unknown or ambiguous.
        SpeechError: the engine cannot be started, or has no voice at all.
    """
    key = key_of("voices", engine.name, engine.version)
    if remembered := _voices(cache.note(key)):
        try:
            return choose(remembered, wanted, language)
        except ChoiceError:
            # A voice may have been installed since; if not, it is said once more.
            pass
    voices = engine.voices()
    if not voices:
        message = f"{engine.name} has no voices yet; 'voicecoach voices' says where to get some"
        raise SpeechError(message)
    cache.put_note(key, [asdict(voice) for voice in voices])
    return choose(voices, wanted, language)


def _voices(note: Any) -> Sequence[VoiceInfo]:  # noqa: ANN401 - any JSON
    return (
        _read(lambda: [VoiceInfo(**{**voice, "languages": tuple(voice["languages"])}) for voice in note])
        or ()
    )


def _tuned(engine: Engine, info: VoiceInfo, cache: ClipCache, wish: Wish) -> Tuning:
    """Return how the voice is to speak, as the cache remembers it or else measured now.

    Of two sessions that measure at the same time, both take what the first one noted: their clips are shared.
    """
    key = key_of("tuning", engine.name, info.version or engine.version, *astuple(wish))
    note = cache.note(key)
    if remembered := _tuning(note):
        return remembered
    tuning = calibrate(engine, wish)
    # A note that was there and said nothing gives way; one that somebody else has written since does not.
    cache.put_note(key, asdict(tuning), replace=note is not None)
    return _tuning(cache.note(key)) or tuning


def _tuning(note: Any) -> Tuning | None:  # noqa: ANN401 - any JSON
    return _read(lambda: Tuning(Manner(**note["talk"]), Manner(**note["counts"]), note["gain_db"]))


def _read(read: Callable[[], _Found]) -> _Found | None:
    """Return what a note says, or None if it is missing or no note of ours."""
    try:
        return read()
    except (TypeError, ValueError, KeyError, AttributeError):
        return None

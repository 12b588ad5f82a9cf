"""The choice of a voice: by engine, name, language or gender, or the best one of a language."""

from collections.abc import Sequence

from voicecoach.errors import ChoiceError, did_you_mean
from voicecoach.speech.engine import DEFAULT_ENGINE, ENGINES, MODELS, VoiceInfo

FAVOURITES: dict[str, tuple[str, ...]] = {
    "en": (
        "gmw/en-us",
        "com.apple.voice.compact.en-US.Samantha",
        "com.apple.speech.synthesis.voice.samantha",
        "Microsoft Zira Desktop - English (United States)",
    ),
    "es": ("roa/es",),
    "fr": ("roa/fr",),
    "pt": ("roa/pt-br",),
}
"""By language, ids or names: the plainest voice where a language has several, on whatever system."""
_GENDERS = ("female", "male")
_SHOWN = 4


def split_engine(wanted: str | None) -> tuple[str, str | None]:
    """Split ``pyttsx3:en-gb`` into engine and voice; the default engine where none is named.

    The file of a voice, as ``voices/amy.onnx``, names its engine by its suffix.

    Raises:
        ChoiceError: there is no such engine.
    """
    if not wanted:
        return DEFAULT_ENGINE, None
    for suffix, engine in MODELS.items():
        if wanted.lower().endswith(suffix):
            return engine, wanted.removeprefix(f"{engine}:")
    if ":" not in wanted:
        return (wanted, None) if wanted in ENGINES else (DEFAULT_ENGINE, wanted)
    engine, _, voice = wanted.partition(":")
    if engine not in ENGINES:
        message = f"there is no speech engine '{engine}'{did_you_mean(engine, tuple(ENGINES))}"
        raise ChoiceError(message)
    return engine, voice or None


def choose(voices: Sequence[VoiceInfo], wanted: str | None, language: str = "en") -> VoiceInfo:
    """Return the one voice that is meant.

    Args:
        voices: those to choose from.
        wanted: an id, a name or a part of it, a language tag, a gender, or a tag and a gender; None for the
            best voice of the language.
        language: that of the session.

    Raises:
        ChoiceError: none or several are meant; the message lists the nearest.
    """
    if wanted is None:
        return _of_language(voices, language)
    for exact in (_by_id, _by_name):
        if found := exact(voices, wanted):
            return found[0]
    words = wanted.lower().replace(",", " ").split()
    tags = [word for word in words if word not in _GENDERS]
    if len(tags) <= 1 and (len(tags) < len(words) or _speaking(voices, tags[0])):
        gender = next((word for word in words if word in _GENDERS), None)
        return _of_language(voices, tags[0] if tags else language, gender)
    return _one_of(voices, wanted)


def _by_id(voices: Sequence[VoiceInfo], wanted: str) -> list[VoiceInfo]:
    return [voice for voice in voices if voice.id.lower() == wanted.lower()]


def _by_name(voices: Sequence[VoiceInfo], wanted: str) -> list[VoiceInfo]:
    return [voice for voice in voices if voice.name.casefold() == wanted.casefold()]


def _speaking(voices: Sequence[VoiceInfo], tag: str) -> list[VoiceInfo]:
    """Return the voices of a language: those of its very tag, else those of any region of it."""
    tag = tag.lower().replace("_", "-")
    same = [voice for voice in voices if tag in voice.languages]
    regions = [voice for voice in voices if any(other.startswith(f"{tag}-") for other in voice.languages)]
    return same or regions


def _of_language(voices: Sequence[VoiceInfo], tag: str, gender: str | None = None) -> VoiceInfo:
    """Return the favourite voice of a language, of a gender if one is given."""
    speaking = _speaking(voices, tag) or _speaking(voices, tag.partition("-")[0])
    favourites = FAVOURITES.get(tag.lower(), ())
    meant = [voice for voice in speaking if gender in {None, voice.gender}]
    if not meant:
        known = sorted({language for voice in voices for language in voice.languages})
        what = f"{gender or ''} voice for the language '{tag}'".strip()
        message = f"there is no {what}{did_you_mean(tag, known)}; 'voicecoach voices' lists all"
        raise ChoiceError(message)
    # The favourite itself, then what is made from it (gmw/en-us+f3), then the first.
    return min(meant, key=lambda voice: _rank(voice, favourites))


def _rank(voice: VoiceInfo, favourites: Sequence[str]) -> tuple[int, int]:
    for place, favourite in enumerate(favourites):
        if favourite in {voice.id, voice.name}:
            return place, 0
        if voice.id.startswith(f"{favourite}+"):
            return place, 1
    return len(favourites), 0


def _one_of(voices: Sequence[VoiceInfo], wanted: str) -> VoiceInfo:
    """Return the only voice whose name or id contains the text."""
    found = [voice for voice in voices if wanted.casefold() in f"{voice.id} {voice.name}".casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(f"'{voice.id}' ({voice.name})" for voice in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        message = f"'{wanted}' may mean {len(found)} voices: {shown}{more}; give one id"
        raise ChoiceError(message)
    known = [name for voice in voices for name in (voice.id, voice.name, *voice.languages)]
    message = f"there is no voice '{wanted}'{did_you_mean(wanted, known)}; 'voicecoach voices' lists all"
    raise ChoiceError(message)

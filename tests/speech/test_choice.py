import pytest

from voicecoach.errors import ChoiceError
from voicecoach.speech.choice import choose, split_engine
from voicecoach.speech.engine import VoiceInfo

VOICES = [
    VoiceInfo("gmw/de", "German", ("de",), "male"),
    VoiceInfo("gmw/en", "English (Great Britain)", ("en-gb",), "male"),
    VoiceInfo("gmw/en-gb-scotland", "English (Scotland)", ("en-gb-scotland",), "male"),
    VoiceInfo("gmw/en-us", "English (America)", ("en-us",), "male"),
    VoiceInfo("gmw/en+f3", "English (Great Britain), female", ("en-gb",), "female"),
    VoiceInfo("gmw/en-us+f3", "English (America), female", ("en-us",), "female"),
]


@pytest.mark.parametrize(
    ("wanted", "language", "found"),
    [
        (None, "en", "gmw/en-us"),
        (None, "en-gb", "gmw/en"),
        (None, "de-at", "gmw/de"),
        ("gmw/EN-US", "en", "gmw/en-us"),
        ("english (america)", "en", "gmw/en-us"),
        ("scotland", "en", "gmw/en-gb-scotland"),
        ("en-gb", "en", "gmw/en"),
        ("en_GB", "en", "gmw/en"),
        ("de", "en", "gmw/de"),
        ("en", "de", "gmw/en-us"),
        ("female", "en", "gmw/en-us+f3"),
        ("female en-gb", "en", "gmw/en+f3"),
        ("en-gb, male", "en", "gmw/en"),
    ],
)
def test_a_voice_is_found_by_what_people_say(wanted: str | None, language: str, found: str) -> None:
    """An id, a name or part of it, a language, a gender or both name one voice."""
    assert choose(VOICES, wanted, language).id == found


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("america", "'america' may mean 2 voices: 'gmw/en-us' (English (America)), 'gmw/en-us+f3'"),
        ("gmw/en-uk", "there is no voice 'gmw/en-uk' (did you mean 'gmw/en-us' or 'gmw/en'"),
        ("Germann", "there is no voice 'Germann' (did you mean 'German'"),
        ("female de", "there is no female voice for the language 'de'"),
    ],
)
def test_what_is_unknown_or_ambiguous_lists_the_nearest(wanted: str, message: str) -> None:
    """A choice that fits none or several voices is an error that helps."""
    with pytest.raises(ChoiceError) as report:
        choose(VOICES, wanted)

    assert message in str(report.value)


def test_a_language_without_a_voice_is_an_error() -> None:
    """The default voice is never one of another language."""
    with pytest.raises(ChoiceError, match="there is no voice for the language 'tlh'"):
        choose(VOICES, None, "tlh")


@pytest.mark.parametrize(
    ("wanted", "split"),
    [
        (None, ("pyttsx3", None)),
        ("en-gb", ("pyttsx3", "en-gb")),
        ("pyttsx3:en-gb", ("pyttsx3", "en-gb")),
        ("pyttsx3:", ("pyttsx3", None)),
        ("double", ("double", None)),
    ],
)
def test_an_engine_may_stand_before_the_voice(wanted: str | None, split: tuple[str, str | None]) -> None:
    """What stands before a colon is the engine; an engine alone means its default voice."""
    assert split_engine(wanted) == split


def test_an_unknown_engine_gets_the_nearest() -> None:
    """An engine that is not there is an error with those that are like it."""
    with pytest.raises(ChoiceError, match=r"no speech engine 'pytsx3' \(did you mean 'pyttsx3'\?\)"):
        split_engine("pytsx3:en")

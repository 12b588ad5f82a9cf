"""The keys of a translation: tables of names and the readers of their values, those of the routine itself."""

from collections.abc import Mapping
from types import MappingProxyType

from voicecoach.routine.keys import EXERCISE_KEYS, ROUTINE_KEYS, STAGE_KEYS, Key
from voicecoach.routine.readers import Reader

_LINE = EXERCISE_KEYS["muscle"].kind.read


def _words(of: Reader) -> Reader:
    def read(value: object) -> Mapping[str, str]:
        if not isinstance(value, dict):
            message = (
                'wanted a table of the words of the routine and their translations, as "wall" = "le mur"'
            )
            raise ValueError(message)
        return MappingProxyType({str(word): str(of(said)) for word, said in value.items()})

    return read


def _by_slug(value: object) -> dict[str, dict[str, object]]:
    if not isinstance(value, dict) or not all(isinstance(item, dict) for item in value.values()):
        message = "wanted a table for each, as [stage.roll] and [stage.roll.exercise.quads]"
        raise ValueError(message)
    return value


def _of(keys: Mapping[str, Key], *names: str) -> dict[str, Reader]:
    return {name: keys[name].kind.read for name in names}


TRANSLATION_KEYS: Mapping[str, Reader] = MappingProxyType(
    {
        **_of(ROUTINE_KEYS, "language", "title", "introduction", "caution", "pronunciation"),
        "reviewer": _LINE,
        "equipment": _words(ROUTINE_KEYS["title"].kind.read),
        "muscle": _words(_LINE),
        "stage": _by_slug,
        "form": _by_slug,
    }
)
"""The keys at the top of the words of a routine in another language."""

STAGE_WORDS: Mapping[str, Reader] = MappingProxyType(
    {**_of(STAGE_KEYS, "title", "purpose", "reminders"), "exercise": _by_slug}
)
"""The keys of a ``[stage.SLUG]``."""

EXERCISE_WORDS: Mapping[str, Reader] = MappingProxyType(
    _of(EXERCISE_KEYS, "name", "instruction", "caution", "reminders")
)
"""The keys of a ``[stage.SLUG.exercise.SLUG]``, and of a ``[form.SLUG]``."""

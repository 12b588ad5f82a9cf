"""The JSON Schema of a routine file, for editors: made from the tables that the reader goes by. Pure.

It is draft 7, the newest that the TOML editor extensions support in full.
"""

from collections.abc import Mapping
from typing import Any

from voicecoach.routine.keys import EXERCISE_KEYS, FORM_KEYS, PLAIN_WORK, ROUTINE_KEYS, STAGE_KEYS, Key


def schema() -> dict[str, Any]:
    """Return the schema as plain values."""
    stage = _table(STAGE_KEYS, ("title", "exercise"))
    stage["properties"]["exercise"]["items"] = _exercise(EXERCISE_KEYS)
    routine = _table(ROUTINE_KEYS, ("title", "stage"))
    routine["properties"]["stage"]["items"] = stage
    routine["properties"]["form"]["items"] = _exercise(FORM_KEYS)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A routine of voicecoach",
        **routine,
    }


def _exercise(keys: Mapping[str, Key]) -> dict[str, Any]:
    doses = [{"required": [key]} for key in ("dose", *PLAIN_WORK) if key in keys]
    return _table(keys, ("name",)) | {"anyOf": doses, "dependencies": {"contract": ["deepen"]}}


def _table(keys: Mapping[str, Key], required: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {name: {"description": key.meaning, **key.kind.schema} for name, key in keys.items()},
    }

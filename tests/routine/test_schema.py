import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import ROUTINES
from voicecoach.own import STARTER
from voicecoach.routine.dose import format_dose
from voicecoach.routine.files import parse
from voicecoach.routine.keys import EXERCISE_KEYS, FORM_KEYS, ROUTINE_KEYS, STAGE_KEYS
from voicecoach.routine.model import Exercise, Routine
from voicecoach.routine.schema import schema
from voicecoach.routine.shelf import shelf

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
HEAD = 'title = "Hips"\n[[stage]]\ntitle = "Stretch"\n[[stage.exercise]]\nname = "Pigeon"\n'
VALIDATOR = jsonschema.Draft7Validator(schema(), format_checker=jsonschema.FormatChecker())


def complaints(text: str) -> list[str]:
    """Return what the schema has against a text; editors see a date as a string."""
    table = tomllib.loads(text, parse_float=float)
    seen = json.loads(json.dumps(table, default=lambda value: value.isoformat()))
    return [error.message for error in VALIDATOR.iter_errors(seen)]


def written(routine: Routine) -> dict[str, Any]:
    """Return a routine as the table of its file."""
    return {
        "title": routine.title,
        "caution": routine.caution,
        "pace": routine.pace.name,
        "date": str(date(2026, 6, 1)),
        "stage": [
            {
                "title": stage.title,
                "purpose": stage.purpose,
                "rounds": [stage.rounds.low, stage.rounds.high],
                "reminders": list(stage.reminders),
                **({"aim": stage.aim.value} if stage.aim else {}),
                **({"rest": stage.rest} if stage.rest else {}),
                "exercise": [exercise(one) for one in stage.exercises],
            }
            for stage in routine.stages
        ],
    }


def exercise(one: Exercise) -> dict[str, Any]:
    """Return an exercise as the table of its file."""
    return {
        "name": one.name,
        "dose": format_dose(one),
        "order": one.order.value,
        "instruction": one.instruction,
        "equipment": list(one.equipment),
        **({"posture": one.posture.value} if one.posture else {}),
        **({"rest": one.rest} if one.rest else {}),
        **({"optional": one.optional} if one.optional else {}),
    }


def test_is_a_schema() -> None:
    """It is a JSON Schema of draft 7, and each key is described."""
    jsonschema.Draft7Validator.check_schema(schema())
    routine = schema()["properties"]
    stage = routine["stage"]["items"]["properties"]
    exercises = stage["exercise"]["items"]["properties"]
    forms = routine["form"]["items"]["properties"]
    tables = (
        (ROUTINE_KEYS, routine),
        (STAGE_KEYS, stage),
        (EXERCISE_KEYS, exercises),
        (FORM_KEYS, forms),
    )
    for keys, known in tables:
        assert list(keys) == list(known)
        assert all(row["description"].endswith(".") for row in known.values())


@pytest.mark.parametrize("path", [*shelf().values(), STARTER], ids=lambda path: path.stem)
def test_our_routines(path: Path) -> None:
    """Bundled routines, and the one that a new one begins as, have nothing that an editor would mark."""
    assert [] == complaints(path.read_text(encoding="utf-8"))


def test_the_example_of_the_readme() -> None:
    """Nor has the example of the format."""
    assert [] == complaints(README.split("```toml\n")[1].split("```")[0])


@given(ROUTINES)
def test_any_routine(routine: Routine) -> None:
    """Whatever can be played is valid."""
    assert [] == [error.message for error in VALIDATOR.iter_errors(written(routine))]


@given(
    st.sampled_from(sorted(EXERCISE_KEYS)),
    st.sampled_from(
        (
            "30",
            "2.5",
            "[2, 3]",
            '"1:30"',
            '"45s"',
            '["1:00", "2m"]',
            "true",
            '"left only"',
            '"both"',
            '"8 reps"',
            '"3-1-1-0"',
            '"4-6"',
            '"lying"',
            '"block"',
            '"up"',
            '"off"',
            '"hip-mobility/clam"',
            '"after 3 easy: sets +1 to 3, next form"',
            '["mat"]',
            '"x"',
            "-1",
            "[1]",
            "[]",
            '["a", 1]',
        )
    ),
    st.sampled_from(["hold = 30\n", "reps = 8\n", 'dose = "2 x 30 s"\n', "contract = 6\ndeepen = 20\n"]),
)
def test_what_is_read_is_valid(key: str, value: str, dose: str) -> None:
    """A value that the program takes is one that the schema takes; counts are not written in quotes."""
    text = f"{HEAD}{dose}{key} = {value}\n"
    try:
        parse(text, "hips.toml")
    except Exception:  # noqa: BLE001 - only what is read is of interest
        return
    assert [] == complaints(text) or key in {"sets", "reps"}


@pytest.mark.parametrize(
    "keys",
    [
        "hols = 30\nhold = 30",
        "hold = true",
        'hold = "soon"',
        "hold = [1, 2, 3]",
        "hold = 4000",
        'hold = 30\nposture = "standin"',
        "hold = 30\nper_side = 1",
        "hold = 30\nsets = 2.5",
        "hold = 30\nequipment = 3",
        "contract = 6",
        'instruction = "No dose."',
        'dose = ["30 s"]',
    ],
)
def test_what_is_wrong_is_marked(keys: str) -> None:
    """Misspelt keys, wrong types and words, figures out of bounds, and a dose that is missing."""
    assert complaints(HEAD + keys)


@pytest.mark.parametrize(
    "text", ["", 'titel = "x"', 'title = "x"\nstage = 3', HEAD.replace("[[stage]]", "[stage]")]
)
def test_what_is_wrong_above(text: str) -> None:
    """The top of the file and its stages are looked at as well."""
    try:
        assert complaints(text)
    except tomllib.TOMLDecodeError:
        assert "[stage]" in text

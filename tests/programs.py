"""What the tests of readers of other programs' files share."""

from pathlib import Path

import pytest
import tomlkit

from voicecoach.importers.draft import Draft, DraftExercise
from voicecoach.routine.files import parse
from voicecoach.routine.model import Routine

DATA = Path(__file__).parents[2] / "shared/data"
"""Real files, beside the checkout where they are there."""


def real(path: str) -> bytes:
    """Return a real file, or skip the test where it is not there."""
    file = DATA / path
    if not file.exists():
        pytest.skip(f"{file} is not there: real files of other programs lie beside the checkout")
    return file.read_bytes()


def routine_of(draft: Draft) -> Routine:
    """Return the routine that a draft becomes, as a file that is read back."""
    document = {
        "title": draft.title,
        **draft.keys,
        "stage": [
            {
                "title": stage.title,
                **stage.keys,
                "exercise": [dict(item.keys) for item in stage.items if isinstance(item, DraftExercise)],
            }
            for stage in draft.stages
        ],
    }
    return parse(tomlkit.dumps(document), "draft.toml")


def doses(draft: Draft) -> list[list[tuple[object, object]]]:
    """Return the names and the doses of each stage."""
    return [
        [(item.keys["name"], item.keys["dose"]) for item in stage.items if isinstance(item, DraftExercise)]
        for stage in draft.stages
    ]

import pytest

from voicecoach.routine.files import load, parse
from voicecoach.routine.oddities import oddities
from voicecoach.routine.shelf import LIBRARY, shelf

TEXT = """title = "Hips"
pace = "gentle"
[[stage]]
title = "A"
{stage}
[[stage.exercise]]
name = "Pigeon"
{exercise}
"""


@pytest.mark.parametrize(
    ("stage", "exercise", "expected"),
    [
        ("rest = 30", 'dose = "30 s"', "5:1: stage 1 'A': rest is between rounds, and there is one round"),
        (
            "",
            'dose = "30 s"\norder = "block"',
            "9:1: stage 1 'A', exercise 1 'Pigeon': order is that of two sides",
        ),
        (
            "",
            'dose = "5 s"\nbreath = "4-6"',
            "9:1: stage 1 'A', exercise 1 'Pigeon': a hold of 5 s has no room",
        ),
        (
            'aim = "stretch"',
            'time = [30, 60]\nsay = [{ at = 45, text = "Now." }]',
            "9:1: stage 1 'A', exercise 1 'Pigeon': 'Now.' at 45 s is not said at the gentle pace",
        ),
    ],
)
def test_what_has_no_effect_is_told(stage: str, exercise: str, expected: str) -> None:
    """Each warning names the line and how to mend it."""
    text = TEXT.format(stage=stage, exercise=exercise).replace("\n\n", "\n#\n")
    (warning,) = oddities(parse(text, "hips.toml")).located(text, "hips.toml")
    assert warning.startswith(f"hips.toml:{expected}")


@pytest.mark.parametrize("name", shelf(None))
def test_bundled_routines_have_none(name: str) -> None:
    """What we ship has an effect throughout."""
    assert [] == oddities(load(LIBRARY / f"{name}.toml")).found

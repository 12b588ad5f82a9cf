import pytest

from voicecoach.routine.files import load, parse
from voicecoach.routine.shelf import shelf
from voicecoach.speech.lint import lint

HEAD = 'title = "Hips"\n[[stage]]\ntitle = "Stretch"\n[[stage.exercise]]\ndose = "30 s"\n'


def warnings(keys: str) -> list[str]:
    """Return the warnings about one exercise, without their place."""
    text = HEAD + keys
    place = "hips.toml:{}:1: stage 1 'Stretch', exercise 1 'Pigeon': "
    found = lint(parse(text, "hips.toml")).located(text, "hips.toml")
    return [line.removeprefix(place.format(6)).removeprefix(place.format(7)) for line in found]


def test_bundled_routines_are_read_well() -> None:
    """No bundled routine holds anything that a voice would misread."""
    for path in shelf().values():
        assert [] == lint(load(path)).found


@pytest.mark.parametrize(
    ("instruction", "warning"),
    [
        ("Lift <b>slowly.", "instruction: '<b>' looks like markup, and is not spoken"),
        ("Lift [[sl'oUli]].", "instruction: '[[' looks like markup, and is not spoken"),
        ("Lift \\u0007.", "instruction: '\\x07' looks like markup, and is not spoken"),
        ("Lift \\u202eslowly.", "instruction: '\\u202e' looks like markup, and is not spoken"),
        ("Lift ☃.", "instruction: '☃' is not spoken; write what is meant as a word"),
        ("Lift (slowly.", "instruction: a quote or a bracket is not closed"),
        (
            "Feel the VMO.",
            "instruction: 'VMO' may be read as a word; to spell it: [pronunciation] VMO = \"V.M.O.\"",
        ),
    ],
)
def test_warns(instruction: str, warning: str) -> None:
    """What a voice would misread is told, with its place and a remedy."""
    assert warning in warnings(f'name = "Pigeon"\ninstruction = "{instruction}"')


def test_warns_of_what_is_said_in_a_set() -> None:
    """Texts that are said at moments of a set are spoken as well."""
    (warning,) = warnings('name = "Pigeon"\ninstruction = "Sit."\nsay = [{ at = 3, text = "Lift ☃." }]')
    assert "say: '☃' is not spoken" in warning


def test_says_nothing_of_what_is_known() -> None:
    """What is mended, and what stands in the routine's own table, is fine."""
    fine = "ITB, TFL, 90/90, 3x10, 1:30, 2 1/2 times, 30s, L/R: 'roll' it \u2013 slowly."
    assert [] == warnings(f'name = "Pigeon"\ninstruction = "{fine}"')
    assert [] == warnings('name = "Pigeon"\ninstruction = "Feel the VMO."\n[pronunciation]\nVMO = "V.M.O."')


def test_names_are_short_and_exercises_instructed() -> None:
    """A name that is too long to be called out is told, and an exercise without instruction."""
    found = warnings('name = "Side lying hip abduction with external rotation"\n')
    assert 2 == len(found)
    assert any(line.endswith("the name has more than 6 words: too long to be called out") for line in found)
    assert any("there is no instruction" in line for line in found)

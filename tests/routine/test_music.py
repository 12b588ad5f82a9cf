from pathlib import Path

import pytest

from voicecoach.errors import ChoiceError, RoutineError
from voicecoach.routine.files import load, parse
from voicecoach.routine.music import with_music

EXERCISE = 'exercise = [{ name = "Quads", dose = "30 s" }]\n'
TEXT = (
    f'title = "Hips"\n[[stage]]\ntitle = "Roll"\nmusic = "lively.mp3"\n{EXERCISE}'
    f'[[stage]]\ntitle = "Static stretch"\n{EXERCISE}[[stage]]\ntitle = "Strengthen"\n{EXERCISE}'
)


def music(*asked: str) -> list[str]:
    """Return the music of each stage once some was asked for."""
    return [stage.music for stage in with_music(parse(TEXT, "hips.toml"), asked).stages]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((), ["lively.mp3", "", ""]),
        (("calm/",), ["calm/", "calm/", "calm/"]),
        (("static-stretch=calm/",), ["lively.mp3", "calm/", ""]),
        (("3=a=b.mp3", "calm/"), ["calm/", "calm/", "a=b.mp3"]),
        (("=a.mp3",), ["a.mp3"] * 3),
        (("./roll=1.mp3",), ["./roll=1.mp3"] * 3),
        (("none",), ["", "", ""]),
        (("calm/", "roll=none"), ["", "calm/", "calm/"]),
    ],
)
def test_which_stage_has_which_music(asked: tuple[str, ...], expected: list[str]) -> None:
    """What is asked for one stage goes before what is asked for all, and both before what the file names."""
    assert expected == music(*asked)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("rool=a.mp3",), r"--music rool=a\.mp3: the routine has no 'rool' \(did you mean 'roll'\?\)"),
        (("roll=",), "--music roll=: write FILE or STAGE=FILE"),
        (("a.mp3", "b.mp3"), "the whole session has music already, 'a.mp3'; put both into a folder"),
        (("roll=a.mp3", "1=b.mp3"), "stage 1 has music already"),
    ],
)
def test_what_cannot_be_meant(asked: tuple[str, ...], message: str) -> None:
    """A stage that is not there, no file, and two for one stage are told in a line."""
    with pytest.raises(ChoiceError, match=message):
        music(*asked)


def test_a_path_in_a_file_is_relative_to_that_file(tmp_path: Path) -> None:
    """A routine is played from any folder, and finds the music that lies beside it."""
    path = tmp_path / "hips.toml"
    path.write_text(TEXT.replace("lively.mp3", "music/lively.mp3"), encoding="utf-8")
    assert [str(tmp_path / "music/lively.mp3"), "", ""] == [stage.music for stage in load(path).stages]
    elsewhere = tmp_path.parent / "lively.mp3"
    path.write_text(TEXT.replace("lively.mp3", str(elsewhere)), encoding="utf-8")
    assert str(elsewhere) == load(path).stages[0].music


@pytest.mark.parametrize("value", ["3", '""', '["a.mp3"]', '"a\\nb"'])
def test_no_path(value: str) -> None:
    """What is no path is told with its place in the file."""
    with pytest.raises(RoutineError, match=r"hips\.toml:4:1: stage 1 'Roll': music = .*(path|control)"):
        parse(TEXT.replace('"lively.mp3"', value), "hips.toml")

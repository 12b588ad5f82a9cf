from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import RoutineError
from voicecoach.routine.address import find_exercise, find_part, find_stage
from voicecoach.routine.files import load as load_routine
from voicecoach.routine.files import parse as parse_routine
from voicecoach.routine.shelf import shelf, translations
from voicecoach.routine.translation import Translation, is_reviewed, missing, translate
from voicecoach.routine.translation_files import load, parse

ROUTINE = """
title = "Hips"
caution = "Stop on pain."
[pronunciation]
fascia = "fashia"
[[stage]]
title = "Roll"
[[stage.exercise]]
name = "Quads"
dose = "2 x 30 s per side"
equipment = ["foam roller", "wall"]
muscle = "quadriceps"
instruction = "Rock slowly."
"""
HIPS = parse_routine(ROUTINE, "hips.toml")
FRENCH = """
language = "fr"
reviewer = "Anne"
title = "Hanches"
[equipment]
"wall" = "le mur"
[muscle]
"quadriceps" = "quadriceps"
[stage.roll]
title = "Rouler"
[stage.roll.exercise.quads]
name = "Cuisses"
"""


def test_a_translation_changes_words_and_nothing_else() -> None:
    """Doses, sides and order are the routine's; a text without a translation stays as it was."""
    words = parse(FRENCH, "hips.fr.toml", HIPS)
    french = translate(HIPS, words)
    (stage,), (before,) = french.stages, HIPS.stages
    (exercise,), (written,) = stage.exercises, before.exercises
    assert ("fr", "Hanches", "Rouler", "Cuisses") == (
        french.language,
        french.title,
        stage.title,
        exercise.name,
    )
    assert written == replace(exercise, name="Quads", written="")
    assert HIPS.caution == french.caution
    assert ["foam roller", "le mur"] == french.called(french.equipment)
    assert HIPS.equipment == french.equipment
    assert {} == french.pronunciation


def test_what_is_missing_is_listed_by_its_place() -> None:
    """A translator sees what there is to do, in the words of the file."""
    assert ("caution", 'equipment."foam roller"', "stage.roll.exercise.quads.instruction") == missing(
        HIPS, parse(FRENCH, "hips.fr.toml", HIPS)
    )


def test_a_text_that_the_routine_has_not_is_not_added() -> None:
    """A translation says nothing that the routine does not say."""
    words = Translation("fr", introduction="Bonjour.")
    assert "" == translate(HIPS, words).introduction


@pytest.mark.parametrize(
    ("reference", "place"), [("quads", (0, 0)), ("roll.quads", (0, 0)), ("cuisses", (0, 0)), ("1.1", (0, 0))]
)
def test_addresses_hold_in_every_language(reference: str, place: tuple[int, int]) -> None:
    """What was typed, or kept, in the language of the file is understood in any other; its words are too."""
    french = translate(HIPS, parse(FRENCH, "hips.fr.toml", HIPS))
    assert place == find_exercise(french, reference)
    assert {place} == find_part(french, reference)
    assert 0 == find_stage(french, "roll") == find_stage(french, "rouler")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("[stage.roll]", "[stage.rol]"), "the routine has no stage 'rol' (did you mean 'roll'?)"),
        (("quads]", "quad]"), "stage.roll: the stage has no exercise 'quad' (did you mean 'quads'?)"),
        (('"wall"', '"wal"'), "hips.fr.toml:6:1: the routine has no equipment 'wal' (did you mean 'wall'?)"),
        (('"quadriceps" =', '"quad" ='), "the routine has no muscle 'quad'"),
        (
            ("reviewer", "revewer"),
            "hips.fr.toml:3:1: revewer = 'Anne': unknown key (did you mean 'reviewer'?)",
        ),
        (("name = ", "nam = "), "stage.roll, exercise.quads: nam = 'Cuisses': unknown key"),
        (("name = ", "dose = "), "stage.roll, exercise.quads: dose = 'Cuisses': unknown key"),
        (('language = "fr"', ""), 'a translation has a language: language = "fr"'),
        (('"Rouler"', "3"), "stage.roll: title = 3: wanted text in quotes"),
        (('"Cuisses"', "'...'"), "wanted a name with a letter or digit"),
        (("[stage.roll]", "[[stage]]"), "wanted a table for each, as [stage.roll]"),
        (("[equipment]", "[equipment"), "not valid TOML"),
    ],
)
def test_a_slip_in_a_translation_is_found(change: tuple[str, str], problem: str) -> None:
    """What is misspelt would be silently untranslated: it is an error that says where and what is near."""
    with pytest.raises(RoutineError) as raised:
        parse(FRENCH.replace(*change), "hips.fr.toml", HIPS)
    assert problem in str(raised.value)


def test_all_slips_are_told_at_once() -> None:
    """Nobody mends a file one error at a time."""
    text = FRENCH.replace("[stage.roll]", "[stage.rol]").replace('"wall"', '"wal"')
    with pytest.raises(RoutineError) as raised:
        parse(text, "hips.fr.toml", HIPS)
    assert 2 == len(raised.value.problems)


KEYS = st.sampled_from(
    ["language", "title", "equipment", "muscle", "stage", "pronunciation", "reviewer", "x"]
)
VALUES = st.recursive(
    st.one_of(st.text(max_size=8), st.integers(), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_whatever_a_translation_holds_it_ends_in_order(table: dict[str, object]) -> None:
    """No file of words, however odd, ends in anything but words or an error of ours."""
    import tomlkit  # noqa: PLC0415 - of this test alone

    text = tomlkit.dumps(table)
    try:
        language = translate(HIPS, parse(text, "hips.fr.toml", HIPS)).language
    except RoutineError:
        language = str(table.get("language")).lower()
    assert str(table.get("language")).lower() == language


def test_a_translation_is_no_routine(tmp_path: Path) -> None:
    """The shelf shows routines alone; a name with a dot that is no language stays one."""
    (tmp_path / "hips.toml").write_text(ROUTINE)
    (tmp_path / "hips.fr.toml").write_text(FRENCH)
    (tmp_path / "hips.v2.toml").write_text(ROUTINE)
    (tmp_path / "legs.fr.toml").write_text(ROUTINE)
    (tmp_path / "hip-mobility.it.toml").write_text(FRENCH)
    assert {"hips", "hips.v2", "legs.fr"} == set(shelf(tmp_path)) - set(shelf())
    assert {"fr": tmp_path / "hips.fr.toml"} == translations(tmp_path / "hips.toml")
    bundled = shelf()["hip-mobility"]
    assert tmp_path / "hip-mobility.it.toml" == translations(bundled, tmp_path)["it"]


def test_the_name_of_a_file_and_its_language_agree(tmp_path: Path) -> None:
    """A file that was copied for another language and not changed is found out."""
    file = tmp_path / "hips.de.toml"
    file.write_text(FRENCH)
    with pytest.raises(RoutineError, match="the name of the file says 'de'"):
        load(file, HIPS)


def test_bundled_routines_are_translated_in_full() -> None:
    """Who chooses a language of a bundled routine hears all of it in that language."""
    found = {
        (name, tag): missing(routine, load(file, routine))
        for name, path in shelf().items()
        for routine in [load_routine(path)]
        for tag, file in translations(path).items()
    }
    assert {("hip-mobility", "de"), ("hip-mobility", "fr")} <= set(found)
    assert {} == {key: places for key, places in found.items() if places}


def test_what_nobody_has_reviewed_says_so() -> None:
    """Machine translations are not passed off as somebody's."""
    assert not is_reviewed(Translation("fr").reviewer)
    assert is_reviewed(parse(FRENCH, "hips.fr.toml", HIPS).reviewer)

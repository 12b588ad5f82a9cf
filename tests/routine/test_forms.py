from pathlib import Path

import pytest

from voicecoach.errors import ChoiceError, RoutineError
from voicecoach.plan.steps import unroll
from voicecoach.routine import translation_files
from voicecoach.routine.files import parse
from voicecoach.routine.oddities import oddities
from voicecoach.routine.progression import Increment, Quantity, Rule
from voicecoach.routine.setting import apply_settings
from voicecoach.routine.translation import missing, translate

HIPS = """\
title = "Hips"

[[stage]]
title = "Strengthen"

[[stage.exercise]]
name = "Clam"
dose = "2 x 8 reps per side"
next = "Clam with the band"
easier = "hip-mobility/Clam"
progress = "after 2 easy: reps +1 to 10, next form"

[[form]]
name = "Clam with the band"
dose = "2 x 8 reps per side"
equipment = ["loop band"]
muscle = "gluteus medius"
instruction = "The band above the knees."
"""
FRENCH = """\
language = "fr"
title = "Hanches"
[equipment]
"loop band" = "une bande"
[muscle]
"gluteus medius" = "moyen fessier"
[stage.strengthen]
title = "Renforcer"
[stage.strengthen.exercise.clam]
name = "Coquillage"
[form.clam-with-the-band]
name = "Coquillage avec la bande"
"""


def problems(text: str) -> list[str]:
    """Return the problems of a text, each with its line and column."""
    with pytest.raises(RoutineError) as caught:
        parse(text, "hips.toml")
    return list(caught.value.problems)


def test_an_exercise_names_its_forms() -> None:
    """The names are kept as addresses, the rule is read, and the form is an exercise like any other."""
    routine = parse(HIPS, "hips.toml")
    clam = routine.stages[0].exercises[0]
    assert ("clam-with-the-band", "hip-mobility/clam") == (clam.next, clam.easier)
    assert Rule(2, (Increment(Quantity.REPS, 1, 10),), to_next_form=True) == clam.progress
    assert ["Clam with the band"] == [form.name for form in routine.forms]


def test_a_form_is_not_done_by_itself() -> None:
    """Neither the steps of a session, nor its equipment and its number of exercises, know of it."""
    routine = parse(HIPS, "hips.toml")
    assert {"Clam"} == {step.exercise.name for step in unroll(routine) if step.exercise}
    assert ((), 1) == (routine.equipment, routine.exercises)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            'next = "Clam with the band"',
            'next = "Clam with bnd"',
            (
                "hips.toml:9:1: stage 1 'Strengthen', exercise 1 'Clam': next = 'clam-with-bnd': "
                "the file has no [[form]] of that name (did you mean 'clam-with-the-band'?); "
                "name one, or write ROUTINE/EXERCISE"
            ),
        ),
        (
            "reps +1 to 10",
            "hold +5 s to 45 s",
            (
                "hips.toml:11:1: stage 1 'Strengthen', exercise 1 'Clam': progress: hold +5 s to 45 s: "
                "the exercise has no hold; it has reps and sets"
            ),
        ),
        (
            "hip-mobility/Clam",
            "../Clam",
            "wanted the name of a [[form]], as clam-with-band, or ROUTINE/EXERCISE",
        ),
        ("hip-mobility/Clam", "", "wanted the name of a [[form]]"),
        ("after 2 easy: reps +1 to 10", "sometimes", "is not a rule of progress (at 'sometimes')"),
        (
            'equipment = ["loop band"]',
            "optional = 1",
            "hips.toml:16:1: form 1 'Clam with the band': optional",
        ),
        ('2 x 8 reps per side"\nequip', '30 s wait"\nequip', "a form is an exercise; a wait takes the place"),
        ('equipment = ["loop band"]', 'next = "clam with the band"', "it leads back to this form itself"),
        ("[[form]]", '[[form]]\nname = "Clam with THE band"\ndose = "3 reps"\n[[form]]', "another form has"),
    ],
)
def test_what_is_wrong_is_found(old: str, new: str, reason: str) -> None:
    """A reference that leads nowhere, a rule for other work, and what a form cannot be, with their places."""
    found = problems(HIPS.replace(old, new, 1))
    assert any(reason in problem for problem in found), found


def test_a_wait_has_no_progress() -> None:
    """It is no exercise."""
    text = HIPS.replace('dose = "2 x 8 reps per side"', 'dose = "30 s wait"', 1)
    assert any("a wait has no progress" in problem or "has no reps" in problem for problem in problems(text))


def test_a_circle_of_forms_is_found() -> None:
    """Two forms that lead to one another are both told."""
    circle = """
[[form]]
name = "A"
dose = "5 reps"
next = "B"
[[form]]
name = "B"
dose = "5 reps"
next = "A"
"""
    assert 2 == sum("leads back" in problem for problem in problems(HIPS + circle))


def test_what_comes_to_nothing_is_warned_of() -> None:
    """A form that nothing leads to, a rule that is at its end already, forms that are never reached."""
    text = HIPS.replace('next = "Clam with the band"\n', "").replace("reps +1 to 10", "reps +1 to 8")
    told = [problem.message for problem in oddities(parse(text, "hips.toml")).found]
    assert [
        "no exercise has it as its next or its easier form: it is never done",
        'progress: there is no next form; name one, as next = "clam-with-band"',
        "progress: reps +1 to 8: 8 already at the steady pace",
    ] == told
    off = HIPS.replace("after 2 easy: reps +1 to 10, next form", "off")
    assert 2 == len(oddities(parse(off, "hips.toml")).found)
    kept = HIPS.replace(", next form", "")
    assert ["progress: it never comes to the next form; add: , next form"] == [
        problem.message for problem in oddities(parse(kept, "hips.toml")).found
    ]


def test_set_takes_the_new_keys() -> None:
    """An exercise and a form are changed where they stand; what comes out has to be a routine."""
    asked = ["clam.progress=off", "form.clam-with-the-band.dose=3 x 8 reps per side", "clam.next="]
    text, edits = apply_settings(HIPS, "hips.toml", asked)
    assert 'progress = "off"' in text
    assert 'dose = "3 x 8 reps per side"\nequipment' in text
    assert "form 1 'Clam with the band': dose" in str(edits[1])
    with pytest.raises(ChoiceError, match="no \\[\\[form\\]\\] of that name"):
        apply_settings(HIPS, "hips.toml", ["clam.next=other"])
    with pytest.raises(ChoiceError, match="no form 'clam-with'"):
        apply_settings(HIPS, "hips.toml", ["form.clam-with.dose=30 s"])


def test_forms_are_translated() -> None:
    """Their words stand under [form.NAME]; what is missing is listed; what belongs to nothing is an error."""
    routine = parse(HIPS, "hips.toml")
    words = translation_files.parse(FRENCH, "hips.fr.toml", routine)
    form = translate(routine, words).forms[0]
    assert ("Coquillage avec la bande", "moyen fessier") == (form.name, form.muscle)
    assert "Clam with the band" == form.written
    assert ("form.clam-with-the-band.instruction",) == missing(routine, words)
    with pytest.raises(RoutineError, match="the routine has no form 'clamm'"):
        translation_files.parse(FRENCH.replace("[form.clam-with-the-band]", "[form.clamm]"), "x", routine)


def test_translated_forms_are_found_by_their_written_names(tmp_path: Path) -> None:
    """A French session goes on to the same form."""
    file = tmp_path / "hips.fr.toml"
    file.write_text(FRENCH, encoding="utf-8")
    routine = parse(HIPS, "hips.toml")
    translated = translate(routine, translation_files.load(file, routine))
    assert "clam-with-the-band" == translated.stages[0].exercises[0].next

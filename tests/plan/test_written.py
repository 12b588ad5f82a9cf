import pytest
from hypothesis import HealthCheck, given, settings

from tests.strategies import EXERCISES
from voicecoach.plan.phrases import languages, load_phrases
from voicecoach.plan.written import written_dose
from voicecoach.routine.dose import format_dose, parse_dose
from voicecoach.routine.model import Exercise

ENGLISH = load_phrases("en")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EXERCISES)
def test_english_is_the_notation_of_routines(exercise: Exercise) -> None:
    """What is shown in English can be typed into a routine, and is read back as it was."""
    assert parse_dose(format_dose(exercise)) == parse_dose(written_dose(exercise, ENGLISH))


@pytest.mark.parametrize(
    ("dose", "tag", "shown"),
    [
        ("2-3 x 30-60 s per side", "de", "2-3 x 30-60 s, je Seite"),
        ("2 x 7.5 s, left first", "fr", "2 x 7,5 s, par côté"),
        ("3 x 10 reps, 2.5 s hold", "de", "3 x 10 Wiederholungen, je 2,5 s halten"),
        ("2 x 1 rep @ 1.5-1-1-0", "fr", "2 x 1 répétition, @ 1,5-1-1-0"),
        ("3 x 22 reps", "pl", "3 x 22 powtórzenia"),
        ("3 x 15 reps, right", "pl", "3 x 15 powtórzeń, prawa"),
        ("1 x 60 s moving, right first", "nl", "1 x 60 s in beweging, eerst rechts"),
        (
            "6 s contract, 3 s relax, 20 s deepen",
            "it",
            "1 x 6 s di spinta, 3 s di rilascio, 20 s di allungamento",
        ),
        ("2 x up to 60 s, left only", "es", "2 x hasta 60 s, solo el izquierdo"),
        ("30 s wait", "pt", "30 s de espera"),
        ("60 s, breathing 4.5-6", "pt", "1 x 60 s, respiração 4,5-6"),
        ("6 sets of 5 s", "de", "6 Sätze zu 5 s"),
    ],
)
def test_doses_are_shown_in_words_of_the_language(dose: str, tag: str, shown: str) -> None:
    """Figures, their signs and the forms of words are those of the language."""
    found = parse_dose(dose)
    exercise = Exercise("x", found.work, found.sets, found.sides, one_sided=found.one_sided)
    assert shown == written_dose(exercise, load_phrases(tag))


@pytest.mark.parametrize("tag", languages())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EXERCISES)
def test_every_dose_can_be_shown(tag: str, exercise: Exercise) -> None:
    """No dose is without words in any language."""
    assert "{" not in written_dose(exercise, load_phrases(tag))

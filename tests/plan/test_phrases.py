import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from voicecoach.errors import ChoiceError
from voicecoach.plan.phrases import Phrase, languages, load_phrases

ENGLISH = load_phrases("en")
OTHERS = [tag for tag in languages() if tag != "en"]


def placeholders(forms: Iterable[str]) -> set[str]:
    """Return the placeholders that any of the forms has."""
    return {name for form in forms for name in re.findall(r"{(\w+)}", form)}


def forms(phrase: Phrase) -> Mapping[str, str]:
    """Return a phrase by plural category."""
    return {"other": phrase} if isinstance(phrase, str) else phrase


def test_english_and_others_are_spoken() -> None:
    """The languages of the README are there."""
    assert {"de", "en", "fr"} <= set(languages())


@pytest.mark.parametrize("tag", OTHERS)
def test_every_language_has_every_phrase(tag: str) -> None:
    """Nothing falls back on English, and no phrase is misspelt."""
    phrases = load_phrases(tag)
    assert () == phrases.missing
    assert set(ENGLISH.table) == set(phrases.table)
    assert phrases.reviewer


@pytest.mark.parametrize("tag", OTHERS)
def test_every_form_is_filled_as_in_english(tag: str) -> None:
    """No figure or name is left out of a phrase, and none is asked for that is not there."""
    for key, phrase in load_phrases(tag).table.items():
        english = ENGLISH.table[key]
        # English says "one" for the figure where there is one; so may others, and for none.
        assert placeholders([forms(english)["other"]]) == placeholders([forms(phrase)["other"]]), key
        known = placeholders(forms(english).values())
        for form in forms(phrase).values():
            assert placeholders([form]) <= known, key


@pytest.mark.parametrize("tag", languages())
def test_plural_forms_are_those_of_the_language(tag: str) -> None:
    """Each counted phrase has a form for each category of the CLDR; one for none may stand beside them."""
    phrases = load_phrases(tag)
    wanted = set(phrases.locale.plural_form.tags) | {"other"}
    counted = {key for key, phrase in ENGLISH.table.items() if not isinstance(phrase, str)}
    for key in counted:
        phrase = phrases.table[key]
        assert not isinstance(phrase, str), key
        assert wanted == set(phrase) - {"zero"} | (wanted & {"zero"}), key


REPS = {
    "en": "0 reps, 1 rep, 2 reps, 5 reps, 21 reps, 1.5 reps",
    # The CLDR counts none and one and a half as one in French.
    "fr": "0 répétition, 1 répétition, 2 répétitions, 5 répétitions, 21 répétitions, 1,5 répétition",
    "de": (
        "0 Wiederholungen, 1 Wiederholung, 2 Wiederholungen, 5 Wiederholungen, 21 Wiederholungen, "
        "1,5 Wiederholungen"
    ),
    "es": "0 repeticiones, una repetición, 2 repeticiones, 5 repeticiones, 21 repeticiones, 1,5 repeticiones",
    "it": "0 ripetizioni, una ripetizione, 2 ripetizioni, 5 ripetizioni, 21 ripetizioni, 1,5 ripetizioni",
    # As in French.
    "pt": "0 repetição, 1 repetição, 2 repetições, 5 repetições, 21 repetições, 1,5 repetição",
    "nl": "0 herhalingen, 1 herhaling, 2 herhalingen, 5 herhalingen, 21 herhalingen, 1,5 herhalingen",
    "pl": "0 powtórzeń, jedno powtórzenie, 2 powtórzenia, 5 powtórzeń, 21 powtórzeń, 1,5 powtórzenia",
}


@pytest.mark.parametrize("tag", REPS)
def test_counts_have_the_form_of_the_language(tag: str) -> None:
    """Numbers and nouns agree as a speaker of the language has them."""
    phrases = load_phrases(tag)
    assert REPS[tag] == ", ".join(phrases.text("amount.reps", count=count) for count in (0, 1, 2, 5, 21, 1.5))


def test_few_and_many_are_told_apart_where_the_language_does() -> None:
    """The rule is the language's, not that of English: Polish and Russian have more than two forms."""
    names = {"one": "one", "few": "few", "many": "many", "other": "other"}
    for tag in ("pl", "ru"):
        phrases = replace(ENGLISH, language=tag, locale=ENGLISH.locale.parse(tag), table={"x": names})
        told = [phrases.text("x", count=count) for count in (1, 2, 5, 22, 1.5)]
        assert ["one", "few", "many", "few", "other"] == told


@pytest.mark.parametrize(
    ("tag", "lengths"),
    [
        ("en", ["30 seconds", "1 minute", "1 minute 30 seconds", "1.5 seconds", "0 seconds"]),
        ("fr", ["30 secondes", "1 minute", "1 minute 30 secondes", "1,5 seconde", "0 seconde"]),
        ("de", ["30 Sekunden", "1 Minute", "1 Minute 30 Sekunden", "1,5 Sekunden", "0 Sekunden"]),
        ("es", ["30 segundos", "1 minuto", "1 minuto 30 segundos", "1,5 segundos", "0 segundos"]),
        ("it", ["30 secondi", "1 minuto", "1 minuto 30 secondi", "1,5 secondi", "0 secondi"]),
        ("pt", ["30 segundos", "1 minuto", "1 minuto 30 segundos", "1,5 segundo", "0 segundo"]),
        ("nl", ["30 seconden", "1 minuut", "1 minuut 30 seconden", "1,5 seconden", "0 seconden"]),
        ("pl", ["30 sekund", "1 minuta", "1 minuta 30 sekund", "1,5 sekundy", "0 sekund"]),
    ],
)
def test_lengths_are_said_in_the_language(tag: str, lengths: list[str]) -> None:
    """Half a second has the comma and the plural of the language."""
    said = [load_phrases(tag).length(seconds) for seconds in (30, 60, 90, 1.5, 0)]
    assert lengths == [" ".join(length.split()) for length in said]


def test_a_phrase_that_is_missing_is_english_throughout() -> None:
    """It is said with English words and plurals, by the rules of an English text."""
    french = load_phrases("fr")
    table = {key: phrase for key, phrase in french.table.items() if key not in {"amount.reps", "halfway"}}
    lacking = replace(french, table=table)
    assert ("halfway", "amount.reps") == lacking.missing
    assert ENGLISH.say("halfway") == lacking.say("halfway")
    # In French, none is counted as one.
    assert "0 reps" == lacking.text("amount.reps", count=0)
    assert "fr" == lacking.say("get_ready").language


@pytest.mark.parametrize("tag", ["xx", "../en", "", "en/../fr"])
def test_a_language_that_is_not_spoken_is_refused(tag: str) -> None:
    """The message lists those that are; a tag is no path."""
    with pytest.raises(ChoiceError, match=r"it speaks: .*de, en.*fr"):
        load_phrases(tag)


def test_a_region_has_the_phrases_of_its_language() -> None:
    """Canadian French is spoken with the French phrases, and by a Canadian voice where there is one."""
    assert "fr-ca" == load_phrases("fr-ca").say("halfway").language


@pytest.mark.parametrize("typed", ["FR", "fr_CA", "fr-ca"])
def test_a_language_however_its_tag_is_typed(typed: str) -> None:
    """Case and the sign before the region do not matter."""
    assert load_phrases("fr").table == load_phrases(typed).table

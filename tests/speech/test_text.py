import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.speech.text import cleaned, spoken

ANY_TEXT = st.text(st.characters() | st.sampled_from("<>[]{}&/\\-.,:'\"\0\x1b\u202e\u200d 0123x\u00d7½"))


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("Roll your ITB and TFL.", "Roll your I.T.B. and TFL."),
        ("Squeeze your gluts.", "Squeeze your glutes."),
        ("gluteus, piriformis, quads", "gluteus, piriformis, quads"),
        ("90/90", "90 90"),
        ("90-90 sit", "90 90 sit"),
        ("L/R", "left and right"),
        ("Clam (L), then L side", "Clam left, then left side"),
        ("Hold 30s.", "Hold 30 seconds."),
        ("Hold 1 s, rest 1 min", "Hold 1 second, rest 1 minute"),
        ("1:30", "1 minute 30 seconds"),
        ("1:00 or 0:45", "1 minute or 45 seconds"),
        ("at 7:30 am", "at 7:30 am"),
        ("3x10", "3 times 10"),
        ("3 \N{MULTIPLICATION SIGN} 10 reps", "3 times 10 reps"),
        ("2-3 x 30 s per side", "2 to 3 times 30 seconds per side"),
        ("2x30s", "2 times 30 seconds"),
        ("tempo 3-1-1-0", "tempo 3 1 1 0"),
        ("2.5 turns", "2.5 turns"),
        ("1/2 turn", "a half turn"),
        ("2 1/2 turns", "2 and a half turns"),
        ("½ or 1½", "a half or 1 and a half"),
        ("set 2/3", "set 2 of 3"),
        ("3/10", "3 of 10"),
        ("8 reps/side", "8 reps per side"),
        ("cat/cow", "cat cow"),
        ("10lbs or 5 kg", "10 pounds or 5 kilograms"),
        ("in your 60s", "in your 60s"),
        ("w/ band, w/o shoes", "with band, without shoes"),
        ("~10 and < 5", "about 10 and less than 5"),
        ("side-lying", "side-lying"),
        ("don\N{RIGHT SINGLE QUOTATION MARK}t", "don't"),
    ],
)
def test_what_would_be_misread_is_mended(shown: str, said: str) -> None:
    """Abbreviations, doses, times and fractions are written as they are to be read."""
    assert spoken(shown) == said


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("[[h@l'oU]]", "h@l'oU"),
        ("<speak>Hold <break time='3s'/> on</speak>", "Hold on"),
        ("<b", "b"),
        ("a\0b\x1b[31mc", "a b 31mc"),
        ("--help", "help"),
        ("- a bullet", "a bullet"),
        ("Breathe \N{PERSON IN LOTUS POSITION}\u200d\u2640\ufe0f out", "Breathe out"),
        ("abc\u202edef", "abcdef"),
        ("\ud800 lone", "lone"),
        ("Wait... what?!", "Wait. what?"),
        ('"unbalanced', "unbalanced"),
        ("Lift (slowly).", "Lift, slowly."),
        ("e" + "\u0302\u0300\u0306" * 30, "\u1ec1\u0306\u0302\u0300"),
        ("?!", ""),
        ("\N{PERSON IN LOTUS POSITION}", ""),
        ("", ""),
    ],
)
def test_markup_is_text(shown: str, said: str) -> None:
    """Nothing in a text can steer an engine, and what cannot be spoken is left out."""
    assert spoken(shown) == said


def test_a_word_without_an_end_is_broken() -> None:
    """Ten thousand characters without a blank become words of sixty."""
    assert {len(word) for word in spoken("a" * 10_000).split()} == {60, 10_000 % 60}


def test_the_routines_own_words_go_first() -> None:
    """A routine's table wins over that of the language, as whole words in any case, and is text as well."""
    own = {"itb": "ilio [[tibial]] band", "Pigeon": "pidgin", "&": "plus"}

    assert spoken("ITB & pigeons, pigeon", pronunciation=own) == "ilio tibial band plus pigeons, pidgin"


def test_what_was_mended_is_not_mended_again() -> None:
    """A replacement that holds a word of the table stays as it is."""
    assert spoken("band", pronunciation={"band": "ITB"}) == "ITB"


def test_another_language_is_only_cleaned() -> None:
    """English rules do not apply to a language without a table; its region is not looked at."""
    assert spoken("30s [[x]]", "de-at") == "30s x"
    assert spoken("30s", "en-gb") == "30 seconds"


@given(
    ANY_TEXT,
    st.sampled_from(["en", "en-us", "de", "zh", ""]),
    st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=3),
)
def test_no_text_gets_through_with_markup(text: str, language: str, own: dict[str, str]) -> None:
    """Of any text, with any table, only what can be spoken is left."""
    said = spoken(text, language, own)

    assert not any(sign in said for sign in "<>[]{}\\|`^*_~")
    assert not any(unicodedata.category(character)[0] == "C" for character in said)
    assert said == "" or (said[0].isalnum() and any(map(str.isalnum, said)))
    assert said == said.strip()
    assert max(map(len, said.split()), default=0) <= 200
    said.encode()


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What is clean stays as it is."""
    assert cleaned(cleaned(text)) == cleaned(text)

"""Other languages, as they are heard and read: with the engine that speaks them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from voicecoach.cli import main
from voicecoach.coach import open_session
from voicecoach.plan.phrases import languages
from voicecoach.plan.timeline import Speech
from voicecoach.routine.adjust import Adjustments
from voicecoach.speaking import Speaking
from voicecoach.speech.text import spoken

ALIKE = {"Piriformis.", "Hamstrings."}
"""Names that are the same in English and elsewhere: in Dutch, say."""
OTHERS = [tag for tag in languages() if tag != "en"]


def said(tag: str | None, routine: str = "hip-mobility") -> tuple[set[str], int, str]:
    """Return what is said in a session, how many cues are not heard as meant, and the voice."""
    with open_session(routine, speaking=Speaking(language=tag)) as session:
        session.prepare()
        segments = list(session.segments())
        texts = {
            event.sound.text
            for segment in segments
            for event in segment.events
            if isinstance(event.sound, Speech)
        }
        lost = sum(len(segment.compromises) for segment in segments)
        return texts, lost, str(session.meta()["voice"])


@pytest.fixture(scope="module")
def english() -> tuple[set[str], int, str]:
    """Return what is said in English."""
    return said(None)


@pytest.mark.long
@pytest.mark.parametrize("tag", OTHERS)
def test_a_session_is_spoken_in_a_language_from_end_to_end(
    tag: str, english: tuple[set[str], int, str]
) -> None:
    """A voice of the language says all of it, nothing is English, and no cue is lost that English keeps."""
    texts, lost, voice = said(tag)
    shared = {text for text in texts & english[0] if not text.isdecimal()} - ALIKE
    assert set() == shared
    assert voice != english[2]
    assert f"/{tag}" in voice or f":{tag}" in voice
    assert lost <= english[1]


@pytest.mark.long
@pytest.mark.parametrize("routine", ["desk-break", "morning", "wind-down"])
def test_words_of_every_language_have_their_time(routine: str) -> None:
    """In no language has a session more cues than in English that are shortened, moved or left out."""
    allowed = said(None, routine)[1]
    assert {tag: lost for tag in OTHERS if (lost := said(tag, routine)[1]) > allowed} == {}


@pytest.mark.parametrize(
    ("tag", "text", "read"),
    [
        ("fr", "1 minute 30 secondes", "une minute 30 secondes"),
        ("fr", "21 répétitions de chaque côté.", "vingt et une répétitions de chaque côté."),
        ("fr", "Série 1 sur 3.", "Série 1 sur 3."),
        ("de", "1 Minute 30 Sekunden", "eine Minute 30 Sekunden"),
        ("de", "1,5 Sekunden, Satz 1.", "1,5 Sekunden, Satz 1."),
        ("es", "1 minuto", "un minuto"),
        # A figure with its decimal sign reaches the voice whole, which reads the sign in its language.
        ("fr", "1,5 seconde", "1,5 seconde"),
        ("fr", "2,1 secondes", "2,1 secondes"),
        ("it", "2,5 secondi.", "2,5 secondi."),
        ("pl", "1,2 sekundy", "1,2 sekundy"),
        ("en", "1.5 seconds.", "1.5 seconds."),
        ("pl", "2 minuty", "dwie minuty"),
    ],
)
def test_a_number_agrees_with_its_noun(tag: str, text: str, read: str) -> None:
    """One is said in the gender of what it counts; a part of another figure is left alone."""
    assert read == spoken(text, tag)


def test_a_routine_and_its_plan_are_read_in_the_language() -> None:
    """Headings, doses, postures, sides and sets are in it; options have their names, as they are typed."""
    shown = CliRunner().invoke(main, ["show", "hip-mobility", "--lang", "de"]).stdout
    for text in (
        "  Material: eine Faszienrolle, ",
        "1. Rollen (etwa ",
        "1.1 Oberschenkel vorn: 1-2 x 30-60 s in Bewegung, je Seite",
        "im Liegen; eine Faszienrolle; ",
        "kann entfallen, Rang 20",
        "Insgesamt beim Tempo steady: etwa ",
    ):
        assert text in shown
    options = ("--lang", "de", "--only", "clam", "--talk", "beeps", "--pace", "brisk")
    lines = CliRunner().invoke(main, ["plan", "hip-mobility", *options]).stdout.splitlines()
    assert ["Zeit", "was", "Seite", "Satz", "Dauer", "Ansagen"] == lines[1].split()
    assert [line for line in lines if "Muschel, 12 Wiederholungen  links   1/1" in line]
    assert [line for line in lines if line.endswith("insgesamt, Tempo brisk, Ansagen beeps")]


def test_addresses_stay_what_they_are() -> None:
    """The same --only names the same exercise in every language."""
    names = []
    for only in ("strengthen.clam", "coquillage"):
        with open_session("hip-mobility", Adjustments(only=(only,)), Speaking(language="fr")) as session:
            names += [exercise.name for stage in session.routine.stages for exercise in stage.exercises]
    assert ["Coquillage", "Coquillage"] == names


ROUTINE = """
title = "Legs"
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "30 s per side"
instruction = "Sit."
"""


def test_what_has_no_words_is_told_once(tmp_path: Path) -> None:
    """A routine without words in a language is coached in it all the same, and a note says what stays."""
    file = tmp_path / "legs.toml"
    file.write_text(ROUTINE)
    result = CliRunner().invoke(main, ["show", str(file), "--lang", "fr"])
    assert 0 == result.exit_code
    (line,) = result.stderr.splitlines()
    assert "legs: 4 texts have no French, and stay in English" in line
    checked = CliRunner().invoke(main, ["check", str(file), "--lang", "fr"])
    assert 0 == checked.exit_code
    assert "missing in fr: stage.stretch.exercise.pigeon.instruction" in checked.output


def test_a_slip_in_a_translation_fails_the_check(tmp_path: Path) -> None:
    """Check reads the words in other languages too."""
    (tmp_path / "legs.toml").write_text(ROUTINE)
    (tmp_path / "legs.fr.toml").write_text('language = "fr"\n[stage.stretc]\ntitle = "Étirer"\n')
    result = CliRunner().invoke(main, ["check", str(tmp_path / "legs.toml")])
    assert 1 == result.exit_code
    assert "legs.fr.toml:2:1: the routine has no stage 'stretc' (did you mean 'stretch'?)" in result.stderr


def test_words_that_a_voice_would_misread_are_told(tmp_path: Path) -> None:
    """Each has its file, line and column; with --lang only that language is looked at."""
    (tmp_path / "legs.toml").write_text(ROUTINE)
    for tag, text in (("fr", "Sentez le TIBIA <b>ici."), ("de", "Ruhig »sitzen«: «¿na?»")):
        head = f'language = "{tag}"\ntitle = "Legs"\n[stage.stretch.exercise.pigeon]\n'
        (tmp_path / f"legs.{tag}.toml").write_text(f'{head}instruction = "{text}"\n', encoding="utf-8")
    for options in ((), ("--lang", "fr"), ("--lang", "fr-ca")):
        result = CliRunner().invoke(main, ["check", str(tmp_path / "legs.toml"), *options])
        assert 0 == result.exit_code
        misread = [line for line in result.output.splitlines() if ": instruction: " in line]
        place = f"warning: {tmp_path}/legs.fr.toml:4:1: stage.stretch, exercise.pigeon: instruction: "
        assert [f"{place}'<b>' looks like markup, and is not spoken"] == misread[:1]
        assert misread[1].startswith(f"{place}'TIBIA' may be read as a word")
        assert 2 == len(misread)
    german = CliRunner().invoke(main, ["check", str(tmp_path / "legs.toml"), "--lang", "de"])
    assert ": instruction: " not in german.output


def test_the_list_shows_languages_and_who_vouches_for_them() -> None:
    """What nobody has reviewed is marked, for people and for programs."""
    result = CliRunner().invoke(main, ["list", "--lang", "fr"])
    assert "Mobilité des hanches" in result.output
    assert "(machine, unreviewed)" in result.output
    entry, *_ = json.loads(CliRunner().invoke(main, ["list", "--json"]).stdout)
    assert "machine, unreviewed" == entry["languages"]["fr"]


def test_an_unknown_language_is_one_line() -> None:
    """The line lists the languages that there are."""
    result = CliRunner().invoke(main, ["show", "hip-mobility", "--lang", "xx"])
    assert 2 == result.exit_code
    assert result.stderr.startswith("voicecoach: the coach does not speak 'xx' yet; it speaks: de, en,")

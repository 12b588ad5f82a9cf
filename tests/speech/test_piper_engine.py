import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

import numpy as np
import piper
import pytest

from tests.piper_models import FRAMES_PER_PHONEME, RATE, WAVERING, write_model
from voicecoach.errors import ChoiceError, SpeechError
from voicecoach.plan.timeline import Speech
from voicecoach.sound.clip import peak, trim
from voicecoach.speech.calibration import Wish, calibrate
from voicecoach.speech.choice import split_engine
from voicecoach.speech.engine import Manner
from voicecoach.speech.opening import open_voice
from voicecoach.speech.piper_engine import SENTENCE_SECONDS, PiperEngine
from voicecoach.speech.pyttsx3_engine import Pyttsx3Engine
from voicecoach.speech.text import spoken

HUM = Manner("en_US-hum-low", 150)
HALFWAY = 17
"""The ids of that word: the start, seven phonemes, the end, and padding after each but the last."""


@pytest.fixture
def engine(tmp_path: Path) -> PiperEngine:
    """Return the engine with one model."""
    write_model(tmp_path)
    return PiperEngine(tmp_path)


def seconds(ids: int) -> float:
    """Return how long the model hums at the least for a number of ids."""
    return ids * FRAMES_PER_PHONEME / RATE


def test_a_text_is_spoken_phoneme_by_phoneme(engine: PiperEngine) -> None:
    """The clip has the model's rate, and lasts as long as the model says for the phonemes of the text."""
    clip = engine.synthesize("Halfway", HUM)

    assert clip.sample_rate == RATE
    assert seconds(HALFWAY) - 0.001 <= clip.seconds <= seconds(HALFWAY) * (1 + WAVERING)


@pytest.mark.parametrize("usual", [0.8, 1, 1.3])
def test_the_rate_is_kept_to(tmp_path: Path, usual: float) -> None:
    """Twice the setting takes half the time; 150 is the rate that the model's description names."""
    write_model(tmp_path, inference={"length_scale": usual, "noise_w": 0})
    engine = PiperEngine(tmp_path)
    lengths = {rate: engine.synthesize("Halfway", Manner(HUM.voice, rate)).seconds for rate in (75, 150, 300)}

    assert lengths[150] == pytest.approx(seconds(HALFWAY) * usual, abs=0.001)
    assert lengths[75] == pytest.approx(2 * lengths[150], abs=0.001)
    assert lengths[300] == pytest.approx(lengths[150] / 2, abs=0.001)


def test_calibration_finds_the_setting(engine: PiperEngine) -> None:
    """At the setting that was found, the text is heard at the wanted words a minute."""
    tuning = calibrate(engine, Wish(HUM.voice, "en", 24_000, talk_wpm=140, count_wpm=170))
    texts = ["Lie on your left side with your knees bent.", "Keep your hips stacked, one above the other."]
    at = {
        manner.rate: sum(engine.synthesize(text, manner).seconds for text in texts)
        for manner in (tuning.talk, tuning.counts)
    }

    assert tuning.talk.rate < tuning.counts.rate
    assert at[tuning.talk.rate] / at[tuning.counts.rate] == pytest.approx(170 / 140, rel=0.06)


@pytest.mark.parametrize("level", [0.1, 0.5])
def test_no_sentence_is_brought_to_full_scale(tmp_path: Path, level: float) -> None:
    """What the model makes is as loud as the model makes it."""
    write_model(tmp_path, level=level)

    assert peak(PiperEngine(tmp_path).synthesize("One", HUM)) == pytest.approx(level, abs=0.001)


def test_sentences_are_kept_apart(engine: PiperEngine) -> None:
    """Between two sentences, and nowhere else, there is a pause."""
    clip = engine.synthesize("Breathe in. Breathe out.", HUM)
    quiet = np.flatnonzero(np.diff(np.flatnonzero(clip.samples)) > RATE // 10)

    assert len(quiet) == 1
    assert np.diff(np.flatnonzero(clip.samples)).max() == pytest.approx(SENTENCE_SECONDS * RATE, abs=3)
    assert clip.samples[-RATE // 10 :].any()


def test_a_model_of_several_speakers_speaks(tmp_path: Path) -> None:
    """A model that takes a speaker as its fourth input is spoken with the first."""
    write_model(tmp_path, speakers=3)

    assert PiperEngine(tmp_path).synthesize("Halfway", HUM).seconds >= seconds(HALFWAY) - 0.001


def test_voices_are_what_lies_in_the_folder(tmp_path: Path) -> None:
    """Each model is a voice, by its path and its name, with the language that its description tells."""
    write_model(tmp_path)
    write_model(tmp_path / "de", "de_DE-summ-low", language={"code": "de_DE"})
    write_model(tmp_path, "old", language=None, espeak={"voice": "en-gb-x-rp"})
    write_model(tmp_path, "broken").with_name("broken.onnx.json").write_text("{")
    (tmp_path / "README.md").write_text("no voice")
    found = [(voice.id, voice.name, voice.languages) for voice in PiperEngine(tmp_path).voices()]

    assert found == [
        ("broken", "broken", ()),
        ("de/de_DE-summ-low", "de_DE-summ-low", ("de-de",)),
        ("en_US-hum-low", "en_US-hum-low", ("en-us",)),
        ("old", "old", ("en-gb-x-rp",)),
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("piper", "en_US-hum-low"),
        ("piper:hum", "en_US-hum-low"),
        ("piper:en_US-hum-low", "en_US-hum-low"),
        ("piper:de", "sub/de_DE-summ-low"),
        ("piper:summ", "sub/de_DE-summ-low"),
    ],
)
def test_a_voice_of_the_folder_is_chosen(tmp_path: Path, wanted: str, found: str) -> None:
    """A voice is found by the engine alone, a part of its name, or its language."""
    write_model(tmp_path)
    write_model(tmp_path / "sub", "de_DE-summ-low", language={"code": "de_DE"})
    with open_voice(wanted, voices_folder=tmp_path) as voice:
        assert (voice.engine.name, voice.info.id) == ("piper", found)


@pytest.mark.parametrize("prefix", ["", "piper:"])
def test_the_file_of_a_voice_is_a_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    """The path of a model, wherever it is, names engine and voice; a relative one is meant from here."""
    model = write_model(tmp_path / "somewhere")
    monkeypatch.chdir(tmp_path)
    with open_voice(f"{prefix}somewhere/{model.name}", language="de") as voice:
        assert (voice.engine.name, voice.info.id, voice.info.languages) == ("piper", str(model), ("en-us",))
        assert voice.clip(Speech("Hallo", "de")).seconds > 0.3


@pytest.mark.parametrize(
    ("wanted", "split"),
    [
        ("amy.onnx", ("piper", "amy.onnx")),
        ("C:\\voices\\Amy.ONNX", ("piper", "C:\\voices\\Amy.ONNX")),
        ("piper:~/amy.onnx", ("piper", "~/amy.onnx")),
        ("piper:amy", ("piper", "amy")),
        ("piper", ("piper", None)),
    ],
)
def test_a_file_names_its_engine(wanted: str, split: tuple[str, str | None]) -> None:
    """What ends as a model does is a file, whatever else is in it."""
    assert split_engine(wanted) == split


def test_what_is_measured_is_played_though_lengths_vary(tmp_path: Path) -> None:
    """The model lasts longer one time than another; a session and the next one play the same clip."""
    write_model(tmp_path / "voices")
    engine = PiperEngine(tmp_path / "voices")
    sounds = [Speech("Switch sides"), Speech("Last set"), Speech("ten", count=True)]
    lengths = {engine.synthesize("Switch sides", HUM).frames for _ in range(8)}
    options = {"cache_folder": tmp_path / "cache", "voices_folder": tmp_path / "voices"}
    with open_voice("piper", **options) as voice:
        measured = [voice.measure(sound) for sound in sounds]
        played = [voice.clip(sound).samples.tolist() for sound in sounds]
    with open_voice("piper", **options) as later:
        again = [later.clip(sound).samples.tolist() for sound in sounds]

    assert len(lengths) > 1
    assert measured == [len(samples) for samples in played]
    assert (again, voice.synthesised >= 3, later.synthesised) == (played, True, 0)


def test_clips_of_a_model_that_was_replaced_are_not_used(tmp_path: Path) -> None:
    """Another model under the same name is another voice; a new one beside it changes nothing."""
    voices, cache = tmp_path / "voices", tmp_path / "cache"
    made = []
    for change in (
        lambda: write_model(voices),
        lambda: write_model(voices, "en_US-other-low"),
        lambda: write_model(voices, speakers=2),
    ):
        change()
        with open_voice("piper:en_US-hum-low", cache_folder=cache, voices_folder=voices) as voice:
            voice.clip(Speech("Halfway"))
        made.append(voice.synthesised)

    assert made == [1, 0, 1]


def test_a_model_is_loaded_once_and_spoken_by_several_threads(
    engine: PiperEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty phrases from eight threads at once are each as long as alone, and the model is loaded once."""
    loaded = []
    load = piper.PiperVoice.load
    monkeypatch.setattr(piper.PiperVoice, "load", lambda *files: loaded.append(files) or load(*files))
    texts = [" ".join(["breathe"] * number) for number in range(1, 41)]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda text: engine.synthesize(text, HUM).seconds, texts))
    alone = [engine.synthesize(text, HUM).seconds for text in texts]

    assert len(loaded) == 1
    assert together == pytest.approx(alone, rel=WAVERING)


def test_it_speaks_beside_pyttsx3(engine: PiperEngine) -> None:
    """Both carry an eSpeak NG of their own; in turn, in one process, each speaks as it does alone."""
    other = Pyttsx3Engine()
    try:
        both = ((engine, HUM), (other, Manner("gmw/en-us", 125)))
        lengths = [
            [trim(speaker.synthesize("Halfway", manner)).seconds for speaker, manner in both]
            for _ in range(3)
        ]
    finally:
        other.close()

    assert [hummed for hummed, _ in lengths] == pytest.approx([seconds(HALFWAY)] * 3, rel=2 * WAVERING)
    assert all(0.3 < said < 1 for _, said in lengths)


def test_markup_is_text(engine: PiperEngine) -> None:
    """Phonemes in brackets, which piper would speak as such, are read as letters."""
    marked = engine.synthesize(spoken("[[" + "a" * 50 + "]] go"), HUM).seconds
    plain = engine.synthesize("a" * 50 + " go", HUM).seconds

    assert marked == pytest.approx(plain, rel=WAVERING)


@pytest.mark.parametrize("text", ["...", "\N{PERSON IN LOTUS POSITION}", "漢字"])
def test_what_the_model_cannot_say_is_no_error(engine: PiperEngine, text: str) -> None:
    """Signs and letters that the model has no sounds for are passed over."""
    assert np.isfinite(engine.synthesize(text, HUM).samples).all()


def without_file(model: Path) -> None:
    """Remove the model."""
    model.unlink()


def without_description(model: Path) -> None:
    """Remove what lies beside it."""
    model.with_name(f"{model.name}.json").unlink()


def described(text: str) -> Callable[[Path], None]:
    """Return what writes another description."""
    return lambda model: model.with_name(f"{model.name}.json").write_text(text, encoding="utf-8") and None


def cut(model: Path) -> None:
    """Cut the model in half."""
    model.write_bytes(model.read_bytes()[: model.stat().st_size // 2])


def changed(**changes: object) -> Callable[[Path], None]:
    """Return what changes some keys of the description."""

    def change(model: Path) -> None:
        path = model.with_name(f"{model.name}.json")
        path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("damage", "report"),
    [
        (without_file, "there is no file {model}; give the path of a piper voice"),
        (without_description, "{model}.json is missing; fetch it from where en_US-hum-low.onnx came from"),
        (described("{"), "{model}.json cannot be read (Expecting"),
        (described("[]"), "{model}.json does not describe a piper voice; fetch it again"),
        (described("{}"), "{model}.json does not describe a voice that this piper knows (KeyError"),
        (changed(audio=3), "{model}.json does not describe a voice that this piper knows (TypeError"),
        (changed(phoneme_type="runes"), "{model}.json does not describe a voice that this piper knows ("),
        (changed(phoneme_type="pinyin"), "{model} would have piper fetch a further model from the network"),
        (cut, "{model} cannot be loaded (InvalidProtobuf: "),
    ],
)
def test_a_model_that_cannot_be_used_is_reported(
    tmp_path: Path, damage: Callable[[Path], None], report: str
) -> None:
    """A file that is missing or damaged is one line, which names the file and what to do."""
    model = write_model(tmp_path)
    damage(model)
    engine = PiperEngine(model)
    with pytest.raises(SpeechError) as error:
        engine.synthesize("Hello", Manner(str(model), 150))

    assert str(error.value).startswith(report.format(model=model))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("damage", [without_file, without_description, described("{")])
def test_a_file_that_cannot_be_a_voice_is_refused_at_once(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """What can be seen without loading the model is said before anything is planned."""
    model = write_model(tmp_path)
    damage(model)
    with pytest.raises(SpeechError, match=r"en_US-hum-low\.onnx"):
        open_voice(str(model))


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ({"level": 0.0}, "it made a silent file"),
        ({"level": float("nan")}, "it made what is no sound"),
        ({"inference": {"length_scale": 0.01}}, "it spoke for 0.01 seconds; 0.06 is the least for this text"),
        ({"speakers": 2, "num_speakers": 1}, "ValueError: Required inputs (['sid']) are missing"),
        ({"espeak": {"voice": "tlh-xx"}}, "RuntimeError: Failed to set voice: tlh-xx"),
    ],
)
def test_what_goes_wrong_twice_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: dict[str, object], reason: str
) -> None:
    """A phrase that fails twice is reported with its text, its engine and voice, and the reason."""
    write_model(tmp_path, **model)  # type: ignore[arg-type]
    tried = []
    synthesize = piper.PiperVoice.synthesize
    monkeypatch.setattr(
        piper.PiperVoice, "synthesize", lambda *given: tried.append(given) or synthesize(*given)
    )
    with pytest.raises(SpeechError) as report:
        PiperEngine(tmp_path).synthesize("Hello", HUM)

    assert str(report.value).startswith(
        f"piper could not speak 'Hello' with the voice en_US-hum-low, tried twice: {reason}"
    )
    assert len(tried) == 2


def test_what_goes_wrong_once_is_tried_again(engine: PiperEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A phrase that fails the first time is spoken the second time."""
    failures = [MemoryError("no room")]
    synthesize = piper.PiperVoice.synthesize

    def fail_once(*given: object) -> object:
        if failures:
            raise failures.pop()
        return synthesize(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(piper.PiperVoice, "synthesize", fail_once)

    assert engine.synthesize("Halfway", HUM).seconds >= seconds(HALFWAY) - 0.001


def test_an_unknown_voice_is_an_error(engine: PiperEngine, tmp_path: Path) -> None:
    """A voice that is not there is reported by engine and choice alike."""
    with pytest.raises(SpeechError, match="piper has no voice 'amy'; see 'voicecoach voices'"):
        engine.synthesize("Hello", Manner("amy", 150))
    with pytest.raises(ChoiceError, match="there is no voice 'hmu'"):
        open_voice("piper:hmu", voices_folder=tmp_path)


@pytest.mark.parametrize("folder", ["empty", "missing"])
def test_without_a_model_there_is_no_voice(tmp_path: Path, folder: str) -> None:
    """A folder without models lists nothing, and to choose from it is an error that helps."""
    (tmp_path / "empty").mkdir()
    place = tmp_path / folder

    assert PiperEngine(place).voices() == []
    with pytest.raises(SpeechError, match="piper has no voices yet; 'voicecoach voices' says where"):
        open_voice("piper", voices_folder=place)


def test_a_missing_package_is_said_with_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without piper, asking for one of its voices says how to install it."""

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    write_model(tmp_path)
    monkeypatch.setattr(metadata, "version", missing)
    with pytest.raises(
        SpeechError, match=r"piper is not installed; install it with: pip install 'voicecoach\[piper\]'"
    ):
        open_voice("piper", voices_folder=tmp_path)


def test_a_package_that_cannot_be_imported_is_reported(
    engine: PiperEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where piper is there but its libraries are not, the reason is told."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(SpeechError, match=r"piper cannot be used \(.*onnxruntime.*pip install"):
        engine.synthesize("Hello", HUM)


def test_a_closed_engine_speaks_no_more(engine: PiperEngine) -> None:
    """After closing, nothing is loaded again."""
    engine.synthesize("Hello", HUM)
    engine.close()
    with pytest.raises(SpeechError, match="piper is closed"):
        engine.synthesize("Hello", HUM)


PROGRAM = """
import sys
from pathlib import Path
from voicecoach.plan.timeline import Speech
from voicecoach.speech.opening import open_voice
with open_voice("piper", voices_folder=Path(sys.argv[1]), cache_folder=Path(sys.argv[2])) as voice:
    voice.clip(Speech(sys.argv[3]))
print(voice.synthesised, "piper" in sys.modules)
"""


def program(*arguments: object) -> tuple[str, str]:
    """Speak in a process of its own, and return what it printed on stdout and stderr."""
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def test_nothing_is_loaded_for_what_is_in_the_cache(tmp_path: Path) -> None:
    """A second session that finds all its clips does not even import piper."""
    write_model(tmp_path / "voices")
    first, second = (program(tmp_path / "voices", tmp_path / "cache", "Halfway") for _ in range(2))

    assert (first, second) == (("1 True\n", ""), ("0 False\n", ""))


def test_nothing_is_printed(tmp_path: Path) -> None:
    """What piper would say of sounds that the model lacks does not get into the way of a session."""
    write_model(tmp_path / "voices", phoneme_id_map={key: [number] for number, key in enumerate("_^$ .aehl")})

    assert program(tmp_path / "voices", tmp_path / "cache", "Halfway") == ("1 True\n", "")

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner, Result

from tests.piper_models import write_model
from voicecoach import folders
from voicecoach.cli import main, samples
from voicecoach.errors import SpeechError
from voicecoach.output.memory import MemorySink
from voicecoach.output.sink import Block
from voicecoach.speech import piper_engine
from voicecoach.speech.pyttsx3_engine import Pyttsx3Engine

KLINGON = {"language": {"code": "tlh_QO"}}
"""A language that no other engine has, so that a test need not hear hundreds of voices."""


def run(*arguments: str | Path) -> Result:
    """Run a command as if typed."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> MemorySink:
    """Return the device on which samples are heard."""
    sink = MemorySink()
    monkeypatch.setattr(samples, "open_device", lambda _name, _rate: sink)
    return sink


def test_the_voices_of_all_engines_are_listed_together() -> None:
    """First stands what --voice takes; where piper's voices come from is told besides, and their licences."""
    write_model(folders.voices())
    result = run("voices", "--language", "en-us")
    chosen_by = [line.split()[0] for line in result.stdout.splitlines()]

    assert 0 == result.exit_code
    assert {"gmw/en-us", "gmw/en-us+f3", "piper:en_US-hum-low"} <= set(chosen_by)
    assert "https://huggingface.co/rhasspy/piper-voices" in result.stderr
    assert f"{folders.voices()} " in result.stderr
    assert "MODEL_CARD" in result.stderr
    assert "not for commercial use" in result.stderr


def test_programs_get_one_list() -> None:
    """As JSON, each voice has its engine, and nothing else is printed."""
    write_model(folders.voices())
    result = run("voices", "--language", "en-us", "--json")
    listed = json.loads(result.stdout)
    of_piper = {
        "engine": "piper",
        "id": "en_US-hum-low",
        "name": "en_US-hum-low",
        "languages": ["en-us"],
        "gender": None,
    }

    assert {"pyttsx3", "piper"} == {entry["engine"] for entry in listed}
    assert [of_piper] == [entry for entry in listed if entry["engine"] == "piper"]
    assert "" == result.stderr


def test_voices_without_what_speaks_them_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are models but no piper, the others are listed, and why these are not."""
    write_model(folders.voices())
    monkeypatch.setattr(piper_engine, "_package", lambda: "")
    result = run("voices", "--language", "en-us")

    assert 0 == result.exit_code
    assert "piper:" not in result.stdout
    assert (
        "voicecoach: piper is not installed; install it with: pip install 'voicecoach[piper]'\n"
        in result.stderr
    )


def test_without_any_voice_the_reason_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """If no engine has a voice, what is wrong with the first is said, and the exit code tells."""

    def broken(_self: Pyttsx3Engine) -> list[object]:
        message = "pyttsx3 could not list its voices"
        raise SpeechError(message)

    monkeypatch.setattr(Pyttsx3Engine, "voices", broken)
    result = run("voices")

    assert (1, "voicecoach: pyttsx3 could not list its voices\n") == (result.exit_code, result.stderr)


def test_samples_are_written(tmp_path: Path) -> None:
    """Each listed voice speaks into a file of its own, named after engine and voice."""
    write_model(folders.voices() / "sub", "de_DE-hum-low", language={"code": "de_DE"})
    folder = tmp_path / "new" / "samples"
    result = run("voices", "--language", "de", "--sample", "-o", folder)
    written = {path.name: soundfile.read(path) for path in folder.iterdir()}

    assert (0, f"{folder}: 3 voices\n") == (result.exit_code, result.stdout)
    assert {
        "piper-sub-de_DE-hum-low.wav",
        "pyttsx3-gmw-de.wav",
        "pyttsx3-gmw-de+f3.wav",
    } == set(written)
    assert all(rate == 24_000 and 2 < len(sound) / rate < 10 for sound, rate in written.values())
    assert all(np.abs(sound).max() > 0.05 for sound, _ in written.values())


def test_samples_are_heard_one_after_another(device: MemorySink) -> None:
    """Live, each voice is named and heard, with a pause after it."""
    write_model(folders.voices(), "one", **KLINGON)
    write_model(folders.voices(), "two", **KLINGON)
    result = run("voices", "--language", "tlh", "--sample")
    loud = [bool(block.any()) for block in device.blocks]

    assert 0 == result.exit_code
    assert ["piper:one", "piper:two"] == [line.split()[0] for line in result.stdout.splitlines()]
    assert ([True, False, True, False], True) == (loud, device.closed)


@pytest.mark.parametrize("live", [True, False])
def test_a_voice_that_cannot_speak_is_reported(tmp_path: Path, device: MemorySink, *, live: bool) -> None:
    """The others are heard all the same, and the exit code tells."""
    write_model(folders.voices(), "broken", **KLINGON).write_bytes(b"no model")
    write_model(folders.voices(), "whole", **KLINGON)
    result = run("voices", "--language", "tlh", "--sample", *([] if live else ["-o", tmp_path]))

    assert 1 == result.exit_code
    assert f"voicecoach: {folders.voices() / 'broken.onnx'} cannot be loaded" in result.stderr
    assert 1 == len(result.stdout.splitlines())
    assert [2, 0][not live] == len(device.blocks)
    assert [[], ["piper-whole.wav"]][not live] == [path.name for path in tmp_path.glob("*.wav")]


def test_an_interrupt_silences_the_device(monkeypatch: pytest.MonkeyPatch, device: MemorySink) -> None:
    """After Ctrl-C nothing more is heard, and the device is let go of."""
    halted = []

    def interrupt(_block: Block) -> None:
        raise KeyboardInterrupt

    write_model(folders.voices(), **KLINGON)
    monkeypatch.setattr(device, "write", interrupt)
    monkeypatch.setattr(device, "halt", lambda: halted.append(not device.closed))
    result = run("voices", "--language", "tlh", "--sample")

    assert (130, [True], True) == (result.exit_code, halted, device.closed)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["-o", "x"], "-o and --device go with --sample"),
        (["--device", "none"], "-o and --device go with --sample"),
        (["--sample", "--json"], "--sample and --json exclude each other"),
        (["--sample", "-o", __file__], "is a file"),
        (["--language", "tlh", "--sample", "--device", "nonne"], "no device 'nonne'"),
    ],
)
def test_wrong_use(arguments: list[str], reason: str) -> None:
    """What does not go together is refused before anything is spoken."""
    write_model(folders.voices(), **KLINGON)
    result = run("voices", *arguments)

    assert 2 == result.exit_code
    assert reason in result.stderr


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """Where the folder would lie in a file, one line says so."""
    (tmp_path / "file").touch()
    write_model(folders.voices(), **KLINGON)
    result = run("voices", "--language", "tlh", "--sample", "-o", tmp_path / "file" / "samples")

    assert 1 == result.exit_code
    assert f"{tmp_path / 'file' / 'samples'}: cannot be made (Not a directory)" in result.stderr


def test_a_language_that_nobody_speaks_is_said() -> None:
    """An empty list is explained."""
    result = run("voices", "--language", "tlh", "--sample")

    assert (2, "") == (result.exit_code, result.stdout)
    assert "no voice speaks 'tlh'; 'voicecoach voices' lists all" in result.stderr


@pytest.mark.parametrize("by", ["name", "path"])
def test_say_speaks_with_a_voice_of_piper(tmp_path: Path, by: str) -> None:
    """A voice of the folder by its name, and any other by the path of its file."""
    model = write_model(folders.voices() if by == "name" else tmp_path)
    target = tmp_path / "hello.wav"
    result = run("say", "3 sets", "--voice", str(model) if by == "path" else "piper:hum", "-o", target)

    assert (0, "3 sets\n") == (result.exit_code, result.stdout)
    assert soundfile.info(target).duration > 0.3

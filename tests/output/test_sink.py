import subprocess
import sys
from importlib import import_module

import pytest

from voicecoach.errors import ChoiceError
from voicecoach.output import sink
from voicecoach.output.memory import MemorySink
from voicecoach.output.none_device import NoneDevice
from voicecoach.output.sink import (
    DEVICES,
    Sink,
    chosen,
    default_device,
    device_report,
    installed,
    open_device,
)


def test_every_row_names_a_module_that_opens() -> None:
    """Each device has a module with the functions that open it and list its outputs."""
    assert all(callable(import_module(module).open_device) for module in DEVICES.values())
    assert all(callable(import_module(module).outputs) for module in DEVICES.values())


def test_the_table_imports_no_library() -> None:
    """Neither the table nor its choice of a device loads a library of sound into this process."""
    code = (
        "import sys; from voicecoach.output.sink import default_device; default_device();"
        "print(sorted({'miniaudio', 'simpleaudio', 'av'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]\n" == run.stdout


@pytest.mark.parametrize("name", ["none", "None", " none ", "none:"])
def test_a_device_is_found_by_its_name(name: str) -> None:
    """Case and spaces do not matter."""
    assert isinstance(open_device(name, 24_000), NoneDevice)


@pytest.mark.parametrize("name", DEVICES)
def test_a_device_hears_of_its_channels_and_its_buffer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every device is opened with the channels and the buffer that were asked for, or one and its own."""
    asked = []
    monkeypatch.setattr(sink, "find_spec", lambda name: name)
    monkeypatch.setattr(import_module(DEVICES[name]), "open_device", lambda *given: asked.append(given))
    open_device(name, 24_000)
    open_device(f"{name}:Left", 24_000, 2, 0.08)
    assert [(24_000, None, 1, None), (24_000, "Left", 2, 0.08)] == asked


@pytest.mark.parametrize("buffer", [0.0099, 1.001, float("nan")])
def test_a_buffer_has_bounds(buffer: float) -> None:
    """One that no device could keep up with, or that nobody would wait for, is refused."""
    with pytest.raises(ChoiceError, match=r"out of bounds; give 10 ms to 1 s, or none"):
        open_device("none", 24_000, buffer=buffer)


def test_the_void_and_simpleaudio_have_no_outputs() -> None:
    """Only miniaudio has outputs to choose from."""
    assert [[], []] == [sink.outputs("none"), sink.outputs("simpleaudio")]


def test_an_unknown_device_is_told_the_known_ones() -> None:
    """A wrong name gets the nearest one and the whole list."""
    line = r"'minaudio' \(did you mean 'miniaudio'.*simpleaudio, miniaudio, none, auto$"
    with pytest.raises(ChoiceError, match=line):
        open_device("minaudio", 24_000)


@pytest.mark.parametrize(
    ("present", "expected"),
    [({"simpleaudio", "miniaudio"}, "simpleaudio"), ({"miniaudio"}, "miniaudio"), (set(), "miniaudio")],
)
def test_the_default_can_be_heard(present: set[str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is simpleaudio where that is installed, else miniaudio, and never the void."""
    monkeypatch.setattr(sink, "find_spec", lambda name: name if name in present else None)
    assert expected == default_device()


def test_a_device_without_its_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for by name, a device that is not installed is an error with a remedy."""
    monkeypatch.setattr(sink, "find_spec", lambda _: None)
    with pytest.raises(ChoiceError, match="'pip install simpleaudio' installs it, or use --device none"):
        open_device("simpleaudio", 24_000)
    report = device_report("simpleaudio", 24_000)
    assert (False, False) == (report.installed, report.usable)
    assert "pip install" in report.remedy


def test_a_usable_device_needs_no_remedy() -> None:
    """The void can always be used."""
    assert ("none", True, True, "") == (
        (report := device_report("none", 24_000)).name, report.installed, report.usable, report.remedy
    )  # fmt: skip


def test_the_double_is_a_sink() -> None:
    """What tests write to has the methods of a device, as a type checker confirms."""
    double: Sink = MemorySink()
    device: sink.DeviceSink = MemorySink()
    assert type(double) is type(device)


def test_a_sound_without_silence_takes_a_device_that_can_play_it() -> None:
    """A noise bed goes to miniaudio unless another is asked for; simpleaudio is refused in one line."""
    assert ("miniaudio", None) == chosen(None, endless=True) == chosen("auto", endless=True)
    assert ("none", None) == chosen("none", endless=True)
    if installed("simpleaudio"):
        with pytest.raises(ChoiceError, match=r"simpleaudio needs silences, .* use --device miniaudio"):
            chosen("simpleaudio", endless=True)

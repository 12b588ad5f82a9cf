from threading import Event

import miniaudio
import pytest

from voicecoach.errors import ChoiceError, OutputError
from voicecoach.output import miniaudio_outputs
from voicecoach.output.miniaudio_device import open_device
from voicecoach.output.miniaudio_outputs import Playback, in_time, outputs

RATE = 1000


class FakePlayback:
    """Stands for a device that is open."""

    def __init__(self, backend: str) -> None:
        """Belong to a backend."""
        self.backend = backend

    def start(self, feed: object) -> None:
        """Ask for nothing."""

    def close(self) -> None:
        """Hold nothing."""


def test_a_null_backend_is_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device that would play to nobody is refused."""
    monkeypatch.setattr(miniaudio_outputs, "Playback", lambda **_: FakePlayback("Null"))
    with pytest.raises(OutputError, match=r"there is no sound device.*--device none"):
        open_device(RATE)


OUTPUTS = {
    name: (miniaudio.Backend.ALSA, name) for name in ("Headphones", "Headset (left)", "Headset (right)")
}


@pytest.mark.parametrize(("wanted", "found"), [("headphones", "Headphones"), ("LEFT", "Headset (left)")])
def test_an_output_is_found_by_its_name(wanted: str, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name, or a part of one that no other has, is enough; case does not matter."""
    asked = {}
    monkeypatch.setattr(miniaudio_outputs, "outputs", lambda: OUTPUTS)
    monkeypatch.setattr(
        miniaudio_outputs, "Playback", lambda **given: asked.update(given) or FakePlayback("ALSA")
    )
    sink = open_device(RATE, wanted, 2, 0.08)
    sink.close()
    assert ([miniaudio.Backend.ALSA], found, 2, 80) == tuple(
        asked[key] for key in ("backends", "device_id", "nchannels", "buffersize_msec")
    )


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("headset", r"several outputs are called 'headset'; .* 'Headset \(left\)', 'Headset \(right\)'$"),
        ("headfones", r"no output 'headfones' \(did you mean 'Headphones'"),
    ],
)
def test_an_output_that_is_not_one_is_told_the_others(
    wanted: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that several outputs share, or none has, is an error that lists them."""
    monkeypatch.setattr(miniaudio_outputs, "outputs", lambda: OUTPUTS)
    with pytest.raises(ChoiceError, match=message):
        open_device(RATE, wanted)


def test_what_takes_too_long_is_not_waited_for() -> None:
    """What is done in time gives its result or its error; a call that blocks is left to itself."""
    released = Event()
    try:
        assert 7 == in_time(lambda: 7, 5)
        with pytest.raises(ZeroDivisionError):
            in_time(lambda: 1 // 0, 5)
        with pytest.raises(TimeoutError):
            in_time(released.wait, 0.01)
    finally:
        released.set()


def test_a_server_that_does_not_answer_is_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a device, or asks for the outputs, hears of it after a while."""
    released = Event()
    monkeypatch.setattr(miniaudio_outputs, "ANSWER", 0.01)
    monkeypatch.setattr(miniaudio_outputs, "Playback", lambda **_: released.wait(60))
    monkeypatch.setattr(miniaudio, "Devices", lambda _: released.wait(60))
    try:
        with pytest.raises(OutputError, match=r"no answer within 0\.01 s\); .* --device none$"):
            open_device(RATE)
        assert {} == outputs()
    finally:
        released.set()


def test_closing_lets_go_of_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The context that miniaudio keeps is closed with the device, once."""
    closed: list[object] = []

    class Library:
        ma_context_uninit = closed.append

    monkeypatch.setattr(miniaudio, "lib", Library)
    monkeypatch.setattr(miniaudio.PlaybackDevice, "__init__", lambda _: None)
    monkeypatch.setattr(miniaudio.PlaybackDevice, "close", lambda _: None)
    playback = Playback()
    playback.close()
    assert [] == closed
    playback._context = "context"  # noqa: SLF001 - as miniaudio sets it
    playback.close()
    playback.close()
    assert ["context"] == closed

import numpy as np
import pytest

from voicecoach.errors import ChoiceError
from voicecoach.output.none_device import AHEAD, NoneDevice, open_device

RATE = 1000


class FakeTime:
    """A clock, and a sleep that moves it on."""

    def __init__(self) -> None:
        """Begin anywhere."""
        self.now = 50.0
        self.slept: list[float] = []

    def clock(self) -> float:
        """Return the present moment."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass, a little too long, as real sleeps do."""
        self.slept.append(seconds)
        self.now += seconds + 0.003


def silence(seconds: float) -> np.ndarray:
    """Return a silent block."""
    return np.zeros(round(seconds * RATE), np.float32)


@pytest.fixture
def time() -> FakeTime:
    """Make a clock of the test's own."""
    return FakeTime()


@pytest.fixture
def device(time: FakeTime) -> NoneDevice:
    """Open the void on that clock."""
    return NoneDevice(RATE, time.clock, time.sleep)


def test_an_hour_takes_an_hour(device: NoneDevice, time: FakeTime) -> None:
    """Sleeps that are each too long do not add up: the deadline is absolute."""
    for _ in range(3600):
        device.write(silence(1.0))
    device.close()
    assert abs(time.now - (50 + 3600)) < 0.01
    assert 0 == device.underruns


def test_heard_follows_the_clock(device: NoneDevice, time: FakeTime) -> None:
    """What has passed is counted by the clock, and never more than was written."""
    device.write(silence(1.0))
    assert round(time.now - 50.0, 3) == 1.0 - AHEAD + 0.003
    assert 903 == device.heard()
    time.now += 10
    assert 1000 == device.heard()


def test_a_halt_returns_what_has_not_passed(device: NoneDevice, time: FakeTime) -> None:
    """After a halt the counting begins anew, at the next write."""
    device.write(silence(1.0))
    assert 97 == device.halt()
    time.now += 100
    assert 0 == device.heard()
    device.write(silence(0.05))
    assert 0 == device.underruns
    time.now += 0.02
    assert 20 == device.heard()


def test_a_writer_that_is_late_puts_the_rest_off(device: NoneDevice, time: FakeTime) -> None:
    """What is written too late passes later, at its own pace, and is counted."""
    device.write(silence(1.0))
    time.now += 100
    start = time.now
    for _ in range(10):
        device.write(silence(1.0))
    device.close()
    assert abs(time.now - (start + 10)) < 0.01
    assert 1 == device.underruns


def test_a_little_lateness_is_made_good(device: NoneDevice, time: FakeTime) -> None:
    """After a drop-out what follows passes at once, until it is on time again; it is counted once."""
    device.write(silence(1.0))
    time.now += 1.5
    for _ in range(50):
        device.write(silence(0.1))
    device.close()
    assert abs(time.now - (50 + 6)) < 0.01
    assert 1 == device.underruns


def test_two_channels_pass_together(device: NoneDevice, time: FakeTime) -> None:
    """A second of two channels is a second."""
    device.write(np.zeros((RATE, 2), np.float32))
    device.close()
    assert 1.0 == pytest.approx(time.now - 50, abs=0.01)
    assert RATE == device.heard()


def test_the_void_has_no_outputs() -> None:
    """An output by name is refused."""
    with pytest.raises(ChoiceError, match="no output 'left ear'"):
        open_device(RATE, "left ear")

from collections.abc import Generator, Iterator

import numpy as np
import pytest

from voicecoach.errors import DeviceLostError
from voicecoach.output.miniaudio_device import AHEAD, FADE, PATIENCE, MiniaudioDevice

RATE = 1000
RING = round(AHEAD * RATE)
FADED = round(FADE * RATE)


class FakeClock:
    """A clock that a test sets."""

    now = 10.0

    def __call__(self) -> float:
        """Return the moment that was set."""
        return self.now


class FakeDevice:
    """Stands for a PlaybackDevice: the test asks in its place."""

    feed: Generator[bytes, int, None]
    closed = False

    def start(self, feed: Generator[bytes, int, None]) -> None:
        """Keep the generator."""
        self.feed = feed

    def close(self) -> None:
        """Note the end."""
        self.closed = True

    def ask(self, frames: int, channels: int = 1) -> list[int]:
        """Ask for frames, as a device does."""
        pcm = self.feed.send(frames)
        assert 2 * channels * frames == len(pcm)
        return list(np.frombuffer(pcm, "<i2"))


@pytest.fixture
def clock() -> FakeClock:
    """Make a clock of the test's own."""
    return FakeClock()


@pytest.fixture
def device() -> FakeDevice:
    """Make a device that the test drives."""
    return FakeDevice()


@pytest.fixture
def sink(device: FakeDevice, clock: FakeClock) -> Iterator[MiniaudioDevice]:
    """Open a sink on that device."""
    sink = MiniaudioDevice(RATE, now=clock)
    sink.start(device)
    yield sink
    sink.halt()
    sink.close()


def numbers(first: int, last: int) -> np.ndarray:
    """Return a block whose frames come out as their numbers."""
    return (np.arange(first, last) / 32767).astype(np.float32)


def test_what_is_written_is_what_the_device_gets(sink: MiniaudioDevice, device: FakeDevice) -> None:
    """Blocks and requests of any size fit together, and no frame is lost or repeated."""
    got = []
    for first in range(1, 901, 30):
        sink.write(numbers(first, first + 30))
        got += device.ask(30)
    assert list(range(1, 901)) == got
    assert 0 == sink.underruns


def test_two_channels_come_as_frames(device: FakeDevice, clock: FakeClock) -> None:
    """Left and right stay side by side through the ring, and requests, counts and fades are in frames."""
    sink = MiniaudioDevice(RATE, 2, clock)
    sink.start(device)
    sides = np.stack([numbers(1, 201), -numbers(1, 201)], axis=1)
    got = []
    for first in range(0, 120, 30):
        sink.write(sides[first : first + 30])
        got += device.ask(30, channels=2)
    assert [side for frame in range(1, 121) for side in (frame, -frame)] == got
    sink.write(sides[120:])
    assert 80 - FADED == sink.halt()
    tail = np.reshape(device.ask(40, channels=2), (-1, 2))
    assert (121, -121) == (tail[0, 0], tail[0, 1])
    assert [0, 0] == tail[FADED - 1 :].any(axis=0).tolist()
    assert np.array_equal(tail[:, 0], -tail[:, 1])
    clock.now += 1
    sink.write(sides[:40])
    device.ask(40, channels=2)
    clock.now += 1
    assert (40, 0) == (sink.heard(), sink.underruns)
    sink.close()


def test_a_device_that_is_ahead_of_the_first_block_gets_silence(
    sink: MiniaudioDevice, device: FakeDevice
) -> None:
    """Before there is enough for a whole request nothing is begun, so that a start never stumbles."""
    assert [0] * 40 == device.ask(40)
    sink.write(numbers(1, 21))
    assert [0] * 40 == device.ask(40)
    sink.write(numbers(21, 61))
    assert list(range(1, 41)) == device.ask(40)
    assert 0 == sink.underruns


def test_a_lone_short_sound_is_not_kept_back(
    sink: MiniaudioDevice, device: FakeDevice, clock: FakeClock
) -> None:
    """A writer that writes less than a request and waits is heard all the same."""
    sink.write(numbers(1, 11))
    clock.now += AHEAD
    assert [*range(1, 11), *[0] * 30] == device.ask(40)


def test_an_underrun_is_counted_once_and_nothing_is_lost(sink: MiniaudioDevice, device: FakeDevice) -> None:
    """A writer that comes too late makes one gap, however long; what it writes follows whole."""
    sink.write(numbers(1, 61))
    assert [*range(1, 41)] == device.ask(40)
    assert [*range(41, 61), *[0] * 20] == device.ask(40)
    assert [0] * 40 == device.ask(40)
    sink.write(numbers(61, 101))
    assert [*range(61, 101)] == device.ask(40)
    assert 1 == sink.underruns


class Listener:
    """A session and its device, in step: beeps between silences, and where in the output each begins."""

    def __init__(self, sink: MiniaudioDevice, device: FakeDevice, clock: FakeClock) -> None:
        """Begin with nothing."""
        self.sink, self.device, self.clock = sink, device, clock
        self.written = 0
        self.output: list[int] = []

    def run(self, seconds: float, *, writing: bool = True) -> None:
        """Let a device ask every 40 ms, and a player fill the ring with beeps of 100 ms, one a second."""
        for _ in range(round(seconds / 0.04)):
            while writing and self.sink._ring.room >= 20:  # noqa: SLF001 - as much as does not block
                beeps = self.written % 1000 < 100
                self.sink.write(np.full(20, 0.5 * beeps, np.float32))
                self.written += 20
            self.output += self.device.ask(40)
            self.clock.now += 0.04

    def onsets(self) -> list[int]:
        """Return the frames of the output at which a beep begins, in ms from the first."""
        sounding = np.array([0, *self.output]) != 0
        onsets = np.flatnonzero(sounding[1:] & ~sounding[:-1])
        return [int(onset - onsets[0]) for onset in onsets]

    def lengths(self) -> set[int]:
        """Return how long the beeps are, but for the last, in ms."""
        sounding = np.array([0, *self.output, 0]) != 0
        edges = np.flatnonzero(sounding[1:] != sounding[:-1])
        return set(np.diff(edges)[::2][:-1].tolist())


@pytest.fixture
def listener(sink: MiniaudioDevice, device: FakeDevice, clock: FakeClock) -> Listener:
    """Make a session on the device of the test."""
    return Listener(sink, device, clock)


def test_a_silence_makes_good_an_underrun(listener: Listener) -> None:
    """A writer that came 360 ms late is back in the plan some seconds later; no beep is cut."""
    listener.run(3.4)
    listener.run(0.52, writing=False)
    listener.run(7.08)
    onsets = listener.onsets()
    assert [0, 1000, 2000, 3000, 4360, 5360] == onsets[:6]
    assert list(range(7000, 1000 * len(onsets), 1000)) == onsets[7:]
    assert {100} == listener.lengths()
    assert 1 == listener.sink.underruns


def test_a_silence_makes_good_a_stall(listener: Listener) -> None:
    """A device that asked for nothing for 480 ms counts once, and gets its beeps closer for a while."""
    listener.run(3.4)
    listener.clock.now += 0.48
    listener.run(7.6)
    onsets = np.array(listener.onsets())
    assert 1 == listener.sink.underruns
    # The stall is no part of the output: heard at the moment, the beeps after it are where they should be.
    assert [0, 1000, 2000, 3000] == onsets[:4].tolist()
    assert np.all(onsets[7:] + 480 == np.arange(7000, 1000 * len(onsets), 1000))
    assert {100} == listener.lengths()


def test_what_was_left_out_counts_as_heard(listener: Listener) -> None:
    """What was written is either heard or returned by a halt, but for what still sounds."""
    listener.run(3.4)
    listener.clock.now += 0.48
    listener.run(7.6)
    listener.clock.now += 1.0
    assert listener.written == listener.sink.heard() + listener.sink.halt() + FADED


def test_music_is_never_cut(listener: Listener, sink: MiniaudioDevice, device: FakeDevice) -> None:
    """Where there is no silence, a session stays as late as it is."""
    got = []
    for first in range(1, 12_001, 40):
        sink.write(numbers(first, first + 40))
        got += device.ask(40)
        listener.clock.now += 0.5 if first == 6001 else 0.04
    assert list(range(1, 12_001)) == got


def test_a_halt_fades_and_returns_what_nobody_hears(sink: MiniaudioDevice, device: FakeDevice) -> None:
    """After a halt the device gets a fade of what came next and then silence; the rest is counted."""
    level = round(0.5 * 32767)
    sink.write(np.full(90, 0.5, np.float32))
    device.ask(40)
    assert 90 - 40 - FADED == sink.halt()
    tail = device.ask(40)
    assert sorted(tail, reverse=True) == tail
    assert (level, 0) == (tail[0], tail[FADED - 1])
    assert [0] * 40 == device.ask(40)
    assert 0 == sink.underruns


def test_after_a_halt_the_device_is_as_new(sink: MiniaudioDevice, device: FakeDevice) -> None:
    """Frames are counted from zero again, and what is written follows the fade without a gap of its own."""
    sink.write(numbers(1, 91))
    device.ask(40)
    sink.halt()
    assert 0 == sink.heard()
    sink.write(numbers(1001, 1061))
    assert list(range(1001, 1036)) == device.ask(40)[FADED:]
    assert list(range(1036, 1061)) == device.ask(25)


def test_heard_lies_behind_by_what_the_device_holds(
    sink: MiniaudioDevice, device: FakeDevice, clock: FakeClock
) -> None:
    """A device that asked for 60 frames at once holds 60: a frame is heard when it has come to its turn."""
    sink.write(numbers(1, 91))
    device.ask(60)
    heard = [sink.heard()]
    for _ in range(4):
        clock.now += 0.02
        heard.append(sink.heard())
    assert [0, 20, 40, 60, 60] == heard


def test_heard_never_goes_back(sink: MiniaudioDevice, device: FakeDevice, clock: FakeClock) -> None:
    """Though requests come unevenly, what was heard stays heard."""
    heard = []
    for step in (0.0, 0.03, 0.001, 0.06, 0.02, 0.0, 0.04):
        clock.now += step
        sink.write(numbers(0, 30))
        heard.append(sink.heard())
        device.ask(30)
        heard.append(sink.heard())
    assert sorted(heard) == heard
    assert heard[-1] <= 210


def test_a_device_that_asks_no_more_is_lost(
    sink: MiniaudioDevice, device: FakeDevice, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full ring that nobody empties is an error with a remedy, after a few seconds and not before."""
    sink.write(numbers(0, RING))

    def pass_time(_condition: object, timeout: float) -> None:
        clock.now += timeout

    monkeypatch.setattr(sink._changed, "wait_for", pass_time)  # noqa: SLF001 - time passes where it waits
    begun = clock.now
    with pytest.raises(DeviceLostError, match=r"device was lost.*--device none"):
        sink.write(numbers(0, 1))
    assert PATIENCE <= clock.now - begun < PATIENCE + 1
    assert device.closed
    assert RING - FADED == sink.halt()
    sink.close()

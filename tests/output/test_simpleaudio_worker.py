import pytest

from voicecoach.output.simpleaudio_worker import BEAT, END, HALT, LATE, LOOK, LOST, PLAY, PROBE, Worker

RATE = 1000


class FakePlay:
    """A sound under way, until the test ends it."""

    def __init__(self) -> None:
        """Begin to sound."""
        self.sounds = True

    def is_playing(self) -> bool:
        """Say whether the test has not ended it."""
        return self.sounds


class FakeLibrary:
    """What simpleaudio offers, with a clock; takes down what was started when.

    The first sound may be held up, and the next one slow to begin.
    """

    def __init__(self) -> None:
        """Begin at second 10."""
        self.now = 10.0
        self.channels = 1
        self.started: list[tuple[float, int]] = []
        self.plays: list[FakePlay] = []
        self.stops = 0
        self.fault: Exception | None = None
        self.held_up = 0.0
        self.slow = 0.0

    def clock(self) -> float:
        """Return the moment that the test has set."""
        return self.now

    def play_buffer(self, pcm: bytes, channels: int, width: int, rate: int) -> FakePlay:
        """Start a sound."""
        assert (self.channels, 2, RATE) == (channels, width, rate)
        if self.fault:
            raise self.fault
        self.now, self.slow = self.now + self.slow, 0.0
        self.started.append((self.now, len(pcm) // channels // 2))
        self.plays.append(FakePlay())
        return self.plays[-1]

    def stop_all(self) -> None:
        """Stop all sounds."""
        self.stops += 1

    def work_until(self, worker: Worker, end: float) -> None:
        """Let the worker work, waking it when it asked for, and let sounds end in their time."""
        while self.now < end:
            for play, (start, frames) in zip(self.plays, self.started, strict=True):
                held_up = self.held_up if play is self.plays[0] else 0.0
                play.sounds &= self.now < start + frames / RATE + held_up
            self.now = min(end, self.now + max(worker.work(), 1e-4))


@pytest.fixture
def library() -> FakeLibrary:
    """Make the double of simpleaudio."""
    return FakeLibrary()


@pytest.fixture
def reports() -> list[str]:
    """Collect what the worker reports."""
    return []


@pytest.fixture
def worker(library: FakeLibrary, reports: list[str]) -> Worker:
    """Make a worker on the double's clock."""
    return Worker(library, RATE, 1, reports.append, library.clock)


def pcm(frames: int) -> bytes:
    """Return so many frames."""
    return bytes(2 * frames)


def rounded(started: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """Round the moments to a millisecond."""
    return [(round(moment, 3), frames) for moment, frames in started]


def test_each_buffer_starts_at_its_moment(worker: Worker, library: FakeLibrary, reports: list[str]) -> None:
    """Buffers that were sent ahead start when they should, and nothing is said."""
    worker.take(PLAY, 10.2, pcm(100))
    worker.take(PLAY, 12.0, pcm(300))
    library.work_until(worker, 14)
    assert [(10.2, 100), (12.0, 300)] == rounded(library.started)
    assert [] == reports


def test_it_asks_to_be_woken_in_time(worker: Worker, library: FakeLibrary) -> None:
    """It rests until the next buffer is due, and never longer than between two signs of life."""
    assert BEAT == worker.work()
    worker.take(PLAY, library.now + 0.3, pcm(1))
    assert 0.3 == pytest.approx(worker.work())


def test_a_halt_stops_and_forgets(worker: Worker, library: FakeLibrary, reports: list[str]) -> None:
    """After a halt nothing of what was sent before starts, and the sound that stopped is not missed."""
    worker.take(PLAY, 10.1, pcm(5000))
    worker.take(PLAY, 16.0, pcm(100))
    library.work_until(worker, 11)
    worker.take(HALT, 0.0, b"")
    library.plays[0].sounds = False
    library.work_until(worker, 20)
    assert (1, [(10.1, 5000)], []) == (library.stops, rounded(library.started), reports)


def test_a_late_start_puts_the_rest_off(worker: Worker, library: FakeLibrary, reports: list[str]) -> None:
    """When the machine has slept, the buffers follow one another as planned and are not rattled off."""
    for moment in (10.5, 11.0, 11.5):
        worker.take(PLAY, moment, pcm(100))
    library.now = 3000.0
    library.work_until(worker, 3002)
    assert [(3000.0, 100), (3000.5, 100), (3001.0, 100)] == rounded(library.started)
    assert ["slip 0 2989.500000 1"] == reports


def test_a_little_late_is_not_passed_on(worker: Worker, library: FakeLibrary, reports: list[str]) -> None:
    """A start that is late by less than the gap between two sounds leaves the next one in its place."""
    worker.take(PLAY, 10.5, pcm(100))
    worker.take(PLAY, 11.0, pcm(100))
    library.now = 10.5 + LATE * 0.9
    library.work_until(worker, 12)
    assert 11.0 == rounded(library.started)[1][0]
    assert [] == reports


def test_a_halt_ends_the_putting_off(worker: Worker, library: FakeLibrary, reports: list[str]) -> None:
    """After a halt moments count as they are sent, and a new slip belongs to a new generation."""
    worker.take(PLAY, 9.0, pcm(100))
    library.work_until(worker, 11)
    worker.take(HALT, 0.0, b"")
    worker.take(PLAY, 12.0, pcm(100))
    library.work_until(worker, 13)
    worker.take(PLAY, 12.5, pcm(100))
    library.work_until(worker, 14)
    assert [10.0, 12.0, 13.0] == [moment for moment, _ in rounded(library.started)]
    assert ["slip 0 1.000000 1", "slip 1 0.500000 1"] == reports


def test_a_sound_that_ends_early_is_a_lost_device(
    worker: Worker, library: FakeLibrary, reports: list[str]
) -> None:
    """When the device goes, simpleaudio only stops playing; the worker says so."""
    worker.take(PLAY, 10.0, pcm(2000))
    library.work_until(worker, 11)
    library.plays[0].sounds = False
    library.work_until(worker, 11.5)
    assert ["lost the sound ended early"] == reports


def test_a_device_that_takes_long_to_wake_does_not_stall(
    worker: Worker, library: FakeLibrary, reports: list[str]
) -> None:
    """The silence that looks for a device may last as long as it likes: nothing waits for it."""
    library.held_up = 2.0
    worker.probe()
    worker.take(PLAY, 10.5, pcm(100))
    library.work_until(worker, 13)
    assert [(10.0, round(PROBE * RATE)), (10.5, 100)] == rounded(library.started)
    assert [] == reports


def test_what_follows_waits_for_a_device_that_stalls(
    worker: Worker, library: FakeLibrary, reports: list[str]
) -> None:
    """A sound that should have ended is not played over: the next comes when it ends, and it counts once."""
    for moment in (10.0, 11.0, 11.5):
        worker.take(PLAY, moment, pcm(500))
    library.held_up = 1.0
    library.work_until(worker, 13.5)
    assert [(10.0, 500), (11.6, 500), (12.1, 500)] == rounded(library.started)
    assert ["slip 0 0.000000 1", "slip 0 0.600000 0"] == reports


def test_a_stall_without_end_is_a_lost_device(
    worker: Worker, library: FakeLibrary, reports: list[str]
) -> None:
    """A sound that does not end, as when the server hangs, is reported in the end."""
    worker.take(PLAY, 10.0, pcm(500))
    worker.take(PLAY, 12.0, pcm(500))
    library.held_up = 60.0
    library.work_until(worker, 10.5 + LOST)
    assert "lost the sound does not end" not in reports
    library.work_until(worker, 10.5 + LOST + 2 * LOOK)
    assert "lost the sound does not end" in reports
    assert [(10.0, 500)] == rounded(library.started)


def test_a_stall_before_a_long_silence_puts_nothing_off(
    worker: Worker, library: FakeLibrary, reports: list[str]
) -> None:
    """It is counted; what is due after it has ended comes at its moment."""
    worker.take(PLAY, 10.0, pcm(500))
    worker.take(PLAY, 12.0, pcm(500))
    library.held_up = 1.0
    library.work_until(worker, 14)
    assert [(10.0, 500), (12.0, 500)] == rounded(library.started)
    assert ["slip 0 0.000000 1"] == reports


def test_a_device_that_is_slow_to_take_a_sound_puts_the_rest_off(
    worker: Worker, library: FakeLibrary, reports: list[str]
) -> None:
    """A server that stalls does not let a sound begin: what follows keeps its distance."""
    library.slow = 0.7
    for moment in (10.1, 10.5):
        worker.take(PLAY, moment, pcm(100))
    library.work_until(worker, 12)
    assert [(10.8, 100), (11.2, 100)] == rounded(library.started)
    assert ["slip 0 0.700000 1"] == reports


def test_a_device_that_is_not_there_is_reported(
    worker: Worker, library: FakeLibrary, reports: list[str]
) -> None:
    """An exception of the library is passed on in one line."""
    library.fault = RuntimeError("Error opening PCM device.")
    worker.play(10.0, pcm(20))
    assert ["lost Error opening PCM device."] == reports


def test_the_end_is_reported_when_all_has_sounded(
    worker: Worker, library: FakeLibrary, reports: list[str]
) -> None:
    """Only after the last sound has ended is the worker done, and it says so once."""
    worker.take(PLAY, 10.5, pcm(1000))
    worker.take(END, 0.0, b"")
    library.work_until(worker, 11.4)
    assert [] == reports
    library.work_until(worker, 13)
    assert ["done"] == reports


def test_two_channels_last_as_long(library: FakeLibrary, reports: list[str]) -> None:
    """A buffer of two channels is expected to sound for its frames, not for its bytes."""
    library.channels = 2
    worker = Worker(library, RATE, 2, reports.append, library.clock)
    worker.probe()
    worker.take(PLAY, 10.5, pcm(2 * 1000))
    worker.take(END, 0.0, b"")
    library.work_until(worker, 11.4)
    assert [(10.0, round(PROBE * RATE)), (10.5, 1000)] == rounded(library.started)
    assert [] == reports
    library.work_until(worker, 11.7)
    assert ["done"] == reports

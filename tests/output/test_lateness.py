import pytest

from voicecoach.output.lateness import LEAST, MOST, REQUESTS, Lateness

RATE = 1000
STEP = 40


class FakeClock:
    """A clock that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        """Return the moment that was set."""
        return self.now


class FakeSession:
    """Frames that are taken 40 at a time, each time 40 ms later."""

    def __init__(self) -> None:
        """Begin with none."""
        self.clock = FakeClock()
        self.lateness = Lateness(RATE, self.clock)
        self.taken = 0

    def ask(self, times: int, delays: tuple[float, ...] = (0.0,)) -> list[int]:
        """Ask so many times, late by one of these delays in turn; return what is told."""
        told = []
        for turn in range(times):
            self.clock.now += delays[turn % len(delays)]
            told.append(self.lateness.frames(self.taken))
            self.clock.now += STEP / RATE - delays[turn % len(delays)]
            self.taken += STEP
        return told


@pytest.fixture
def session() -> FakeSession:
    """Start a session."""
    return FakeSession()


def test_requests_that_are_late_now_and_then_are_no_lateness(session: FakeSession) -> None:
    """A busy machine asks late, but the device has what it needs as long as some requests are on time."""
    assert [0] * 200 == session.ask(200, (0.0, 0.03, 0.01, 0.025))


def test_a_drop_out_is_told_when_all_requests_show_it(session: FakeSession) -> None:
    """After a gap of 150 ms, everything is late by it, once enough requests agree."""
    session.ask(80)
    session.clock.now += 0.15
    told = session.ask(REQUESTS)
    assert [0] * (REQUESTS - 1) == told[:-1]
    assert 150 == pytest.approx(told[-1], abs=1)


def test_frames_that_were_left_out_make_it_good(session: FakeSession) -> None:
    """When as many frames were taken without sounding, nothing is late any more."""
    session.ask(80)
    session.clock.now += 0.15
    session.ask(REQUESTS)
    session.lateness.skipped += 100
    assert 50 == pytest.approx(session.ask(1, (0.02,))[0], abs=1)
    session.lateness.skipped += 50
    assert [0] * 80 == session.ask(80)


@pytest.mark.parametrize("gap", [LEAST * 0.9, MOST * 1.1])
def test_neither_a_trifle_nor_a_pause_is_made_good(session: FakeSession, gap: float) -> None:
    """What nobody notices is left alone, and after a long pause the session goes on from there."""
    session.ask(80)
    session.clock.now += gap
    assert [0] * 80 == session.ask(80)


def test_a_pause_is_a_new_plan(session: FakeSession) -> None:
    """A drop-out after a long pause is late by itself alone."""
    session.ask(80)
    session.clock.now += MOST + 1
    session.ask(80)
    session.clock.now += 0.1
    assert 100 == pytest.approx(session.ask(REQUESTS)[-1], abs=1)


@pytest.mark.parametrize("drift", [-150e-6, 150e-6])
def test_the_clock_of_a_device_is_no_lateness(session: FakeSession, drift: float) -> None:
    """A device that runs a little fast or slow is followed, and a drop-out is told all the same."""
    for _ in range(200):
        assert [0] * 10 == session.ask(10)
        session.clock.now += drift * 10 * STEP / RATE
    session.clock.now += 0.01
    assert 10 == pytest.approx(session.ask(REQUESTS)[-1], abs=1)

import threading

from voicecoach.session.pulse import ASLEEP_SECONDS, Pulse


def test_a_gap_between_two_beats_is_sleep() -> None:
    """What was slept is told once, however often it was, and no matter who looked at the clock."""
    clock = [0.0]
    pulse = Pulse(lambda: clock[0])
    for seconds in (ASLEEP_SECONDS, 3600, 1, 60):
        clock[0] += seconds
        pulse.beat()
    assert [3660, 0] == [pulse.slept(), pulse.slept()]
    clock[0] += 3600
    assert 3600 == pulse.slept()


def test_what_was_slept_before_is_of_no_account() -> None:
    """Whoever begins, or goes on, is awake."""
    clock = [0.0]
    pulse = Pulse(lambda: clock[0])
    clock[0] += 3600
    pulse.wake()
    assert 0 == pulse.slept()
    clock[0] += 3600
    with pulse.beating():
        assert 0 == pulse.slept()


def test_beats_while_nobody_asks() -> None:
    """Whatever the program is busy with, the clock is looked at; afterwards no more."""
    looked = threading.Semaphore(0)

    def now() -> float:
        looked.release()
        return 0

    pulse = Pulse(now)
    with pulse.beating():
        while looked.acquire(blocking=False):
            pass
        assert [True, True] == [looked.acquire(timeout=20) for _ in range(2)]
    assert "pulse" not in [thread.name for thread in threading.enumerate()]

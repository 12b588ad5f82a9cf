from voicecoach.output.watchdog import Watchdog


class FakeClock:
    """A clock that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        """Return the moment that was set."""
        return self.now


def test_patience_runs_out_after_so_much_looking() -> None:
    """Looked at every tenth of a second, a silent device counts as lost after 2 s."""
    clock = FakeClock()
    watchdog = Watchdog(2.0, clock)
    starved = []
    for _ in range(22):
        clock.now += 0.1
        starved.append(watchdog.starved())
    assert [False] * 19 == starved[:19]
    assert starved[21]


def test_a_sign_of_life_begins_anew() -> None:
    """A device that was fed is alive however long it was silent."""
    clock = FakeClock()
    watchdog = Watchdog(0.2, clock)
    clock.now += 5
    assert watchdog.starved()
    watchdog.feed()
    assert not watchdog.starved()


def test_an_hour_of_sleep_is_one_step() -> None:
    """A jump of the clock, as when the machine slept, is not held against the device."""
    clock = FakeClock()
    watchdog = Watchdog(2.0, clock)
    clock.now += 3600
    assert not watchdog.starved()

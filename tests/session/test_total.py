from threading import Event

from voicecoach.errors import SpeechError
from voicecoach.session.total import TotalLength


def test_a_length_is_estimated_then_exact() -> None:
    """Asking begins the work, and never waits for it."""
    may_measure = Event()

    def measure() -> int:
        may_measure.wait(10)
        return 100

    total = TotalLength(90, measure)
    assert (90, False) == total()
    may_measure.set()
    total.wait()
    assert (100, True) == total()


def test_where_a_phrase_cannot_be_spoken_the_estimate_stays() -> None:
    """The fault is the player's to report."""

    def measure() -> int:
        message = "no voice"
        raise SpeechError(message)

    total = TotalLength(90, measure)
    total()
    total.wait()
    assert (90, False) == total()

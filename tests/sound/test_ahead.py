"""What is made ahead: in order, no more than is wanted, never waited for, and not for nobody."""

import gc
import threading
import time
from collections.abc import Iterator
from itertools import count

import pytest

from voicecoach.sound.ahead import Ahead


def soon(wanted: object, found: object) -> None:
    """Wait until a thread has come so far."""
    for _ in range(500):
        if wanted == found():  # type: ignore[operator]
            return
        time.sleep(0.01)
    pytest.fail(f"not {wanted!r}, but {found()!r}")  # type: ignore[operator]


def test_so_much_and_no_more() -> None:
    """Items are made until so many wait, and one more whenever one was taken; they come in order."""
    made: list[int] = []

    def source() -> Iterator[int]:
        for number in count():
            made.append(number)
            yield number

    ahead = Ahead(source(), 3)
    # One more is in the hands of the thread.
    soon(4, lambda: len(made))
    assert (0, 1) == (ahead.take(), ahead.take())
    soon(6, lambda: len(made))


def test_it_is_not_waited_for() -> None:
    """What is not there in time is not there; afterwards nothing is missing."""
    go_on = threading.Event()

    def source() -> Iterator[str]:
        go_on.wait()
        yield "late"

    ahead = Ahead(source(), 3)
    assert (None, False) == (ahead.take(), ahead.ended)
    go_on.set()
    ahead.wait(10)
    assert ("late", None) == (ahead.take(), ahead.take())
    soon(True, lambda: ahead.ended)  # noqa: FBT003 - what is waited for


def test_what_goes_wrong_is_raised_where_it_is_taken() -> None:
    """An error comes after the items that were made before it."""

    def source() -> Iterator[int]:
        yield 1
        message = "broken"
        raise RuntimeError(message)

    ahead = Ahead(source(), 3)
    soon(True, lambda: ahead._store.ended)  # noqa: FBT003, SLF001 - what is waited for
    assert 1 == ahead.take()
    with pytest.raises(RuntimeError, match="broken"):
        ahead.take()


def test_nobody_wants_it_any_more() -> None:
    """Its thread ends with the last reference to it."""
    before = threading.active_count()
    ahead = Ahead(count(), 3)
    assert before + 1 == threading.active_count()
    del ahead
    gc.collect()
    soon(before, threading.active_count)

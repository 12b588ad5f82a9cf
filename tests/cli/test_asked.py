"""How a session was, asked at its end and kept in the log."""

import sqlite3
import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal, terminal
from voicecoach import folders
from voicecoach.history.log import Log
from voicecoach.history.records import Ending, Feel, Record

ROUTINE = """
title = "Short"
[[stage]]
title = "A"
[[stage.exercise]]
name = "Plank"
dose = "1 s"
[[stage.exercise]]
name = "Bridge"
dose = "5 s"
"""
PLAY = (sys.executable, "-m", "voicecoach", "play", "--device", "none", "--talk", "brief", "--plain")


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """Write a routine whose first set is over at once."""
    path = tmp_path / "short.toml"
    path.write_text(ROUTINE, encoding="utf-8")
    return path


def to_the_first_set(window: Terminal) -> None:
    """Skip what comes before it, and hear it."""
    for text in ("Welcome", "A,", "Plank,", "Get ready"):
        window.until(f" {text}")
        window.type("n")
    window.until(" Bridge, ")


def to_the_question(window: Terminal) -> None:
    """Hear the first set, and skip the other."""
    to_the_first_set(window)
    skip_the_second(window)


def leave_after_the_first_set(window: Terminal, answer: str) -> None:
    """Hear the first set, end the session, and answer by a key."""
    to_the_first_set(window)
    window.type("q")
    window.until("How was it?")
    window.type(answer)
    assert 0 == window.end()


def skip_the_second(window: Terminal) -> None:
    """Skip all from its announcement to the question."""
    for text in ("Get ready", "Bridge, set", "Finished"):
        window.type("n")
        window.until(f" {text}")
    window.type("n")
    window.until("How was it?")


def logged() -> Record:
    """Return the one session of the log."""
    with Log.open(folders.log()) as log:
        (record,) = log.records()
        return record


def test_a_session_is_asked_about_and_kept(short: Path) -> None:
    """The first set is whole, the second was skipped, it hurt, and the exercise that hurt is known."""
    with terminal() as window:
        window.start([*PLAY, short])
        to_the_question(window)
        window.type("p")
        window.until("Which exercise was it?")
        window.until("Bridge")
        window.type(" ")
        window.until("Bridge: left out until you put it back. If you feel pain, stop")
        assert 0 == window.end()
    found = logged()
    assert (Ending.FINISHED, Feel.PAIN, str(short)) == (found.end, found.feel, found.opening.routine)
    plank, bridge = found.performed
    assert (True, 1.0, False, True) == (plank.is_done, plank.done_seconds, bridge.is_done, bridge.skipped)
    with Log.open(folders.log()) as log:
        assert ["a.bridge"] == [pain.address for pain in log.pains(str(short))]
    with terminal() as window:
        window.start([*PLAY, short])
        window.until("Bridge is left out, because it hurt on ")
        window.until("Welcome")
        window.type("q")
        assert 0 == window.end()


def test_who_ends_a_session_can_still_answer(short: Path) -> None:
    """It is asked on the screen; where nothing was done, it is not asked, and nothing is kept."""
    with terminal() as window:
        window.start([*PLAY, short])
        window.until("Welcome")
        window.type("q")
        assert 0 == window.end()
        assert "How was it?" not in window.drawn
    with Log.open(folders.log()) as log:
        assert () == log.records()
    with terminal() as window:
        window.start([*PLAY, short])
        leave_after_the_first_set(window, "h")
    found = logged()
    assert (Ending.QUIT, Feel.HARD) == (found.end, found.feel)
    assert 0 < found.seconds < 30


def test_a_session_in_two_parts_is_one_in_the_log(short: Path) -> None:
    """What is done after 'resume' is taken down beside what was done before it."""
    with terminal() as window:
        window.start([*PLAY, short])
        leave_after_the_first_set(window, "h")
    first = logged()
    with terminal() as window:
        window.start([*PLAY[:3], "resume"])
        window.until(" Bridge,")
        skip_the_second(window)
        window.type("e")
        assert 0 == window.end()
    whole = logged()
    assert (first.id, first.opening, Ending.FINISHED, Feel.EASY) == (
        whole.id,
        whole.opening,
        whole.end,
        whole.feel,
    )
    assert [("a.plank", True), ("a.bridge", False)] == [(one.address, one.is_done) for one in whole.performed]
    assert whole.seconds > first.seconds


def test_an_interrupt_at_the_question_is_no_answer(short: Path) -> None:
    """The session was finished all the same: its place is not kept, and the log says so."""
    with terminal() as window:
        window.start([*PLAY, short])
        to_the_question(window)
        window.type("\x03")
        assert 130 == window.end()
    assert (Ending.FINISHED, None) == (logged().end, logged().feel)
    assert not folders.unfinished().exists()


def test_nothing_is_asked_or_kept_where_that_is_not_wanted(short: Path) -> None:
    """Neither leaves a trace: there is no log at all."""
    with terminal() as window:
        window.start([*PLAY, "--no-ask", "--no-log", short])
        to_the_first_set(window)
        window.type("q")
        assert 0 == window.end()
        assert "How was it?" not in window.drawn
    assert not folders.log().exists()


def test_a_log_that_cannot_be_used_is_no_reason_not_to_play(short: Path) -> None:
    """What is damaged is set aside, which is told; the session is kept in a new log."""
    folders.log().parent.mkdir(parents=True)
    folders.log().write_bytes(b"no log at all" * 1000)
    with terminal() as window:
        window.start([*PLAY, short])
        window.until("log.damaged-")
        leave_after_the_first_set(window, "q")
    assert (Ending.QUIT, None) == (logged().end, logged().feel)
    with sqlite3.connect(folders.log()) as connection:
        assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()

from collections.abc import Callable

import numpy as np
import pytest

from tests.strategies import sixty_ms_a_character
from voicecoach.errors import CoachError
from voicecoach.history.records import Performed
from voicecoach.plan.course import Course
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import SAMPLE_RATE, Segment
from voicecoach.routine.address import places
from voicecoach.routine.files import parse
from voicecoach.routine.model import Side
from voicecoach.session.controls import Command
from voicecoach.session.desk import Desk
from voicecoach.session.levels import Levels
from voicecoach.session.playhead import Playhead
from voicecoach.session.recorder import Recorder
from voicecoach.sound.clip import Clip

ROUTINE = """
title = "Hips"
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "20 s per side"
[[stage.exercise]]
name = "Bridge"
dose = "8 reps"
tempo = "2-0-2-0"
[[stage.exercise]]
name = "Hamstrings"
dose = "6 s contract, 20 s deepen"
[[stage.exercise]]
name = "Plank"
dose = "up to 40 s"
"""
LEFT, RIGHT = Side.LEFT, Side.RIGHT


class Listener:
    """Somebody who hears a session in blocks of 20 ms, and whose sets are taken down."""

    def __init__(self) -> None:
        """Begin a session."""
        routine = parse(ROUTINE, "hips.toml")
        planner = Planner(routine, load_phrases("en"))
        course = Course(planner, sixty_ms_a_character)
        levels = Levels(lambda sound: Clip(np.ones(sixty_ms_a_character(sound), np.float32), SAMPLE_RATE))
        playhead = Playhead(course, has_listener=True)
        self.desk = Desk(course, playhead, levels, sixty_ms_a_character, routine.pace)
        self.rows: dict[int, Performed] = {}
        self.seconds = (0.0, 0.0)
        self.is_busy = False
        self.time = 0.0
        addresses = {place: exercise.name for place, exercise in places(routine)}
        self.recorder = Recorder(self.write, addresses, SAMPLE_RATE, lambda: self.time)

    def write(self, number: int, done: Performed, heard: float, paused: float) -> None:
        """Keep a row; fail where the log is busy."""
        if self.is_busy:
            message = "the log is busy"
            raise CoachError(message)
        self.rows[number] = done
        self.seconds = heard, paused

    def hear(self, seconds: float = 3600, until: Callable[[Segment], bool] = lambda _: False) -> "Listener":
        """Hear so much of the session, or up to a segment."""
        blocks = round(seconds / 0.02)
        playhead = self.desk.playhead
        while blocks and not playhead.ended and not until(playhead.segment):
            playhead.advance(min(480, playhead.place().segment.frames - playhead.place().offset))
            self.recorder.show(playhead.place(), paused=False)
            self.time += 0.02
            blocks -= 1
        return self

    def pause(self, seconds: float) -> None:
        """Pause, and go on."""
        self.desk.settle()
        for _ in range(round(seconds / 0.1) + 1):
            self.recorder.show(self.desk.playhead.place(), paused=True)
            self.time += 0.1
        self.desk.go_on()

    def end(self) -> list[Performed]:
        """End the session; return what was taken down."""
        self.recorder.close()
        return [self.rows[number] for number in sorted(self.rows)]


def work(name: str, side: Side | None = None, kind: Kind | None = None) -> Callable[[Segment], bool]:
    """Return what tells a set of an exercise."""

    def is_it(segment: Segment) -> bool:
        step = segment.step
        here = step.exercise.name if step.exercise else None
        return step.is_work and (here, step.side) == (name, side) and kind in (None, step.kind)

    return is_it


def test_a_whole_session_is_taken_down() -> None:
    """Each set, and each part of contract and relax, stands there with what was planned and done."""
    someone = Listener()
    someone.hear(until=work("Plank")).hear(15)
    someone.desk.obey(Command.NEXT)
    rows = someone.hear().end()
    assert [
        Performed("Pigeon", Kind.HOLD, 1, LEFT, planned_seconds=20, done_seconds=20),
        Performed("Pigeon", Kind.HOLD, 1, RIGHT, planned_seconds=20, done_seconds=20),
        Performed(
            "Bridge", Kind.REP_SET, 1, planned_seconds=32, done_seconds=32, planned_reps=8, done_reps=8
        ),
        Performed("Hamstrings", Kind.CONTRACT, 1, planned_seconds=6, done_seconds=6),
        Performed("Hamstrings", Kind.HOLD, 1, planned_seconds=20, done_seconds=20),
    ] == rows[:5]
    plank = rows[5]
    assert (Kind.OPEN, False, True) == (plank.kind, plank.skipped, plank.is_done)
    assert 15 == pytest.approx(plank.done_seconds, abs=0.05)
    assert 6 == someone.recorder.whole


def test_what_is_skipped_is_not_done() -> None:
    """Half a hold and half the reps count as that; the session goes on with the next set."""
    someone = Listener()
    someone.hear(until=work("Pigeon", LEFT)).hear(8)
    someone.desk.obey(Command.NEXT)
    someone.hear(until=work("Bridge")).hear(13)
    someone.desk.obey(Command.NEXT)
    left, right, bridge = someone.hear(until=work("Hamstrings", kind=Kind.CONTRACT)).end()[:3]
    assert (True, False, False) == (left.skipped, left.is_done, right.skipped)
    assert 8 == pytest.approx(left.done_seconds, abs=0.05)
    assert (True, 3, 8) == (bridge.skipped, bridge.done_reps, bridge.planned_reps)


def test_a_set_that_is_begun_again_stands_there_twice() -> None:
    """Going back is no skipping: the first try is not whole, the second is."""
    someone = Listener()
    someone.hear(until=work("Pigeon", LEFT)).hear(12)
    someone.desk.obey(Command.BACK)
    first, second, _ = someone.hear(until=work("Pigeon", RIGHT)).end()
    assert (False, False) == (first.skipped, first.is_done)
    assert 12 == pytest.approx(first.done_seconds, abs=0.05)
    assert second.is_done


def test_a_set_that_is_done_once_more_is_another_row() -> None:
    """What was repeated counts twice."""
    someone = Listener()
    someone.hear(until=work("Pigeon", LEFT)).hear(2)
    someone.desk.obey(Command.REPEAT)
    rows = someone.hear(until=work("Pigeon", RIGHT)).end()
    assert [(LEFT, True), (LEFT, True), (RIGHT, False)] == [(row.side, row.is_done) for row in rows]


def test_an_open_hold_that_is_begun_again_was_none() -> None:
    """Of two tries only that counts which the listener went on from."""
    someone = Listener()
    someone.hear(until=work("Plank")).hear(5)
    someone.desk.obey(Command.BACK)
    someone.hear(until=work("Plank")).hear(10)
    someone.desk.obey(Command.NEXT)
    rows = someone.hear().end()
    assert [False, True] == [row.is_done for row in rows if row.address == "Plank"]


def test_what_the_listener_adds_is_told_apart() -> None:
    """A hold of 20 s that is made longer by ten is a plan of 20 s, and 30 s done."""
    someone = Listener()
    someone.hear(until=work("Pigeon", LEFT)).hear(5)
    someone.desk.obey(Command.LONGER)
    left = someone.hear(until=lambda segment: segment.step.kind is Kind.SWITCH).end()[0]
    assert (20, 10, 30, True) == (left.planned_seconds, left.extended, left.done_seconds, left.is_done)


def test_pauses_are_added_up() -> None:
    """A pause in a set is that set's, and no pause counts as time of the session."""
    someone = Listener()
    someone.hear(until=work("Pigeon", LEFT)).hear(5)
    someone.pause(40)
    left = someone.hear(until=lambda segment: segment.step.kind is Kind.SWITCH).end()[0]
    heard, paused = someone.seconds
    assert 20 == left.done_seconds
    assert 40 == pytest.approx(left.paused, abs=0.2)
    assert 40 == pytest.approx(paused, abs=0.2)
    passed = someone.desk.playhead.place().passed / SAMPLE_RATE
    assert heard == pytest.approx(passed, abs=0.1)


def test_a_set_is_taken_down_before_it_ends() -> None:
    """Where the machine stops, no more than five seconds of the set that runs are unknown."""
    someone = Listener()
    someone.hear(until=work("Pigeon", LEFT)).hear(13)
    assert 10 <= someone.rows[0].done_seconds <= 13
    assert not someone.rows[0].is_done


def test_a_log_that_is_busy_is_written_to_later() -> None:
    """Nothing is lost while it is busy, and the session does not wait for it."""
    someone = Listener()
    someone.is_busy = True
    someone.hear(until=work("Pigeon", RIGHT))
    assert ({}, "the log is busy") == (someone.rows, someone.recorder.trouble)
    someone.is_busy = False
    someone.hear(1.1)
    assert ([0, 1], "") == (sorted(someone.rows), someone.recorder.trouble)
    assert someone.rows[0].is_done


def test_a_log_in_trouble_is_not_asked_at_every_moment() -> None:
    """Each attempt may take some ms: between two of them there is time for the sound."""
    someone = Listener()
    someone.hear(until=work("Pigeon", LEFT))
    attempts: list[float] = []

    def refuse(number: int, done: Performed, heard: float, paused: float) -> None:
        attempts.append(someone.time)
        someone.is_busy = True
        someone.write(number, done, heard, paused)

    someone.recorder = Recorder(refuse, {}, SAMPLE_RATE, lambda: someone.time)
    someone.hear(10)
    assert 9 <= len(attempts) <= 12


@pytest.mark.parametrize("seconds", [7, 27])
def test_a_pause_in_a_slow_rep_begins_no_other_set(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """A pause goes back to the start of the rep, however long one takes: it is the same set."""
    slow = ROUTINE.replace('tempo = "2-0-2-0"', 'tempo = "4-1-4-1"')
    monkeypatch.setattr("tests.session.test_recorder.ROUTINE", slow)
    someone = Listener()
    someone.hear(until=work("Bridge")).hear(seconds)
    someone.pause(20)
    rows = someone.hear(until=work("Hamstrings", kind=Kind.CONTRACT)).end()
    (bridge,) = (row for row in rows if row.address == "Bridge")
    assert (80, 8, True) == (bridge.done_seconds, bridge.done_reps, bridge.is_done)
    assert 20 == pytest.approx(bridge.paused, abs=0.2)

"""A program that plays one session again and again, as fast as it can, and is killed at random moments.

Arguments: a folder for the logs; how often. Each session has a process and a log of its own. Prints for each
how many sets had been heard to their end when it was killed, and how many of those its log has.
"""

import datetime as dt
import os
import random
import signal
import sqlite3
import sys
import time
from pathlib import Path

import numpy as np

from tests.strategies import sixty_ms_a_character
from voicecoach.history.log import Log
from voicecoach.history.prescription import prescribed
from voicecoach.history.records import Opening
from voicecoach.output.memory import MemorySink
from voicecoach.plan.course import Course
from voicecoach.plan.phrases import load_phrases
from voicecoach.plan.planner import Planner
from voicecoach.plan.timeline import SAMPLE_RATE, Segment
from voicecoach.routine.address import addresses
from voicecoach.routine.files import parse
from voicecoach.session.desk import Desk
from voicecoach.session.levels import Levels
from voicecoach.session.player import Player
from voicecoach.session.playhead import Place, Playhead
from voicecoach.session.recorder import Recorder
from voicecoach.session.several import Screens
from voicecoach.sound.clip import Clip

ROUTINE = """
title = "Hips"
[[stage]]
title = "Stretch"
rounds = 20
[[stage.exercise]]
name = "Pigeon"
dose = "2 x 5 s per side"
[[stage.exercise]]
name = "Bridge"
dose = "2 x 4 reps"
"""
MOST = 8
"""Sets after which a session has been killed."""
LONGEST = 0.2
"""Seconds after a set in which that happens."""


class Told:
    """A screen that tells another process of each set that was heard to its end."""

    def __init__(self, pipe: int) -> None:
        """Take the pipe."""
        self._pipe = pipe
        self._last: Segment | None = None

    def show(self, place: Place, *, paused: bool) -> None:
        """Write a byte where a set has given way to what comes after it."""
        del paused
        last, self._last = self._last, place.segment
        if last and last is not place.segment and last.step.is_work:
            os.write(self._pipe, b".")

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Do nothing."""

    def show_keys(self) -> None:
        """Do nothing."""


def play(log: Log, pipe: int) -> None:
    """Play the session on a device that takes all at once, with a recorder as in any session."""
    routine = parse(ROUTINE, "hips.toml")
    planner = Planner(routine, load_phrases("en"))
    course = Course(planner, sixty_ms_a_character)
    levels = Levels(lambda sound: Clip(np.zeros(sixty_ms_a_character(sound), np.float32), SAMPLE_RATE))
    desk = Desk(course, Playhead(course), levels, sixty_ms_a_character, routine.pace)
    session = log.begin(Opening("hips", "Hips", "0", dt.datetime.now().astimezone(), prescribed(routine)))
    recorder = Recorder(
        lambda number, done, *_: log.put(session, number, done), addresses(routine), SAMPLE_RATE
    )
    # What was heard is told after it was taken down.
    Player(MemorySink(SAMPLE_RATE), desk, Screens(recorder, Told(pipe)), has_listener=False).play()


def killed(path: Path, least: int) -> tuple[int, int]:
    """Play in a process of its own, kill it after some sets; return how many were heard, and are logged."""
    heard, told = os.pipe()
    child = os.fork()
    if not child:
        with Log.open(path) as log:
            play(log, told)
        os._exit(0)
    os.close(told)
    with os.fdopen(heard, "rb", buffering=0) as read:
        sets = sum(len(read.read(1)) for _ in range(least))
        time.sleep(random.uniform(0, LONGEST))  # noqa: S311 - no secret
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "it had ended before"
        while more := read.read():
            sets += len(more)
    if not path.exists():
        return sets, 0
    with Log.open(path) as log:
        assert not log.notes, log.notes
        done = sum(one.is_done for record in log.records() for one in record.performed)
    connection = sqlite3.connect(path)
    assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    return sets, done


if __name__ == "__main__":
    for index in range(int(sys.argv[2])):
        counts = killed(Path(sys.argv[1]) / f"{index}.db", index % MOST)
        print(*counts, flush=True)  # noqa: T201 - this is what the test reads

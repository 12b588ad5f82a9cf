import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest

from tests.script import desk
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Segment, Sound, Speech
from voicecoach.session.controls import no_controls
from voicecoach.session.player import Player
from voicecoach.session.playhead import Place
from voicecoach.sound.clip import Clip, Samples

RATE = 24_000


class Void:
    """A device that takes sound at once, and notes what had happened when the first block came."""

    underruns = 0

    def __init__(self, log: list[str]) -> None:
        """Note nothing yet."""
        self.log, self.written = log, 0

    def write(self, block: Samples) -> None:
        """Note the first block."""
        if not self.written:
            self.log.append("first block")
        self.written += len(block)

    def ready(self, seconds: float) -> bool:
        """Take any block at once."""
        del seconds
        return True

    def heard(self) -> int:
        """Return all."""
        return self.written

    def halt(self) -> int:
        """Return none."""
        return 0

    def close(self) -> None:
        """Do nothing."""


class Blind:
    """A screen that nobody looks at."""

    def show(self, place: Place, *, paused: bool) -> None:
        """Do nothing."""

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Do nothing."""

    def show_keys(self) -> None:
        """Do nothing."""


def session(holds: int, log: list[str]) -> Iterator[Segment]:
    """Yield holds of 20 s, each with a phrase in it, and note which was planned."""
    for hold in range(holds):
        log.append(f"planned {hold}")
        yield Segment(Step(Kind.HOLD), str(hold), 20 * RATE, (Event(RATE, Speech(str(hold))),))


def play(holds: int) -> tuple[list[str], int]:
    """Play a session into the void; return what happened in order, and the peak of memory in bytes."""
    log: list[str] = []

    def clips(sound: Sound) -> Clip:
        assert isinstance(sound, Speech)
        log.append(f"clip {sound.text}")
        return Clip(np.ones(RATE, np.float32), RATE)

    tracemalloc.start()
    session_desk = desk(session(holds, log), clips, lambda sound: clips(sound).frames, RATE)
    Player(Void(log), session_desk, Blind(), no_controls).play()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return log, peak


def test_playing_begins_before_the_rest_is_planned_or_spoken() -> None:
    """At the first block of sound, two segments are planned and no later clip was asked for."""
    log, _ = play(10)
    assert ["planned 0", "planned 1", "first block", "clip 0"] == log[:4]


@pytest.mark.long
def test_memory_is_flat() -> None:
    """A session of sixty holds needs hardly more memory than one of five."""
    (_, short), (_, long) = play(5), play(60)
    assert long < short + 300_000

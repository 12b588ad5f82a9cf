"""Music in a live session: the frames of the file, and smooth whatever the listener does."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.tracks import Samples, level, noise, write
from voicecoach.coach import Session, open_session
from voicecoach.exporting import blocks
from voicecoach.live import open_live
from voicecoach.output.memory import MemorySink
from voicecoach.plan.cues import Talk
from voicecoach.session.controls import Command
from voicecoach.session.playhead import Place
from voicecoach.sound.ahead import Ahead
from voicecoach.speaking import Speaking

ROUTINE = """
title = "Short"
[[stage]]
title = "Roll"
music = "noise.wav"
[[stage.exercise]]
name = "Quads"
dose = "1 x 12 s moving, per side"
[[stage]]
title = "Stretch"
music = "other.mp3"
[[stage.exercise]]
name = "Pigeon"
dose = "1 x 12 s"
"""


class Dark:
    """A screen that shows nothing."""

    def show(self, place: Place, *, paused: bool) -> None:
        """Show nothing."""

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Tell nothing."""

    def show_keys(self) -> None:
        """Show nothing."""


@pytest.fixture
def routine(tmp_path: Path) -> Path:
    """Write a routine with music beside it, longer than a session of beeps."""
    write(tmp_path / "noise.wav", noise(30, 44_100, 2), 44_100)
    write(tmp_path / "other.mp3", noise(30, 48_000, 2, seed=7), 48_000)
    path = tmp_path / "short.toml"
    path.write_text(ROUTINE, encoding="utf-8")
    return path


class Patient(Ahead[Samples]):
    """What is decoded ahead, waited for: a session in memory takes no time, and a decoder does."""

    def take(self) -> Samples | None:
        """Return the next item."""
        self.wait(60)
        return super().take()


@pytest.fixture
def session(routine: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Open a session of beeps over music."""
    monkeypatch.setattr("voicecoach.sound.music.Ahead", Patient)
    with open_session(str(routine), speaking=Speaking(Talk.BEEPS), has_keys=False) as opened:
        opened.prepare()
        yield opened


def played(session: Session, latency: int = 0, *commands: tuple[float, Command]) -> Samples:
    """Play a session into memory, with commands after so many seconds, and return what was heard."""
    sink, waiting = MemorySink(latency), list(commands)

    def poll() -> Command | None:
        written = len(sink.samples) / session.planner.sample_rate if waiting else 0
        return waiting.pop(0)[1] if waiting and written >= waiting[0][0] else None

    player = open_live(session).player(lambda: sink, Dark(), poll)
    player.sleep = lambda _: None
    player.play()
    assert not waiting
    assert () == session.warnings
    return sink.samples


def test_live_and_file_are_the_same_frames(session: Session) -> None:
    """What is heard live, where no key is pressed, is what stands in a file, music included."""
    assert "music" == session.meta()["beneath"]
    assert 2 == session.planner.channels
    live, file = played(session), np.concatenate(list(blocks(session)))
    assert live.shape == file.shape
    assert np.array_equal(live, file)


@pytest.mark.parametrize("latency", [0, 1200])
def test_whatever_the_listener_does_music_goes_on(session: Session, latency: int) -> None:
    """Through skips, a pause and a step back there is music everywhere, and nothing clips."""
    heard = played(
        session,
        latency,
        (3, Command.NEXT),
        (8, Command.PAUSE),
        (7, Command.PAUSE),  # At once: what was cut off is not heard, and does not count.
        (12, Command.BACK),
        (18, Command.LONGER),
        (30, Command.NEXT),
    )
    rate = session.planner.sample_rate
    # The session begins by fading in, and ends by fading out.
    inside = heard[rate : -4 * rate]
    levels = [level(inside[at : at + rate // 10]) for at in range(0, len(inside) - rate // 10, rate // 10)]
    assert -60 < min(levels)
    assert np.abs(heard).max() < 1.0

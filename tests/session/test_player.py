from collections.abc import Sequence
from itertools import count

import numpy as np
import pytest

from voicecoach.output.memory import MemorySink
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Segment, Sound, Speech, Tone
from voicecoach.routine.model import Exercise
from voicecoach.routine.quantities import Range
from voicecoach.routine.work import Wait
from voicecoach.session.controls import Command
from voicecoach.session.player import End, Player
from voicecoach.session.playhead import Place, Playhead
from voicecoach.sound.clip import Clip, Samples

RATE = 1000
"""Frames a second: a block of the player is 20 frames."""


class Recorder:
    """A device whose sound is `lag` frames behind what is written."""

    underruns = 0

    def __init__(self, lag: int) -> None:
        """Record nothing yet."""
        self.lag, self.recorded, self.blocks, self.before = lag, np.zeros(0, np.float32), 0, 0

    def write(self, block: Samples) -> None:
        """Record a block."""
        self.recorded = np.concatenate([self.recorded, block])
        self.blocks += 1

    def heard(self) -> int:
        """Return what has sounded since the last halt."""
        return max(0, len(self.recorded) - self.before - self.lag)

    def halt(self) -> int:
        """Forget what has not sounded."""
        written = len(self.recorded)
        self.recorded = self.recorded[: self.before + self.heard()]
        self.before = len(self.recorded)
        return written - self.before

    def close(self) -> None:
        """Do nothing."""


class Notebook:
    """A screen that writes down what it shows."""

    def __init__(self) -> None:
        """Show nothing yet."""
        self.shown: list[tuple[str, bool]] = []

    def show(self, place: Place, *, paused: bool) -> None:
        """Write down a change."""
        if (now := (place.segment.label, paused)) not in self.shown[-1:]:
            self.shown.append(now)

    def tell(self, text: str) -> None:
        """Write nothing down."""


def clips(sound: Sound) -> Clip:
    """Return 50 frames of ones for speech, ten frames of twos for a tone."""
    length, value = (50, 1) if isinstance(sound, Speech) else (10, 2)
    return Clip(np.full(length, value, np.float32), RATE)


SEGMENTS = (
    Segment(Step(Kind.ANNOUNCE), "announce", 100, (Event(20, Speech("Pigeon.")),)),
    Segment(Step(Kind.HOLD), "hold", 200, (Event(0, Tone("start")), Event(100, Speech("Halfway.")))),
    Segment(Step(Kind.FINISH), "finish", 60, (Event(0, Tone("end")),)),
)
WHOLE = np.zeros(360)
WHOLE[20:70] = WHOLE[200:250] = 1
WHOLE[100:110] = WHOLE[300:310] = 2


def play(
    lag: int = 0, *commands: tuple[int, Command], segments: Sequence[Segment] = SEGMENTS
) -> tuple[End, Recorder, Notebook]:
    """Play the segments, giving each command once so many blocks were written."""
    device, screen = Recorder(lag), Notebook()
    waiting = iter(commands)
    following = next(waiting, None)

    def poll() -> Command | None:
        nonlocal following
        if following and device.blocks >= following[0]:
            command = following[1]
            following = next(waiting, None)
            return command
        return None

    player = Player(
        device, clips, lambda sound: clips(sound).frames, RATE, screen, poll, sleep=lambda _: None
    )
    return player.play(Playhead(segments, has_listener=True)), device, screen


def test_plays_the_frames_of_the_plan() -> None:
    """Without commands, what is written is the session, frame for frame."""
    end, device, screen = play()
    assert (End.FINISHED, WHOLE.tolist()) == (end, device.recorded.tolist())
    assert [("announce", False), ("hold", False), ("finish", False)] == screen.shown


def test_a_pause_loses_nothing() -> None:
    """After a pause in silence the session goes on at the very frame that was heard last."""
    for lag in (0, 7, 30):
        end, device, screen = play(lag, (14, Command.PAUSE), (14, Command.PAUSE))
        assert (End.FINISHED, 360) == (end, len(device.recorded))
        assert ("hold", True) in screen.shown
    assert WHOLE.tolist() == device.recorded.tolist()


def test_a_phrase_that_a_pause_cuts_is_said_again() -> None:
    """The phrase is heard from its start after the pause."""
    _, device, _ = play(0, (2, Command.PAUSE), (2, Command.PAUSE))
    assert WHOLE[:40].tolist() + WHOLE[20:].tolist() == device.recorded.tolist()


def test_next_goes_to_the_next_segment_of_what_is_heard() -> None:
    """Skipping counts from what was heard, not from what was written ahead."""
    _, device, _ = play(40, (7, Command.NEXT))
    # 140 frames written, 100 heard: the hold has just begun, and is skipped.
    assert WHOLE[:100].tolist() + WHOLE[300:].tolist() == device.recorded.tolist()


def test_back_repeats() -> None:
    """Back in the finish plays the hold again."""
    _, device, _ = play(0, (16, Command.BACK))
    assert WHOLE[:320].tolist() + WHOLE[100:].tolist() == device.recorded.tolist()


def test_quit_ends_at_once_also_from_a_pause() -> None:
    """Nothing is written after the end was asked for."""
    end, device, _ = play(0, (3, Command.QUIT))
    assert (End.QUIT, 60) == (end, len(device.recorded))
    end, device, _ = play(0, (4, Command.PAUSE), (4, Command.QUIT))
    assert (End.QUIT, 80) == (end, len(device.recorded))


@pytest.mark.parametrize("key", [Command.OTHER, Command.PAUSE, Command.NEXT])
@pytest.mark.parametrize("kind", [Kind.WAIT, Kind.OPEN])
def test_any_key_goes_on_where_the_session_waits(kind: Kind, key: Command) -> None:
    """Where the listener ends a step, nearly every key does, also one without a meaning of its own."""
    waiting = Segment(Step(kind, exercise=Exercise("Ready", Wait(Range(30, 30)))), "waiting", 200, ())
    end, device, screen = play(0, (8, key), segments=(SEGMENTS[0], waiting, SEGMENTS[2]))
    assert (End.FINISHED, 160 + 60) == (end, len(device.recorded))
    assert [("announce", False), ("waiting", False), ("finish", False)] == screen.shown


def test_a_key_without_a_meaning_changes_nothing() -> None:
    """Elsewhere, and in a pause, other keys are passed over."""
    _, device, screen = play(
        0, (3, Command.OTHER), (14, Command.PAUSE), (14, Command.OTHER), (14, Command.PAUSE)
    )
    assert WHOLE.tolist() == device.recorded.tolist()
    assert ("hold", True) in screen.shown


def test_two_channels_are_rewound_by_frames() -> None:
    """A pause on a device of two channels loses nothing and repeats nothing, wherever a sound stands."""
    sink, screen, commands = MemorySink(latency=30), Notebook(), {14: Command.PAUSE, 15: Command.PAUSE}
    polls = count(1)
    to_the_left = Event(20, Tone("start"), pan=-1.0)
    segments = (Segment(Step(Kind.ANNOUNCE), "announce", 100, (to_the_left,)), *SEGMENTS[1:])
    measure = lambda sound: clips(sound).frames  # noqa: E731
    player = Player(sink, clips, measure, RATE, screen, lambda: commands.get(next(polls)), channels=2)
    assert End.FINISHED == player.play(Playhead(segments))
    left, right = sink.samples.T
    whole = WHOLE.copy()
    whole[20:70] = 0
    whole[20:30] = 2
    assert ("hold", True) in screen.shown
    assert whole.tolist() == left.tolist()
    assert whole[100:].tolist() == right[100:].tolist()
    assert 0 < right[20] < left[20]

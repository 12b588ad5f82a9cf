from collections.abc import Callable, Iterator, Sequence
from itertools import count

import numpy as np
import pytest

from tests.script import desk
from voicecoach.errors import DeviceLostError, OutputError
from voicecoach.history.records import Feel
from voicecoach.output.memory import MemorySink
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Segment, Sound, Speech, Tone
from voicecoach.routine.model import Exercise
from voicecoach.routine.quantities import Range
from voicecoach.routine.work import Wait
from voicecoach.session.controls import Command
from voicecoach.session.overlay import BENEATH_DB, ON_TOP_DB
from voicecoach.session.player import End, Player
from voicecoach.session.playhead import Place
from voicecoach.session.pulse import BEAT_SECONDS, Pulse
from voicecoach.session.question import Answer, Await, Say, Tell
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

    def ready(self, seconds: float) -> bool:
        """Take any block at once."""
        del seconds
        return True

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
        self.told: list[str] = []

    def show(self, place: Place, *, paused: bool) -> None:
        """Write down a change."""
        if (now := (place.segment.label, paused)) not in self.shown[-1:]:
            self.shown.append(now)

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Write down a line."""
        del stays
        self.told.append(text)

    def show_keys(self) -> None:
        """Write down that the keys were shown."""
        self.told.append("keys")


def clips(sound: Sound) -> Clip:
    """Return 50 frames of ones for speech, ten frames of twos for a tone."""
    length, value = (50, 1) if isinstance(sound, Speech) else (10, 2)
    return Clip(np.full(length, value, np.float32), RATE)


SEGMENTS = (
    Segment(Step(Kind.ANNOUNCE), "announce", 100, (Event(20, Speech("Pigeon.")),)),
    Segment(
        Step(Kind.HOLD, seconds=0.2), "hold", 200, (Event(0, Tone("start")), Event(100, Speech("Halfway.")))
    ),
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

    session = desk(segments, clips, lambda sound: clips(sound).frames, RATE, has_listener=True)
    player = Player(device, session, screen, poll, sleep=lambda _: None)
    return player.play(), device, screen


def test_plays_the_frames_of_the_plan() -> None:
    """Without commands, what is written is the session, frame for frame."""
    end, device, screen = play()
    assert (End.FINISHED, WHOLE.tolist()) == (end, device.recorded.tolist())
    assert [("announce", False), ("hold", False), ("finish", False)] == screen.shown


def aside(*sounds: tuple[int, Sound], frames: int) -> list[float]:
    """Return sounds at their onsets, in so many frames."""
    block = np.zeros(frames)
    for onset, sound in sounds:
        samples = clips(sound).samples
        block[onset : onset + len(samples)] = samples
    return block.tolist()


COUNTDOWN = [(onset, Speech(number)) for onset, number in ((0, "three"), (1000, "two"), (2000, "one"))]
INTO = aside(*COUNTDOWN, frames=3000)
"""The countdown to a set that begins."""
BACK = aside(*COUNTDOWN, (3000, Tone("start")), frames=3000 + 10 + 250)
"""The countdown back into the middle of a set."""
ACK = aside((0, Tone("ack")), frames=10 + 250)
"""The answer to a command, before what is about to sound."""


def answered(samples: np.ndarray, at: int) -> list[float]:
    """Return samples with the answer to a command over them."""
    block = samples.copy()
    beneath, above = np.float32(10 ** (BENEATH_DB / 20)), np.float32(10 ** (ON_TOP_DB / 20))
    block[at : at + 10] = (block[at : at + 10].astype(np.float32) * beneath + 2 * above).astype(float)
    return block.tolist()


def test_after_a_pause_a_set_is_counted_in() -> None:
    """After a pause in silence the session goes on at the very frame that was heard last."""
    for lag in (0, 7, 30):
        end, device, screen = play(lag, (14, Command.PAUSE), (14, Command.PAUSE))
        assert End.FINISHED == end
        heard = 280 - lag if lag else 280
        assert len(WHOLE) + len(BACK) == len(device.recorded)
        assert BACK == device.recorded[heard : heard + len(BACK)].tolist()
        assert ("hold", True) in screen.shown
        rest = [*device.recorded[:heard], *device.recorded[heard + len(BACK) :]]
        assert WHOLE.tolist() == rest


def test_a_phrase_that_a_pause_cuts_is_said_again() -> None:
    """The phrase is heard from its start after the pause; outside a set nothing is counted."""
    _, device, _ = play(0, (2, Command.PAUSE), (2, Command.PAUSE))
    assert WHOLE[:40].tolist() + WHOLE[20:].tolist() == device.recorded.tolist()


def test_after_a_long_pause_the_headphones_are_woken() -> None:
    """A tone, and the time that headphones take to wake, come before the countdown."""
    session, device = desk(SEGMENTS, clips, lambda sound: clips(sound).frames, RATE), Recorder(0)
    commands = iter([*[None] * 13, Command.PAUSE, Command.PAUSE])
    clock = [0.0]

    def poll() -> Command | None:
        return next(commands, None)

    def sleep(_: float) -> None:
        clock[0] += 30

    Player(device, session, Notebook(), poll, sleep=sleep, now=lambda: clock[0]).play()
    assert BACK == device.recorded[280 : 280 + len(BACK)].tolist()

    session, device = desk(SEGMENTS, clips, lambda sound: clips(sound).frames, RATE), Recorder(0)
    commands = iter([*[None] * 13, Command.PAUSE, Command.OTHER, Command.PAUSE])
    Player(device, session, Notebook(), poll, sleep=sleep, now=lambda: clock[0]).play()
    wake = aside((0, Tone("wake")), frames=1500)
    assert [*wake, *BACK] == device.recorded[280 : 280 + 1500 + len(BACK)].tolist()


def test_next_goes_to_the_next_segment_of_what_is_heard() -> None:
    """Skipping counts from what was heard, not from what was written ahead; it is answered first."""
    _, device, _ = play(40, (7, Command.NEXT))
    # 140 frames written, 100 heard: the hold has just begun, and is skipped.
    assert WHOLE[:100].tolist() + ACK + WHOLE[300:].tolist() == device.recorded.tolist()


def test_back_repeats() -> None:
    """Back in the finish plays the hold again, counted in."""
    _, device, _ = play(0, (16, Command.BACK))
    assert WHOLE[:320].tolist() + ACK + INTO + WHOLE[100:].tolist() == device.recorded.tolist()


def test_a_command_within_a_set_takes_no_time() -> None:
    """The answer lies over what goes on, which is softer meanwhile; the set is as long as it was."""
    _, device, screen = play(0, (8, Command.MUTE))
    expected = WHOLE.copy()
    expected[200:250] = 0
    assert answered(expected, 160) == pytest.approx(device.recorded.tolist())
    assert ["talk off"] == screen.told


def test_a_command_cuts_no_announcement() -> None:
    """The phrase that a command came into is said again, after the answer."""
    _, device, _ = play(0, (2, Command.TONES_LOUDER))
    assert WHOLE[:40].tolist() + ACK + WHOLE[20:].tolist() == device.recorded.tolist()


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
    assert (End.FINISHED, 160 + len(ACK) + 60) == (end, len(device.recorded))
    assert [("announce", False), ("waiting", False), ("finish", False)] == screen.shown


def test_a_key_without_a_meaning_changes_nothing() -> None:
    """Elsewhere, and in a pause, other keys are passed over."""
    _, device, screen = play(
        0, (3, Command.OTHER), (14, Command.PAUSE), (14, Command.OTHER), (14, Command.PAUSE)
    )
    assert WHOLE[:280].tolist() + BACK + WHOLE[280:].tolist() == device.recorded.tolist()
    assert ("hold", True) in screen.shown


def test_two_channels_are_rewound_by_frames() -> None:
    """A pause on a device of two channels loses nothing and repeats nothing, wherever a sound stands."""
    sink, screen, commands = MemorySink(latency=30), Notebook(), {14: Command.PAUSE, 15: Command.PAUSE}
    polls = count(1)
    to_the_left = Event(20, Tone("start"), pan=-1.0)
    segments = (Segment(Step(Kind.ANNOUNCE), "announce", 100, (to_the_left,)), *SEGMENTS[1:])
    measure = lambda sound: clips(sound).frames  # noqa: E731
    session = desk(segments, clips, measure, RATE)
    player = Player(sink, session, screen, lambda: commands.get(next(polls)), channels=2)
    assert End.FINISHED == player.play()
    left, right = sink.samples.T
    whole = WHOLE.copy()
    whole[20:70] = 0
    whole[20:30] = 2
    assert ("hold", True) in screen.shown
    whole = np.concatenate([whole[:250], BACK, whole[250:]])
    assert whole.tolist() == left.tolist()
    assert whole[100:].tolist() == right[100:].tolist()
    assert 0 < right[20] < left[20]


class Sleeper(Recorder):
    """A device on a machine that sleeps while a certain block is written."""

    def __init__(self, asleep_at: int, clock: list[float]) -> None:
        """Sleep once so many blocks were written."""
        super().__init__(lag=30)
        self.asleep_at, self.clock = asleep_at, clock

    def write(self, block: Samples) -> None:
        """Write, an hour later if that is when it sleeps."""
        super().write(block)
        self.clock[0] += 3600 if self.blocks == self.asleep_at else 0.02


SLEPT = "the computer slept for 1:00:00; it goes on at the start of the set"


def test_after_sleep_the_session_pauses_and_says_so() -> None:
    """Nothing is rattled off; the set begins anew, counted in, when the listener is there again."""
    clock, screen = [0.0], Notebook()
    device = Sleeper(14, clock)
    session = desk(SEGMENTS, clips, lambda sound: clips(sound).frames, RATE)
    polls = count(1)

    def poll() -> Command | None:
        return Command.PAUSE if device.clock[0] > 3600 and next(polls) == 20 else None

    def sleep(seconds: float) -> None:
        # What was written sounds meanwhile.
        device.lag = 0
        clock[0] += seconds

    now = lambda: clock[0]  # noqa: E731
    Player(device, session, screen, poll, sleep=sleep, now=now, pulse=Pulse(now)).play()
    said = clips(Speech("The computer was asleep. We pause here.")).samples.tolist()
    # 280 frames were written, 250 of them heard.
    assert WHOLE[:250].tolist() == device.recorded[:250].tolist()
    assert said == device.recorded[250:300].tolist()
    after = device.recorded[250:].tolist()
    assert INTO + WHOLE[100:].tolist() == after[-len(INTO) - 260 :]
    assert not np.any(after[50 : -len(INTO) - 260])
    assert [SLEPT] == screen.told
    assert ("hold", True) in screen.shown


def test_after_sleep_with_nobody_to_press_a_key_it_goes_on() -> None:
    """It says so, counts the set in, and begins it anew."""
    clock, screen = [0.0], Notebook()
    device = Sleeper(14, clock)
    session = desk(SEGMENTS, clips, lambda sound: clips(sound).frames, RATE)
    Player(device, session, screen, pulse=Pulse(lambda: clock[0]), has_listener=False).play()
    said = clips(Speech("The computer was asleep. We go on.")).samples.tolist()
    after = device.recorded[250:].tolist()
    assert said == after[:50]
    assert INTO + WHOLE[100:].tolist() == after[-len(INTO) - 260 :]
    assert [SLEPT] == screen.told


@pytest.mark.parametrize("is_ahead", [True, False])
@pytest.mark.parametrize(("slept", "told"), [(0, []), (3600, [SLEPT])])
def test_a_phrase_that_takes_long_to_be_spoken(slept: float, told: list[str], *, is_ahead: bool) -> None:
    """That is no sleep; a sleep in the middle of it is told of as any other, also while planning ahead."""
    clock, screen, finished = [0.0], Notebook(), Speech("Finished.")
    pulse, spoken = Pulse(lambda: clock[0]), set[Sound]()

    def speak(sound: Sound) -> Clip:
        if sound == finished and sound not in spoken:
            spoken.add(sound)
            for seconds in (*[BEAT_SECONDS] * 20, slept):
                clock[0] += seconds
                pulse.beat()
        return clips(sound)

    def segments() -> Iterator[Segment]:
        yield from SEGMENTS
        if is_ahead:
            speak(finished)
        yield Segment(Step(Kind.FINISH), "finished", 60, (Event(0, finished),))

    session = desk(segments(), speak, lambda sound: speak(sound).frames, RATE)
    Player(Recorder(0), session, screen, pulse=pulse, has_listener=False).play()
    assert {finished} == spoken
    assert told == screen.told


class Loser(Recorder):
    """A device that is lost once so many blocks were written."""

    def __init__(self, lost_at: int) -> None:
        """Have 30 frames that were not heard."""
        super().__init__(lag=30)
        self.lost_at = lost_at
        self.underruns = 1

    def write(self, block: Samples) -> None:
        """Write, or fail."""
        if self.blocks == self.lost_at:
            message = "the sound device was lost"
            raise DeviceLostError(message)
        super().write(block)


class Returns:
    """Open a device that is there after so many attempts."""

    def __init__(self, attempts: int) -> None:
        """Count the attempts."""
        self.attempts, self.tried, self.device = attempts, 0, Recorder(0)

    def __call__(self) -> Recorder:
        """Open it."""
        self.tried += 1
        if self.tried < self.attempts:
            message = "no sound device can be opened"
            raise OutputError(message)
        return self.device


def losing(
    lost_at: int, attempts: int, poll: Callable[[], Command | None] = lambda: None
) -> tuple[Player, Notebook, Returns, list[float]]:
    """Return a player whose device is lost and comes back, and its clock."""
    clock, screen, back = [0.0], Notebook(), Returns(attempts)

    def sleep(seconds: float) -> None:
        clock[0] += seconds

    session = desk(SEGMENTS, clips, lambda sound: clips(sound).frames, RATE)
    player = Player(Loser(lost_at), session, screen, poll, reopen=back, sleep=sleep, now=lambda: clock[0])
    return player, screen, back, clock


def test_a_device_that_is_lost_is_waited_for() -> None:
    """The session pauses, tries again at longer and longer intervals, and goes on at the start of the set."""
    player, screen, back, clock = losing(14, attempts=4)
    assert End.FINISHED is player.play()
    assert ["the sound device was lost; trying again", "the sound is back"] == screen.told
    assert ("hold", True) in screen.shown
    assert pytest.approx(0.5 + 1 + 2 + 4, abs=0.2) == clock[0]
    said = clips(Speech("The sound was gone. We go on.")).samples.tolist()
    recorded = back.device.recorded.tolist()
    assert said == recorded[:50]
    assert INTO + WHOLE[100:].tolist() == recorded[-len(INTO) - 260 :]
    assert 1 == player.underruns


def test_who_waits_for_a_device_can_end_the_session() -> None:
    """The key to end it works also without sound."""
    polls = count(1)
    player, _, back, _ = losing(14, 1000, lambda: Command.QUIT if next(polls) == 40 else None)
    assert End.QUIT is player.play()
    assert 0 < back.tried < 5


def test_a_device_that_stays_away_ends_the_session() -> None:
    """After half an hour the fault is reported."""
    player, _, back, clock = losing(14, 10_000)
    with pytest.raises(DeviceLostError, match="the sound device was lost"):
        player.play()
    assert 1800 <= clock[0] < 1830
    assert back.tried < 300


def test_in_a_pause_what_can_be_done_is_done() -> None:
    """The keys, the talk and the levels are changed, and where one is is told; the pause goes on."""
    commands = [Command.HELP, Command.MUTE, Command.OTHER, Command.SAY, Command.PAUSE]
    _, device, screen = play(0, (14, Command.PAUSE), *((14, command) for command in commands))
    assert ["keys", "talk off"] == screen.told
    silent = aside((3000, Tone("start")), frames=len(BACK))
    assert silent == device.recorded[280 : 280 + len(BACK)].tolist()


def test_the_screen_is_as_late_as_the_headphones() -> None:
    """What is shown is behind what the device says by the latency that was given."""
    session, screen = desk(SEGMENTS, clips, lambda sound: clips(sound).frames, RATE), Moments()
    Player(Recorder(0), session, screen, latency=50).play()
    assert [0, 10, 30, 50] == [place.passed for place in screen.places[1:5]]


class Moments(Notebook):
    """A screen that keeps all moments."""

    def __init__(self) -> None:
        """Keep none yet."""
        super().__init__()
        self.places: list[Place] = []

    def show(self, place: Place, *, paused: bool) -> None:
        """Keep a moment."""
        del paused
        self.places.append(place)


def test_the_backdrop_of_each_block_is_written() -> None:
    """A noise bed is under all that is heard."""
    session, device = desk(SEGMENTS, clips, lambda sound: clips(sound).frames, RATE), Recorder(0)
    Player(device, session, Notebook(), backdrop=lambda block, _: block + np.float32(0.5)).play()
    assert (WHOLE + 0.5).tolist() == device.recorded.tolist()


class Full(Recorder):
    """A device that takes phrases whole, and has no room for a while after each."""

    def __init__(self) -> None:
        """Have room."""
        super().__init__(lag=0)
        self.asked = 0

    def ready(self, seconds: float) -> bool:
        """Have room at every tenth time of asking."""
        assert 0 < seconds < 0.1
        self.asked += 1
        return self.asked % 10 == 0


def test_a_key_is_heard_also_while_the_device_is_full() -> None:
    """Whoever presses a key does not wait until the device takes the next block."""
    device, polls = Full(), count(1)
    session = desk(SEGMENTS, clips, lambda sound: clips(sound).frames, RATE)
    poll = lambda: Command.QUIT if next(polls) == 34 else None  # noqa: E731
    assert End.QUIT is Player(device, session, Notebook(), poll).play()
    assert (34, 3) == (device.asked, device.blocks)


class Asked:
    """A question that notes how it is asked, and gets an answer at once."""

    def __init__(self, *, due: bool) -> None:
        """Not asked yet."""
        self.due = due
        self.commands: list[Command | None] = []

    def is_due(self) -> bool:
        """Tell whether it is to be asked."""
        return self.due

    def ask(self, say: Say, wait: Await, tell: Tell) -> Answer:
        """Say something, and wait."""
        tell("how was it")
        aside = Segment(Step(Kind.FINISH), "question", 60, (Event(0, Speech("How was it?")),))
        self.commands += [say(aside), wait(0.5)]
        return Answer(Feel.RIGHT)


def asked(*commands: Command | None, due: bool = True) -> tuple[Answer, list[Command | None], Recorder]:
    """Play a session that is asked about; give one command, or none, with each look at the controls."""
    device, question, clock = Recorder(5), Asked(due=due), count()
    waiting = iter(commands)
    session = desk(SEGMENTS, clips, lambda sound: clips(sound).frames, RATE, has_listener=True)
    player = Player(
        device,
        session,
        Notebook(),
        lambda: next(waiting, None),
        sleep=lambda _: None,
        now=lambda: next(clock) / 10,
        question=question,
    )
    player.play()
    return player.answer, question.commands, device


def test_it_is_asked_when_the_session_has_ended() -> None:
    """All of it is heard first, then the question; what was pressed before is no answer."""
    before = [None] * 18
    answer, commands, device = asked(*before, Command.NEXT)
    assert (Answer(Feel.RIGHT), [None, None]) == (answer, commands)
    np.testing.assert_array_equal(WHOLE[:355], device.recorded[:355])
    assert 50 == np.count_nonzero(device.recorded[355:])


def test_who_ends_a_session_is_asked_in_silence() -> None:
    """The question is shown, and nothing is heard any more."""
    answer, commands, device = asked(None, None, Command.QUIT, Command.HARDER)
    assert (Answer(Feel.RIGHT), [None, Command.HARDER]) == (answer, commands)
    assert len(device.recorded) < 100


def test_where_nothing_was_done_nothing_is_asked() -> None:
    """A session of which no set was done to its end ends as it always did."""
    answer, commands, _ = asked(due=False)
    assert (Answer(), []) == (answer, commands)

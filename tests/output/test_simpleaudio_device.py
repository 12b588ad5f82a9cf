from importlib.util import find_spec

import numpy as np
import pytest

from voicecoach.errors import ChoiceError, DeviceLostError, OutputError
from voicecoach.output.islands import GAP, LONGEST
from voicecoach.output.lateness import SHARE
from voicecoach.output.simpleaudio_device import AHEAD, DUE, LEAD, PRELUDE, SimpleaudioDevice, open_device
from voicecoach.output.simpleaudio_link import Link

RATE = 1000
BLOCK = 20


class FakeLink(Link):
    """Stands for the process that plays, with the clock of the test; takes down what was sent."""

    def __init__(self) -> None:
        """Begin at second 10."""
        self.now = 10.0
        self.slip = 0.0
        self.slips = 0
        self.fault = ""
        self.done = True
        self.sent: list[tuple[float, int]] = []
        self.halts = 0
        self.closed = False

    def clock(self) -> float:
        """Return the moment that the test has set."""
        return self.now

    def play(self, moment: float, pcm: bytes) -> None:
        """Take down when a buffer is to start, and how many frames it has, on one channel."""
        assert moment + self.slip > self.now
        self.sent.append((round(moment, 3), len(pcm) // 2))

    def halt(self) -> None:
        """Count."""
        self.halts += 1
        self.slip = 0.0

    def wait(self, timeout: float) -> None:
        """Let time pass, some of it at least."""
        self.now += max(timeout, 1e-6)

    def look(self) -> None:
        """See nothing wrong."""

    def finish(self) -> None:
        """Be done at once."""

    def close(self) -> None:
        """Take down that it was closed."""
        self.closed = True


@pytest.fixture
def link() -> FakeLink:
    """Make the double of the process."""
    return FakeLink()


@pytest.fixture
def sink(link: FakeLink) -> SimpleaudioDevice:
    """Open a sink on the double and its clock."""
    return SimpleaudioDevice(RATE, link, link.clock)


def write(sink: SimpleaudioDevice, seconds: float, level: float = 0.0) -> None:
    """Write so much of a level, in blocks, as a player does."""
    left = round(seconds * RATE)
    while left:
        sink.write(np.full(min(BLOCK, left), level, np.float32))
        left -= min(BLOCK, left)


def test_each_island_starts_at_its_own_moment(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """Moments are those of the frames: two sounds 2 s apart in the session start 2 s apart."""
    write(sink, 1.0)
    write(sink, 0.5, 0.3)
    write(sink, 1.5)
    write(sink, 0.25, 0.3)
    write(sink, 1.0)
    first = 10 + LEAD + 1.0
    assert [(first, 500), (first + 2.0, 250)] == link.sent
    assert 0 == sink.underruns


def test_two_channels_have_the_same_moments(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """Frames are counted, not numbers: a sound on one side starts at its moment, and a halt is as exact."""
    sides = np.zeros((4000, 2), np.float32)
    sides[1000:1500, 0] = sides[2000:2250, 1] = 0.3
    for first in range(0, len(sides), BLOCK):
        sink.write(sides[first : first + BLOCK])
    first = 10 + LEAD + 1.0
    assert [(first, 2 * 500), (first + 1.0, 2 * 250)] == link.sent
    heard = sink.heard()
    assert (4000, round((link.now - 10 - LEAD) * RATE)) == (heard + sink.halt(), heard)


def test_writing_is_a_little_ahead_of_what_sounds(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """In silence the writer waits, so that it is never ahead by more than the look-ahead."""
    write(sink, 5.0)
    ahead = 5.0 - (link.now - 10 - LEAD)
    assert ahead == pytest.approx(AHEAD + BLOCK / RATE, abs=0.001)
    assert 5000 - sink.heard() == pytest.approx(ahead * RATE, abs=1)


def test_an_island_is_collected_without_waiting(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """A long phrase is taken at once up to the silence after it, and starts whole."""
    write(sink, 4.0, 0.3)
    assert 10.0 == link.now
    write(sink, GAP + 0.02)
    assert [(10 + LEAD, 4000)] == link.sent


def test_nothing_counts_as_heard_before_it_was_sent(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """While an island is being collected, what has been heard ends where it begins."""
    write(sink, 1.0)
    write(sink, 3.0, 0.3)
    link.now = 10 + LEAD + 1.0 - DUE - 0.01
    assert 960 == sink.heard()
    assert [] == link.sent


def test_a_slow_writer_puts_the_first_island_off(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """Before anything has sounded, a phrase that is slow to come is waited for, not cut in two."""
    for _ in range(200):
        sink.write(np.full(BLOCK, 0.3, np.float32))
        link.now += 0.0015
    write(sink, GAP + 0.02)
    assert [4000] == [frames for _, frames in link.sent]
    assert 0 == sink.underruns


def test_a_sound_that_is_due_is_sent_as_it_is(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """A writer that stops in the middle of a sound is heard up to there when the moment comes."""
    write(sink, 0.1, 0.3)
    link.now += PRELUDE
    sink.heard()
    assert [(10 + PRELUDE + DUE, 100)] == link.sent


def test_a_writer_that_stalls_within_a_sound_puts_the_rest_off(
    sink: SimpleaudioDevice, link: FakeLink
) -> None:
    """The sound so far and the rest of it join, though both come late; the stall is counted once."""
    write(sink, 0.1, 0.3)
    write(sink, 0.9)
    write(sink, 0.2, 0.3)
    link.now += 5
    late = link.now
    write(sink, 0.3, 0.3)
    write(sink, 0.1)
    assert [(round(late + DUE, 3), 200), (round(late + DUE + 0.2, 3), 300)] == link.sent[1:]
    assert 1 == sink.underruns


def test_a_sound_without_end_is_sent_in_pieces(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """Pieces of endless sound join: each starts where the one before it ends."""
    write(sink, 2 * LONGEST, 0.3)
    first = 10 + LEAD
    assert [(first, LONGEST * RATE), (first + LONGEST, LONGEST * RATE)] == link.sent


def test_a_late_writer_puts_the_rest_off(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """After a stall the session goes on where it was, later, and the stall is counted."""
    write(sink, 1.0)
    link.now = 100.0
    assert 1000 == sink.heard()
    write(sink, 0.5, 0.3)
    write(sink, 0.5)
    assert [(100 + LEAD, 500)] == link.sent
    assert 1 == sink.underruns


def test_a_silence_makes_good_what_was_put_off(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """A sound that comes late is as late as need be; the one after a silence is back at its moment."""
    write(sink, 0.2, 0.3)
    write(sink, 0.8)
    link.now += 0.7
    resumed = link.now
    write(sink, 0.5, 0.3)
    write(sink, 1.5)
    write(sink, 0.25, 0.3)
    write(sink, 1.0)
    first = 10 + LEAD
    assert [(first, 200), (round(resumed + LEAD, 3), 500), (first + 3.0, 250)] == link.sent
    assert 1 == sink.underruns
    assert 4250 == sink.heard() + sink.halt()


def test_what_the_process_put_off_is_made_good(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """The process starts everything 0.2 s later: what comes after the next silence is sent 0.2 s earlier."""
    write(sink, 1.0)
    write(sink, 0.5, 0.3)
    write(sink, 0.1)
    link.slip, link.slips = 0.2, 1
    write(sink, 1.4)
    write(sink, 0.25, 0.3)
    write(sink, 1.0)
    assert [10 + LEAD + 1.0, 10 + LEAD + 3.0 - 0.2] == [moment for moment, _ in link.sent]
    assert 1 == sink.underruns


def test_some_silence_is_kept_between_two_sounds(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """A session that is far behind catches up bit by bit: sounds do not run together."""
    write(sink, 1.0, 0.3)
    write(sink, 0.2)
    link.slip, link.slips = 1.5, 1
    for _ in range(3):
        write(sink, 0.5, 0.3)
        write(sink, 0.2)
    gaps = [
        later - earlier - frames / RATE
        for (earlier, frames), (later, _) in zip(link.sent, link.sent[1:], strict=False)
    ]
    assert all(0.2 * (1 - SHARE) <= round(gap, 3) < 0.2 for gap in gaps[1:])


def test_a_halt_returns_what_has_not_sounded(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """By the clock, 1 s of a noise of 4 s has sounded: the rest is unheard, and counting begins anew."""
    write(sink, 4.0, 0.3)
    write(sink, 0.06)
    link.now += LEAD + 1.0
    assert (1000, 3060) == (sink.heard(), sink.halt())
    assert (1, 0) == (link.halts, sink.heard())
    link.now += 60
    write(sink, 0.1, 0.3)
    write(sink, 0.1)
    assert (round(link.now + LEAD, 3), 100) == link.sent[-1]
    assert 0 == sink.underruns


def test_what_the_process_put_off_is_not_heard_yet(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """When the process starts everything 2 s later, so does the count; and it is an underrun."""
    write(sink, 4.0, 0.3)
    write(sink, 0.06)
    link.slip, link.slips = 2.0, 1
    link.now += LEAD + 3.0
    assert (1000, 1) == (sink.heard(), sink.underruns)


def test_a_lost_device_is_an_error_once(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """Writing says what happened and what to do; the process is ended, and closing is quiet."""
    write(sink, 0.1)
    link.fault = "the sound ended early"
    with pytest.raises(DeviceLostError, match=r"\(the sound ended early\); .* --device none$"):
        write(sink, 0.1)
    assert link.closed
    sink.close()


def test_a_last_sound_without_end_is_a_lost_device(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """A device that stalls for good is told from one that has played all."""
    write(sink, 2.0, 0.3)
    link.done = False
    with pytest.raises(DeviceLostError, match="the last sound does not end"):
        sink.close()
    assert link.closed


def test_closing_waits_for_the_end(sink: SimpleaudioDevice, link: FakeLink) -> None:
    """A sound without a silence after it is sent and heard to its end."""
    write(sink, 2.0, 0.3)
    sink.close()
    assert [2000] == [frames for _, frames in link.sent]
    assert link.now >= 10 + LEAD + 2.0
    assert link.closed


@pytest.mark.parametrize(
    ("rate", "output", "message"),
    [(24_000, "Headphones", "--device 'miniaudio:Headphones'"), (12_345, None, "plays no 12345 Hz")],
)
def test_what_simpleaudio_cannot_do_is_said(rate: int, output: str | None, message: str) -> None:
    """It has one output and few sample rates; miniaudio has them all."""
    with pytest.raises(ChoiceError, match=message):
        open_device(rate, output)


@pytest.mark.skipif(find_spec("simpleaudio") is not None, reason="simpleaudio is installed")
def test_a_missing_library_is_an_error() -> None:
    """Where the process cannot import simpleaudio, opening says so."""
    with pytest.raises(OutputError, match="cannot be imported"):
        open_device(24_000)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Segment, Sound, Speech
from voicecoach.sound.clip import Clip
from voicecoach.sound.render import FAR_DB, balance, render, silence
from voicecoach.units import decibels, gain

RATE = 24_000


def letters(sound: Sound) -> Clip:
    """Return a clip of one frame a letter, whose samples are the letters' codes."""
    assert isinstance(sound, Speech)
    return Clip(np.array([ord(letter) for letter in sound.text], np.float32), RATE)


def segment(frames: int, *events: Event) -> Segment:
    """Return a segment that sounds of letters."""
    return Segment(Step(Kind.HOLD), "Pigeon", frames, events)


EVENTS = st.lists(
    st.builds(
        Event,
        onset=st.integers(0, 40),
        sound=st.text("abcdef", min_size=1, max_size=10).map(Speech),
        gain_db=st.sampled_from([0.0, -6.0]),
        pan=st.floats(-1, 1),
    )
).map(lambda events: tuple(sorted(events, key=lambda event: event.onset)))


def test_mixes() -> None:
    """Sounds stand at their onsets, on silence, and add up where they meet."""
    rendered = np.concatenate(
        list(render(segment(6, Event(1, Speech("ab")), Event(2, Speech("c"))), letters, 4))
    )
    assert [0, 97, 98 + 99, 0, 0, 0] == rendered.tolist()


def test_gain() -> None:
    """The gain of an event is applied to it alone."""
    (block,) = render(segment(2, Event(0, Speech("a"), gain_db=-20), Event(1, Speech("a"))), letters, 4)
    assert [np.float32(9.7), np.float32(97)] == block.tolist()


@given(EVENTS, st.integers(1, 70), st.integers(1, 70), st.integers(0, 55), st.sampled_from([1, 2]))
def test_block_size_and_start_never_change_the_audio(
    events: tuple[Event, ...], blocksize: int, other: int, start: int, channels: int
) -> None:
    """However a segment is cut into blocks, and wherever one begins, the frames are the same."""
    whole = np.concatenate(list(render(segment(55, *events), letters, blocksize, channels=channels)))
    again = [silence(0, channels), *render(segment(55, *events), letters, other, start, channels)]
    assert 55 == len(whole)
    assert whole[start:].tolist() == np.concatenate(again).tolist()


@pytest.mark.parametrize("channels", [1, 2])
def test_silence_is_shared_and_clips_are_asked_for_once(channels: int) -> None:
    """Blocks without sound are one and the same; a clip is asked for only when its first block is due."""
    asked: list[Sound] = []

    def clips(sound: Sound) -> Clip:
        asked.append(sound)
        return letters(sound)

    blocks = render(segment(40, Event(25, Speech("abcdefghijkl"))), clips, 10, channels=channels)
    first, second = next(blocks), next(blocks)
    assert first is second
    assert not first.flags.writeable
    assert [] == asked
    assert 2 == len(list(blocks))
    assert [Speech("abcdefghijkl")] == asked


def test_a_side_is_softer_never_louder() -> None:
    """What stands to the left is as loud there as in the middle, and 6 dB softer on the right."""
    events = (Event(0, Speech("a"), pan=-1), Event(1, Speech("a")), Event(2, Speech("a"), pan=1))
    (block,) = render(segment(3, *events), letters, 4, channels=2)
    far = pytest.approx(97 * gain(-6))
    assert [[97, far], [97, 97], [far, 97]] == block.tolist()


def test_half_way_to_the_side() -> None:
    """The far side falls by as many dB with each step to the side."""
    left, right = balance(0.5)
    assert pytest.approx((-FAR_DB / 2, 0.0)) == (decibels(left), decibels(right))


@given(EVENTS)
def test_what_stands_in_the_middle_is_the_same_on_both_sides(events: tuple[Event, ...]) -> None:
    """On one channel nothing stands to a side; on two, without a side, each is that channel, to the bit."""
    middle = [Event(event.onset, event.sound, event.gain_db) for event in events]
    (mono,) = render(segment(55, *events), letters, 55)
    (stereo,) = render(segment(55, *middle), letters, 55, channels=2)
    assert (55,) == mono.shape
    assert mono.tolist() == stereo[:, 0].tolist() == stereo[:, 1].tolist()


@given(st.floats(-1, 1))
def test_a_device_of_one_channel_loses_little(pan: float) -> None:
    """Half of the sum of both sides is never louder than in the middle, and at most 4.1 dB softer."""
    (block,) = render(segment(3, Event(0, Speech("abc"), pan=pan)), letters, 4, channels=2)
    lost = block.mean(axis=1) / [97, 98, 99]
    assert -4.1 < decibels(lost.min()) <= decibels(lost.max()) <= 0


@given(EVENTS)
def test_sides_never_cancel(events: tuple[Event, ...]) -> None:
    """Whatever stands where, added up it is as if each sound had only become softer."""
    softer = {event: decibels((1 + gain(-FAR_DB * abs(event.pan))) / 2) for event in events}
    alone = [Event(event.onset, event.sound, event.gain_db + softer[event]) for event in events]
    (stereo,) = render(segment(55, *events), letters, 55, channels=2)
    (mono,) = render(segment(55, *alone), letters, 55)
    assert pytest.approx(mono, rel=1e-5) == stereo.mean(axis=1)

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Event, Segment, Sound, Speech
from voicecoach.sound.clip import Clip
from voicecoach.sound.render import render, silence

RATE = 24_000


def letters(sound: Sound) -> Clip:
    """Return a clip of one frame a letter, whose samples are the letters' codes."""
    assert isinstance(sound, Speech)
    return Clip(np.array([ord(letter) for letter in sound.text], np.float32), RATE)


def segment(frames: int, *events: Event) -> Segment:
    """Return a segment that sounds of letters."""
    return Segment(Step(Kind.HOLD), "Pigeon", frames, events)


EVENTS = st.lists(
    st.builds(Event, onset=st.integers(0, 40), sound=st.text("abcdef", min_size=1, max_size=10).map(Speech))
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


@given(EVENTS, st.integers(1, 70), st.integers(1, 70), st.integers(0, 55))
def test_block_size_and_start_never_change_the_audio(
    events: tuple[Event, ...], blocksize: int, other: int, start: int
) -> None:
    """However a segment is cut into blocks, and wherever one begins, the frames are the same."""
    whole = np.concatenate(list(render(segment(55, *events), letters, blocksize)))
    again = [silence(0), *render(segment(55, *events), letters, other, start)]
    assert 55 == len(whole)
    assert whole[start:].tolist() == np.concatenate(again).tolist()


def test_silence_is_shared_and_clips_are_asked_for_once() -> None:
    """Blocks without sound are one and the same; a clip is asked for only when its first block is due."""
    asked: list[Sound] = []

    def clips(sound: Sound) -> Clip:
        asked.append(sound)
        return letters(sound)

    blocks = render(segment(40, Event(25, Speech("abcdefghijkl"))), clips, 10)
    first, second = next(blocks), next(blocks)
    assert first is second
    assert not first.flags.writeable
    assert [] == asked
    assert 2 == len(list(blocks))
    assert [Speech("abcdefghijkl")] == asked

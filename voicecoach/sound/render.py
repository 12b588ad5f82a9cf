"""The renderer: a segment to blocks of sound. The same blocks for a device and for a file.

It holds one block and the clips that sound in it, whatever the length of the session; where nothing
sounds, every block is the same silence.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import numpy as np

from voicecoach import units
from voicecoach.plan.timeline import Event, Moment, Segment, Sound, with_following
from voicecoach.sound.backdrop import Backdrop, no_backdrop
from voicecoach.sound.clip import Clip, Samples

Clips = Callable[[Sound], Clip]
"""Return the clip of a sound: the very one that was measured when it got its place."""

FAR_DB = 6.0
"""By how much the far side is softer where a sound stands all to one side, in dB.

That is clearly to the side, and still heard by somebody who wears the other ear bud alone. The near side
is never louder than in the middle: clips peak at their ceiling. Both sides swing together, so nothing
cancels where a device adds them up: half of the sum is at most 2.5 dB softer than a sound in the middle.
"""


def render(
    segment: Segment, clips: Clips, blocksize: int, start: int = 0, channels: int = 1
) -> Iterator[Samples]:
    """Yield a segment as blocks, from a frame of it on.

    Args:
        segment: what is heard.
        clips: where the sound of an event comes from; asked once for each, when its block is due.
        blocksize: frames of a block; the last one may be shorter.
        start: the first frame wanted, counted from the start of the segment.
        channels: 1, where nothing stands to a side; or 2, left and right.

    Yields:
        Float32, shape (frames,) on one channel, (frames, 2) on two. Silent blocks share their memory and
        cannot be written to.
    """
    spread = _SPREAD[channels]
    coming = deque(segment.events)
    sounding: list[tuple[int, Samples]] = []
    for position in range(start, segment.frames, blocksize):
        end = min(position + blocksize, segment.frames)
        while coming and coming[0].onset < end:
            event = coming.popleft()
            sounding.append((event.onset, spread(clips(event.sound).samples, event)))
        if sounding:
            yield _mix(sounding, position, zeros(end - position, channels))
            sounding = [(onset, samples) for onset, samples in sounding if onset + len(samples) > end]
        else:
            yield silence(end - position, channels)


def render_all(
    segments: Iterable[Segment],
    clips: Clips,
    blocksize: int,
    channels: int = 1,
    backdrop: Backdrop = no_backdrop,
) -> Iterator[Samples]:
    """Yield a whole session as blocks, with what lies beneath it; see `render`."""
    for segment, following in with_following(segments):
        offset = 0
        for block in render(segment, clips, blocksize, channels=channels):
            yield backdrop(block, Moment(segment, offset, following))
            offset += len(block)


def balance(pan: float) -> Samples:
    """Return the factors on the left and on the right of a sound that stands there: -1, left, to 1, right."""
    return np.array([units.gain(-FAR_DB * max(0.0, pan)), units.gain(FAR_DB * min(0.0, pan))], np.float32)


def _on_one(samples: Samples, event: Event) -> Samples:
    return samples * np.float32(units.gain(event.gain_db)) if event.gain_db else samples


def _on_two(samples: Samples, event: Event) -> Samples:
    middle, sides = _on_one(samples, event), np.empty((len(samples), 2), np.float32)
    # One side after the other: ten times as fast as one product that broadcasts over both.
    for side, level in enumerate(balance(event.pan)):
        np.multiply(middle, level, out=sides[:, side])
    return sides


_SPREAD = {1: _on_one, 2: _on_two}
"""How the sound of an event is laid on so many channels."""


def _mix(sounding: list[tuple[int, Samples]], position: int, block: Samples) -> Samples:
    end = position + len(block)
    for onset, samples in sounding:
        # Where a segment is begun late, what is over by then has no frame in the block.
        first = max(onset, position)
        last = max(first, min(onset + len(samples), end))
        block[first - position : last - position] += samples[first - onset : last - onset]
    return block


@lru_cache(maxsize=8)
def silence(frames: int, channels: int) -> Samples:
    """Return a block of silence, shared and read-only."""
    block = zeros(frames, channels)
    block.flags.writeable = False
    return block


def is_silence(block: Samples) -> bool:
    """Tell whether a block is the very one that stands for silence; others may be silent, too."""
    return block is silence(len(block), 1 if block.ndim == 1 else block.shape[1])


def zeros(frames: int, channels: int) -> Samples:
    """Return silence that may be written to: shape (frames,) on one channel, (frames, 2) on two."""
    return np.zeros(frames if channels == 1 else (frames, channels), np.float32)

"""The renderer: a segment to blocks of sound. The same blocks for a device and for a file.

It holds one block and the clips that sound in it, whatever the length of the session; where nothing
sounds, every block is the same silence.
"""

from collections import deque
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np

from voicecoach import units
from voicecoach.plan.timeline import Segment, Sound
from voicecoach.sound.clip import Clip, Samples

Clips = Callable[[Sound], Clip]
"""Return the clip of a sound: the very one that was measured when it got its place."""


def render(segment: Segment, clips: Clips, blocksize: int, start: int = 0) -> Iterator[Samples]:
    """Yield a segment as blocks, from a frame of it on.

    Args:
        segment: what is heard.
        clips: where the sound of an event comes from; asked once for each, when its block is due.
        blocksize: frames of a block; the last one may be shorter.
        start: the first frame wanted, counted from the start of the segment.

    Yields:
        Mono float32, shape (frames,). Silent blocks share their memory and cannot be written to.
    """
    coming = deque(segment.events)
    sounding: list[tuple[int, Samples]] = []
    for position in range(start, segment.frames, blocksize):
        end = min(position + blocksize, segment.frames)
        while coming and coming[0].onset < end:
            event = coming.popleft()
            samples = clips(event.sound).samples
            sounding.append(
                (event.onset, samples * np.float32(units.gain(event.gain_db)) if event.gain_db else samples)
            )
        sounding = [(onset, samples) for onset, samples in sounding if onset + len(samples) > position]
        yield _mix(sounding, position, end) if sounding else silence(end - position)


def _mix(sounding: list[tuple[int, Samples]], position: int, end: int) -> Samples:
    block = np.zeros(end - position, np.float32)
    for onset, samples in sounding:
        first, last = max(onset, position), min(onset + len(samples), end)
        block[first - position : last - position] += samples[first - onset : last - onset]
    return block


@lru_cache(maxsize=8)
def silence(frames: int) -> Samples:
    """Return a block of silence, shared and read-only."""
    block = np.zeros(frames, np.float32)
    block.flags.writeable = False
    return block

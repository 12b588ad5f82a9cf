"""A session as a file: wires its plan, its sound and the kinds of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach import units
from voicecoach.output.audio.file import open_file
from voicecoach.output.replace import replacing
from voicecoach.plan.timeline import Moment, with_following
from voicecoach.sound.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voicecoach.coach import Progress, Session
    from voicecoach.output.sink import Block

BLOCK_SECONDS = 1.0
"""A file takes large blocks: there is nobody to wait for."""


def blocks(session: Session) -> Iterator[Block]:
    """Yield a session as blocks of sound, with what lies beneath it: the frames that are heard live."""
    planner, backdrop = session.planner, session.backdrop()
    blocksize = units.frames(BLOCK_SECONDS, planner.sample_rate)
    for segment, following in with_following(session.segments()):
        offset = 0
        for block in render(segment, session.voice.clip, blocksize, channels=planner.channels):
            yield backdrop(block, Moment(segment, offset, following))
            offset += len(block)


def export(session: Session, target: Path, progress: Progress | None = None) -> int:
    """Write a session to an audio file, beside it first, and return its length in frames.

    Args:
        session: what is written.
        target: its suffix says the format.
        progress: hears of frames done, of an estimate of all of them.

    Raises:
        OutputError: the file cannot be written; an older one is as it was.
        ChoiceError: the suffix is unknown.
    """
    expected, done = session.expected_frames(), 0
    planner = session.planner
    with replacing(target) as beside, open_file(beside, planner.sample_rate, planner.channels) as sink:
        for block in blocks(session):
            sink.write(block)
            done += len(block)
            if progress:
                progress(done, max(expected, done))
    return done

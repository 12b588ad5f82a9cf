"""Samples of voices: heard one after another, or written to a folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from voicecoach.cli.progress import progress_bar
from voicecoach.errors import OutputError, SpeechError
from voicecoach.output.audio.file import open_file
from voicecoach.output.replace import replacing
from voicecoach.output.sink import open_device
from voicecoach.plan.timeline import SAMPLE_RATE
from voicecoach.sound.clip import silence
from voicecoach.speech.sample import sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from voicecoach.sound.clip import Clip
    from voicecoach.speech.engine import Engine, VoiceInfo

Listed = tuple["Engine", "VoiceInfo"]
"""A voice, and the engine that has it."""

PAUSE_SECONDS = 0.7
"""Between two voices."""


def play_samples(listed: Iterable[Listed], device: str | None, announce: Callable[[Listed], None]) -> bool:
    """Let each voice be heard, and say before which one it is; return whether all of them could speak.

    Raises:
        ChoiceError: there is no such device.
        OutputError: the device takes no sound.
    """
    sink = open_device(device, SAMPLE_RATE)
    whole = True
    try:
        for one in listed:
            clip = _sample(one)
            if clip is None:
                whole = False
                continue
            announce(one)
            sink.write(clip.samples)
            sink.write(silence(PAUSE_SECONDS, SAMPLE_RATE).samples)
    except BaseException:
        sink.halt()
        raise
    finally:
        sink.close()
    return whole


def write_samples(listed: Sequence[Listed], folder: Path) -> int:
    """Write a file of each voice that can speak, and return how many.

    Raises:
        OutputError: the folder or a file cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: cannot be made ({error.strerror}); choose another folder"
        raise OutputError(message) from error
    written = 0
    with progress_bar("Speaking") as report:
        for done, one in enumerate(listed):
            report(done, len(listed))
            clip = _sample(one)
            if clip is not None:
                _write(clip, folder / f"{_file_name(one)}.wav")
                written += 1
    return written


def _sample(one: Listed) -> Clip | None:
    """Return the sample of a voice; one that cannot speak is reported, and the others go on."""
    try:
        return sample(*one, SAMPLE_RATE)
    except SpeechError as error:
        click.echo(f"voicecoach: {error}", err=True)
        return None


def _write(clip: Clip, target: Path) -> None:
    with replacing(target) as beside, open_file(beside, SAMPLE_RATE) as sink:
        sink.write(clip.samples)


def _file_name(one: Listed) -> str:
    """Return engine and id of a voice, without what cannot stand in the name of a file."""
    engine, voice = one
    return re.sub(r"[^\w+.-]+", "-", f"{engine.name}-{voice.id}")

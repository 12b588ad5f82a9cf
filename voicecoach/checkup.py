"""The checkup: whether engine, voice, output, cache and formats work, and what to do if not."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from voicecoach import folders
from voicecoach.config import load
from voicecoach.errors import CoachError
from voicecoach.output.audio.kinds import KINDS
from voicecoach.output.sink import (
    DEVICES,
    chosen,
    default_device,
    device_report,
    open_device,
    outputs,
)
from voicecoach.plan.timeline import SAMPLE_RATE, Speech
from voicecoach.sound.clip import silence
from voicecoach.sound.tones import load as load_tone
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.opening import open_voice

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE_SECONDS = 0.3
"""Before, between and after the tones of a test."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one part."""

    part: str
    good: bool
    verdict: str
    """What there is, or what went wrong."""
    remedy: str = ""
    """What to do; empty where nothing needs to be done."""
    needed: bool = True
    """Whether a session as the user has set it up depends on it."""


def examine(device: str | None = None, *, play: bool = False) -> Iterator[Finding]:
    """Try each part as the user has set it up, and yield what was found.

    Args:
        device: the device that would be used; None: that of the settings.
        play: whether to let two tones be heard on it. Else there is no sound.
    """
    try:
        settings = load(folders.config())
        yield Finding("settings", good=True, verdict=str(folders.config()))
    except CoachError as error:
        settings = {}
        yield Finding(
            "settings", good=False, verdict=str(error), remedy="'voicecoach config set KEY \"\"' removes one"
        )
    yield from _voice(settings.get("voice"))
    device = device or settings.get("device")
    yield from _devices(device)
    yield _cache(Path(settings.get("cache", folders.cache())))
    yield Finding("formats", good=True, verdict=", ".join(KINDS))
    for part, folder in (("routines", folders.routines()), ("sounds", folders.sounds())):
        verdict = str(folder) if folder.is_dir() else f"{folder} (none yet: make it to put your own there)"
        yield Finding(part, good=True, verdict=verdict)
    if play:
        yield _sounded(device)


def _voice(wanted: str | None) -> Iterator[Finding]:
    """Have the engine speak, past the cache."""
    try:
        with open_voice(wanted, voices_folder=folders.voices()) as voice:
            yield Finding("engine", good=True, verdict=f"{voice.engine.name} {voice.engine.version}")
            clip = voice.clip(Speech("Halfway."))
            spoken = f"{voice.info.name} ({voice.info.id}) speaks {clip.seconds:.1f} s"
            yield Finding("voice", good=True, verdict=spoken)
    except CoachError as error:
        remedy = "reinstall voicecoach, or choose another voice; --talk beeps plays without a voice"
        yield Finding("voice", good=False, verdict=str(error), remedy=remedy)


def _devices(wanted: str | None) -> Iterator[Finding]:
    """Open each device and close it again; the one that would be used has to work."""
    wanted = wanted or default_device()
    for name in dict.fromkeys((*DEVICES, wanted)):
        report = device_report(name, SAMPLE_RATE)
        closed = "cannot be opened" if report.installed else "not installed"
        state = "can be opened" if report.usable else closed
        used = ", used unless --device says otherwise" if name == wanted else ""
        needed = report.usable or name == wanted
        yield Finding(f"output {name}", report.usable, state + used, report.remedy, needed)
        for output in outputs(name) if name in DEVICES and report.usable else ():
            option = f"--device {quote(f'{name}:{output}')}"
            yield Finding(f"  one of {name}", good=True, verdict=option, needed=False)


def _sounded(name: str | None) -> Finding:
    """Let the tones be heard that begin and end a set."""
    silent = silence(PAUSE_SECONDS, SAMPLE_RATE)
    try:
        device, output = chosen(name)
        begin, end = (load_tone(tone, SAMPLE_RATE, folders.sounds()) for tone in ("start", "end"))
        sink = open_device(name, SAMPLE_RATE)
        try:
            for clip in (silent, begin, silent, end, silent):
                sink.write(clip.samples)
        finally:
            sink.close()
    except CoachError as error:
        return Finding("test sound", good=False, verdict=str(error), remedy="see the outputs above")
    where = f"{device}, {output or 'its usual output'}"
    return Finding("test sound", good=True, verdict=f"two tones were played on {where}")


def _cache(folder: Path) -> Finding:
    remedy = "make the folder writable, or give another with --cache DIR"
    try:
        info = ClipCache(folder).info()
        existing = next(folder for folder in (info.path, *info.path.parents) if folder.exists())
    except OSError as error:
        return Finding("cache", good=False, verdict=f"{folder}: {error.strerror}", remedy=remedy)
    if not os.access(existing, os.W_OK):
        return Finding("cache", good=False, verdict=f"{existing} cannot be written", remedy=remedy)
    return Finding(
        "cache", good=True, verdict=f"{info.path}: {info.entries} clips, {info.bytes / 1e6:.1f} MB"
    )

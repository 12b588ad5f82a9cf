"""The checkup: whether engine, voice, output, cache and formats work, and what to do if not."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach import folders
from voicecoach.errors import CoachError
from voicecoach.output.sink import DEVICES, FILES, default_device, device_report
from voicecoach.plan.timeline import SAMPLE_RATE, Speech
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.opening import open_voice

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about one part."""

    part: str
    good: bool
    verdict: str
    """What there is, or what went wrong."""
    remedy: str = ""
    """What to do; empty where nothing needs to be done."""


def examine() -> Iterator[Finding]:
    """Try each part, without a sound, and yield what was found."""
    yield from _voice()
    yield from _devices()
    yield _cache()
    yield Finding("formats", good=True, verdict=", ".join(FILES))
    for part, folder in (("routines", folders.routines()), ("sounds", folders.sounds())):
        verdict = str(folder) if folder.is_dir() else f"{folder} (none yet: make it to put your own there)"
        yield Finding(part, good=True, verdict=verdict)


def _voice() -> Iterator[Finding]:
    """Have the engine speak, past the cache."""
    try:
        with open_voice() as voice:
            yield Finding("engine", good=True, verdict=f"{voice.engine.name} {voice.engine.version}")
            clip = voice.clip(Speech("Halfway."))
            spoken = f"{voice.info.name} ({voice.info.id}) speaks {clip.seconds:.1f} s"
            yield Finding("voice", good=True, verdict=spoken)
    except CoachError as error:
        remedy = "reinstall voicecoach; --talk beeps plays without a voice"
        yield Finding("voice", good=False, verdict=str(error), remedy=remedy)


def _devices() -> Iterator[Finding]:
    """Open each device and close it again: one that is usable is enough."""
    default = default_device()
    for name in DEVICES:
        report = device_report(name, SAMPLE_RATE)
        closed = "cannot be opened" if report.installed else "not installed"
        state = "can be opened" if report.usable else closed
        chosen = ", used unless --device says otherwise" if name == default else ""
        # Only what would be used without being asked for has to work.
        good = report.usable or name != default
        yield Finding(f"output {name}", good=good, verdict=state + chosen, remedy=report.remedy)


def _cache() -> Finding:
    info = ClipCache(folders.cache()).info()
    existing = next(folder for folder in (info.path, *info.path.parents) if folder.exists())
    if not os.access(existing, os.W_OK):
        remedy = "make the folder writable, or give another with --cache DIR"
        return Finding("cache", good=False, verdict=f"{existing} cannot be written", remedy=remedy)
    return Finding(
        "cache", good=True, verdict=f"{info.path}: {info.entries} clips, {info.bytes / 1e6:.1f} MB"
    )

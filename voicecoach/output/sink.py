"""The protocol of an output, and the tables of all outputs.

A sink is one verb and a close. Where a device keeps time, `write` blocks: it is the clock of the
session. A device sink can also say what has been heard, and fall silent at once.

Each device is a module of its own, imported when it is first asked for. It has
``open_device(sample_rate, output, channels, buffer)`` and ``outputs()``. All files are written by one sink,
see `voicecoach.output.audio`.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from voicecoach.errors import ChoiceError, CoachError, did_you_mean
from voicecoach.sound.clip import Samples

Block = Samples
"""A piece of the session: float32, any length, read-only to a sink.

Shape (frames,) for a sink of one channel, (frames, 2), left and right, for one of two. Wherever frames are
counted, those of both channels are one.
"""


class Sink(Protocol):
    """Take the blocks of a session, in order. All methods are called from one thread."""

    def write(self, block: Block) -> None:
        """Take one block; on a device, wait until it has room for it.

        Raises:
            DeviceLostError: the device is lost.
            OutputError: the file cannot hold any more.
            OSError: the disk is full, or the like; `replacing` says which file, and what to do.
        """

    def close(self) -> None:
        """Let all that was written be heard, or completed on disk, and let go of the output."""


class DeviceSink(Sink, Protocol):
    """A sink that is heard as it is written, at the pace of the session."""

    @property
    def underruns(self) -> int:
        """Return how often the sound dropped out: no block was there in time, or the device stalled.

        What follows comes later; the silences after it are shortened until the plan is kept again.
        """

    def ready(self, seconds: float) -> bool:
        """Wait for room, up to so many seconds, and tell whether a block is taken at once.

        Who has more to do than to write asks first: a device may hold more than a block or two.

        Raises:
            DeviceLostError: the device is lost.
        """

    def heard(self) -> int:
        """Return how many of the frames written have sounded, since it was opened or last halted."""

    def halt(self) -> int:
        """Fall silent at once, and return how many of the last frames written will never be heard.

        Writing may go on afterwards: the device is then as it was when it was opened.
        """


DEVICES = {
    "simpleaudio": "voicecoach.output.simpleaudio_device",
    "miniaudio": "voicecoach.output.miniaudio_device",
    "none": "voicecoach.output.none_device",
}
"""Every device by the name that ``--device`` takes, best first."""

PACKAGES = {"simpleaudio": "simpleaudio", "miniaudio": "miniaudio"}
"""What must be importable for a device."""

ENDLESS = frozenset({"miniaudio", "none"})
"""The devices that take a sound without any silence in it."""

AUTO = "auto"
"""The name of whichever device is there."""

LEAST_BUFFER, MOST_BUFFER = 0.01, 1.0
"""Seconds that a device may be told to ask for at a time."""


def installed(name: str) -> bool:
    """Say whether the package that a device needs can be imported, without importing it."""
    return name not in PACKAGES or find_spec(PACKAGES[name]) is not None


def default_device() -> str:
    """Return the first device that can be heard and whose package is installed."""
    return next((name for name in PACKAGES if installed(name)), "miniaudio")


def chosen(name: str | None, *, endless: bool = False) -> tuple[str, str | None]:
    """Return the key in `DEVICES`, and the output if there is one, that a name stands for.

    Args:
        name: as ``--device`` takes it.
        endless: whether the sound has no silence in it, as with a noise bed or music.

    Raises:
        ChoiceError: there is no such device, it is not installed, or it takes no endless sound.
    """
    device, _, output = (name or AUTO).strip().partition(":")
    usual = "miniaudio" if endless else default_device()
    device = usual if device.casefold() == AUTO else device.casefold()
    if device not in DEVICES:
        known = [*DEVICES, AUTO]
        message = f"no device '{device}'{did_you_mean(device, known)}; --device takes {', '.join(known)}"
        raise ChoiceError(message)
    if not installed(device):
        others = " or ".join(f"--device {name}" for name in DEVICES if installed(name))
        message = f"{device} is not installed; 'pip install {PACKAGES[device]}' installs it, or use {others}"
        raise ChoiceError(message)
    if endless and device not in ENDLESS:
        message = f"{device} needs silences, and a noise bed or music leaves none; use --device miniaudio"
        raise ChoiceError(message)
    return device, output.strip() or None


def open_device(
    name: str | None,
    sample_rate: int,
    channels: int = 1,
    buffer: float | None = None,
    *,
    endless: bool = False,
) -> DeviceSink:
    """Open a device by name: ``miniaudio``, ``miniaudio:Headphones``; None or ``auto`` is the default.

    Args:
        name: as ``--device`` takes it.
        sample_rate: frames a second.
        channels: 1 or 2.
        buffer: seconds of sound that a device asks for at a time, if it can be told; None: its own measure.
        endless: whether the sound has no silence in it.

    Raises:
        ChoiceError: there is no such device, or it has no such output, or the buffer is out of bounds.
        OutputError: the device cannot be opened; the message says what to do.
    """
    device, output = chosen(name, endless=endless)
    if buffer is not None and not LEAST_BUFFER <= buffer <= MOST_BUFFER:
        bounds = f"{LEAST_BUFFER * 1000:g} ms to {MOST_BUFFER:g} s"
        message = f"a buffer of {buffer:g} s is out of bounds; give {bounds}, or none for the usual one"
        raise ChoiceError(message)
    sink: DeviceSink = import_module(DEVICES[device]).open_device(sample_rate, output, channels, buffer)
    return sink


def outputs(name: str) -> list[str]:
    """Return the outputs of an installed device, by the names that ``--device DEVICE:NAME`` takes."""
    return list(import_module(DEVICES[name]).outputs())


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """What can be said about one device without making a sound."""

    name: str
    """The key in `DEVICES`."""
    installed: bool
    """Whether its package is there."""
    usable: bool
    """Whether it could be opened just now."""
    remedy: str
    """What to do about it; empty where it is usable."""


def device_report(name: str, sample_rate: int) -> DeviceReport:
    """Open a device and close it again, and report how that went."""
    try:
        open_device(name, sample_rate).close()
    except CoachError as error:
        return DeviceReport(name, installed(name), usable=False, remedy=str(error))
    return DeviceReport(name, installed=True, usable=True, remedy="")

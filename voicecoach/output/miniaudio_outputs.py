"""The outputs that miniaudio finds, and one of them held open.

What miniaudio keeps quiet about is watched here: a null backend may stand in for a missing device, and a
server that does not answer blocks whoever opens or closes a device.
"""

import ctypes
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TypeVar

import miniaudio

from voicecoach.errors import ChoiceError, OutputError, did_you_mean

BACKENDS = [
    miniaudio.Backend.WASAPI,
    miniaudio.Backend.DSOUND,
    miniaudio.Backend.WINMM,
    miniaudio.Backend.COREAUDIO,
    miniaudio.Backend.PULSEAUDIO,
    miniaudio.Backend.ALSA,
    miniaudio.Backend.SNDIO,
    miniaudio.Backend.AUDIO4,
    miniaudio.Backend.OSS,
]
"""Those that make sound, best first; a platform has some of them. Listed, lest the null one be chosen."""

ANSWER = 2.0
"""Seconds that a server has to answer who opens a device."""
REMEDY = "start a sound server or plug in a device, or use --device none"
_ALSA_LISTENER = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)
_NOBODY = _ALSA_LISTENER(lambda *_: None)

Result = TypeVar("Result")


class Playback(miniaudio.PlaybackDevice):  # type: ignore[misc]  # it has no types
    """A device that lets go of its connection, too: miniaudio 1.71 leaves that open when it closes one."""

    _context = None

    def close(self) -> None:
        """Close the device, and the connection to its server."""
        super().close()
        if self._context is not None:
            miniaudio.lib.ma_context_uninit(self._context)
            self._context = None


def open_playback(sample_rate: int, output: str | None, channels: int, buffer: float) -> Playback:
    """Open the default output, or one by its name; it does not ask for sound yet.

    Raises:
        ChoiceError: no output has this name.
        OutputError: there is no sound device, or no sound server, or it does not answer.
    """
    try:
        return in_time(partial(_open, sample_rate, output, channels, buffer), ANSWER)
    except TimeoutError as error:
        message = f"no sound device can be opened (no answer within {ANSWER:g} s); {REMEDY}"
        raise OutputError(message) from error


def in_time(do: Callable[[], Result], seconds: float) -> Result:
    """Do something that may block, and return its result.

    Raises:
        TimeoutError: it takes longer than so many seconds; it goes on, and nobody waits for it.
    """
    done: Future[Result] = Future()

    def attempt() -> None:
        try:
            done.set_result(do())
        except Exception as error:  # noqa: BLE001 - raised again by whoever waits
            done.set_exception(error)

    Thread(target=attempt, daemon=True).start()
    return done.result(seconds)


def _open(sample_rate: int, output: str | None, channels: int, buffer: float) -> Playback:
    _hush()
    backends, device_id = (BACKENDS, None) if output is None else _find(output)
    try:
        playback = Playback(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=channels,
            sample_rate=sample_rate,
            buffersize_msec=round(buffer * 1000),
            device_id=device_id,
            backends=backends,
            app_name="voicecoach",
        )
    except miniaudio.MiniaudioError as error:
        message = f"no sound device can be opened ({error.args[0]}); {REMEDY}"
        raise OutputError(message) from error
    if playback.backend == "Null":
        playback.close()
        message = f"there is no sound device; {REMEDY}"
        raise OutputError(message)
    return playback


def _hush() -> None:
    """Keep ALSA from writing to stderr: a missing device is one line there, and ours."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_NOBODY)


def outputs() -> dict[str, tuple[miniaudio.Backend, object]]:
    """Return every output of the first backend that answers, by name, with what opens it; else none."""
    try:
        return in_time(_outputs, ANSWER)
    except TimeoutError:
        return {}


def _outputs() -> dict[str, tuple[miniaudio.Backend, object]]:
    _hush()
    for backend in BACKENDS:
        try:
            found = miniaudio.Devices([backend]).get_playbacks()
        except miniaudio.MiniaudioError:
            continue
        return {each["name"]: (backend, each["id"]) for each in found}
    return {}


def _find(output: str) -> tuple[list[miniaudio.Backend], object]:
    """Return the backend and the id of the output with this name, or the only one with it in its name."""
    known = outputs()
    wanted = output.casefold()
    same = [name for name in known if name.casefold() == wanted]
    near = same or [name for name in known if wanted in name.casefold()]
    if len(near) != 1:
        names = ", ".join(repr(name) for name in near or known) or "none at all"
        wrong = f"several outputs are called '{output}'" if near else f"no output '{output}'"
        message = f"{wrong}{'' if near else did_you_mean(output, list(known))}; the outputs are {names}"
        raise ChoiceError(message)
    backend, device_id = known[near[0]]
    return [backend], device_id

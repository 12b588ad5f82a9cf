"""Live sound through miniaudio: a stream that the device pulls, fed from a short ring.

What miniaudio keeps quiet about is watched here: an error in the generator only stops the sound, a lost
device stops asking, and one that is still open when the interpreter ends hangs it for good.
"""

import atexit
import threading
from collections.abc import Generator
from contextlib import suppress

import miniaudio
import numpy as np

from voicecoach.errors import DeviceLostError, OutputError
from voicecoach.output.lateness import SHARE, Lateness
from voicecoach.output.miniaudio_outputs import REMEDY, in_time, open_playback, outputs
from voicecoach.output.pcm import frame_bytes, silence, to_pcm16
from voicecoach.output.ring import Ring
from voicecoach.output.sink import Block
from voicecoach.output.watchdog import Clock, Watchdog, clock

__all__ = ["MiniaudioDevice", "open_device", "outputs"]

BUFFER = 0.05
"""Seconds that the device asks for at a time, unless it is told otherwise."""
AHEAD = 0.2
"""Seconds that the ring holds at least, enough for a busy machine; a halt drops them at once."""
PREFILL = 0.05
"""Seconds after which a first sound begins, though the ring holds less than the device asks for."""
FADE = 0.005
"""Seconds in which a sound that is halted dies away, so that it does not click."""
PATIENCE = 2.0
"""Seconds without a request after which the device counts as lost."""
KEPT = 0.02
"""Seconds of silence before any of it is left out."""
FAREWELL = 1.0
"""Seconds that a device may take to close; one that takes longer goes on by itself."""
_SETTLING = 1.0
"""Seconds in which the device fills its own buffer, the size of which it does not tell."""


class MiniaudioDevice:
    """Feed a device that pulls."""

    def __init__(
        self, sample_rate: int, channels: int = 1, now: Clock = clock, buffer: float = BUFFER
    ) -> None:
        """Begin without a device; `start` brings it."""
        self.underruns = 0
        self._sample_rate = sample_rate
        self._channels = channels
        self._frame_bytes = frame_bytes(channels)
        self._now = now
        self._buffer = buffer
        self._ring = Ring(round(max(AHEAD, 3 * buffer) * sample_rate), self._frame_bytes)
        self._changed = threading.Condition()
        self._watchdog = Watchdog(PATIENCE, now)
        self._device: miniaudio.PlaybackDevice | None = None
        self._flowing = False
        self._filling_since = 0.0
        self._lateness = Lateness(sample_rate, now)
        self._silent = 0
        self._closing = False
        self._tail = b""
        self._taken = 0
        self._heard = 0
        self._taken_at = 0.0
        self._started = self._asked_at = now()
        self._given = 0
        self._held = 0

    def start(self, device: miniaudio.PlaybackDevice) -> None:
        """Let a device begin to ask for sound.

        Raises:
            OutputError: the device does not start.
        """
        feed = self._feed()
        next(feed)
        self._device = device
        # Also after a crash: see the top of this module.
        atexit.register(device.close)
        self._started = self._now()
        try:
            device.start(feed)
        except miniaudio.MiniaudioError as error:
            self._release()
            message = f"the sound device does not start ({error.args[0]}); {REMEDY}"
            raise OutputError(message) from error

    def write(self, block: Block) -> None:
        """Put a block into the ring, waiting for room.

        Raises:
            DeviceLostError: the device asks for nothing any more.
        """
        left = memoryview(to_pcm16(block))
        while left:
            with self._changed:
                self._changed.wait_for(lambda: self._ring.room, Watchdog.STEP)
                if not self._ring.frames:
                    self._filling_since = self._now()
                piece = self._ring.room * self._frame_bytes
                if piece:
                    self._ring.append(left[:piece])
            left = left[piece:]
            self._check()

    def ready(self, seconds: float) -> bool:
        """Return True: no block is waited for longer than it lasts."""
        del seconds
        return True

    def heard(self) -> int:
        """Return how many frames have sounded: those given to the device, but for what it still holds.

        What it holds is measured while it fills its buffer; delays beyond it (Bluetooth) are not known.
        Silence that is left out counts as heard at once, some 80 ms before its turn.
        """
        with self._changed:
            since = round((self._now() - self._taken_at) * self._sample_rate)
            held = max(0, self._held - since)
            self._heard = max(self._heard, self._taken - held)
            return self._heard

    def halt(self) -> int:
        """Empty the ring, and return how many frames were in it.

        What the device itself holds (some 40 to 80 ms) cannot be taken back: it sounds, and counts as heard,
        and so does a fade of 5 ms. The frames returned are exactly those that nobody will hear.
        """
        with self._changed:
            self._tail = _faded(self._ring.take(round(FADE * self._sample_rate)), self._channels)
            unheard = self._ring.clear()
            self._taken = self._heard = self._silent = 0
            self._lateness.clear()
            self._flowing = False
            self._changed.notify_all()
            return unheard

    def close(self) -> None:
        """Let the ring and the device run dry, and let go of the device.

        Raises:
            DeviceLostError: the device was lost before all had sounded.
        """
        if self._device is None:
            return
        try:
            with self._changed:
                self._closing = True
            while not self._dry():
                with self._changed:
                    self._changed.wait(self._buffer)
                self._check()
        finally:
            self._release()

    def _dry(self) -> bool:
        return self._ring.frames == 0 and self.heard() == self._taken

    def _check(self) -> None:
        if self._watchdog.starved():
            self._release()
            message = f"the sound device was lost: it took no sound for {PATIENCE:g} s; {REMEDY}"
            raise DeviceLostError(message)

    def _release(self) -> None:
        if self._device is not None:
            device, self._device = self._device, None
            atexit.unregister(device.close)
            # A server that hangs must not hang this session.
            with suppress(TimeoutError):
                in_time(device.close, FAREWELL)

    def _feed(self) -> Generator[bytes, int, None]:
        frames = yield b""
        while True:
            frames = yield self._next(frames)

    def _next(self, frames: int) -> bytes:
        """Return what the device asks for; in its own thread, where nobody would see an exception."""
        with self._changed:
            self._watchdog.feed()
            self._note_stall()
            self._note(frames)
            size = frames * self._frame_bytes
            tail, self._tail = self._tail[:size], self._tail[size:]
            pcm = tail + self._from_ring(frames - len(tail) // self._frame_bytes)
            self._changed.notify_all()
        return pcm + silence(size - len(pcm))

    def _from_ring(self, frames: int) -> bytes:
        """Return frames of the ring, once it has filled: a start must not stumble over its first request."""
        waited = self._now() - self._filling_since > PREFILL
        if not (self._flowing or self._ring.frames >= frames or waited or self._closing):
            return b""
        sounded = self._taken - self._lateness.skipped
        late = self._lateness.frames(sounded) if sounded and self._ring.frames else 0
        pcm = self._ring.take(frames)
        taken = len(pcm) // self._frame_bytes
        if taken:
            self._taken += taken
            self._taken_at = self._now()
        self.underruns += self._flowing and taken < frames and not self._closing
        self._flowing = taken == frames
        self._catch_up(late, pcm)
        return pcm

    def _catch_up(self, late: int, pcm: bytes) -> None:
        """Leave out silence that comes next, where the session is late and there was some before it."""
        silent = pcm.count(0) == len(pcm)
        taken = len(pcm) // self._frame_bytes
        self._silent = self._silent + taken if silent else 0
        if late and self._silent >= KEPT * self._sample_rate:
            # What the device asks for next must still be there.
            spare = max(0, self._ring.frames - 2 * taken)
            share = round(taken * SHARE / (1 - SHARE))
            skipped = self._ring.skip_silence(min(late, spare, share))
            self._lateness.skipped += skipped
            self._taken += skipped

    def _note_stall(self) -> None:
        """Count a drop-out that the device has made, having run dry before it asked again."""
        now = self._now()
        dry = now - self._asked_at - self._held / self._sample_rate > self._buffer
        self.underruns += self._flowing and dry
        self._asked_at = now

    def _note(self, frames: int) -> None:
        """Note a request, and learn from the first ones how much the device holds beyond what has sounded."""
        self._given += frames
        running = self._now() - self._started
        if running < _SETTLING:
            self._held = max(0, self._given - round(running * self._sample_rate))


def _faded(pcm: bytes, channels: int) -> bytes:
    samples = np.frombuffer(pcm, "<i2").reshape(-1, channels)
    return (samples * np.linspace(1.0, 0.0, len(samples))[:, np.newaxis]).astype("<i2").tobytes()


def open_device(
    sample_rate: int, output: str | None = None, channels: int = 1, buffer: float | None = None
) -> MiniaudioDevice:
    """Open the default output, or one by its name; it asks for `buffer` seconds at a time.

    Raises:
        ChoiceError: no output has this name.
        OutputError: there is no sound device, or no sound server.
    """
    buffer = BUFFER if buffer is None else buffer
    playback = open_playback(sample_rate, output, channels, buffer)
    sink = MiniaudioDevice(sample_rate, channels, buffer=buffer)
    sink.start(playback)
    return sink

"""The process that simpleaudio runs in: it starts each buffer that it is sent at its moment.

Run as a program, by its path, with the sample rate and the number of channels as arguments; imports nothing
of ours. Messages come through stdin, each a `HEADER` and, for `PLAY`, the PCM; when stdin closes, the process
ends. Reports go to stdout, a line each: ``alive``, ``ready``, ``done``, ``lost REASON``, and
``slip GENERATION SECONDS TIMES``: by how much the rest is put off since the last halt, and how many drop-outs
there were since the last such report.

simpleaudio crashes on Python 3.12 and later when a sound ends (hamiltron/py-simple-audio #72, #74): here a
crash ends this process only, and with ``PYTHONMALLOC=malloc`` in its environment there is none.
"""

import importlib
import os
import queue
import signal
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

HEADER = struct.Struct("<cdI")
"""The kind of a message, a moment of the clock in seconds, and how many bytes of PCM follow."""
PLAY, HALT, END = b"P", b"H", b"E"
"""Start a buffer at the moment; fall silent and forget what was sent; report when all has sounded."""

LATE = 0.05
"""Seconds that a buffer may start late; beyond them this and all later ones are put off by as much."""
BEAT = 0.5
"""Seconds between two signs of life."""
STALL = 0.25
"""Seconds by which a sound may end late; beyond them the device has stalled, and what follows waits."""
LOST = 3.0
"""Seconds by which a sound may end late; beyond them the device counts as lost."""
LOOK = 0.1
"""Seconds between two looks at what sounds, and by how much it may end early."""
PROBE = 0.02
"""Seconds of silence that are played first, to see whether there is a device."""
_BYTES = 2
"""Of one frame on one channel."""

Message = tuple[bytes, float, bytes]


@dataclass(slots=True)
class _Sounding:
    play: Any
    """A PlayObject; its buffer must not change while it sounds."""
    until: float
    stalled: bool = False


class Worker:
    """Start buffers at their moments, and watch over what sounds."""

    def __init__(
        self,
        library: Any,  # noqa: ANN401 - simpleaudio has no types
        sample_rate: int,
        channels: int,
        report: Callable[[str], None],
        now: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Begin with nothing to do."""
        self._library = library
        self._sample_rate = sample_rate
        self._channels = channels
        self._frame_bytes = channels * _BYTES
        self._report = report
        self._now = now
        self._waiting: deque[tuple[float, bytes]] = deque()
        self._sounding: list[_Sounding] = []
        self._generation = 0
        self._slip = 0.0
        self._counted = False
        self._ending = False

    def take(self, kind: bytes, moment: float, pcm: bytes) -> None:
        """Act on a message."""
        if kind == PLAY:
            self._waiting.append((moment, pcm))
        elif kind == HALT:
            self._library.stop_all()
            self._waiting.clear()
            self._sounding.clear()
            self._generation += 1
            self._slip = 0.0
        elif kind == END:
            self._ending = True

    def work(self) -> float:
        """Do what is due, and return how many seconds there are until something is."""
        self._look()
        while self._waiting and self._due() <= 0 and not self._stalled():
            self.play(*self._waiting.popleft())
        if self._ending and not self._waiting and not self._sounding:
            self._ending = False
            self._report("done")
        rest = LOOK if self._sounding else BEAT
        if self._waiting and not self._stalled():
            rest = min(rest, self._due())
        return max(0.0, rest)

    def play(self, moment: float, pcm: bytes) -> None:
        """Start a buffer, and put off all later ones where it is late."""
        self._start(pcm)
        # Not before: a device that stalls may take its time to take a buffer.
        late = self._now() - moment - self._slip
        if late > LATE:
            self._slip += late
            self._tell(drop_outs=not self._counted)
        self._counted = False

    def probe(self) -> None:
        """Play silence, too short to be missed, to see whether there is a device."""
        self._start(bytes(round(PROBE * self._sample_rate) * self._frame_bytes))
        # A device that was asleep may take seconds over it, and is no device that stalls.
        self._sounding.clear()

    def _start(self, pcm: bytes) -> None:
        try:
            play = self._library.play_buffer(pcm, self._channels, _BYTES, self._sample_rate)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other process is told
            self._report(f"lost {error}")
            return
        seconds = len(pcm) / self._frame_bytes / self._sample_rate
        self._sounding.append(_Sounding(play, self._now() + seconds))

    def _tell(self, *, drop_outs: int) -> None:
        self._report(f"slip {self._generation} {self._slip:.6f} {drop_outs:d}")

    def _due(self) -> float:
        return self._waiting[0][0] + self._slip - self._now()

    def _stalled(self) -> bool:
        """Say whether something sounds that should have ended: what is due then waits, and comes late."""
        stalled = any(each.stalled for each in self._sounding)
        self._counted |= stalled and bool(self._waiting) and self._due() <= 0
        return stalled

    def _look(self) -> None:
        """Report a device that fell silent early, or stalls: simpleaudio does not."""
        playing = []
        for each in self._sounding:
            left = each.until - self._now()
            if each.play.is_playing():
                playing.append(each)
                if left < -STALL and not each.stalled:
                    each.stalled = True
                    self._tell(drop_outs=1)
                if left < -LOST:
                    self._report("lost the sound does not end")
            elif left > LOOK:
                self._report("lost the sound ended early")
        self._sounding = playing


def _read(stream: BinaryIO, inbox: "queue.SimpleQueue[Message | None]") -> None:
    while len(header := stream.read(HEADER.size)) == HEADER.size:
        kind, moment, size = HEADER.unpack(header)
        inbox.put((kind, moment, stream.read(size)))
    inbox.put(None)


def _serve(worker: Worker, report: Callable[[str], None], inbox: "queue.SimpleQueue[Message | None]") -> None:
    beat = 0.0
    while True:
        rest = worker.work()
        if time.perf_counter() - beat > BEAT:
            beat = time.perf_counter()
            report("alive")
        try:
            message = inbox.get(timeout=rest) if rest else inbox.get_nowait()
        except queue.Empty:
            continue
        if message is None:
            return
        worker.take(*message)


def main() -> None:
    """Serve until stdin closes."""
    # An interrupt from the terminal is for the session, which then ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reports = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)

    def report(line: str) -> None:
        try:
            reports.write(" ".join(line.split()) + "\n")
        except OSError:
            os._exit(1)

    try:
        library = importlib.import_module("simpleaudio")
    except ImportError as error:
        report(f"lost simpleaudio cannot be imported: {error}")
        os._exit(1)
    sample_rate, channels = map(int, sys.argv[1:])
    worker = Worker(library, sample_rate, channels, report)
    report("alive")
    worker.probe()
    report("ready")
    inbox: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, inbox), daemon=True).start()
    _serve(worker, report, inbox)
    library.stop_all()
    # Not through the interpreter's end, which would free what simpleaudio's threads still use.
    os._exit(0)


if __name__ == "__main__":
    main()

"""The near end of the pipes to the process that simpleaudio runs in."""

import os
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

from voicecoach.output import simpleaudio_worker
from voicecoach.output.simpleaudio_worker import END, HALT, HEADER, PLAY
from voicecoach.output.watchdog import Watchdog

PATIENCE = 2.0
"""Seconds without a sign of life after which the process counts as lost."""
_FAREWELL = 1.0
"""Seconds that the process has to end by itself."""


class Link:
    """Send buffers, and keep what the process reports."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        """Take over a process that has just been started; `start` begins to talk."""
        self.changed = threading.Condition()
        """Notified at every report."""
        self.alive = False
        """Whether the process has said anything; before that it is busy with imports."""
        self.ready = False
        self.done = False
        self.fault = ""
        """Why there is no sound any more; empty while there is."""
        self.slip = 0.0
        """Seconds by which everything is put off since the last halt."""
        self.slips = 0
        """How often the device, or its process, dropped out."""
        self._process = process
        self._generation = 0
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._watchdog = Watchdog(PATIENCE)

    def start(self) -> None:
        """Begin to send and to listen, each in a thread: a process that hangs must not hang this one."""
        for target in (self._send_all, self._listen):
            threading.Thread(target=target, daemon=True).start()

    def play(self, moment: float, pcm: bytes) -> None:
        """Let a buffer start at a moment."""
        self._outbox.put(HEADER.pack(PLAY, moment, len(pcm)) + pcm)

    def halt(self) -> None:
        """Stop what sounds and forget what was sent."""
        with self.changed:
            self._generation += 1
            self.slip = 0.0
        self._outbox.put(HEADER.pack(HALT, 0.0, 0))

    def finish(self) -> None:
        """Ask to be told, by `done`, when all has sounded."""
        self.done = False
        self._outbox.put(HEADER.pack(END, 0.0, 0))

    def wait(self, timeout: float) -> None:
        """Wait for a report, and look whether the process lives."""
        with self.changed:
            if not self.fault:
                self.changed.wait(min(timeout, Watchdog.STEP))
        self.look()

    def look(self) -> None:
        """Look whether the process lives."""
        if self.alive and self._watchdog.starved():
            self.fault = self.fault or f"no sign of life for {PATIENCE:g} s"

    def close(self) -> None:
        """End the process; one with a fault may hang, and is not waited for."""
        self._outbox.put(None)
        try:
            self._process.wait(0 if self.fault else _FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _send_all(self) -> None:
        with suppress(OSError), cast("IO[bytes]", self._process.stdin) as pipe:
            while (message := self._outbox.get()) is not None:
                pipe.write(message)
                pipe.flush()

    def _listen(self) -> None:
        with cast("IO[bytes]", self._process.stdout) as pipe:
            for line in pipe:
                word, _, rest = line.decode(errors="replace").strip().partition(" ")
                with self.changed:
                    self._watchdog.feed()
                    self._note(word, rest)
                    self.changed.notify_all()
        with self.changed:
            self.fault = self.fault or "its process has ended"
            self.changed.notify_all()

    def _note(self, word: str, rest: str) -> None:
        self.alive = True
        if word == "lost":
            self.fault = self.fault or rest
        elif word == "slip":
            generation, slip, drop_outs = rest.split()
            if int(generation) == self._generation:
                self.slip = float(slip)
                self.slips += int(drop_outs)
        elif word in {"ready", "done"}:
            setattr(self, word, True)


def launch(sample_rate: int, channels: int) -> Link:
    """Start the process and the link to it."""
    # By its path and with -P: no file in the working folder can stand in for a module.
    program = Path(simpleaudio_worker.__file__)
    command = [sys.executable, "-P", str(program), str(sample_rate), str(channels)]
    environ = dict(os.environ)
    if sys.version_info >= (3, 12):
        environ["PYTHONMALLOC"] = "malloc"
    process = subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environ,
        start_new_session=True,
    )
    link = Link(process)
    link.start()
    return link

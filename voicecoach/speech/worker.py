"""A child process that answers requests, one at a time, each within a deadline."""

import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

STARTING_SECONDS = 30.0
"""What a process may take until it is ready: on Windows it may build the bindings of its library first."""
ENDING_SECONDS = 1.0
ROOM_BYTES = 100_000_000
"""Half an hour of speech; no phrase is as long."""
_OWN_GROUP: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
"""Of Windows."""


class WorkerLost(Exception):  # noqa: N818 - as StopIteration: what happened, and the caller mends it
    """Report that a process ended, kept silent beyond its deadline, or could not do what was asked."""


class Worker:
    """One child process, spoken to over pipes in lines of JSON.

    Any of `ask` that fails leaves a process of which nothing more can be expected: kill it.
    """

    def __init__(self, command: Sequence[str]) -> None:
        """Start the process, without waiting until it is ready.

        Args:
            command: the program and its arguments. As the last is added a folder of its own for files,
                which goes with it.

        Raises:
            WorkerLost: it cannot be started.
        """
        self.folder = Path(tempfile.mkdtemp(prefix="voicecoach-", dir=_in_memory()))
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        try:
            self._process = self._started(command)
        except OSError as error:
            self._complaints.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            message = f"'{command[0]}' cannot be started ({error.strerror or error})"
            raise WorkerLost(message) from error
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # A thread, because only sockets can be waited for with a deadline on Windows.
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()
        self._ready = False

    def ask(self, request: Mapping[str, object], limit: float) -> dict[str, Any]:
        """Send a request and return its answer.

        Args:
            request: what to do; the limit is added to it.
            limit: seconds until the answer must be there.

        Raises:
            WorkerLost: no answer in time, the process has ended, or the answer is an error.
        """
        # The worker waits a little longer than its parent: it ends itself only if nobody kills it.
        line = json.dumps({**request, "limit": limit + 5.0}).encode() + b"\n"
        try:
            assert self._process.stdin  # noqa: S101 - for mypy: Popen was asked for a pipe
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError as error:
            raise WorkerLost(self._last_words()) from error
        if not self._ready:
            self._answer(STARTING_SECONDS)
            self._ready = True
        return self._answer(limit)

    def close(self) -> None:
        """Let the process end by itself, and make sure that it does."""
        try:
            assert self._process.stdin  # noqa: S101 - for mypy
            self._process.stdin.close()
            self._process.wait(ENDING_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            pass
        self.kill()

    def kill(self) -> None:
        """End the process at once and remove its folder."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._complaints):
            _close(pipe)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _started(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - a program of ours, and no shell
            [*command, str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            # What the terminal sends to its foreground, as Ctrl-C and Ctrl-Z, is for the parent.
            start_new_session=os.name == "posix",
            creationflags=_OWN_GROUP,
        )

    def _listen(self, pipe: IO[bytes]) -> None:
        with pipe:
            for line in pipe:
                self._answers.put(line)
        self._answers.put(None)

    def _answer(self, limit: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=limit)
        except queue.Empty:
            message = f"it did not answer within {limit:g} seconds"
            raise WorkerLost(message) from None
        if line is None:
            raise WorkerLost(self._last_words())
        try:
            answer = json.loads(line)
        except ValueError:
            message = f"it answered {line[:80]!r}"
            raise WorkerLost(message) from None
        if not isinstance(answer, dict) or "error" in answer:
            message = str(answer["error"] if isinstance(answer, dict) else answer)
            raise WorkerLost(message)
        return answer

    def _last_words(self) -> str:
        """Return why the process has ended, as far as it said."""
        try:
            code: int | str = self._process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            code = "unknown"
        try:
            self._complaints.seek(0)
            lines = self._complaints.read().decode(errors="replace").split("\n")
        except ValueError:
            # Killed and closed by another thread.
            return "it was closed"
        last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
        return f"its process ended with code {code}: {last}"


def _in_memory() -> str | None:
    """Return a folder in memory, if there is one with room: on a disk, to make a file takes 0.5 ms."""
    folder = "/dev/shm"  # noqa: S108 - a folder of our own is made in it
    try:
        room = os.statvfs(folder)
    except (OSError, AttributeError):
        return None
    return folder if room.f_bavail * room.f_frsize > ROOM_BYTES and os.access(folder, os.W_OK) else None


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe:
            pipe.close()
    except OSError:
        # Closing flushes what a dead process no longer takes.
        pass

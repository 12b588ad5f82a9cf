"""The engine pyttsx3: the voices of the system, or eSpeak NG on Linux, in processes that may hang or die."""

import sys
import threading
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import metadata
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from voicecoach.errors import CoachError, SpeechError
from voicecoach.sound.clip import Clip, from_pcm
from voicecoach.speech.cores import cores
from voicecoach.speech.engine import Manner, VoiceInfo
from voicecoach.speech.proof import fault, shown
from voicecoach.speech.worker import Worker, WorkerLost

COMMAND = (sys.executable, "-P", str(Path(__file__).with_name("pyttsx3_worker.py")))
"""The worker, started by its path: what lies in the current folder cannot stand in for a library of its."""

TRIES = 2
LIMIT_SECONDS, LIMIT_SECONDS_PER_CHARACTER = 20.0, 0.02
"""What a phrase may take at the most: a hundred times what it takes."""
_READ_RATE = 22_050
"""At which rate a file is read that is no WAV."""
_Found = TypeVar("_Found")


class Pyttsx3Engine:
    """Speak through pyttsx3, in one process per core, each started when it is first needed."""

    name = "pyttsx3"

    def __init__(
        self,
        *,
        workers: int | None = None,
        command: Sequence[str] = COMMAND,
        limit_seconds: float = LIMIT_SECONDS,
    ) -> None:
        """Start nothing yet.

        Args:
            workers: processes at the most; one per core if None.
            command: the program that speaks.
            limit_seconds: what a short phrase may take; a long one gets more.
        """
        self.version = _version()
        self._command = tuple(command)
        self._limit = limit_seconds
        self._room = threading.Semaphore(workers or cores())
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._numbers = count(1)
        self._closed = False

    def voices(self) -> Sequence[VoiceInfo]:
        """Return every voice the engine has.

        Raises:
            SpeechError: pyttsx3 cannot be started.
        """
        answer = self._try("list its voices", lambda worker: worker.ask({"do": "voices"}, self._limit))
        return [
            VoiceInfo(voice["id"], voice["name"], tuple(voice["languages"]), voice["gender"])
            for voice in answer["voices"]
        ]

    def synthesize(self, text: str, manner: Manner) -> Clip:
        """Return the text as spoken, checked to be whole. May be called from several threads at once.

        Raises:
            SpeechError: there is no such voice, or speaking failed twice.
        """
        found = self._try(f"speak '{shown(text)}'", lambda worker: self._speak(worker, text, manner))
        if isinstance(found, str):
            message = f"{self.name} could not speak '{shown(text)}': {found}; see 'voicecoach voices'"
            raise SpeechError(message)
        return found

    def close(self) -> None:
        """End every process; a phrase that is being spoken is given up."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            busy = tuple(self._busy)
        for worker in busy:
            worker.kill()
        for worker in idle:
            worker.close()

    def _speak(self, worker: Worker, text: str, manner: Manner) -> Clip | str:
        """Return the clip, or why the engine will never speak in this manner."""
        path = worker.folder / f"{next(self._numbers)}.wav"
        request = {
            "do": "speak",
            "text": text,
            "voice": manner.voice,
            "rate": manner.rate,
            "pitch": manner.pitch,
            "path": str(path),
        }
        answer = worker.ask(request, self._limit + len(text) * LIMIT_SECONDS_PER_CHARACTER)
        if "refused" in answer:
            return str(answer["refused"])
        clip = _checked(path, text, manner, answer)
        # Whoever closes the engine meanwhile removes the folder.
        path.unlink(missing_ok=True)
        return clip

    def _try(self, what: str, do: Callable[[Worker], _Found]) -> _Found:
        """Do something with a worker, and once more with a new one if the first is lost."""
        lost: WorkerLost | None = None
        for _ in range(TRIES):
            try:
                with self._worker() as worker:
                    return do(worker)
            except WorkerLost as error:
                lost = error
        message = f"{self.name} could not {what}, tried twice: {lost}; see 'voicecoach doctor'"
        raise SpeechError(message) from lost

    @contextmanager
    def _worker(self) -> Iterator[Worker]:
        """Lend a worker; one that was lost, or left in the middle of its work, does not come back."""
        with self._room:
            with self._lock:
                if self._closed:
                    message = f"{self.name} is closed"
                    raise SpeechError(message)
                worker = self._idle.pop() if self._idle else Worker(self._command)
                self._busy.add(worker)
            whole = False
            try:
                yield worker
                whole = True
            finally:
                with self._lock:
                    self._busy.discard(worker)
                    whole = whole and not self._closed
                    if whole:
                        self._idle.append(worker)
                if not whole:
                    worker.kill()


def _checked(path: Path, text: str, manner: Manner, answer: dict[str, Any]) -> Clip:
    """Read the file of a phrase and return it if it can be what was asked for.

    Raises:
        WorkerLost: it cannot; what the worker does next is not to be trusted either.
    """
    if (answer["voice"].lower(), answer["rate"]) != (manner.voice.lower(), manner.rate):
        message = f"it spoke with voice '{answer['voice']}' at rate {answer['rate']} instead of {manner}"
        raise WorkerLost(message)
    clip = _read(path)
    if wrong := fault(clip, text, manner.rate):
        raise WorkerLost(wrong)
    return clip


def _read(path: Path) -> Clip:
    """Read a sound file whole: 16 bit WAV at once, what else the system writes through FFmpeg.

    Raises:
        WorkerLost: it is missing, no sound, or shorter than it says.
    """
    try:
        with wave.open(str(path)) as file:
            if (file.getnchannels(), file.getsampwidth()) == (1, 2):
                pcm = np.frombuffer(file.readframes(file.getnframes()), np.dtype("<i2"))
                if len(pcm) < file.getnframes():
                    message = f"its file holds {len(pcm)} of {file.getnframes()} frames"
                    raise WorkerLost(message)
                return from_pcm(pcm, file.getframerate())
        return _decode(path)
    except wave.Error:
        return _decode(path)
    except (OSError, EOFError) as error:
        message = f"its file cannot be read: {error or 'it is empty'}"
        raise WorkerLost(message) from error


def _decode(path: Path) -> Clip:
    """Read what is no plain WAV: macOS writes AIFF, whatever the name of the file."""
    from voicecoach.sound.decode import decode  # noqa: PLC0415 - loads FFmpeg, which Linux does without

    try:
        return decode(path, _READ_RATE)
    except CoachError as error:
        raise WorkerLost(str(error)) from error


def _version() -> str:
    """Return the version of pyttsx3 and of what speaks under it."""
    if sys.platform == "linux":
        try:
            below = metadata.version("espeakng-loader")
        except metadata.PackageNotFoundError:
            below = "system"
        return f"{metadata.version('pyttsx3')} espeakng-loader {below}"
    import platform  # noqa: PLC0415 - slow to import

    return f"{metadata.version('pyttsx3')} {sys.platform} {platform.release()}"


def create(_place: Path | None = None) -> Pyttsx3Engine:
    """Return the engine for the table of engines."""
    return Pyttsx3Engine()

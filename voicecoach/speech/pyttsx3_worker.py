"""A child process that holds one pyttsx3 engine and speaks one phrase per request.

Its parent starts it as a file of its own and talks to it in lines of JSON: a request on stdin, an
answer on stdout, which comes only when the sound file is complete. It imports nothing of ours and
no numpy, so that it is there in a twentieth of a second. It ends when its stdin closes, and so does
not outlive its parent, however that ended.
"""

import contextlib
import ctypes
import faulthandler
import json
import os
import shutil
import signal
import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyttsx3.engine import Engine

FEMALE = "+f3"
"""The variant of eSpeak NG that makes a woman's voice of each of its voices, all men's by themselves."""
VOLUME = 0.8
"""The volume of eSpeak NG; at 1.0 some voices reach full scale and are clipped."""
FIRST_VOICE = "gmw/en-us"
BUFFER_MS = 1000
_RATE, _CURRENT = 1, 1
_FOREIGN = ("darwin", "win32")
"""Where pyttsx3 speaks through the system's own voices."""


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """Report what will not work with another try either."""


def main(folder: str) -> None:
    """Answer requests until stdin closes, then remove the folder of the sound files."""
    # The parent decides what an interrupt means; the terminal sends it to every process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # pyttsx3 prints on stdout ("Audio saved to ..."): the answers go to a copy, the prints nowhere.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        speaker = SystemSpeaker() if sys.platform in _FOREIGN else EspeakSpeaker()
    except Exception as error:  # noqa: BLE001 - whatever hinders the library is the parent's to report
        _say(answers, {"error": f"{type(error).__name__}: {error}"})
        return
    _say(answers, {"ready": True})
    # A parent that was killed closes the pipes without a word.
    with contextlib.suppress(BrokenPipeError):
        for line in sys.stdin.buffer:
            _say(answers, answer(speaker, json.loads(line)))
    shutil.rmtree(folder, ignore_errors=True)


def answer(speaker: "SystemSpeaker", request: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to one request; an error is an answer too."""
    # A call that hangs in the library while the parent is gone would stay for ever.
    faulthandler.dump_traceback_later(request["limit"], exit=True)
    try:
        return {"voices": speaker.voices()} if request["do"] == "voices" else speaker.speak(request)
    except Refused as error:
        return {"refused": str(error)}
    except Exception as error:  # noqa: BLE001 - see above
        return {"error": f"{type(error).__name__}: {error}"}
    finally:
        faulthandler.cancel_dump_traceback_later()


def _say(answers: Any, message: dict[str, Any]) -> None:  # noqa: ANN401 - a text stream
    answers.write(json.dumps(message) + "\n")
    answers.flush()


class SystemSpeaker:
    """The voices of macOS or Windows through pyttsx3."""

    def __init__(self) -> None:
        """Open the engine and learn its voices."""
        self.failure: Exception | None = None
        # Kept for good: pyttsx3 holds only weak references to it.
        self.engine = self.open()
        self.engine.connect("error", self._failed)
        self.known = {voice["id"].lower(): voice["id"] for voice in self.voices()}
        self._now: dict[str, Any] = {"pitch": 50}

    def open(self) -> "Engine":
        """Open pyttsx3's engine."""
        import pyttsx3  # noqa: PLC0415 - after the library it shall find is loaded

        return pyttsx3.init()

    def voices(self) -> list[dict[str, Any]]:
        """Return what pyttsx3 tells of its voices."""
        voices: Any = self.engine.getProperty("voices")
        return [
            {
                "id": voice.id,
                "name": voice.name or voice.id,
                "languages": [str(tag).replace("_", "-").lower() for tag in voice.languages if tag],
                "gender": _gender(voice.gender),
            }
            for voice in voices
        ]

    def speak(self, request: dict[str, Any]) -> dict[str, Any]:
        """Speak one phrase into a file, and return the voice and the rate that it was spoken with.

        Raises:
            Refused: there is no such voice (pyttsx3 would speak with another one, without a word).
        """
        if request["voice"].lower() not in self.known:
            message = f"there is no voice '{request['voice']}'"
            raise Refused(message)
        self.failure = None
        for name in ("voice", "rate", "pitch"):
            if self._now.get(name) != request[name]:
                self.engine.setProperty(name, request[name])
                self._now[name] = request[name]
        self.engine.save_to_file(request["text"], request["path"])
        self.engine.runAndWait()
        if self.failure:
            raise self.failure
        return {"spoken": True, **self.current()}

    def current(self) -> dict[str, Any]:
        """Return the voice and the rate that the engine has now."""
        rate: Any = self.engine.getProperty("rate")
        return {"voice": self.engine.getProperty("voice"), "rate": round(rate)}

    def _failed(self, name: object, exception: Exception) -> None:
        del name
        self.failure = exception


class EspeakSpeaker(SystemSpeaker):
    """ESpeak NG through pyttsx3, with a driver that lets it speak at once."""

    def open(self) -> "Engine":
        """Load the library of the package espeakng-loader, or else the system's, and open the engine."""
        load_espeak()
        import pyttsx3  # noqa: PLC0415 - see above

        engine = pyttsx3.init(register_driver())
        # The first loop only drains the queue; from here on properties are set at once.
        engine.runAndWait()
        engine.setProperty("volume", VOLUME)
        return engine

    def voices(self) -> list[dict[str, Any]]:
        """Return every voice, each as a man and as a woman."""
        # MBROLA voices have rates of their own, and pyttsx3 writes 22,050 Hz above whatever comes.
        plain = [voice for voice in super().voices() if not voice["id"].startswith("mb/")]
        if not plain:
            # espeak_Initialize may fail with 0, which pyttsx3 takes for success.
            message = "eSpeak NG has no voices; is its data missing?"
            raise RuntimeError(message)
        women = [
            {**voice, "id": voice["id"] + FEMALE, "name": f"{voice['name']}, female", "gender": "female"}
            for voice in plain
        ]
        return plain + women

    def current(self) -> dict[str, Any]:
        """Ask the library itself; pyttsx3 calls espeak_GetParameter with an argument too few."""
        from pyttsx3.drivers import _espeak  # noqa: PLC0415 - loads the library

        identifier = _espeak.GetCurrentVoice().contents.identifier.decode().lower()
        return {"voice": identifier, "rate": _espeak.dll.espeak_GetParameter(_RATE, _CURRENT)}


def _gender(given: str | None) -> str | None:
    """Return ``female`` or ``male`` from what each system calls it, as ``VoiceGenderFemale``."""
    lower = (given or "").lower()
    return next((gender for gender in ("female", "male") if lower.endswith(gender)), None)


def load_espeak() -> None:
    """Load the embedded libespeak-ng so that pyttsx3's own look-up by soname resolves to it."""
    try:
        import espeakng_loader  # noqa: PLC0415 - only here, and only on Linux
    except ImportError:
        return
    library, folder = espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
    # eSpeak NG ends the whole process where its data is missing: not even then without a word.
    if not os.path.isfile(os.path.join(folder, "phontab")):  # noqa: PTH113, PTH118 - pathlib is slow to import
        message = f"the data of eSpeak NG is missing in {folder}; reinstall espeakng-loader"
        raise RuntimeError(message)
    os.environ["ESPEAK_DATA_PATH"] = folder
    ctypes.CDLL(library, ctypes.RTLD_GLOBAL)


def register_driver() -> str:
    """Register our driver among those of pyttsx3, and return its name."""
    from pyttsx3.drivers import _espeak, espeak  # noqa: PLC0415 - loads the library

    class DirectDriver(espeak.EspeakDriver):  # type: ignore[misc]
        """The driver of pyttsx3, but eSpeak NG speaks in the thread that calls it.

        With a thread of its own for the speech, as the original has it, the call returns before the file
        is written, changes of properties are lost that are still queued (nateshmbhat/pyttsx3 #170), its
        loop sleeps 10 ms a phrase, and the wake-up of eSpeak NG's thread may get lost, which costs 150 ms
        each time on a busy machine. What fails while the file is written is only printed.
        """

        def __init__(self, proxy: object) -> None:
            # The base class starts the library with a thread, unless it is told that it has been started.
            base = espeak.EspeakDriver
            if not base._moduleInitialized:  # noqa: SLF001 - pyttsx3 has no other way
                rate = _espeak.Initialize(_espeak.AUDIO_OUTPUT_SYNCHRONOUS, BUFFER_MS)
                if rate <= 0:
                    message = f"eSpeak NG does not start: espeak_Initialize returned {rate}"
                    raise RuntimeError(message)
                base._defaultVoice, base._moduleInitialized = FIRST_VOICE, True  # noqa: SLF001 - as above
            self._text_to_say: str | None = None
            self._failure: Exception | None = None
            super().__init__(proxy)

        def startLoop(self) -> None:  # noqa: N802 - pyttsx3's name
            self._proxy.setBusy(False)
            text, self._text_to_say = self._text_to_say, None
            if text:
                self._failure = None
                self._start_synthesis(text)
                if self._failure:
                    raise self._failure
                # The message with which eSpeak NG's thread would end: the driver then writes the file.
                events = (_espeak.EVENT * 2)()
                events[0].type = _espeak.EVENT_MSG_TERMINATED
                super()._onSynth(None, 0, events)

        def _onSynth(self, wav: object, numsamples: int, events: object) -> int:  # noqa: N802
            try:
                return int(super()._onSynth(wav, numsamples, events))
            except Exception as error:  # noqa: BLE001 - ctypes would print it and go on
                self._failure = error
                return 1

    module: Any = types.ModuleType("pyttsx3.drivers.voicecoach")
    module.buildDriver = DirectDriver
    sys.modules[module.__name__] = module
    return "voicecoach"


if __name__ == "__main__":
    main(sys.argv[1])

"""A program that lets eSpeak NG speak phrases as fast as it can, and does nothing with the sound.

On its stdin, JSON in one line: ``volume`` in percent, and ``phrases``, each a list of voice, rate, pitch and
text. It prints ``ready``, waits for a line, speaks, and prints how many frames that made.
"""

import ctypes
import json
import sys
from typing import Any

import espeakng_loader

SYNCHRONOUS = 2
"""AUDIO_OUTPUT_SYNCHRONOUS: a call returns when all has been spoken."""
BUFFER_MS = 1000
RATE, VOLUME, PITCH = 1, 2, 3
"""Of espeak_PARAMETER."""
UTF8, END_PAUSE = 1, 0x1000
"""Of the flags of espeak_Synth, as pyttsx3 sets them."""

Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
"""Takes the frames, their number, and what happened in them; 0 asks for more."""


def speak(espeak: Any, phrases: list[tuple[str, int, int, str]]) -> None:  # noqa: ANN401 - a C library
    """Speak every phrase, changing as little in between as possible."""
    now: tuple[str, int, int] | None = None
    for voice, rate, pitch, text in phrases:
        if now != (voice, rate, pitch):
            now = voice, rate, pitch
            espeak.espeak_SetVoiceByName(voice.encode())
            espeak.espeak_SetParameter(RATE, rate, 0)
            espeak.espeak_SetParameter(PITCH, pitch, 0)
        encoded = text.encode()
        espeak.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, UTF8 | END_PAUSE, None, None)


def main() -> None:
    """Follow the protocol."""
    order = json.loads(sys.stdin.readline())
    espeak = ctypes.CDLL(espeakng_loader.get_library_path())
    espeak.espeak_Synth.argtypes = (
        ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
        ctypes.c_void_p, ctypes.c_void_p,
    )  # fmt: skip
    espeak.espeak_Initialize(SYNCHRONOUS, BUFFER_MS, espeakng_loader.get_data_path().encode(), 0)
    made = 0

    def take(_samples: object, frames: int, _events: object) -> int:
        nonlocal made
        made += frames
        return 0

    callback = Callback(take)
    espeak.espeak_SetSynthCallback(callback)
    espeak.espeak_SetParameter(VOLUME, order["volume"], 0)
    print("ready", flush=True)
    sys.stdin.readline()
    speak(espeak, order["phrases"])
    print(made, flush=True)


if __name__ == "__main__":
    main()

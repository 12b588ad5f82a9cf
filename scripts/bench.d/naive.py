"""A program that plays tones as one would at first: sleep for the pause, play, wait for the end, and so on.

Arguments: the device; a JSON file of pairs, seconds of pause and the path of a WAV file to play after it.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

Play = Callable[[str], None]
"""Play a file to its end."""


def with_simpleaudio() -> Play:
    """Play as the documentation of simpleaudio shows it."""
    import simpleaudio  # noqa: PLC0415 - only one of the devices is needed

    return lambda path: simpleaudio.WaveObject.from_wave_file(path).play().wait_done()


def with_miniaudio() -> Play:
    """Play as the documentation of miniaudio shows it, on a device that stays open."""
    import miniaudio  # noqa: PLC0415 - see above

    device = miniaudio.PlaybackDevice(backends=[miniaudio.Backend.PULSEAUDIO])

    def play(path: str) -> None:
        ended = threading.Event()
        stream = miniaudio.stream_with_callbacks(miniaudio.stream_file(path), end_callback=ended.set)
        next(stream)
        device.start(stream)
        ended.wait()
        device.stop()

    return play


def main(device: str, session: str) -> None:
    """Play the session."""
    play = {"simpleaudio": with_simpleaudio, "miniaudio": with_miniaudio}[device]()
    for pause, path in json.loads(Path(session).read_text()):
        time.sleep(pause)
        play(path)


if __name__ == "__main__":
    main(*sys.argv[1:])

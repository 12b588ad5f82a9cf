"""A program for the tests of live output: loses its device, and opens it again as soon as there is one.

Arguments: the device, frames a second. Plays noise until the device is lost, and 1.2 s more when it is open
again and a line has come through stdin. Prints a line of JSON each time something has happened: ``lost``,
``refused`` (by the first attempt, with ``seconds``), ``open`` (with ``files``, how many more are open than at
the first time), ``done``.
"""

import json
import os
import sys
import time
from itertools import count
from pathlib import Path

import numpy as np

from voicecoach.errors import DeviceLostError, OutputError
from voicecoach.output.sink import DeviceSink, open_device

BLOCK = 0.02
PAUSE = 0.1
LAST = 60


def tell(event: str, **more: object) -> None:
    """Print what has happened."""
    print(json.dumps({"event": event, **more}), flush=True)  # noqa: T201 - this is what the test reads


def play(sink: DeviceSink, sample_rate: int, blocks: int | None = None) -> None:
    """Play noise with a silence in each second, so many blocks of it, or without end."""
    block = np.random.default_rng(5).uniform(-0.3, 0.3, round(BLOCK * sample_rate)).astype(np.float32)
    for number in count() if blocks is None else range(blocks):
        sink.write(block * (number % 50 < 40))


def reopened(device: str, sample_rate: int) -> DeviceSink:
    """Open the device as soon as that is possible."""
    for attempt in count():
        begun = time.monotonic()
        try:
            return open_device(device, sample_rate)
        except OutputError as error:
            if not attempt:
                tell("refused", why=str(error), seconds=time.monotonic() - begun)
            time.sleep(PAUSE)
    raise AssertionError


def files() -> int:
    """Return how many files, sockets and pipes this process has open."""
    return len(list(Path("/proc/self/fd").iterdir())) if os.name == "posix" else 0


def main(device: str, sample_rate: int) -> None:
    """Play, lose, open again, and play."""
    sink = open_device(device, sample_rate)
    before = files()
    try:
        play(sink, sample_rate)
    except DeviceLostError as error:
        begun = time.monotonic()
        sink.halt()
        sink.close()
        tell("lost", why=str(error), seconds=time.monotonic() - begun)
    again = reopened(device, sample_rate)
    tell("open", files=files() - before)
    sys.stdin.readline()
    play(again, sample_rate, LAST)
    again.close()
    tell("done", underruns=again.underruns)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

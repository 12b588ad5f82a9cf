"""A program for the tests of live output: plays a file of samples through a device, and prints what it says.

Arguments: the device; a .npy file of float32, shape (frames,) or (frames, 2); frames a second; optionally the
frame at which to halt. Prints JSON: ``written``, ``underruns``, ``heard`` before the halt and ``unheard`` as
it returns them; or ``error``.
"""

import json
import sys
import time

import numpy as np

from voicecoach.errors import OutputError
from voicecoach.output.sink import open_device

BLOCK = 0.03
PAUSE = 1.0


def play(device: str, path: str, sample_rate: str, halt_at: str = "") -> dict[str, object]:
    """Play the file, up to the halt if there is one."""
    samples = np.load(path)
    block = round(BLOCK * int(sample_rate))
    halt = int(halt_at) if halt_at else None
    report: dict[str, object] = {}
    sink = open_device(device, int(sample_rate), channels=1 if samples.ndim == 1 else samples.shape[1])
    written = 0
    while written < len(samples) and (halt is None or sink.heard() < halt):
        sink.write(samples[written : written + block])
        written = min(written + block, len(samples))
    if halt is not None:
        while sink.heard() < halt:
            time.sleep(0.002)
        report = {"heard": sink.heard(), "unheard": sink.halt()}
        # A pause leaves the device open.
        time.sleep(PAUSE)
    sink.close()
    return {"written": written, "underruns": sink.underruns, **report}


if __name__ == "__main__":
    try:
        result = play(*sys.argv[1:])
    except OutputError as error:
        result = {"error": str(error)}
    print(json.dumps(result))  # noqa: T201 - this is what the test reads

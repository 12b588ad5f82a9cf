"""How long it takes to make a recording, as whole processes."""

import os
import wave
from itertools import count
from pathlib import Path

from bench import PYTHON, ROUTINE, VOICECOACH, Bench, in_turns, say, say_all, say_ratio

TIMES = 5


def measure(bench: Bench) -> None:
    """Export with and without clips, and write the same bytes from memory."""
    target, bare = bench.folder / "session.wav", bench.folder / "bare.wav"
    command = (VOICECOACH, "export", ROUTINE, "-o", target, "--cache")
    bench.run(*command, bench.folder / "warm")
    with wave.open(str(target)) as file:
        pcm, rate = file.readframes(file.getnframes()), file.getframerate()
    numbers = count()
    cold, warm, written, synced, imported, started = in_turns(
        bench.times(TIMES),
        lambda: bench.run(*command, bench.folder / f"cold-{next(numbers)}"),
        bench.program(*command, bench.folder / "warm"),
        lambda: write_wave(bare, pcm, rate, sync=False),
        lambda: write_wave(bare, pcm, rate, sync=True),
        bench.program(PYTHON, "-c", "import voicecoach.coach"),
        bench.program(VOICECOACH, "--help"),
    )
    say("size", len(pcm) / 1e6, "MB")
    say_all("export, cold: the voice is measured, all is spoken", cold)
    say_all("export, warm: every clip is there", warm)
    say_all("  of it: Python, and the import of voicecoach.coach", imported)
    say_all("  of it: Python, and the command line (--help)", started)
    say_all("the same bytes from memory through wave", written)
    say_all("the same, and brought to the disk (fsync)", synced)
    # An export brings its file to the disk as well.
    say_ratio("export cold / wave and fsync", cold, synced)
    say_ratio("export warm / wave and fsync", warm, synced)


def write_wave(path: Path, pcm: bytes, rate: int, *, sync: bool) -> None:
    """Write a file over an older one, as plainly as it can be done."""
    with path.open("wb") as raw, wave.open(raw, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
        if sync:
            raw.flush()
            os.fsync(raw.fileno())

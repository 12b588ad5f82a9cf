"""How much memory an export takes, and that it does not grow with the session."""

import shutil
import wave
from dataclasses import dataclass
from pathlib import Path

from bench import PYTHON, Bench, say, say_against

from voicecoach.speech.voice import MEMORY_BYTES

MINUTES = (10, 60, 600)
MOST = 1.05
BYTES_A_MINUTE = 60 * 24_000 * 2
ROOM = 1.2
"""What must be free on the disk, against what is written."""

PEAK = """
import re, sys
from voicecoach.cli import main
sys.argv[0] = "voicecoach"
try:
    main()
finally:
    with open("/proc/self/status") as status:
        print(re.search(r"VmHWM:\\s+(\\d+) kB", status.read())[1])
"""
"""The program, and at its end its own peak in kB: what a parent learns of a child includes the parent."""

HEAD = """
schema = 1
title = "Long"
language = "en"
[[stage]]
title = "Stretch"
"""
EXERCISE = """
[[stage.exercise]]
name = "Stretch{number}"
dose = "7 x 60 s"
rest = 20
instruction = '''
    This is stretch{number}. Lie on your left side with your knees bent. Keep your hips stacked, one above the
    other. You should feel the stretch at the side of your thigh.'''
"""


@dataclass(frozen=True)
class Long:
    """A session of about so many minutes, ten to each exercise."""

    minutes: int
    new: bool = False
    """Whether each exercise has a name and an instruction of its own."""

    def toml(self) -> str:
        """Write it as a routine."""
        numbers = (f" {number}" if self.new else "" for number in range(self.minutes // 10))
        return HEAD + "".join(EXERCISE.format(number=number) for number in numbers)


def measure(bench: Bench) -> None:
    """Export each session with its clips cached, and read the peak from the process itself."""
    if not Path("/proc/self/status").exists():
        print("  not measured: this system has no /proc that tells a process its peak")
        return
    first: float | None = None
    for session in (*map(Long, MINUTES), Long(MINUTES[-1], new=True)):
        label = f"{session.minutes} min{', every exercise new' if session.new else ''}"
        needed, free = session.minutes * BYTES_A_MINUTE * ROOM, shutil.disk_usage(bench.folder).free
        if free < needed:
            room = f"{free / 1e9:.1f} of {needed / 1e9:.1f} GB free in {bench.folder.parent}"
            print(f"  {label}: not measured: {room}; TMPDIR=FOLDER chooses another disk")
            continue
        megabytes, minutes = peak(bench, session)
        first = first or megabytes
        say(label, megabytes, "MB", f"exported {minutes:.1f} min")
        if session.new:
            held = MEMORY_BYTES // 1_000_000
            say(f"  against the first; the voice may hold {held} MB of clips", megabytes / first)
        elif session.minutes != MINUTES[0]:
            say_against("  against the first", megabytes / first, MOST)


def peak(bench: Bench, session: Long) -> tuple[float, float]:
    """Return the peak in MB and the length in minutes of an export, whose file is removed."""
    routine, target, clips = bench.folder / "long.toml", bench.folder / "long.wav", bench.folder / "clips"
    routine.write_text(session.toml())
    program = (PYTHON, "-c", PEAK)
    # Planning speaks every phrase: engine, resampler and limiter have left by the time of the export.
    bench.run(*program, "plan", routine, "--cache", clips)
    try:
        printed = bench.run(*program, "export", routine, "-o", target, "--cache", clips)
        with wave.open(str(target)) as file:
            minutes = file.getnframes() / file.getframerate() / 60
    finally:
        target.unlink(missing_ok=True)
    return int(printed.split()[-1]) * 1024 / 1e6, minutes

"""How much of the machine a session takes while it plays, and that its memory does not grow."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from bench import ROUTINE, VOICECOACH, Bench, say, say_against

from tests.sound_server import running_server

DEVICES = ("miniaudio", "none")
MOST_CPU = 3.0
"""Per cent of one core, once the session has begun."""
MOST_GROWTH = 1.05
WARM_UP = 60.0
"""Seconds after which a session is in full swing; half of a session that is not twice as long."""
TICK = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True)
class Usage:
    """What a process and its children have taken so far, and hold now."""

    moment: float
    cpu_seconds: float
    megabytes: float


def measure(bench: Bench) -> None:
    """Play on each device at the same time, and read what the system says of each process."""
    if not PROC.joinpath("self/status").exists():
        print("  not measured: this system has no /proc")
        return
    options = (ROUTINE, "--cache", str(bench.folder / "clips"))
    # Speaks every phrase: what is measured is a session, not the engine.
    bench.run(VOICECOACH, "plan", *options)
    warm_up = min(WARM_UP, bench.seconds / 2)
    with ExitStack() as stack:
        try:
            environ = bench.environ(stack.enter_context(running_server()).environ)
        except pytest.skip.Exception as reason:
            print(f"  not measured: {reason.msg}")
            return
        began, programs = time.monotonic(), {}
        for device in DEVICES:
            command = [VOICECOACH, "play", *options, "--device", device]
            programs[device] = subprocess.Popen(  # noqa: S603 - a program of ours
                command, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
            stack.callback(end, programs[device])
        time.sleep(warm_up)
        early = {device: usage(program) for device, program in programs.items()}
        time.sleep(bench.seconds - warm_up)
        late = {device: usage(program) for device, program in programs.items()}
    for device in DEVICES:
        report(device, began, early[device], late[device])


def report(device: str, began: float, early: Usage, late: Usage) -> None:
    """Print what one session took."""
    start, length = early.moment - began, late.moment - early.moment
    say(f"{device}: CPU in the first {start:.0f} s, the start included", early.cpu_seconds / start * 100, "%")
    cpu = (late.cpu_seconds - early.cpu_seconds) / length * 100
    say_against(f"  CPU in the {length:.0f} s after them, of one core", cpu, MOST_CPU, "%")
    say(f"  memory after {start:.0f} s", early.megabytes, "MB")
    say(f"  memory after {late.moment - began:.0f} s", late.megabytes, "MB")
    say_against("  the one to the other", late.megabytes / early.megabytes, MOST_GROWTH)


def usage(program: "subprocess.Popen[bytes]") -> Usage:
    """Return what a session and all its processes have taken."""
    if program.poll() is not None:
        raise subprocess.CalledProcessError(program.returncode, program.args)
    family = list(with_children(program.pid))
    cpu = sum(cpu_seconds(pid) for pid in family)
    return Usage(time.monotonic(), cpu, sum(resident_megabytes(pid) for pid in family))


def with_children(pid: int) -> Iterator[int]:
    """Yield a process and all that it has started and that still run."""
    yield pid
    for thread in PROC.joinpath(str(pid), "task").iterdir():
        for child in thread.joinpath("children").read_text().split():
            yield from with_children(int(child))


def cpu_seconds(pid: int) -> float:
    """Return the time that a process has run, with those of its children that have ended."""
    # The name may hold anything, blanks and brackets, too: what follows it is numbers.
    fields = PROC.joinpath(str(pid), "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICK


def resident_megabytes(pid: int) -> float:
    """Return the memory that a process has in use."""
    found = re.search(r"VmRSS:\s+(\d+) kB", PROC.joinpath(str(pid), "status").read_text())
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def end(program: "subprocess.Popen[bytes]") -> None:
    """End a session as a user does."""
    program.terminate()
    program.wait()

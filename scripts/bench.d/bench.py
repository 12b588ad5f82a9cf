"""What all measurements share: a place of their own, programs run in it, pairs, and lines of figures."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROUTINE = "hip-mobility"
"""What is measured, unless a measurement writes its own: the largest of the bundled routines."""
DEVICES = ("miniaudio", "simpleaudio")
"""The devices that can be heard."""
PYTHON = sys.executable
VOICECOACH = str(Path(PYTHON).with_name("voicecoach"))

Do = Callable[[], object]
"""Anything that takes time."""


@dataclass(frozen=True)
class Bench:
    """What a measurement is given."""

    folder: Path
    """Its own, empty; removed when it is done."""
    asked_times: int | None = None
    """How often the user wants things measured."""
    seconds: float = 60.0
    """Length of a live session."""
    devices: Sequence[str] = DEVICES
    """What a live session is played on."""

    def environ(self, base: Mapping[str, str] = os.environ) -> dict[str, str]:
        """Return an environment in which a program meets nothing of the user's.

        Nor what the user tells Python: where it writes no bytecode, a start is a compilation.
        """
        kept = {name: value for name, value in base.items() if not name.startswith("PYTHON")}
        kinds = ("CONFIG", "CACHE", "STATE", "DATA")
        return kept | {f"XDG_{kind}_HOME": str(self.folder / kind.lower()) for kind in kinds}

    def times(self, usual: int) -> int:
        """Return how often to measure."""
        return self.asked_times or usual

    def run(self, *command: str | Path) -> str:
        """Run a program to its end, and return what it printed."""
        done = subprocess.run(  # noqa: S603 - programs of ours
            command, env=self.environ(), stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, check=True
        )
        return done.stdout.decode()

    def program(self, *command: str | Path) -> Do:
        """Return a program to be timed as a whole."""
        return lambda: self.run(*command)


def seconds_of(do: Do) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def in_turns(times: int, *things: Do) -> list[list[float]]:
    """Time several things in turns, each first as often as the others; return the seconds of each."""
    taken: list[list[float]] = [[] for _ in things]
    for turn in range(times):
        for place in range(len(things)):
            index = (turn + place) % len(things)
            taken[index].append(seconds_of(things[index]))
    return taken


def say(label: str, figure: float, unit: str = "", remark: str = "") -> None:
    """Print a line of a table; three digits are all that a measured figure is worth."""
    digits = 0 if isinstance(figure, int) else max(0, 3 - len(str(int(abs(figure)))))
    print(f"  {label:<52} {figure:>10,.{digits}f} {unit:<6} {remark}".rstrip(), flush=True)


def say_against(label: str, figure: float, most: float, unit: str = "") -> None:
    """Print a line with its target."""
    say(label, figure, unit, _verdict(figure, most))


def say_all(label: str, seconds: Sequence[float]) -> None:
    """Print the median of times, and from where to where they reach."""
    ms = [1000 * one for one in seconds]
    say(label, median(ms), "ms", f"{min(ms):,.1f} to {max(ms):,.1f}")


def say_ratio(label: str, ours: Sequence[float], theirs: Sequence[float], most: float | None = None) -> None:
    """Print the median of the ratios of those that ran beside one another, with its target if it has one."""
    ratios = [our / their for our, their in zip(ours, theirs, strict=True)]
    verdict = "" if most is None else f"; {_verdict(median(ratios), most)}"
    say(label, median(ratios), "", f"{min(ratios):.2f} to {max(ratios):.2f}{verdict}")


def _verdict(figure: float, most: float) -> str:
    return f"{'met' if figure <= most else 'MISSED'}: at most {most:g}"

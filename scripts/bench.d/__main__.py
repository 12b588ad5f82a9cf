"""Measure how fast, how small and how punctual voicecoach is, and print the figures.

Machines are noisy: each figure is a median, and where two things are compared they run in turns, so that a
ratio is the median of the ratios of neighbours. Nothing of whoever runs it is read or changed: routines and
clips lie in a temporary folder (TMPDIR says where; `memory` writes 1.7 GB and removes it at once).
"""

import argparse
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from bench import DEVICES, Bench

MEASUREMENTS = {
    "start": "voicecoach --help, against importing click",
    "plan": "planning the whole of hip-mobility, its clips being cached",
    "steps": "planning 1,000, 10,000 and 100,000 steps, every length being known",
    "render": "rendering it, as times real time",
    "export": "writing it to every kind of file, against bare encoders and today's usual way",
    "memory": "peak memory of exporting 10, 60 and 600 minutes",
    "speech": "speaking all its phrases, against the bare engine; time to the first sound",
    "history": "writing a set into a log of ten years, and reading what is asked of it",
    "live": "how punctual tones are, as recorded from a sound server, against a loop that sleeps",
    "playing": "CPU and memory of a session that plays",
}
"""Every measurement, in the order in which they run, and what it says. Each is a module of its name."""


def options() -> argparse.Namespace:
    """Read the command line."""
    names = "\n".join(f"  {name:<8} {what}" for name, what in MEASUREMENTS.items())
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description=f"{__doc__}\nmeasurements:\n{names}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure; all if left out")
    parser.add_argument("--times", type=int, metavar="N", help="how often; each has its own default")
    parser.add_argument(
        "--seconds",
        type=float,
        default=60.0,
        help="length of a live session (default 60); 600 for what lasts, 1200 for drift",
    )
    parser.add_argument("--device", choices=[*DEVICES, "both"], default="both", help="of live (default both)")
    chosen = parser.parse_args()
    if unknown := sorted(set(chosen.names) - MEASUREMENTS.keys()):
        parser.error(f"there is no measurement {', '.join(unknown)}; known are {', '.join(MEASUREMENTS)}")
    return chosen


def main() -> None:
    """Run what was asked for, in the order of the table."""
    chosen = options()
    devices = DEVICES if chosen.device == "both" else (chosen.device,)
    for name, what in MEASUREMENTS.items():
        if name in (chosen.names or MEASUREMENTS):
            print(f"{name}: {what}", flush=True)
            with tempfile.TemporaryDirectory(prefix="voicecoach-bench-") as folder:
                import_module(name).measure(Bench(Path(folder), chosen.times, chosen.seconds, devices))
            sys.stdout.flush()


if __name__ == "__main__":
    main()

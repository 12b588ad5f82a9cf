"""How punctual a live session is, as a listener hears it; and beside it a loop that sleeps and plays."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from bench import PYTHON, VOICECOACH, Bench, say, say_against
from ear import Found, Planned, first_sound, listen, load

from tests.sound_server import RATE, Recording, running_server
from voicecoach.output.sink import PACKAGES, installed

HERE = Path(__file__).parent
SOUNDS = HERE.parents[1] / "sounds"
ALONE = 28
"""Seconds of the session that belong to neither of its exercises."""
HOLD = 10.8
"""Seconds of a hold of 6 s, with the rest and the countdown before it."""
STEP_MS = 2
"""What is more than that from one tone to the next is no drift: something came too late."""
LEAST = 8
"""Tones, of which fewer say nothing."""
MOST_OFF_MS = {"miniaudio": 10.0, "simpleaudio": 25.0}
"""The target for 99 of 100 tones on each device."""
MOST_DRIFT_MS = 5.0
"""The target for the drift of an hour, of which a long session is a part."""
MS_AN_HOUR = 3.6e6


def routine(seconds: float) -> str:
    """Write a routine of about this length: one half holds, the other half reps with a tone a second."""
    half = max(seconds - ALONE, 16) / 2
    return f"""
        schema = 1
        title = "Bench"
        language = "en"
        [[stage]]
        title = "Tones"
        [[stage.exercise]]
        name = "Holds"
        dose = "{max(1, min(100, round(half / HOLD)))} x 6 s"
        rest = 2
        [[stage.exercise]]
        name = "Reps"
        sets = 1
        reps = {min(500, round(half / 2))}
        tempo = "1-0-1-0"
    """


def measure(bench: Bench) -> None:
    """Play one session on each device: ours and the naive way side by side, each to a server of its own."""
    path = bench.folder / "bench.toml"
    path.write_text(routine(bench.seconds))
    options = (str(path), "--talk", "beeps", "--cache", str(bench.folder / "clips"))
    plan = json.loads(bench.run(VOICECOACH, "plan", *options, "--json"))
    events, rate = [one for one in plan["events"] if one["type"] == "tone"], plan["sample_rate"]
    planned = [Planned(one["tone"], one["onset_frame"] / rate) for one in events]
    naive = bench.folder / "naive.json"
    naive.write_text(json.dumps(naive_session(events, rate)))
    say("length of the session", plan["frames"] / rate, "s")
    say("tones in it", len(planned))
    for device in bench.devices:
        if not installed(device):
            print(f"  {device}: not measured: install it with 'pip install {PACKAGES[device]}'")
            continue
        commands = {
            f"{device}, voicecoach play": [VOICECOACH, "play", *options, "--device", device],
            # Without the variable, simpleaudio crashes from Python 3.12 on where nobody works around it.
            f"{device}, sleep and play": [
                *("env", "PYTHONMALLOC=malloc", PYTHON, str(HERE / "naive.py"), device, str(naive))
            ],
        }
        try:
            recordings = played(bench, list(commands.values()))
        except pytest.skip.Exception as reason:
            print(f"  not measured: {reason.msg}")
            return
        for label, recording, most in zip(commands, recordings, (MOST_OFF_MS[device], None), strict=True):
            report(label, planned, recording, most)


def naive_session(events: Sequence[Mapping[str, object]], rate: int) -> list[tuple[float, str]]:
    """Return the pauses, in seconds, and the files that are to be played after them."""
    session, end = [], 0
    for event in events:
        session.append(((event["onset_frame"] - end) / rate, str(SOUNDS / f"{event['tone']}.wav")))
        end = event["onset_frame"] + event["frames"]
    return session


def played(bench: Bench, commands: Sequence[Sequence[str]]) -> list[Recording]:
    """Run programs at the same time, and return what each of them played."""
    with ExitStack() as servers:
        each = [servers.enter_context(running_server()) for _ in commands]
        with ExitStack() as recorders:
            recordings = [recorders.enter_context(server.record()) for server in each]
            programs = []
            for command, server in zip(commands, each, strict=True):
                program = subprocess.Popen(  # noqa: S603 - programs of ours
                    command,
                    env=bench.environ(server.environ),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                )
                # Does nothing to one that has ended; no other is left behind.
                servers.callback(program.kill)
                programs.append(program)
            for program in programs:
                if program.wait():
                    raise subprocess.CalledProcessError(program.returncode, program.args)
    return recordings


def report(label: str, planned: Sequence[Planned], recording: Recording, most: float | None) -> None:
    """Print how far from their moments the tones were heard, beside the targets if there are any."""
    tones = {name: load(SOUNDS / f"{name}.wav", RATE) for name in {tone.name for tone in planned}}
    begun = first_sound(recording.samples, RATE) - planned[0].seconds
    found = listen(recording.samples, RATE, tones, planned, begun)
    print(f"  {label}: {len(found)} of {len(planned)} tones heard")
    if len(found) < LEAST:
        print("    too few to say anything")
        return
    late = 1000 * lateness(found)
    off = np.abs(late)
    half, nearly_all = np.percentile(off, (50, 99))
    say("  off its moment, from the median: half of the tones", float(half), "ms", "or less")
    if most is None:
        say("  99 of 100", float(nearly_all), "ms", "or less")
    else:
        say_against("  99 of 100", float(nearly_all), most, "ms")
    say("  the worst", float(off.max()), "ms")
    say("  the last, later than the first by", float(late[-1] - late[0]), "ms")
    steps = np.abs(np.diff(late))
    say(f"  steps of more than {STEP_MS} ms from one to the next", int((steps > STEP_MS).sum()))
    slope, error = (MS_AN_HOUR * one for one in drift(found))
    say("  drift an hour", slope, "ms", f"give or take {error:,.1f}; {slope / 3.6:.1f} ppm")
    if most is None:
        return
    if 2 * error > MOST_DRIFT_MS:
        print(f"    too short to tell whether it is within {MOST_DRIFT_MS:g} ms: --seconds 1200 can")
    else:
        say_against("    more or less", abs(slope), MOST_DRIFT_MS, "ms")


def lateness(found: Sequence[Found]) -> np.ndarray:
    """Return the seconds by which each tone was late, from the median: a device's latency is no fault."""
    late = np.array([tone.late for tone in found])
    return late - np.median(late)


def drift(found: Sequence[Found]) -> tuple[float, float]:
    """Return the slope of the lateness over the session, and its standard error."""
    (slope, _), covariance = np.polyfit([one.planned for one in found], lateness(found), 1, cov=True)
    return float(slope), float(np.sqrt(covariance[0, 0]))

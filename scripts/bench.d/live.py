"""How punctual a live session is, as a listener hears it; and beside it a loop that sleeps and plays."""

import json
import os
import subprocess
import wave
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from bench import PYTHON, VOICECOACH, Bench, say
from ear import Found, Planned, first_sound, listen, load
from tests.sound_server import RATE, running_server

from voicecoach.output.sink import PACKAGES, installed

SOUNDS = Path(__file__).parents[2] / "sounds"
HERE = Path(__file__).parent
ALONE = 15
"""Seconds of a session that are neither set nor rest."""


def routine(seconds: float) -> str:
    """Write a routine of about a length, with a tone a second in most of it."""
    half = max(seconds - ALONE, 16) / 2
    # A set of 6 s and its rest of 2; a rep of 2 s, with a sound at each end.
    return f"""
        schema = 1
        title = "Bench"
        language = "en"
        [[stage]]
        title = "Tones"
        [[stage.exercise]]
        name = "Holds"
        dose = "{min(100, round(half / 8))} x 6 s"
        rest = 2
        [[stage.exercise]]
        name = "Reps"
        sets = 1
        reps = {min(500, round(half / 2))}
        tempo = "1-0-1-0"
    """


@dataclass(frozen=True)
class Session:
    """What is to be heard: the events of a plan, in order."""

    rate: int
    events: Sequence[dict]

    @property
    def tones(self) -> list[Planned]:
        """Return the tones alone."""
        return [Planned(one["text"], one["frame"] / self.rate) for one in self.events if one["kind"] == "tone"]


def measure(bench: Bench) -> None:
    """Play the same session on each device, ours and the naive way side by side, each on its own server."""
    path, clips = bench.folder / "bench.toml", bench.folder / "clips"
    path.write_text(routine(bench.seconds))
    options = (path, "--talk", "beeps", "--cache", clips)
    plan = json.loads(bench.run(VOICECOACH, "plan", *options, "--json"))
    print(plan["events"][:3], plan["frames"]/24000)

"""The bench: that it can be asked, and that its ear tells the truth. What it measures is no test."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

BENCH = Path(__file__).parents[1] / "scripts" / "bench.d"
RATE = 48_000
SOUNDS = BENCH.parents[1] / "sounds"


@pytest.fixture(scope="module")
def ear() -> ModuleType:
    """Import the ear from among the scripts, which are no package."""
    spec = importlib.util.spec_from_file_location("bench_ear", BENCH / "ear.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks up its own module.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_help_lists_every_measurement() -> None:
    """Each measurement that is listed is a module beside the list, and the other way about."""
    done = subprocess.run([sys.executable, BENCH, "--help"], capture_output=True, text=True, check=True)
    _, _, listed = done.stdout.partition("measurements:\n")
    names = {line.split()[0] for line in listed.partition("\n\n")[0].splitlines()}
    measured = {path.stem for path in BENCH.glob("*.py") if "\ndef measure(bench: Bench)" in path.read_text()}
    assert {
        "start",
        "plan",
        "steps",
        "render",
        "export",
        "memory",
        "speech",
        "history",
        "live",
        "playing",
    } == names
    assert measured == names


def test_unknown_measurement() -> None:
    """A wrong name is refused with those that there are, before anything runs."""
    done = subprocess.run(
        [sys.executable, BENCH, "start", "speed"], capture_output=True, text=True, check=False
    )
    assert (2, "") == (done.returncode, done.stdout)
    assert "there is no measurement speed; known are start, plan," in done.stderr


def test_ear_finds_every_frame(ear: ModuleType) -> None:
    """Tones that come later and later, under noise, are found at the very frame at which they begin."""
    names = ["stage", *["tick", "rep", "start", "end", "halfway"] * 3]
    tones = {name: ear.load(SOUNDS / f"{name}.wav", RATE) for name in names}
    recording = np.random.default_rng(1).normal(0, 0.001, 20 * RATE).astype(np.float32)
    planned, onsets = [], []
    for number, name in enumerate(names):
        # A second apart by plan; the session begins at 1.5 s and falls behind by 51.7 ms with each.
        onsets.append(72_000 + number * (RATE + 2_480))
        planned.append(ear.Planned(name, float(number)))
        recording[onsets[-1] : onsets[-1] + len(tones[name])] += tones[name]
    found = ear.listen(recording, RATE, tones, planned, ear.first_sound(recording, RATE))
    assert onsets == [round((one.planned + one.late) * RATE) for one in found]


def test_ear_hears_no_other_tone(ear: ModuleType) -> None:
    """A tone that is missing is not found, not even where another one sounds instead."""
    tones = {name: ear.load(SOUNDS / f"{name}.wav", RATE) for name in ("tick", "end")}
    recording = np.zeros(5 * RATE, np.float32)
    for name, second in (("tick", 1), ("end", 2), ("tick", 3)):
        recording[second * RATE : second * RATE + len(tones[name])] += tones[name]
    planned = [ear.Planned("tick", float(second)) for second in range(4)]
    found = ear.listen(recording, RATE, tones, planned, 1.0)
    assert [0.0, 2.0] == [one.planned for one in found]

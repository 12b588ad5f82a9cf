import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli import main

pytestmark = pytest.mark.usefixtures("shared_cache")


def run(*arguments: str) -> Result:
    """Run a command as if typed."""
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.long
@pytest.mark.parametrize("minutes", [12, 20, 30, 45])
def test_the_routine_in_the_minutes_one_has(minutes: int) -> None:
    """With the voice that will be heard, a session lands within 2 % or 10 s, and each change is told."""
    result = run("plan", "hip-mobility", "--fit", f"{minutes}m", "--json")
    assert 0 == result.exit_code
    plan = json.loads(result.stdout)
    seconds = plan["frames"] / plan["sample_rate"]
    assert abs(seconds - 60 * minutes) <= max(0.02 * 60 * minutes, 10)
    assert {"fit": 60 * minutes} == plan["meta"]["adjustments"]
    notes = plan["meta"]["notes"]
    assert [note for note in notes if note.startswith("left out: Single-leg bridge, Front of the shin")]
    assert [f"voicecoach: {note}" for note in notes] == result.stderr.splitlines()
    lengths = {}
    for segment in plan["segments"]:
        if segment["kind"] in {"hold", "timed", "rep-set"} and segment["side"]:
            key = segment["stage_index"], segment["exercise_index"], segment["set"]
            lengths.setdefault(key, set()).add(segment["frames"])
    assert lengths
    assert all(1 == len(both) for both in lengths.values())


@pytest.mark.long
def test_out_of_reach(tmp_path: Path) -> None:
    """Where the time cannot be reached, the nearest is named and nothing is written; --nearest takes it."""
    target = tmp_path / "clam.wav"
    command = ("export", "hip-mobility", "--only", "clam", "-o", str(target), "--talk", "brief", "--fit")
    refused = run(*command, "30s")
    assert (1, False) == (refused.exit_code, target.exists())
    found = re.fullmatch(
        r"voicecoach: Hip mobility cannot be fitted into 0:30; the nearest is (\d+:\d\d): "
        r"take it with --nearest, or ask for --fit \1; a bare number is seconds: 20m is minutes\n",
        refused.stderr,
    )
    assert found
    assert "" == refused.stdout
    taken = run(*command, "30s", "--nearest")
    assert (0, True) == (taken.exit_code, target.exists())
    assert f"clam.wav: {found[1]}, 1 exercise," in taken.stdout.replace(str(tmp_path) + "/", "")
    assert "voicecoach: Hip mobility cannot be fitted into 0:30; the nearest is" in taken.stderr
    assert 0 == run(*command, found[1]).exit_code


def test_shorter_pauses_where_one_exercise_less_would_be_too_much() -> None:
    """Where leaving one more out jumps over the time, the pauses come down before it."""
    stretch = ("--only", "static-stretch", "--hold", "30", "--sets", "2", "--rest", "20", "--fit", "10:30")
    result = run("plan", "hip-mobility", *stretch, "--json")
    assert 0 == result.exit_code
    plan = json.loads(result.stdout)
    assert abs(plan["frames"] / plan["sample_rate"] - 630) <= 12.6
    assert 3 == len({one["exercise"] for one in plan["segments"] if one["kind"] == "hold"})


@pytest.mark.long
def test_what_was_typed_is_pinned() -> None:
    """A pace and a rest that were asked for stay, and so does the figure of an exercise."""
    asked = ("--pace", "gentle", "--rest", "25", "--set", "butterfly.hold=40", "--only", "static-stretch")
    plan = json.loads(run("plan", "hip-mobility", *asked, "--fit", "22m", "--json").stdout)
    rate = plan["sample_rate"]
    lengths = {
        kind: {one["frames"] / rate for one in plan["segments"] if one["kind"] == kind}
        for kind in ("lead-in", "switch", "rest")
    }
    assert {"lead-in": {8}, "switch": {10}, "rest": {25}} == lengths
    butterfly = [one for one in plan["segments"] if one["exercise"] == "Butterfly" and one["kind"] == "hold"]
    assert {40} == {one["frames"] / rate for one in butterfly}


def test_what_was_set_for_one_exercise_stays() -> None:
    """Neither its rest nor, with --fit-holds, its holds change; that the time is out of reach is told."""
    one = ("--only", "static-stretch.quads", "--fit", "9m", "--fit-holds", "--nearest", "--json")
    settings = ("--set", "static-stretch.quads.hold=20", "--set", "static-stretch.quads.rest=15")
    plan = json.loads(run("plan", "hip-mobility", *one, *settings).stdout)
    lengths = {
        kind: {part["frames"] / plan["sample_rate"] for part in plan["segments"] if part["kind"] == kind}
        for kind in ("hold", "rest")
    }
    assert {"hold": {20}, "rest": {15}} == lengths


@pytest.mark.parametrize("option", ["--fit-holds", "--nearest"])
def test_options_that_go_with_a_time(option: str) -> None:
    """They mean nothing alone, and say so."""
    result = run("plan", "hip-mobility", option)
    assert (2, "") == (result.exit_code, result.stdout)
    assert f"{option} goes with --fit, as in --fit 20m" in result.stderr


def test_a_time_that_is_none() -> None:
    """A time has to be readable, and longer than nothing."""
    for wrong in ("soon", "0"):
        result = run("plan", "hip-mobility", "--fit", wrong)
        assert (2, "") == (result.exit_code, result.stdout)

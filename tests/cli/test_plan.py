import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli import main

MIXED = str(Path(__file__).parents[1] / "plan" / "routines" / "mixed.toml")
TIGHT = """
title = "Tight"
caution = "Stop."
[[stage]]
title = "A"
[[stage.exercise]]
name = "Plank"
dose = "2 x 20 s"
rest = 4
"""


def plan(*arguments: str) -> Result:
    """Plan a session as if typed."""
    return CliRunner().invoke(main, ["plan", *arguments])


@pytest.fixture
def tight(tmp_path: Path) -> str:
    """Write a routine whose rests have no room for what comes next."""
    path = tmp_path / "tight.toml"
    path.write_text(TIGHT, encoding="utf-8")
    return str(path)


def test_the_table_can_be_followed() -> None:
    """Each line tells time, what, side, set, length and cues; the last one the total."""
    result = plan(MIXED, "--talk", "beeps")
    assert 0 == result.exit_code
    lines = result.stdout.splitlines()
    assert ["time", "what", "side", "set", "length", "cues"] == lines[1].split()
    for line in (
        r" +\d:\d\d  Quads, moving +left +1/1, round 1/2 +30 s  0:15 <halfway>, 3-2-1",
        r" +\d:\d\d  Switch to the right +right +1/1, round 1/2 +7 s  0:01 <switch>, 3-2-1",
        r" +\d:\d\d  Rest, then round 2 +12 s",
        r" +\d:\d\d  Rest, then set 2 +4 s  3-2-1",
        r" +\d:\d\d  Bridge, 5 reps +1/2, round 1/2 +25 s  counting",
        r" *\d+:\d\d  Adductors, press +left +1/2 +6 s  3-2-1",
        r" *\d+:\d\d  Are you ready +20 s",
    ):
        assert [one for one in lines if re.fullmatch(line, one)], line
    assert re.fullmatch(r" *\d+:\d\d  total, brisk pace, talk beeps", lines[-2])
    assert "Cues that could not be heard as meant: 3 moved; --why tells which." == lines[-1]


def test_why(tight: str) -> None:
    """Each cue that could not be heard as it was meant is told with its reason; else their number is."""
    short = plan(tight).stdout.splitlines()[-1]
    assert re.fullmatch(
        r"Cues that could not be heard as meant: .*\d (shortened|dropped).*--why tells which\.", short
    )
    lines = plan(tight, "--why").stdout.splitlines()
    told = [line for line in lines if "(rest)" in line]
    assert 1 == len(told)
    assert re.fullmatch(r" +\d:\d\d  Plank \(rest\): 'Last set\.' (left out|shortened to '.*'): .+", told[0])
    lines = plan(MIXED, "--talk", "beeps", "--why").stdout.splitlines()
    moved = (
        r" +\d\d:\d\d  Box breathing \(hold\): 'halfway' moved by 0\.75 s later: 'breathe-out' has that place"
    )
    assert 3 == sum(bool(re.fullmatch(moved, line)) for line in lines)
    good = plan("hip-mobility", "--only", "clam", "--talk", "beeps", "--why").stdout.splitlines()
    assert "Every cue has the place that it was meant for." == good[-1]


def test_timeline(tight: str, tmp_path: Path) -> None:
    """The session is drawn into a file, beside the table."""
    target = tmp_path / "out.svg"
    result = plan(tight, "--timeline", str(target))
    assert (0, True) == (result.exit_code, "Plank" in result.stdout)
    assert ET.parse(target).getroot().tag.endswith("svg")  # noqa: S314 - written by ourselves
    refused = plan(tight, "--timeline", str(tmp_path / "no" / "out.svg"))
    assert (1, "") == (refused.exit_code, refused.stdout)


@pytest.fixture
def sided(tmp_path: Path) -> str:
    """Write a routine of two sets on each side."""
    path = tmp_path / "sided.toml"
    path.write_text(TIGHT.replace("2 x 20 s", "2 x 20 s per side"), encoding="utf-8")
    return str(path)


def test_a_drawing_is_svg(tight: str, tmp_path: Path) -> None:
    """A file of another kind is refused with the name that it should have."""
    result = plan(tight, "--timeline", str(tmp_path / "out.png"))
    assert (2, "") == (result.exit_code, result.stdout)
    assert "write " in result.stderr
    assert "out.svg" in result.stderr
    assert not (tmp_path / "out.png").exists()


def test_sides(sided: str) -> None:
    """The side to begin with and the order of sides are as asked for."""
    document = json.loads(plan(sided, "--first-side", "right", "--side-order", "block", "--json").stdout)
    work = [(one["side"], one["set"]) for one in document["segments"] if one["kind"] == "hold"]
    assert [("right", 1), ("right", 2), ("left", 1), ("left", 2)] == work
    assert {"first_side": "right", "side_order": "block"} == document["meta"]["adjustments"]
    assert "2 sets of 20 seconds, all on the right side first." in {
        event.get("text") for event in document["events"]
    }


def test_pan(sided: str) -> None:
    """With --pan, what belongs to a side stands there; all else stays in the middle."""
    document = json.loads(plan(sided, "--pan", "--json").stdout)
    sides = {one["segment"]: document["segments"][one["segment"]]["side"] for one in document["events"]}
    pans = {(sides[one["segment"]], one["pan"]) for one in document["events"]}
    assert {("left", -1.0), ("right", 1.0), (None, 0.0)} <= pans
    assert not {("left", 1.0), ("right", -1.0), (None, 1.0), (None, -1.0)} & pans


def test_seed() -> None:
    """The same number gives the same reminders, another one others."""
    first, again, other = (
        json.loads(plan("hip-mobility", "--only", "roll.quads", "--json", "--seed", seed).stdout)["events"]
        for seed in ("1", "1", "2")
    )
    assert first == again
    assert first != other

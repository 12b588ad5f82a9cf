"""Plans that are kept: found by their fingerprints, and never more than some."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from voicecoach.errors import CoachError
from voicecoach.output.plans import MOST, find, keep, read
from voicecoach.plan.document import Document, EventEntry, fingerprint

PLAN = Document({"title": "Hips"}, 24_000, 24_000, events=(EventEntry(0, 100, "tone", "start", 0.0, 0),))


def test_a_plan_is_found_again(tmp_path: Path) -> None:
    """By its fingerprint, in a folder that is made for it; another one is not there."""
    folder = tmp_path / "new" / "plans"
    assert find(fingerprint(PLAN), folder) is None
    keep(PLAN, folder)
    assert PLAN == find(fingerprint(PLAN), folder)
    assert find("0" * 64, folder) is None


def test_a_name_from_elsewhere_leads_nowhere(tmp_path: Path) -> None:
    """What a file says of itself is no path."""
    (tmp_path / "secret.json").write_text(json.dumps(PLAN.to_json()))
    assert find("../secret", tmp_path / "plans") is None


def test_a_plan_that_was_changed_is_not_that_plan(tmp_path: Path) -> None:
    """Where a kept plan no longer has its fingerprint, or cannot be read, there is none."""
    keep(PLAN, tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_text(json.dumps(replace(PLAN, events=()).to_json()))
    assert find(fingerprint(PLAN), tmp_path) is None
    path.write_text("{")
    assert find(fingerprint(PLAN), tmp_path) is None


def test_the_newest_are_kept(tmp_path: Path) -> None:
    """The oldest go, and what is no plan of ours stays."""
    (tmp_path / "mine.json").write_text("{}")
    plans = [
        replace(PLAN, events=(replace(PLAN.events[0], onset_frame=number),)) for number in range(MOST + 3)
    ]
    for number, plan in enumerate(plans):
        keep(plan, tmp_path)
        os.utime(tmp_path / f"{fingerprint(plan)}.json", (number, number))
    there = [find(fingerprint(plan), tmp_path) is not None for plan in plans]
    assert [False] * 3 + [True] * MOST == there
    assert (tmp_path / "mine.json").exists()


@pytest.mark.parametrize("text", ["", "[]", "3", "{", '{"schema": 2}', '{"schema": 1}', "[" * 100_000])
def test_what_is_no_plan(tmp_path: Path, text: str) -> None:
    """One line says what, and how to have one."""
    path = tmp_path / "plan.json"
    path.write_text(text)
    with pytest.raises(
        CoachError, match=r"^cannot read the plan .*'voicecoach export ... --json FILE'"
    ) as caught:
        read(path)
    assert "\n" not in str(caught.value)

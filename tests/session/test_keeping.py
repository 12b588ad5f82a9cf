import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from voicecoach.errors import CoachError
from voicecoach.plan.spot import Length, Spot
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Segment
from voicecoach.routine.model import Side
from voicecoach.routine.pace import Effort
from voicecoach.session.alone import alone
from voicecoach.session.keeping import Keeper, Kept, load, save
from voicecoach.session.playhead import Place

LENGTHS = (Length(3, Side.LEFT, Kind.HOLD, 40.5), Length(1, None, Kind.RELAX, 3))
SPOT = Spot(1, 2, None, 3, Side.LEFT, "Pigeon", 4800, Effort.EASIER, LENGTHS)
KEPT = Kept("Hips", "Pigeon, left", "hips", ("hips", "--pace", "gentle"), "/somewhere", SPOT, 1.5)


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    """A place is read as it was written; where there is none, none is found."""
    path = tmp_path / "state" / "unfinished.json"
    assert load(path) is None
    save(path, KEPT)
    assert KEPT == load(path)


WRITTEN = """{"schema": 1, "title": "Hips", "label": "Pigeon, left", "routine": "hips",
"arguments": ["hips", "--pace", "gentle"], "folder": "/somewhere", "spot": {"stage_index": 1,
"exercise_index": 2, "round": null, "set": 3, "side": "left", "name": "Pigeon", "passed": 4800,
"effort": -1}, "left_at": 1.5}"""
"""As it was before lengths were kept."""


def test_what_an_earlier_version_kept_is_found(tmp_path: Path) -> None:
    """A file without lengths is read as one in which none was changed."""
    path = tmp_path / "unfinished.json"
    path.write_text(WRITTEN)
    assert replace(KEPT, spot=replace(SPOT, lengths=())) == load(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"schema": 2}',
        json.dumps({"schema": 1, "spot": {}}),
        '{"schema": 1, "spot": 3}',
        WRITTEN.replace('"effort"', '"lengths": [3], "effort"'),
        WRITTEN.replace('"effort"', '"lengths": [{"side": null, "kind": "hold"}], "effort"'),
    ],
)
def test_a_damaged_file_is_one_line(text: str, tmp_path: Path) -> None:
    """Whatever stands in it, the message names the file and what to do."""
    path = tmp_path / "unfinished.json"
    path.write_text(text)
    with pytest.raises(CoachError, match=r"unfinished.json: .* begin anew with 'voicecoach play'"):
        load(path)


def keeper(path: Path | None) -> Keeper:
    """Return a keeper whose spots are those of the steps."""

    def kept(place: Place, now: float) -> Kept | None:
        spot = Spot.of(place.segment.step, place.passed)
        return Kept("Hips", place.segment.label, "hips", (), "/", spot, now) if spot else None

    return Keeper(path, kept, now=lambda: 2.0)


def place(label: str, stage_index: int | None, *, is_aside: bool = False) -> Place:
    """Return a moment."""
    return Place(Segment(Step(Kind.HOLD, stage_index=stage_index), label, 10, ()), 3, None, 7, is_aside)


def test_keeps_each_segment_once(tmp_path: Path) -> None:
    """The file follows the session, but for asides and the opening; at the end it is removed."""
    path = tmp_path / "unfinished.json"
    keeping = keeper(path)
    keeping.show(place("opening", None), paused=False)
    assert not path.exists()
    here = place("first", 0)
    keeping.show(here, paused=False)
    assert "first" == load(path).label  # type: ignore[union-attr]
    path.unlink()
    keeping.show(here, paused=True)
    keeping.show(place("ack", 1, is_aside=True), paused=False)
    assert not path.exists()
    keeping.show(place("second", 1), paused=False)
    assert "second" == load(path).label  # type: ignore[union-attr]
    keeping.forget()
    assert load(path) is None


def test_a_place_that_cannot_be_kept_stops_nothing(tmp_path: Path) -> None:
    """Where the folder is a file, or there is to be none, the session goes on without."""
    (tmp_path / "state").write_text("no folder")
    for path in (tmp_path / "state" / "unfinished.json", None):
        keeping = keeper(path)
        keeping.show(place("first", 0), paused=False)
        keeping.forget()
    assert "no folder" == (tmp_path / "state").read_text()


def test_one_session_knows_of_another(tmp_path: Path) -> None:
    """The second is told what the first is; when that has been killed, nothing is in the way."""
    path = tmp_path / "state" / "playing"
    code = (
        "import sys; from pathlib import Path; from voicecoach.session.alone import alone\n"
        "with alone(Path(sys.argv[1]), 'Hips, since 21:03') as other:\n"
        "    print(repr(other), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        try:
            assert first.stdout
            assert "''\n" == first.stdout.readline()
            with alone(path, "second") as other:
                assert "Hips, since 21:03" == other
        finally:
            first.kill()
    with alone(path, "third") as other:
        assert not other
    with alone(path, "fourth") as other:
        assert not other


def test_where_no_file_can_be_held_the_session_plays(tmp_path: Path) -> None:
    """Who has no place for state is alone."""
    (tmp_path / "state").write_text("no folder")
    with alone(tmp_path / "state" / "playing", "first") as other:
        assert not other

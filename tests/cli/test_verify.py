"""The proof of a file: good ones pass, and whatever is altered in them is found."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner, Result
from numpy.typing import NDArray

from tests.encoding import CODECS, encode
from voicecoach import folders
from voicecoach.cli import main
from voicecoach.output import plans
from voicecoach.plan.document import Document, EventEntry, fingerprint

ROUTINE = """
title = "Evening hips"
caution = "Stop on pain."
[[stage]]
title = "Stretch"
[[stage.exercise]]
name = "Pigeon"
dose = "1 x 20 s per side"
instruction = "From all fours, slide one knee forwards. Let the hips sink. Keep the back long."
[[stage.exercise]]
name = "Hamstrings"
dose = "1 x 3 s contract, 5 s deepen"
"""
LOSSLESS = (".wav", ".flac")
LOSSY = (".mp3", ".m4a", ".opus")
SOME = (".flac", ".mp3")
"""Where a codec has no say in it."""

Pcm = NDArray[np.int16]


@dataclass(frozen=True)
class Made:
    """An export, as sound and as a plan."""

    pcm: Pcm
    plan: Document
    text: str
    """The plan as it was written."""

    @property
    def rate(self) -> int:
        """Return its frames a second."""
        return self.plan.sample_rate

    def events(self, kind: str, name: str = "") -> list[EventEntry]:
        """Return the events of a type, and of a name where one is given."""
        return [event for event in self.plan.events if event.type == kind and name in {"", event.sound}]

    def longest_gap(self) -> int:
        """Return the frame in the middle of the longest silence."""
        ends = [event.onset_frame + event.frames for event in self.plan.events]
        starts = [event.onset_frame for event in self.plan.events][1:]
        length, end = max((start - end, end) for start, end in zip(starts, ends, strict=False))
        return end + length // 2


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Export a short session through the command line."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "evening.toml").write_text(ROUTINE, encoding="utf-8")
    homes = {f"XDG_{name}_HOME": str(folder) for name in ("CONFIG", "CACHE", "STATE", "DATA")}
    command = [
        sys.executable,
        "-m",
        "voicecoach",
        "export",
        "evening.toml",
        "-o",
        "a.wav",
        "--json",
        "a.json",
    ]
    subprocess.run(command, cwd=folder, env=os.environ | homes, check=True, capture_output=True)
    text = (folder / "a.json").read_text(encoding="utf-8")
    plan = Document.from_json(json.loads(text))
    pcm, _ = soundfile.read(folder / "a.wav", dtype="int16")
    assert plan.frames == len(pcm)
    return Made(pcm, plan, text)


def run(*arguments: str | Path) -> Result:
    """Run `verify` as if typed."""
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


def written(made: Made, path: Path, pcm: Pcm | None = None) -> Path:
    """Write a file with its plan beside it."""
    path.with_suffix(".json").write_text(made.text, encoding="utf-8")
    return encode(made.pcm if pcm is None else pcm, made.rate, path)


def broken(result: Result) -> dict[str, list[str]]:
    """Return the messages of the rules that are broken, by the names of the rules."""
    found: dict[str, list[str]] = {}
    for breach in json.loads(result.stdout)["breaches"]:
        found.setdefault(breach["rule"], []).append(breach["message"])
    return found


@pytest.mark.long
@pytest.mark.parametrize("suffix", CODECS)
def test_a_good_file_passes(made: Made, tmp_path: Path, suffix: str) -> None:
    """In every format all rules are kept: each tone is found, each hold is as long as planned."""
    path = written(made, tmp_path / f"hips{suffix}")
    result = run(path, "--json")
    report: dict[str, Any] = json.loads(result.stdout)
    assert ([], 0) == (report["breaches"], result.exit_code)
    assert (True, True, str(path.with_suffix(".json"))) == (
        report["kept"],
        report["compared"],
        report["plan"],
    )
    allowed = 0.05 if suffix in LOSSLESS else 1.0
    assert report["worst_onset_ms"] <= allowed
    assert [20, 20, 3, 5] == [hold["planned"] for hold in report["holds"]]
    assert all(abs(hold["error_ms"]) <= allowed for hold in report["holds"])
    assert report["counts"]["tones"] == len(made.events("tone"))
    assert report["counts"]["phrases"] == len(made.events("speech"))


def test_a_file_of_two_channels_passes(made: Made, tmp_path: Path) -> None:
    """The same on both channels is 3 dB louder, as the rule for two channels has it."""
    both = np.repeat(made.pcm[:, np.newaxis], 2, axis=1)
    assert 0 == run(written(made, tmp_path / "hips.flac", both)).exit_code


def move(made: Made) -> Pcm:
    """Move a tone by 2 ms."""
    event, by = made.events("tone", "halfway")[0], made.rate // 500
    pcm, end = made.pcm.copy(), event.onset_frame + event.frames
    pcm[event.onset_frame + by : end + by] = made.pcm[event.onset_frame : end]
    pcm[event.onset_frame : event.onset_frame + by] = 0
    return pcm


def cut(made: Made) -> Pcm:
    """Cut 20 ms out of a silence of the second hold."""
    end = made.events("tone", "halfway")[0].onset_frame - made.rate // 10
    return np.delete(made.pcm, slice(end - made.rate // 50, end))


def click(made: Made) -> Pcm:
    """Put 5 ms of noise, of -34 dBFS, into a silence."""
    pcm, at, frames = made.pcm.copy(), made.longest_gap(), made.rate // 200
    pcm[at : at + frames] = np.random.default_rng(1).integers(-1000, 1000, frames)
    return pcm


def loudest(made: Made) -> int:
    """Return the loudest frame of the longest phrase."""
    event = max(made.events("speech"), key=lambda event: event.frames)
    phrase = made.pcm[event.onset_frame : event.onset_frame + event.frames].astype(int)
    return event.onset_frame + int(np.argmax(np.abs(phrase)))


def hole(made: Made) -> Pcm:
    """Punch 5 ms of silence into a phrase."""
    pcm, at = made.pcm.copy(), loudest(made)
    pcm[at : at + made.rate // 200] = 0
    return pcm


def torn(made: Made) -> Pcm:
    """Punch 5 ms of silence into a tone."""
    pcm, at = made.pcm.copy(), made.events("tone", "start")[0].onset_frame + made.rate // 20
    pcm[at : at + made.rate // 200] = 0
    return pcm


def removed(made: Made) -> Pcm:
    """Remove 5 ms from a phrase."""
    return np.delete(made.pcm, slice(loudest(made), loudest(made) + made.rate // 200))


def doubled(made: Made) -> Pcm:
    """Say 5 ms of a phrase twice."""
    at = loudest(made)
    return np.insert(made.pcm, at, made.pcm[at : at + made.rate // 200])


def swallowed(made: Made) -> Pcm:
    """Leave a phrase out."""
    pcm, event = made.pcm.copy(), made.events("speech")[-1]
    pcm[event.onset_frame : event.onset_frame + event.frames] = 0
    return pcm


def cut_off(made: Made) -> Pcm:
    """Leave out the last quarter of a phrase."""
    pcm, event = made.pcm.copy(), made.events("speech")[-1]
    pcm[event.onset_frame + event.frames * 3 // 4 : event.onset_frame + event.frames] = 0
    return pcm


def mute(made: Made) -> Pcm:
    """Leave a tone out."""
    pcm, event = made.pcm.copy(), made.events("tone", "end")[0]
    pcm[event.onset_frame : event.onset_frame + event.frames] = 0
    return pcm


def half(made: Made) -> Pcm:
    """Keep the first half of the file."""
    return made.pcm[: len(made.pcm) // 2]


def soft(made: Made) -> Pcm:
    """Turn the file down by 6 dB."""
    return made.pcm // 2


def loud(made: Made) -> Pcm:
    """Turn the file up by 3.5 dB, cut off at full scale."""
    return np.clip(made.pcm * 1.5, -32768, 32767).astype(np.int16)


ALTERATIONS: dict[Callable[[Made], Pcm], tuple[str, str, tuple[str, ...]]] = {
    move: ("tones", r"the tone 'halfway' is (2\.0|1\.9)\d ms late", LOSSLESS + LOSSY),
    cut: ("holds", r"Pigeon, right, set 1 is (20\.0|19\.9)\d ms too short: 19\.980\d s", LOSSLESS + LOSSY),
    click: ("silence", "there is sound", LOSSLESS + LOSSY),
    hole: ("seams", "there is a hole in 'From all fours", LOSSLESS),
    torn: ("seams", "the tone 'start' has a seam", (*LOSSLESS, ".mp3", ".m4a")),
    removed: ("tones", r"(5\.0|4\.9)\d ms early", LOSSLESS + LOSSY),
    doubled: ("tones", r"(5\.0|4\.9)\d ms late", LOSSLESS + LOSSY),
    swallowed: ("speech", "is not heard", SOME),
    cut_off: ("speech", "the end of", SOME),
    mute: ("tones", "the tone 'end' is not there", SOME),
    half: ("length", "the file lasts", SOME),
    soft: ("loudness", "it should be -19 LUFS within 0.7 LU", SOME),
    loud: ("peak", "it should be at most -1", SOME),
}
"""What is done to a good file: the rule that it breaks, what is said of it, and in which formats."""


@pytest.mark.long
@pytest.mark.parametrize(
    ("alter", "suffix"),
    [(alter, suffix) for alter, (_, _, suffixes) in ALTERATIONS.items() for suffix in suffixes],
)
def test_whatever_is_altered_is_found(
    made: Made, tmp_path: Path, alter: Callable[[Made], Pcm], suffix: str
) -> None:
    """A file that is good but for one alteration breaks the rule that this is about."""
    rule, message, _ = ALTERATIONS[alter]
    result = run(written(made, tmp_path / f"hips{suffix}", alter(made)), "--json")
    assert 1 == result.exit_code
    found = broken(result)
    assert rule in found
    assert any(re.search(message, line) for line in found[rule]), found[rule]


@pytest.mark.parametrize(("alter", "only"), [(swallowed, "speech"), (click, "silence"), (hole, "seams")])
def test_nothing_else_is_blamed(made: Made, tmp_path: Path, alter: Callable[[Made], Pcm], only: str) -> None:
    """What stays in its place breaks one rule, in one place."""
    found = broken(run(written(made, tmp_path / "hips.flac", alter(made)), "--json"))
    assert {only: 1} == {rule: len(lines) for rule, lines in found.items()}


def test_the_table_for_people(made: Made, tmp_path: Path) -> None:
    """Each hold has a line with what was planned and found; a broken rule has one, with its place."""
    good = run(written(made, tmp_path / "good.wav"))
    assert "All rules are kept." == good.stdout.splitlines()[-1]
    assert sum("20.000 s  20.000 s  +0.00 ms" in line for line in good.stdout.splitlines()) == 2
    bad = run(written(made, tmp_path / "bad.wav", cut(made)))
    assert "20.000 s  19.980 s  -20.00 ms" in bad.stdout
    (line,) = [line for line in bad.stdout.splitlines() if line.startswith("BROKEN") and "holds" in line]
    assert line.endswith("holds: Pigeon, right, set 1 is 20.00 ms too short: 19.9800 s")


@pytest.mark.long
def test_a_file_without_a_plan(made: Made, tmp_path: Path) -> None:
    """The holds that are heard are told, and that nothing was compared; that is no fault."""
    for suffix in CODECS:
        path = encode(made.pcm, made.rate, tmp_path / f"hips{suffix}")
        result = run(path)
        assert 0 == result.exit_code, result.output
        assert "4 holds; there is no plan: nothing was compared." in result.stdout
        found = [round(hold["found"], 3) for hold in json.loads(run(path, "--json").stdout)["holds"]]
        assert [20, 20, 3, 5] == found


@pytest.mark.long
@pytest.mark.parametrize("suffix", [".flac", ".mp3", ".m4a", ".opus"])
def test_the_plan_that_a_file_names(made: Made, tmp_path: Path, suffix: str) -> None:
    """A file that was made here finds its plan again by the fingerprint in its tags."""
    name = "plan" if suffix == ".m4a" else "VOICECOACH_PLAN"
    tags = {name: fingerprint(made.plan)}
    path = encode(made.pcm, made.rate, tmp_path / f"hips{suffix}", tags=tags)
    assert "nothing was compared" in run(path).stdout
    plans.keep(made.plan, folders.plans())
    assert "compared with the plan that the file names" in run(path).stdout


def test_the_plan_of_another_session(made: Made, tmp_path: Path) -> None:
    """Where the plan beside a file is not the one that the file names, that is told."""
    path = encode(made.pcm, made.rate, tmp_path / "hips.flac", tags={"VOICECOACH_PLAN": "0" * 64})
    path.with_suffix(".json").write_text(made.text, encoding="utf-8")
    result = run(path, "--json")
    assert 1 == result.exit_code
    assert {"plan": [f"the file was made from another plan than {path.with_suffix('.json')}"]} == broken(
        result
    )


def test_a_plan_that_is_named(made: Made, tmp_path: Path) -> None:
    """With --plan the plan may lie anywhere."""
    plan = tmp_path / "elsewhere.json"
    plan.write_text(made.text, encoding="utf-8")
    assert 0 == run(encode(made.pcm, made.rate, tmp_path / "hips.wav"), "--plan", plan).exit_code


@pytest.mark.long
def test_chapters(made: Made, tmp_path: Path) -> None:
    """The chapters of a file are those of the plan; one that is 50 ms off is told, and so is one too few."""
    path, rate = written(made, tmp_path / "hips.m4a"), made.rate
    good = [
        (one.title, one.start_frame / rate, (one.start_frame + one.frames) / rate)
        for one in made.plan.chapters
    ]
    encode(made.pcm, rate, path, chapters=good)
    result = run(path)
    assert (0, True) == (result.exit_code, f"{len(good)} chapters" in result.stdout)
    title, start, end = good[1]
    encode(made.pcm, rate, path, chapters=[good[0], (title, start + 0.05, end), *good[2:]])
    assert [f"the chapter '{title}' starts at {start + 0.05:.3f} s"] == broken(run(path, "--json"))[
        "chapters"
    ]
    encode(made.pcm, rate, path, chapters=good[1:])
    assert "chapters" in broken(run(path, "--json"))


def vtt(made: Made, late: float = 0.0) -> str:
    """Return captions, all of them late by some seconds."""
    lines = ["WEBVTT\n"]
    for event in made.events("speech"):
        start = event.onset_frame / made.rate + late
        moments = [
            f"00:{int(at) // 60:02}:{at % 60:06.3f}" for at in (start, start + event.frames / made.rate)
        ]
        lines.append(f"{moments[0]} --> {moments[1]}\n{event.sound}\n")
    return "\n".join(lines)


def test_captions(made: Made, tmp_path: Path) -> None:
    """Captions beside the file say what is said, when it is said."""
    path, captions = written(made, tmp_path / "hips.wav"), tmp_path / "hips.vtt"
    for text, kept in (
        (vtt(made), True),
        (vtt(made, late=0.05), False),
        (vtt(made).replace("Pigeon", "Dove"), False),
        (vtt(made).rpartition("\n\n")[0].rpartition("\n\n")[0], False),
        ("nothing", False),
    ):
        captions.write_text(text, encoding="utf-8")
        assert ([] if kept else ["captions"]) == list(broken(run(path, "--json")))


def test_what_cannot_be_read(made: Made, tmp_path: Path) -> None:
    """A missing file, a folder, a text, a picture, a plan that is none: one line each, and code 1."""
    good = encode(made.pcm, made.rate, tmp_path / "good.wav")
    text = tmp_path / "text.mp3"
    text.write_text("no sound at all", encoding="utf-8")
    wrong = tmp_path / "wrong.json"
    for content in ("[]", "{", '{"schema": 1}', '{"schema": 9}', '{"schema": 1, "meta": {}, "events": 3}'):
        wrong.write_text(content, encoding="utf-8")
        result = run(good, "--plan", wrong)
        assert (1, 1) == (result.exit_code, len(result.stderr.splitlines())), result.output
        assert f"cannot read the plan {wrong}" in result.stderr
    for path in (tmp_path / "nowhere.mp3", tmp_path, text):
        result = run(path)
        assert (1, 1) == (result.exit_code, len(result.stderr.splitlines())), result.output
        assert f"cannot read {path}" in result.stderr


@pytest.mark.long
def test_a_file_whose_end_is_missing(made: Made, tmp_path: Path) -> None:
    """A file that was cut off while it was copied is no good, whatever its kind."""
    for suffix in CODECS:
        whole = written(made, tmp_path / f"whole{suffix}")
        part = tmp_path / f"part{suffix}"
        part.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
        shutil.copy(whole.with_suffix(".json"), part.with_suffix(".json"))
        result = run(part)
        assert 1 == result.exit_code
        assert isinstance(result.exception, SystemExit)
        assert "length" in result.output or "cannot read" in result.output

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from voicecoach.cli import main

WARNED = """\
title = "x"
[[stage]]
title = "Stretch"
music = "calm.mp3"
rest = 30
[[stage.exercise]]
name = "Pigeon VMO"
dose = "1 x 300 s, left"
posture = "kneeling"
[[stage.exercise]]
name = "Clam"
dose = "8 reps"
posture = "side-lying"
instruction = "Lift the knee."
"""


def run(*arguments: str) -> Result:
    """Run a command as if typed."""
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def warned(tmp_path: Path) -> Path:
    """Return a file that can be played, and gives cause for each kind of warning."""
    path = tmp_path / "warned.toml"
    path.write_text(WARNED, encoding="utf-8")
    return path


def test_warnings(warned: Path) -> None:
    """Each names file, line and column; the exit code is 0, with --strict 1."""
    result = run("check", str(warned))
    assert (0, "") == (result.exit_code, result.stderr)
    for line, text in {
        "4:1": f"music: there is no {warned.parent / 'calm.mp3'}",
        "5:1": "rest is between rounds",
        "6:1": "there is no instruction",
        "7:1": "'VMO' may be read as a word",
        "8:1": "one hold: 300 s is far above",
        "12:1": "one lies on one side, but no side is told",
    }.items():
        assert any(
            found.startswith(f"warning: {warned}:{line}: ") and text in found
            for found in result.stdout.splitlines()
        ), text
    assert "uneven sides: Pigeon VMO (stretch)" in result.stdout
    assert 1 == run("check", str(warned), "--strict").exit_code
    assert 0 == run("check", "hip-mobility", "--strict").exit_code


def test_json(warned: Path, tmp_path: Path) -> None:
    """All that was found of all files is one list, and nothing else is printed."""
    bad = tmp_path / "bad.toml"
    bad.write_text('title = "x"\n  hols = [\n 1]\n', encoding="utf-8")
    result = run("check", "--json", str(bad), str(warned), "nowhere.toml")
    assert (1, "") == (result.exit_code, result.stderr)
    found = json.loads(result.stdout)
    assert {
        "file": str(bad),
        "line": 2,
        "column": 3,
        "end_line": 3,
        "end_column": 4,
        "severity": "error",
        "code": "unknown-key",
        "place": "",
        "message": "hols = [1]: unknown key",
    } == found[0]
    assert {"missing-key", "no-file"} <= {one["code"] for one in found if one["severity"] == "error"}
    assert {"no-music", "no-effect", "misread", "dose", "no-sides", "uneven-sides", "no-instruction"} == {
        one["code"] for one in found if one["severity"] == "warning"
    }
    lines = [one["line"] for one in found if one["file"] == str(warned)]
    assert sorted(lines) == lines
    assert "[]\n" == run("check", "hip-mobility", "--json").stdout
    assert 0 == run("check", str(warned), "--json").exit_code
    assert 1 == run("check", str(warned), "--json", "--strict").exit_code


def test_json_has_all_problems(tmp_path: Path) -> None:
    """People are told of the first fifty and how many there are, programs of all."""
    bad = tmp_path / "bad.toml"
    bad.write_text("".join(f"key{number} = 1\n" for number in range(100)), encoding="utf-8")
    assert 102 == len(json.loads(run("check", str(bad), "--json").stdout))
    lines = run("check", str(bad)).stderr.splitlines()
    assert (51, f"{bad}: and 52 more") == (len(lines), lines[-1])


@pytest.mark.parametrize(
    ("data", "code", "line", "message"),
    [
        (b"title = x\n", "not-toml", 1, "not valid TOML"),
        (b"title = [", "not-toml", 1, "at the end of the file"),
        (b"#" * 50_000_000, "unreadable", None, "is larger than 1,000,000 bytes"),
        (b"a = " + b"[" * 500_000, "not-toml", None, "nests too deeply"),
        (b"a = " + b"{a=" * 300_000, "not-toml", None, "nests too deeply"),
        (b"title = 'a\x00b'", "not-toml", 1, "not valid TOML"),
        ("title = 'a'".encode("utf-16"), "unreadable", None, "probably UTF-16"),
        ("title = 'é'".encode("latin-1"), "unreadable", 1, "probably Latin-1"),
        (b'title = "x"\nlanguage = "xx"\n[[stage]]\ntitle = "a"\nexercise = [{ name = "b", hold = 3 }]',
         "language", 2, "does not speak 'xx'"),
    ],
)  # fmt: skip
def test_hostile_files(tmp_path: Path, data: bytes, code: str, line: int | None, message: str) -> None:
    """Too large, too deep, not text or not TOML: one finding that says so."""
    path = tmp_path / "hostile.toml"
    path.write_bytes(data)
    result = run("check", "--json", str(path))
    assert 1 == result.exit_code
    (found,) = json.loads(result.stdout)
    assert (code, line) == (found["code"], found["line"])
    assert message in found["message"]
    plain = run("check", str(path))
    assert (1, 1) == (plain.exit_code, len(plain.stderr.splitlines()))


def test_a_session_of_countless_sets_is_answered(tmp_path: Path) -> None:
    """Doses are not added up unasked where that would take long."""
    path = tmp_path / "long.toml"
    body = '[[stage.exercise]]\nname = "a"\ndose = "100 x 1 s per side"\n' * 200
    path.write_text(f'title = "x"\n[[stage]]\ntitle = "a"\nrounds = 50\n{body}', encoding="utf-8")
    assert 0 == run("check", str(path)).exit_code


def test_schema() -> None:
    """What is printed is a JSON Schema."""
    result = run("schema")
    assert 0 == result.exit_code
    jsonschema.Draft7Validator.check_schema(json.loads(result.stdout))

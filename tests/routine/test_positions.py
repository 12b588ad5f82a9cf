import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import RoutineError
from voicecoach.routine.files import parse
from voicecoach.routine.positions import Lines, Path, positions
from voicecoach.routine.shelf import LIBRARY, shelf
from voicecoach.routine.texts import LARGEST_FILE

TEXT = """\
# a comment with [brackets] and "quotes"
title = "A \\"quoted\\" # title"  # why
'a.b' = 3
[pronunciation]
  "x y".z = '''it''s'''  # [no]
[[stage]]
list = [ 1, "]", # ]
  { a = 1, b.c = [2, 3] }, 2026-06-01 10:00:00
]
[[stage.exercise]]
name = \"\"\"two
lines ""\"\"\"
[[stage.exercise]]
[[stage]]
\tlast = 1.5"""


def values(value: object, path: Path = ()) -> dict[Path, object]:
    """Return every value of a document by its path."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found: dict[Path, object] = {path: value} if path else {}
    for key, item in inner:
        found |= values(item, (*path, key))
    return found


def assert_each_value_is_found(text: str) -> None:
    """Read each value from its span alone, and compare it with that of the whole."""
    spans = positions(text)
    expected = values(tomllib.loads(text))
    assert expected.keys() == spans.keys()
    for path, span in spans.items():
        if isinstance(expected[path], dict) and text[span.value] != "{":
            continue  # made by a key with dots
        if text[span.start] == "[" and not span.is_inline:
            continue  # a header has no value of its own
        assert expected[path] == tomllib.loads(f"x = {text[span.value : span.end]}")["x"]


def test_every_value_is_where_it_is_said_to_be() -> None:
    """Comments, quotes, brackets in texts, nested values and keys with dots do not mislead."""
    assert_each_value_is_found(TEXT)
    assert_each_value_is_found(TEXT.replace("\n", "\r\n").replace("two\r", "two"))


@pytest.mark.parametrize("name", shelf(None))
def test_bundled_routines(name: str) -> None:
    """Every value of a bundled routine is found."""
    assert_each_value_is_found((LIBRARY / f"{name}.toml").read_text(encoding="utf-8"))


def test_line_and_column() -> None:
    """Both count from 1, and columns count characters."""
    spans, lines = positions(TEXT), Lines(TEXT)
    spot = lines.spot(spans["stage", 0, "list", 2, "b"].start)
    assert (8, 12) == (spot.line, spot.column)
    spot = lines.spot(spans["stage", 1, "last"].start)
    assert (15, 2) == (spot.line, spot.column)


@given(st.text(alphabet="ab.=[]{},'\"\\\n #1") | st.sampled_from(TEXT.splitlines()))
def test_any_text(text: str) -> None:
    """Any text is scanned to its end; what is no TOML gives what was understood."""
    spans = positions(text)
    try:
        expected = values(tomllib.loads(text))
    except (ValueError, RecursionError):
        return
    assert expected.keys() == spans.keys()


def test_deep_nesting_ends() -> None:
    """What nests too deeply for the scan is not located, and nothing breaks."""
    assert {} == positions("a = " + "[" * 100_000)


@pytest.mark.long
@pytest.mark.parametrize(
    "line", ["hols = 30\n", 'x = "a"\n', '"a.b" = [{ c = 1 }]\n', "x.y = 1\n", 'dose = "1 by"\n']
)
def test_a_file_of_problems_is_answered_in_time(line: str) -> None:
    """A file of the largest size with a problem in each line is told within seconds, all with their lines."""
    head = 'title = "x"\n[[stage]]\ntitle = "a"\n'
    piece = f'[[stage.exercise]]\nname = "b"\n{line}'
    count = (LARGEST_FILE - len(head)) // len(piece)
    begun = time.process_time()
    with pytest.raises(RoutineError) as caught:
        parse(head + piece * count, "hips.toml")
    assert time.process_time() - begun < 20
    assert count <= len(caught.value.findings)
    assert 51 == len(caught.value.problems)
    assert f"and {len(caught.value.findings) - 50:,} more" in caught.value.problems[-1]
    assert all(finding.line for finding in caught.value.findings)

import time
import tomllib
from contextlib import suppress

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st
from tomlkit.items import Array

from voicecoach.errors import RoutineError
from voicecoach.routine.files import parse
from voicecoach.routine.positions import Lines, Path, Spot, positions
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


@pytest.mark.parametrize("depth", [90, 101, 100_000])
def test_deep_nesting_ends(depth: int) -> None:
    """What nests more than a hundred deep is not located, and nothing breaks."""
    found = positions("a = " + "[" * depth + "]" * depth)
    assert (depth if depth <= 100 else 0) == len(found)


OUT_OF_ORDER = """\
title = "x"
[[stage]]  # one
name = 1
[pronunciation]  # between
Om = "ohm"
  [["stage"]]
  name = 2
  [[ stage . exercise ]]
  name = 3
[other.below]
[[ stage . exercise ]]
name = 4
[other]
[stage.of]
name = 5
[[stage]]
name = 6
"""


def test_tables_in_any_order() -> None:
    """A table between those of an array, which tomlkit would write elsewhere, misleads nobody."""
    assert OUT_OF_ORDER != tomlkit.dumps(tomlkit.parse(OUT_OF_ORDER))
    assert_each_value_is_found(OUT_OF_ORDER)
    lines = Lines(OUT_OF_ORDER)
    spans = positions(OUT_OF_ORDER)
    assert Spot(6, 3) == lines.spot(spans["stage", 1].start)
    assert Spot(12, 1) == lines.spot(spans["stage", 1, "exercise", 1, "name"].start)
    assert Spot(17, 1) == lines.spot(spans["stage", 2, "name"].start)


HEADERS = (
    "[[stage]]",
    "[[stage.exercise]]",
    '[["stage" . exercise]]',
    "[stage.of]",
    "[words]",
    "[a.b]",
    "[a]",
)
LINES = st.sampled_from(
    [*HEADERS, "  [[stage]] # x", "name = 1", "a.b = [1, # ]\n 2, ]", "x = { y = 1 }", "# z", ""]
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_any_order(lines: list[str], line_end: str) -> None:
    """In whatever order tables stand, each value is where it is said to be."""
    text = "\n".join(["[[stage]]", *lines]).replace("\n", line_end)
    with suppress(tomllib.TOMLDecodeError):
        tomllib.loads(text)
        assert_each_value_is_found(text)


def test_what_an_array_of_tomlkit_holds() -> None:
    """The private method of tomlkit that positions lean on still gives all of an array, to the character."""
    text = "[1, # ]\n  2 ,\t{ a = 1 }\n , # end\n]"
    (array,) = (item for _, item in tomlkit.parse(f"x = {text}").body)
    assert isinstance(array, Array)
    assert text == "[" + "".join(part.as_string() for part in array._iter_items()) + "]"  # noqa: SLF001


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

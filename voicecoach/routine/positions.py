"""Where each key and value of a TOML text stands: tomllib tells no positions."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Keys and indices (from 0) from the top of the document, as ``("stage", 1, "exercise", 0, "dose")``."""


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets of a key with its value, or of the header of a table; ends are exclusive."""

    start: int
    value: int
    """Where the value begins; in the header of a table, where the header does."""
    end: int
    is_inline: bool = False
    """Whether it stands in an inline table, between commas."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A line and a column, both from 1; a column counts characters."""

    line: int
    column: int


class Lines:
    """Tell lines and columns of the offsets of a text."""

    def __init__(self, text: str) -> None:
        """Look for the ends of all lines, once."""
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def spot(self, offset: int) -> Spot:
        """Return where an offset is."""
        line = bisect_right(self._starts, offset)
        return Spot(line, offset - self._starts[line - 1] + 1)


def positions(text: str) -> Mapping[Path, Span]:
    """Return the span of every key, table and item of an array of a valid TOML text.

    To read it so takes ten times as long as tomllib: it is for a text in which something was found. Of a text
    that tomlkit does not read, as it is not valid or nests more than a hundred deep, it returns none.
    """
    from voicecoach.routine.layout import layout  # noqa: PLC0415 - most texts need no tomlkit, slow to import

    return layout(text).spans

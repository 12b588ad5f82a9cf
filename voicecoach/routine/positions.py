"""Where each key and value of a TOML text stands: tomllib tells no positions.

The text has been read by tomllib before, so it is valid, and tokens are all that has to be found. One pass,
each character once; nothing is interpreted but keys.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

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


_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*+")
_QUOTED = (
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}|'
    r"'''(?:[^']++|'(?!''))*+'{3,5}|"
    r'"(?:[^"\\\n]++|\\.)*+"|'
    r"'[^'\n]*'"
)
_PART = re.compile(rf"{_QUOTED}|[^\s.=\[\]{{}}\"'#,]+", re.DOTALL)
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_TEXT = re.compile(_QUOTED, re.DOTALL)
_PLAIN = re.compile(r"[^,\]}\n#]+")
"""A number, a date (which may hold a blank), true or false: up to what ends it."""


def positions(text: str) -> Mapping[Path, Span]:
    """Return the span of every key, table and item of an array of a valid TOML text.

    Of a text that is not valid, or that nests too deeply, it returns as much as was understood.
    """
    scan = _Scan(text)
    with suppress(ValueError, RecursionError):
        scan.document()
    return scan.found


@dataclass(slots=True)
class _Scan:
    text: str
    found: dict[Path, Span] = field(default_factory=dict)
    _at: int = 0
    _tables: dict[Path, int] = field(default_factory=dict)
    """How many tables each array of tables has by now."""

    def document(self) -> None:
        table: Path = ()
        while self._peek():
            if self._peek() == "[":
                table = self._header()
            else:
                self._pair(table, is_inline=False)

    def _peek(self) -> str:
        """Return the next character that is no blank and of no comment."""
        blank = _BLANK.match(self.text, self._at)
        self._at = blank.end() if blank else self._at
        return self.text[self._at : self._at + 1]

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self._at)
        if not match:
            message = "not valid TOML"
            raise ValueError(message)
        self._at = match.end()
        return match[0]

    def _key(self) -> Iterator[str]:
        """Yield the parts of a key with dots."""
        while True:
            part = self._match(_PART)
            # Quotes and what they escape are as those of values.
            yield str(tomllib.loads(f"key = {part}")["key"]) if part[0] in "\"'" else part
            if not _DOT.match(self.text, self._at):
                return
            self._match(_DOT)

    def _header(self) -> Path:
        start = self._at
        is_array = self.text.startswith("[[", start)
        self._at += 2 if is_array else 1
        self._peek()
        *outer, last = self._key()
        path: Path = ()
        implied: list[Path] = []
        for part in outer:
            implied.append((*path, part))
            path = self._inside((*path, part))
        path = (*path, last)
        if is_array:
            self._tables[path] = self._tables.get(path, 0) + 1
        inside = self._inside(path)
        self._peek()
        self._at += 2 if is_array else 1
        span = Span(start, start, self._at)
        for table in (*implied, path):
            self.found.setdefault(table, span)
        self.found[inside] = span
        return inside

    def _inside(self, path: Path) -> Path:
        """Return the path of the last table, where a path is that of an array of tables."""
        return (*path, self._tables[path] - 1) if path in self._tables else path

    def _pair(self, table: Path, *, is_inline: bool) -> None:
        start = self._at
        parts = tuple(self._key())
        self._peek()
        self._at += 1  # the equals sign
        self._peek()
        value = self._at
        self._value((*table, *parts))
        span = Span(start, value, self._at, is_inline)
        for length in range(1, len(parts)):
            self.found.setdefault((*table, *parts[:length]), span)
        self.found[*table, *parts] = span

    def _value(self, path: Path) -> None:
        first = self._peek()
        if first == "[":
            self._array(path)
        elif first == "{":
            self._inline(path)
        elif first in {'"', "'"}:
            self._match(_TEXT)
        else:
            start = self._at
            self._at = start + len(self._match(_PLAIN).rstrip())

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        while (sign := self._peek()) not in {"]", ""}:
            if sign == ",":
                self._at += 1
                continue
            start = self._at
            self._value((*path, index))
            self.found[*path, index] = Span(start, start, self._at, is_inline=True)
            index += 1
        self._at += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        while (sign := self._peek()) not in {"}", ""}:
            if sign == ",":
                self._at += 1
                continue
            self._pair(path, is_inline=True)
        self._at += 1

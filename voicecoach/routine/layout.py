"""The layout of a TOML text, from what tomlkit reads: where its keys and values stand, and its sections.

tomlkit tells no positions, but of each token how it is written, so their lengths add up to positions. A
section is a header with the keys under it. Documents of tomlkit keep tables by name, and so not always in the
order of the text (`[[stage]]`, `[pronunciation]`, `[[stage]]`): each section is found by its header.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Comment, InlineTable, Item, Key, Null, Table, Whitespace

from voicecoach.routine.positions import Path, Span


@dataclass(frozen=True, slots=True)
class Layout:
    """Where all of a text stands."""

    spans: Mapping[Path, Span]
    """Of each key, table and item of an array."""
    bodies: Mapping[Path, tuple[int, int]]
    """Offsets of the lines under each header, and of those above the first (`()`); ends are exclusive."""


def layout(text: str) -> Layout:
    """Return the layout of a valid TOML text; an empty one of a text that tomlkit does not read."""
    scan = _Scan(text)
    with suppress(TOMLKitError, ValueError, RecursionError):
        scan.document(_table((), "", "", tomlkit.parse(text).body, Counter()))
    return Layout(scan.spans, scan.bodies)


_BETWEEN = (Whitespace, Comment, Null)
_Body = Sequence[tuple[Key | None, Item]]
"""Keys with their values; blanks, comments and commas have no key."""


@dataclass(frozen=True, slots=True)
class _Section:
    path: Path
    header: str
    """As it is written, without its indent; empty above the first."""
    rest: str
    """Of its line: a comment, the end of the line."""
    body: _Body


def _table(path: Path, header: str, rest: str, body: _Body, sizes: Counter[Path]) -> Iterator[_Section]:
    """Yield the section of a table, and those of all tables under it; `sizes` counts the tables of arrays."""
    own: list[tuple[Key | None, Item]] = []
    tables: list[tuple[Key, Table | AoT]] = []
    for key, item in body:
        # A table under a key with dots has no header.
        if key and not key.is_dotted() and isinstance(item, Table | AoT):
            tables.append((key, item))
        else:
            own.append((key, item))
    if header or not path:
        yield _Section(path, header, rest, own)
    for key, item in tables:
        inner = (*path, key.key)
        for table in item.body if isinstance(item, AoT) else (item,):
            sizes[inner] += isinstance(item, AoT)
            # Also of a table that is named in a header further down, which belongs to the last of its array.
            at = (*inner, sizes[inner] - 1) if sizes[inner] else inner
            yield from _table(at, *_header(table), table.value.body, sizes)


def _header(table: Table) -> tuple[str, str]:
    """Return the header of a table and the rest of its line; nothing if it is only named in others."""
    if table.is_super_table():
        return "", ""
    opening, closing = ("[[", "]]") if table.is_aot_element() else ("[", "]")
    return f"{opening}{table.display_name}{closing}", _rest(table)


def _rest(item: Item) -> str:
    """Return what follows an item on its line."""
    return f"{item.trivia.comment_ws}{item.trivia.comment}{item.trivia.trail}"


def _undotted(key: Key, item: Item) -> tuple[Sequence[Key], Item]:
    """Return all parts of a key, and its value: a key with dots is the first of them, with a table in it."""
    keys = [key]
    while isinstance(item, Table):
        ((inner, item),) = item.value.body
        keys += [inner] if inner else []
    return keys, item


def _parts(array: Array) -> Iterable[Item]:
    """Return the items of an array with the blanks, commas and comments between: nothing public has those."""
    return array._iter_items()  # noqa: SLF001 - a test holds that it is there, and all of the array


@dataclass(slots=True)
class _Scan:
    """Adds up lengths: each method takes the offset where something begins, and returns that of its end."""

    text: str
    spans: dict[Path, Span] = field(default_factory=dict)
    bodies: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def document(self, sections: Iterable[_Section]) -> None:
        """Go through the text, section by section."""
        waiting: defaultdict[str, deque[_Section]] = defaultdict(deque)
        for section in sections:
            waiting[section.header + section.rest].append(section)
        at = self._section(waiting[""].popleft(), 0)
        while at < len(self.text):
            line = self.text[at : self.text.find("\n", at) + 1 or len(self.text)]
            header = line.lstrip(" \t")
            if not waiting[header]:
                return  # tomlkit misreads [[a]], [[a.a.b]]: its second a is a table, not an array
            # Those of one spelling are of one array, or of one table after another: they are in order.
            at = self._section(waiting[header].popleft(), at + len(line) - len(header))

    def _section(self, section: _Section, start: int) -> int:
        path = section.path
        span = Span(start, start, start + len(section.header))
        for length in range(1, len(path)):
            self.spans.setdefault(path[:length], span)
        if path:
            self.spans[path] = span
        begin = span.end + len(section.rest)
        end = self._pairs(path, section.body, begin)
        self.bodies[path] = begin, end
        return end

    def _pairs(self, table: Path, body: _Body, at: int, *, is_inline: bool = False) -> int:
        for key, item in body:
            at = self._pair(table, key, item, at, is_inline=is_inline) if key else at + len(item.as_string())
        return at

    def _pair(self, table: Path, key: Key, item: Item, at: int, *, is_inline: bool) -> int:
        keys, item = _undotted(key, item)
        start = at + len(item.trivia.indent)
        value = start + len(".".join(each.as_string() for each in keys)) + len(keys[-1].sep)
        path = (*table, *(each.key for each in keys))
        end = self._value(path, item, value)
        span = Span(start, value, end, is_inline)
        for length in range(len(table) + 1, len(path)):
            self.spans.setdefault(path[:length], span)
        self.spans[path] = span
        return end + len(_rest(item))

    def _value(self, path: Path, item: Item, at: int) -> int:
        if isinstance(item, InlineTable):
            return self._pairs(path, item.value.body, at + 1, is_inline=True) + 1
        if not isinstance(item, Array):
            return at + len(item.as_string())
        at, index = at + 1, 0
        for part in _parts(item):
            if isinstance(part, _BETWEEN):
                at += len(part.as_string())
                continue
            end = self._value((*path, index), part, at)
            self.spans[*path, index] = Span(at, at, end, is_inline=True)
            # A date takes the blanks after it with it.
            at, index = end + len(part.trivia.comment_ws), index + 1
        return at + 1

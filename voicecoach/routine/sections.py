"""The sections of a TOML text, to change values in: what is not changed stays as it is, to the character.

tomlkit changes one section, the lines under a header, as a document by itself: in one document of the whole,
tables that stand between those of an array would move.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import tomlkit
from tomlkit.container import Container
from tomlkit.items import InlineTable, Item, Key, Table, Whitespace

from voicecoach.routine.layout import layout
from voicecoach.routine.positions import Path


@dataclass(frozen=True, slots=True)
class Sections:
    """A text in parts: what stands under each header, and the headers between."""

    parts: tuple[str, ...]
    bodies: Mapping[Path, int]
    """The part under the header of each table; that above the first has the path `()`."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Take a valid TOML text apart.

        Raises:
            ValueError: tomlkit does not read it.
        """
        parts: list[str] = []
        bodies: dict[Path, int] = {}
        end = 0
        for path, (begin, stop) in layout(text).bodies.items():
            bodies[path] = len(parts) + 1
            parts += [text[end:begin], text[begin:stop]]
            end = stop
        if end < len(text):
            message = "tables that belong together are too far apart to be changed here; move them together"
            raise ValueError(message)
        return cls(tuple(parts), bodies)

    def __str__(self) -> str:
        """Return the whole text."""
        return "".join(self.parts)

    def value(self, path: Path) -> str:
        """Return a value as it is written; empty: there is no such key."""
        _, _, table = self._open(path)
        return next((item.as_string() for key, item in _items(table) if key and key.key == path[-1]), "")

    def with_value(self, path: Path, value: object) -> Self:
        """Return the text with a value in the place of the old one, or else after the last of its table."""
        part, document, table = self._open(path)
        if path[-1] in table:
            table[path[-1]] = value
        else:
            _add(table, str(path[-1]), tomlkit.item(value))
        return self._with(part, document)

    def without(self, path: Path) -> Self:
        """Return the text without a key: without its line, or with one comma less."""
        part, document, table = self._open(path)
        items = _items(table)
        places = {key.key: place for place, (key, _) in enumerate(items) if key}
        begin = places[str(path[-1])]
        end = begin + 1
        if isinstance(table, InlineTable):
            if after := [place for place in places.values() if place > begin]:
                end = after[0]
            elif before := [place for place in places.values() if place < begin]:
                begin = before[-1] + 1
        del items[begin:end]
        return self._with(part, document)

    def _open(self, path: Path) -> tuple[int, tomlkit.TOMLDocument, Any]:
        """Return the part that a key is in, what it holds, and the table of the key in that."""
        length = max(length for length in range(len(path)) if path[:length] in self.bodies)
        part = self.bodies[path[:length]]
        table: Any = (document := tomlkit.parse(self.parts[part]))
        for step in path[length:-1]:
            table = table[step]
        return part, document, table

    def _with(self, part: int, document: tomlkit.TOMLDocument) -> Self:
        return replace(self, parts=(*self.parts[:part], document.as_string(), *self.parts[part + 1 :]))


def _items(table: Container | InlineTable) -> list[tuple[Key | None, Item]]:
    return (table.value if isinstance(table, InlineTable) else table).body


def _add(table: Container | InlineTable, key: str, value: Item) -> None:
    """Put a key after the last of a table: tomlkit puts it after the comments and blanks at the end, too."""
    items = _items(table)
    after = []
    while items and not items[-1][0]:
        after.append(items.pop())
    if isinstance(table, InlineTable):
        table.value.add(Whitespace(", "))
        table.value.append(key, value)
    else:
        last = items[-1][1]
        while isinstance(last, Table):  # of a key with dots
            last = last.value.body[-1][1]
        value.trivia.indent, value.trivia.trail = last.trivia.indent, last.trivia.trail.lstrip(" \t")
        table.append(key, value)
    items.extend(reversed(after))

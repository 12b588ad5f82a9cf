"""Where a key stands in a TOML text: asked only once an error was found.

Neither tomllib nor tomlkit tells positions. tomlkit keeps every blank and comment, so a mark put
before an item and found again in the rendered text is its position.
"""

from collections.abc import Iterable

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, Item

Path = tuple[str | int, ...]
"""Keys and indices (from 0) from the top of the document, as ``("stage", 1, "exercise", 0, "dose")``."""

_MARK = "\x00{}\x00"


def line_numbers(text: str, paths: Iterable[Path]) -> dict[Path, int]:
    """Return the line, counted from 1, of each path that can be found; the others are left out."""
    try:
        document = tomlkit.parse(text)
    except (TOMLKitError, RecursionError):
        return {}
    marked: dict[Path, str] = {}
    for number, path in enumerate(dict.fromkeys(paths)):
        if (item := _find(document, path)) is not None:
            marked[path] = _MARK.format(number)
            item.trivia.indent = marked[path] + item.trivia.indent
    rendered = document.as_string()
    places = {path: rendered.find(mark) for path, mark in marked.items()}
    return {path: rendered.count("\n", 0, place) + 1 for path, place in places.items() if place >= 0}


def _find(document: tomlkit.TOMLDocument, path: Path) -> Item | None:
    item: object = document
    for step in path:
        if isinstance(item, AbstractTable | tomlkit.TOMLDocument) and isinstance(step, str):
            item = item.get(step)
        elif isinstance(item, list) and isinstance(step, int) and step < len(item):
            item = item[step]
        else:
            return None
    return item if isinstance(item, Item) else None

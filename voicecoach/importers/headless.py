"""Rows without heads: what their cells mean by their order and looks, as ``Deadlift | 4 | 6 | 120s``."""

import re

from voicecoach.importers.quantities import RANGE, TIME, read_range, read_time

_FIGURE = re.compile(rf" ?{RANGE} ?(?P<reps>x|reps?)?", re.IGNORECASE)
_AMOUNT = re.compile(
    rf" ?{RANGE}(?: ?reps?)?(?: ?(?:/|per|each|ea) ?\w*|e/s| ?e| ?L/R| ?total)?", re.IGNORECASE
)
_TIME = re.compile(TIME, re.IGNORECASE)
_SIDES = re.compile(
    r"(?:both|each|ea|l/r|r/l|per side|each side|bilateral)(?: (?:sides?|legs?|arms?))?", re.IGNORECASE
)
_MOST_SETS, _REPS_FIRST, _FEW_SETS = 20, 10, 5
LEAST_REST = 30
"""Seconds; less beside reps is a hold in each."""


def spelled(text: str) -> tuple[str, str]:
    """Return a row of a table as a line is written, and what its cells are taken for.

    Both as ``Deadlift , 4 sets , 6 reps , rest 120s`` and ``sets, reps, rest``. Any other text stays as it
    is, with an empty second text.
    """
    cells = [cell.strip() for cell in text.strip("| ").split("|")]
    if len(cells) < 3 or not _begins(cells):  # noqa: PLR2004 - a name, sets and an amount
        return text, ""
    name, first, second, *others = cells
    is_timed = bool(_TIME.fullmatch(second))
    if _swapped(first, second, is_timed=is_timed):
        first, second = second, first
        kinds = ["reps", "sets"]
    else:
        kinds = ["sets", "time" if is_timed else "reps"]
    amount = second if is_timed or "rep" in second.lower() else re.sub(rf"^ ?({RANGE})", r"\1 reps", second)
    parts = [name, f"{first} sets", amount]
    for cell in others:
        kind, written = _other(cell, is_timed=is_timed)
        kinds += [kind] if kind else []
        parts += [written] if written else []
    return " , ".join(parts), ", ".join(kinds)


def _begins(cells: list[str]) -> bool:
    """Tell whether a row begins with a name, sets and an amount."""
    name, first, second = cells[:3]
    is_named = any(char.isalpha() for char in name) and not _TIME.search(name)
    if not is_named or not _FIGURE.fullmatch(f" {first}") or read_range(first).high > _MOST_SETS:
        return False
    return bool(_AMOUNT.fullmatch(f" {second}") or _TIME.fullmatch(second))


def _swapped(first: str, second: str, *, is_timed: bool) -> bool:
    """Tell whether the reps stand before the sets: 15, 3."""
    if is_timed or not _FIGURE.fullmatch(f" {second}"):
        return False
    return read_range(first).low >= _REPS_FIRST and read_range(second).high <= _FEW_SETS


def _other(cell: str, *, is_timed: bool) -> tuple[str, str]:
    """Return what a further cell is, and how it is written in a line."""
    if _SIDES.fullmatch(cell):
        return "sides", "each side"
    if cell.lower() in {"l", "r", "left", "right"}:
        return "side", f"{cell} only"
    if _TIME.fullmatch(cell):
        is_rest = is_timed or read_time(cell).low >= LEAST_REST
        return ("rest", f"rest {cell}") if is_rest else ("hold", f"hold {cell}")
    if _FIGURE.fullmatch(f" {cell}") and read_range(cell).low >= LEAST_REST:
        return "rest", f"rest {cell} s"
    return "", cell

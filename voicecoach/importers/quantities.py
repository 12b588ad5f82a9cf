"""Quantities as they stand in a sheet: figures, ranges, times with their units."""

import re

from voicecoach.routine.quantities import Range
from voicecoach.units import parse_duration

NUMBER = r"(?:\d{0,2}:\d{2}(?!\d)|\d{1,5}(?:\.\d{1,2})?)"
_TO = r" ?(?:-|to|or|/) ?"
RANGE = rf"(?<![\w.:])[~<>=]{{0,2}} ?{NUMBER}\+?(?: ?(?:-|to|or) ?~?{NUMBER}\+?)?"
"""One figure, or two: ``3``, ``2-3``, ``10 to 12``, ``~60``, ``90+``, ``1:30``."""
_INCHES = (
    r"(?! ?(?:step|box|block|bench|ball|roller|riser|lift|platform|apart|wide|plyo|hurdle|off|high|tall)s?\b)"
)
_UNIT = (
    rf"(?:(?:hours?|hrs?|h|minutes?|mins?|min\.?|m|seconds?|secs?|sec\.?|s)(?![^\W\d_])|''|\"{_INCHES}|"
    rf"'(?!\w))"
)
_CLOCK = (
    r"(?<![\w.:])~? ?\d{0,2}:\d{2}(?: ?(?:-|to) ?\d{0,2}:\d{2})?(?![\d:])(?: ?(?:min(?:ute)?s?|m|"
    r"sec(?:ond)?s?|s)(?![^\W\d_]))?"
)
TIME = (
    r"(?:"
    rf"(?<![\w.:])~? ?\d{{1,2}} ?(?:minutes?|mins?|m) ?(?:and |& ?)?\d{{1,2}} ?(?:seconds?|secs?|"
    rf"s)(?![^\W\d_])"
    rf"|(?<![\w.:])\d{{1,2}} ?'(?!') ?\d{{1,2}} ?(?:''|\")?(?![\w'])"
    rf"|(?<![\w.:])[~<>=]{{0,2}} ?(?:{NUMBER}\+?(?:[ -]?{_UNIT})? ?(?:-|to|or)"
    rf" ?~?)?{NUMBER}\+?[ -]?{_UNIT}\+?"
    rf"|{_CLOCK}"
    r")"
)
"""A time with its unit: ``30s``, ``1-2 min``, ``:30``, ``1:30``, ``1 min 30 s``, ``3"``."""

TIMES = re.compile(TIME, re.IGNORECASE)
"""The same, to look for."""

_PIECE = re.compile(rf"({NUMBER})\+?[ -]?({_UNIT})?", re.IGNORECASE)
_COMPOUND = re.compile(
    r"~? ?(\d{1,2}) ?(?:minutes?|mins?|m|'(?!')) ?(?:and |& ?)?(\d{1,2}) ?(?:seconds?|secs?|s|''|\")?",
    re.IGNORECASE,
)
_UNITS = {"h": "h", "m": "m", "s": "s", "'": "m", "''": "s", '"': "s"}


def read_range(text: str) -> Range:
    """Read a figure or a range of them; one that runs backwards is turned round."""
    figures = [
        parse_duration(f"0{figure.group()}") if ":" in figure.group() else float(figure.group())
        for figure in re.finditer(NUMBER, text)
    ]
    return Range(min(figures), max(figures))


def read_time(text: str) -> Range:
    """Read a time or a range of them as seconds; the first figure takes the unit of the second."""
    if match := _COMPOUND.fullmatch(text.strip()):
        return Range.just(float(match[1]) * 60 + float(match[2]))
    pieces = [match.groups() for match in _PIECE.finditer(text)]
    last = next((unit for _, unit in reversed(pieces) if unit), "s")
    lengths = []
    for figure, unit in pieces:
        key = (unit or last).lower()
        written = f"0{figure}" if figure.startswith(":") else figure
        lengths.append(
            parse_duration(written)
            if ":" in figure
            else parse_duration(written + _UNITS.get(key, _UNITS[key[0]]))
        )
    return Range(min(lengths), max(lengths))


def whole(figures: Range) -> bool:
    """Tell whether both ends are whole numbers."""
    return figures.low == int(figures.low) and figures.high == int(figures.high)

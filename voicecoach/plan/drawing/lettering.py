"""Lettering: how wide a text is, and how much of it fits, without a font at hand."""

import unicodedata

_WIDTHS = {
    **dict.fromkeys("ijl|!'`", 0.34),
    **dict.fromkeys('frt.,:;·()[]{}/\\- "', 0.43),
    **dict.fromkeys("mwMW%@—…#&\N{MULTIPLICATION SIGN}+=<>~", 1.0),
}
_CAPITAL, _OTHER, _FOREIGN, _WIDE, _PICTURE = 0.79, 0.65, 0.85, 1.05, 1.4
_BOLD = 1.13
_INVISIBLE = {"Mn", "Me", "Cf"}
_JOINER = "\u200d"
_LAST_LATIN, _FIRST_PICTURE = "\u024f", "\U0001f000"
_FEWEST = 3
"""A name cut down to fewer characters says nothing."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide a text is, generously: by the widest of the common sans-serif fonts."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1)


def _em(character: str) -> float:
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.category(character) in _INVISIBLE:
        return 0
    if character >= _FIRST_PICTURE:
        return _PICTURE
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    if character > _LAST_LATIN:
        return _FOREIGN
    return _CAPITAL if character.isupper() else _OTHER


def fit(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return a text, or its beginning and an ellipsis, or nothing, whichever there is room for."""
    if width(text, size, bold=bold) <= room:
        return text
    left = room - width("…", size, bold=bold)
    cut = 0
    for character in text:
        left -= width(character, size, bold=bold)
        if left < 0:
            break
        cut += 1
    # Accents have no width and so stay with their letter; a joiner without what it joins is dropped.
    while cut and text[cut - 1] == _JOINER:
        cut -= 1
    return f"{text[:cut].rstrip()}…" if cut >= _FEWEST else ""


def first_that_fits(texts: tuple[str, ...], room: float, size: float, *, bold: bool = False) -> str:
    """Return the first of several texts that there is room for in full; nothing if none is."""
    return next((text for text in texts if width(text, size, bold=bold) <= room), "")

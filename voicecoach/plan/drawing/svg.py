"""The elements of a drawing: made, numbered and cleaned in one place, so that any name is safe in them."""

import re
from xml.etree import ElementTree as ET

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, or holds only against its own advice (the control characters of Latin-1)."""
_TURNS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""Marks that set the direction of writing: they could turn round what stands beside a name."""

Value = str | float
"""A value of an attribute; a number is written with at most two decimals."""


def clean(text: str) -> str:
    """Return a text as one line that XML can hold; what it cannot hold becomes U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", " ".join(text.translate(_TURNS).split()))


def written(value: Value) -> str:
    """Write a value of an attribute."""
    if isinstance(value, str):
        return _NOT_IN_XML.sub("\ufffd", value)
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def add(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: Value) -> ET.Element:
    """Add an element: ``font_size=12`` is written as ``font-size="12"``."""
    names = {name.replace("_", "-"): written(value) for name, value in attributes.items()}
    element = ET.SubElement(parent, tag, names)
    if text is not None:
        element.text = clean(text)
    return element


def root_of(title: str, description: str) -> ET.Element:
    """Return the root of a drawing that says what it shows to those who do not see it."""
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "aria-labelledby": "voicecoach-title voicecoach-description",
        },
    )
    add(root, "title", title, id="voicecoach-title")
    add(root, "desc", description, id="voicecoach-description")
    return root


def serialise(root: ET.Element) -> str:
    """Write a drawing, an element to a line."""
    ET.indent(root)
    for text in root.iter("text"):
        # Within a text, the space of an indentation would be seen.
        if len(text):
            text.text = None
            for part in text:
                part.tail = None
    return ET.tostring(root, encoding="unicode") + "\n"

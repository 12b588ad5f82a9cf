"""Colours: dark enough for white letters, light enough for black ones, and never the only difference."""

from dataclasses import dataclass

INK, MUTED, FAINT, PAPER = "#111827", "#4b5563", "#d1d5db", "#ffffff"
"""Of letters, of lesser letters, of lines, and of the ground."""
REST = "#e5e7eb"
STAGES = ("#fde68a", "#c7e0c4", "#d9d2ec", "#f3cfc6")
"""The bands of stages, one after another; letters stand on them in ink."""


@dataclass(frozen=True, slots=True)
class Colour:
    """The colours of work on one side."""

    dark: str
    """Holds are filled with it, and bear white letters."""
    light: str
    ground: str
    """The lane itself."""


SIDES = {
    "left": Colour("#1d5a94", "#cfe0f1", "#f1f6fb"),
    "right": Colour("#97400d", "#f6d9c5", "#fdf4ee"),
    "both": Colour("#3f4451", "#dadde3", PAPER),
}

"""The canvas of plots: matplotlib, loaded when it is needed, in one style and always with the same result."""

from __future__ import annotations

import io
import logging
import os
import re
import warnings
from contextlib import contextmanager
from html import escape
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from voicecoach import folders
from voicecoach.errors import CoachError
from voicecoach.plan.drawing.colours import FAINT, INK, MUTED, PAPER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matplotlib.figure import Figure

MISSING = "plots need matplotlib, which is not installed: pip install 'voicecoach[plots]'"
WIDTH = 7.2
"""Inches: the breadth of a page of A4 within its margins."""
DPI = 150
"""Of PNG."""

_STYLE: Mapping[Any, Any] = MappingProxyType(
    {
        "figure.facecolor": PAPER,
        "axes.edgecolor": FAINT,
        "axes.labelcolor": MUTED,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlecolor": INK,
        "axes.titlelocation": "left",
        "axes.titlesize": 9,
        "font.family": "sans-serif",
        "font.sans-serif": ["DejaVu Sans", "Arial", "Helvetica"],
        "font.size": 8,
        "text.color": INK,
        "text.parse_math": False,  # a name with dollars is no formula
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "svg.fonttype": "none",  # text stays text
        "svg.hashsalt": "voicecoach",
    }
)
_ID, _REFERENCE = re.compile(r' id="([^"]*)"'), re.compile(r'(?:url\(#|href="#)([^")]*)')


def is_available() -> bool:
    """Tell whether plots can be drawn here."""
    return find_spec("matplotlib") is not None


@contextmanager
def canvas() -> Iterator[None]:
    """Draw in our own style, whatever the settings of who runs it are, and without a word on stderr.

    Raises:
        CoachError: matplotlib is not installed; says how to install it.
    """
    if not is_available():
        raise CoachError(MISSING)
    # The list of fonts that it makes at first is kept in a folder of ours.
    os.environ.setdefault("MPLCONFIGDIR", str(folders.drawing()))
    logging.getLogger("matplotlib").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of letters that its own font lacks
        import matplotlib as mpl  # noqa: PLC0415 - an extra

        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(_STYLE)
            yield


def as_svg(figure: Figure) -> str:
    """Return a figure as SVG: the same figure gives the same text, on any day."""
    text = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(text, format="svg", metadata=nothing)
    return text.getvalue()


def as_png(figure: Figure) -> bytes:
    """Return a figure as PNG."""
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=DPI)
    return data.getvalue()


def inline(svg: str, prefix: str, label: str) -> str:
    """Return an SVG as a part of a page of HTML.

    Args:
        svg: as `as_svg` makes it.
        prefix: what tells its names from those of other drawings on the page.
        label: what it shows, for who cannot see it.
    """
    body = svg[svg.index("<svg") :]
    used = set(_REFERENCE.findall(body))
    body = _ID.sub(lambda found: f' id="{prefix}-{found[1]}"' if found[1] in used else "", body)
    body = re.sub(r'(url\(#|href="#)', rf"\g<1>{prefix}-", body)
    # The sheet of styles of the drawing would hold for the whole page.
    body = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", body, count=1, flags=re.DOTALL)
    return body.replace("<svg", f'<svg class="plot" role="img" aria-label="{escape(label)}"', 1)

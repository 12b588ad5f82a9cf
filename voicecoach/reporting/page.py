"""The page: a report as HTML that stands by itself, whatever the names in it are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.plan.drawing.svg import clean
from voicecoach.reporting import words
from voicecoach.reporting.report import FEELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicecoach.reporting.report import Report

TEMPLATE = Path(__file__).with_name("page.html.jinja")


def page(report: Report, drawings: Mapping[str, str]) -> str:
    """Return a report as a page of HTML; the same report gives the same page.

    Args:
        report: what it tells.
        drawings: plots as elements of HTML, by name, as `plots.sheets.drawings` makes them; one that is
            missing is left out.
    """
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - only where a page is made
    from markupsafe import Markup  # noqa: PLC0415

    def cleaned(value: object) -> object:
        return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=cleaned,
    )
    environment.filters |= {
        name: getattr(words, name)
        for name in ("counted", "day", "duration", "ending", "minutes", "moment", "share", "tenth")
    }
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    # They are drawn by us, with all text in them escaped.
    plots = {name: Markup(drawing) for name, drawing in drawings.items()}  # noqa: S704
    return template.render(report=report, plots=plots, feels=FEELS)

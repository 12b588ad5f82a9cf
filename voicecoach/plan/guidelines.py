"""Guidelines: the figures that doses are held against, each with its source. One table.

They are figures for healthy adults and no medical advice. An aim, or a measure of it, that has no row here
is not judged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from voicecoach.routine.model import Aim
from voicecoach.units import number


class Measure(StrEnum):
    """Name what a guideline gives a figure for."""

    HOLD = "one hold"
    HOLDS = "holds per side"
    SET = "one set"
    SETS = "sets per side"
    TOTAL = "total per muscle and side"
    EFFORT = "per muscle right before maximal effort"
    DAYS = "how often"
    """A session does not tell; it is shown, and not judged."""


UNITS: Mapping[Measure, str] = MappingProxyType(
    {
        Measure.HOLD: "s",
        Measure.HOLDS: "",
        Measure.SET: "s",
        Measure.SETS: "",
        Measure.TOTAL: "s",
        Measure.EFFORT: "s",
        Measure.DAYS: "days a week",
    }
)


class Verdict(StrEnum):
    """Say how a figure lies to a guideline."""

    WITHIN = "within"
    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a guideline stands."""

    number: int
    """Of its footnote."""
    text: str


PAGE = Source(1, "the hip mobility page of Calgary Chiropractic")
ACSM = Source(2, "ACSM, Garber 2011")
BEHM = Source(3, "Behm 2020, PubMed 33105383")
DELPHI = Source(4, "Delphi consensus 2025, doi 10.1016/j.jshs.2025.101067")


@dataclass(frozen=True, slots=True)
class Guideline:
    """One figure of one source."""

    aim: Aim
    measure: Measure
    low: float
    high: float
    source: Source
    whom: str = ""
    """Whom it is for; empty: anybody."""
    or_more: bool = False
    """Whether more than the high figure is as good."""

    def holds(self, figure: float) -> bool:
        """Tell whether a figure lies within."""
        return self.low <= figure and (figure <= self.high or self.or_more)

    def __str__(self) -> str:
        """Write the figure with its footnote, as ``older adults 30 to 60 s [2]``."""
        from_low = f"{number(self.low)} to " if self.low else "at most "
        figures = (from_low if self.low != self.high else "") + number(self.high)
        parts = (self.whom, figures, UNITS[self.measure], "or more" if self.or_more else "")
        return f"{' '.join(filter(None, parts))} [{self.source.number}]"


_STRETCH, _ROLL = Aim.STRETCH, Aim.ROLL
GUIDELINES = (
    Guideline(_STRETCH, Measure.HOLD, 30, 30, PAGE),
    Guideline(_STRETCH, Measure.HOLD, 10, 30, ACSM),
    Guideline(_STRETCH, Measure.HOLD, 30, 60, ACSM, whom="older adults"),
    Guideline(_STRETCH, Measure.HOLDS, 2, 3, PAGE),
    # What its two or three holds of 30 s come to.
    Guideline(_STRETCH, Measure.TOTAL, 60, 90, PAGE),
    Guideline(_STRETCH, Measure.TOTAL, 60, 60, ACSM),
    Guideline(_STRETCH, Measure.DAYS, 2, 3, ACSM, or_more=True),
    Guideline(_STRETCH, Measure.EFFORT, 0, 60, DELPHI),
    Guideline(_ROLL, Measure.SETS, 1, 3, BEHM),
    Guideline(_ROLL, Measure.SET, 30, 120, BEHM),
)
"""Every figure there is; a figure that one row holds is within."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A figure of a session beside the guidelines for it."""

    measure: Measure
    figure: float
    verdict: Verdict
    guidelines: tuple[Guideline, ...]
    """All that give a figure for this; never empty."""

    @property
    def words(self) -> str:
        """Return the verdict, and whom it is for where that is not anybody: ``within (older adults)``."""
        whom = {row.whom for row in self.guidelines if row.holds(self.figure)}
        return f"{self.verdict} ({', '.join(sorted(whom))})" if whom and "" not in whom else str(self.verdict)

    def __str__(self) -> str:
        """Write the figure and the verdict, as ``45 s, within (older adults)``."""
        return f"{number(self.figure)} {UNITS[self.measure]}".rstrip() + f", {self.words}"

    def to_json(self) -> dict[str, Any]:
        """Return the judgement as plain values for JSON."""
        return {
            "measure": self.measure.name.lower(),
            "figure": self.figure,
            "verdict": self.verdict.value,
            "guideline": listed(self.guidelines),
            "sources": sorted({row.source.number for row in self.guidelines}),
        }


def guidelines_for(aim: Aim, measure: Measure) -> tuple[Guideline, ...]:
    """Return the rows for one measure of an aim."""
    return tuple(row for row in GUIDELINES if (row.aim, row.measure) == (aim, measure))


def judge(aim: Aim, measure: Measure, figure: float) -> Judgement | None:
    """Hold a figure against the guidelines for it; None where there are none."""
    rows = guidelines_for(aim, measure)
    if not rows:
        return None
    figure = round(figure, 3)  # 0.1 + 0.2 is not above 0.3
    if any(row.holds(figure) for row in rows):
        verdict = Verdict.WITHIN
    else:
        verdict = Verdict.BELOW if figure < min(row.low for row in rows) else Verdict.ABOVE
    return Judgement(measure, figure, verdict, rows)


def listed(rows: Iterable[Guideline]) -> str:
    """Write guidelines one after another, as ``30 s [1], 10 to 30 s [2]``."""
    return ", ".join(map(str, rows))

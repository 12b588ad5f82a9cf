"""The account of a line: what it says, and what was assumed of it on the way to a dose."""

import re
from dataclasses import dataclass, field

from voicecoach.importers.facts import Facts
from voicecoach.routine.quantities import Range


@dataclass(slots=True)
class Account:
    """A line that is being understood."""

    facts: Facts
    name: str
    stage: str
    guesses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rest: Range | None = None
    """Seconds between two sets, where a time was taken for it."""

    def guess(self, text: str) -> None:
        """Note what was assumed, once."""
        if text not in self.guesses:
            self.guesses.append(text)

    def seconds(self, figure: str, what: str) -> None:
        """Note that a figure without a unit, or one of counts, is taken as seconds."""
        if re.fullmatch(r"[\d .,+~<>=-]+|\d+ ?(?:-|to|or) ?\d+", figure.strip()):
            self.guess(f"{what} without a unit is taken as seconds")

    def said(self, kind: str) -> str:
        """Return the first phrase of a kind as it was written; empty: there is none."""
        return next((found.text.strip("() ") for found in self.facts.found.get(kind, ())), "")

"""The account of a line: what it says, and what was assumed of it on the way to a dose."""

from dataclasses import dataclass, field

from voicecoach.importers.facts import Facts


@dataclass(slots=True)
class Account:
    """A line that is being understood."""

    facts: Facts
    name: str
    stage: str
    guesses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def guess(self, text: str) -> None:
        """Note what was assumed, once."""
        if text not in self.guesses:
            self.guesses.append(text)

    def said(self, kind: str) -> str:
        """Return the first phrase of a kind as it was written; empty: there is none."""
        return next((found.text.strip("() ") for found in self.facts.found.get(kind, ())), "")

"""The report: what was found in a file beside what was planned."""

from dataclasses import asdict, dataclass
from typing import Any

from voicecoach.sound.loudness import Loudness


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken."""

    rule: str
    """Its name: plan, length, tones, seams, holds, sides, silence, speech, overlap, chapters, captions,
    loudness, peak."""
    message: str
    seconds: float | None = None
    """Where; None for what concerns the whole file."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A set, or a part of one: from the onset of its start tone to the onset of its end tone."""

    label: str
    side: str | None
    set: int | None
    start: float
    """Seconds."""
    planned: float | None
    """Seconds; None where there is no plan."""
    found: float | None
    """Seconds; None where one of its tones was not found."""

    @property
    def error_ms(self) -> float | None:
        """Return by how much it is too long."""
        if self.planned is None or self.found is None:
            return None
        return 1000 * (self.found - self.planned)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that can be said of a file."""

    file: str
    plan: str | None
    """Where the plan came from; None where nothing was compared."""
    seconds: float
    holds: tuple[Hold, ...]
    breaches: tuple[Breach, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    """How many of each thing were looked at."""
    notes: tuple[str, ...] = ()
    """What was not looked at, and why."""
    worst_onset_ms: float | None = None
    """The largest error of a tone that was found."""
    loudness: Loudness | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values for JSON."""
        whole = asdict(self)
        whole["holds"] = [asdict(hold) | {"error_ms": hold.error_ms} for hold in self.holds]
        whole["counts"] = dict(self.counts)
        whole["loudness"] = self.loudness and {
            # JSON has no infinities.
            name: level if abs(level) < float("inf") else None
            for name, level in asdict(self.loudness).items()
        }
        return whole | {"kept": not self.breaches, "compared": self.plan is not None}

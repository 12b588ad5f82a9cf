"""The kinds of work: what one set of an exercise consists of.

Every value checks itself when it is made; the message names what was wanted.
"""

from dataclasses import dataclass
from enum import StrEnum

from voicecoach.routine.quantities import BOUNDS, Breath, Range, Tempo


class Starts(StrEnum):
    """Name the movement that a rep begins with."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Hold:
    """Stay in a position: a static stretch, a plank."""

    seconds: Range
    breath: Breath | None = None
    """The pace at which to breathe meanwhile; None: as it comes."""

    def __post_init__(self) -> None:
        """Check the length."""
        self.seconds.check("hold")


@dataclass(frozen=True, slots=True)
class Timed:
    """Keep moving for a time: rolling, marching."""

    seconds: Range

    def __post_init__(self) -> None:
        """Check the length."""
        self.seconds.check("time")


@dataclass(frozen=True, slots=True)
class Saying:
    """Something to be said at a moment of each set: of a hold, or of movement for a time."""

    at: float
    """Seconds from the start of the set."""
    text: str

    def __post_init__(self) -> None:
        """Check the moment."""
        BOUNDS["at"].check("at", self.at)


@dataclass(frozen=True, slots=True)
class Reps:
    """Repeat a movement, counted aloud."""

    count: Range
    tempo: Tempo | None = None
    """None: the pace's tempo."""
    hold: Range | None = None
    """Seconds to stay at the end of the first movement of each rep, in place of the tempo's pause."""
    starts: Starts = Starts.DOWN

    def __post_init__(self) -> None:
        """Check the count, the hold, and that a rep is long enough to be counted aloud."""
        self.count.check("reps")
        if self.hold:
            self.hold.check("hold in each rep")
        if self.tempo:
            low = self.hold.low if self.hold else None
            BOUNDS["rep"].check(
                "a whole rep", sum(length for _, length in phases(self.tempo, self.starts, low))
            )


@dataclass(frozen=True, slots=True)
class ContractRelax:
    """Press against a resistance, let go, and stretch further: PNF stretching."""

    contract: Range
    """Seconds of pressing."""
    deepen: Range
    """Seconds of the stretch after it."""
    relax: float | None = None
    """Seconds between the two; None: the pace's."""

    def __post_init__(self) -> None:
        """Check the lengths."""
        self.contract.check("contract")
        self.deepen.check("hold")
        if self.relax is not None:
            BOUNDS["relax"].check("relax", self.relax)


@dataclass(frozen=True, slots=True)
class Open:
    """Hold for as long as one can: the time is counted up, and the listener ends it."""

    seconds: Range
    """The most that is meant; it ends then."""

    def __post_init__(self) -> None:
        """Check the length."""
        self.seconds.check("open")


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait until the listener is ready."""

    seconds: Range
    """Where nobody can say so, as in a recording, the wait lasts so long."""

    def __post_init__(self) -> None:
        """Check the length."""
        self.seconds.check("wait")


Work = Hold | Timed | Reps | ContractRelax | Open | Wait
"""What one set consists of."""


class Phase(StrEnum):
    """Name a part of a rep."""

    UP = "up"
    HOLD = "hold"
    DOWN = "down"
    PAUSE = "pause"
    """Between two reps; nothing is said."""


def phases(tempo: Tempo, starts: Starts, hold: float | None) -> tuple[tuple[Phase, float], ...]:
    """Return the phases of one rep in their order, with their seconds; those of no length are left out."""
    up, down = (Phase.UP, tempo.concentric), (Phase.DOWN, tempo.eccentric)
    top, bottom = tempo.contracted, tempo.stretched
    first, middle, second, last = (up, top, down, bottom) if starts is Starts.UP else (down, bottom, up, top)
    rep = (first, (Phase.HOLD, middle if hold is None else hold), second, (Phase.PAUSE, last))
    return tuple((phase, length) for phase, length in rep if length > 0)

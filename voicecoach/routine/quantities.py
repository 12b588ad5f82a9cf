"""The quantities of a dose: ranges, tempos, and the bounds of each.

Every value checks itself when it is made; the message names what was wanted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voicecoach.routine.pace import Choice
from voicecoach.units import number

HUGE = 1e15
"""A number beyond all bounds: too large for some of what is done with numbers, or shown of them."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a quantity may be, and its unit."""

    low: float
    high: float
    unit: str
    whole: bool = False
    """Whether only whole numbers count."""

    def check(self, what: str, value: float) -> None:
        """Raise ValueError, naming the range, where the value lies outside."""
        if not self.low <= value <= self.high:
            message = f"{what}: {min(value, HUGE):g} is outside {self}"
            raise ValueError(message)
        if self.whole and value != int(value):
            message = f"{what}: {value:g} is not a whole number"
            raise ValueError(message)

    def __str__(self) -> str:
        """Write the range, as ``1 to 3600 s``."""
        return f"{number(self.low)} to {number(self.high)} {self.unit}"


BOUNDS: Mapping[str, Bounds] = MappingProxyType(
    {
        "hold": Bounds(1, 3600, "s"),
        "time": Bounds(1, 7200, "s"),
        # A moment of either.
        "at": Bounds(0, 7200, "s"),
        "reps": Bounds(1, 500, "reps", whole=True),
        "sets": Bounds(1, 100, "sets", whole=True),
        # An end tone and a start tone must not meet.
        "rest": Bounds(2, 600, "s"),
        "hold in each rep": Bounds(0.5, 300, "s"),
        "tempo phase": Bounds(0, 60, "s"),
        # A spoken number lasts up to 0.9 s.
        "rep": Bounds(1, 400, "s"),
        "contract": Bounds(2, 60, "s"),
        "relax": Bounds(2, 60, "s"),
        "open": Bounds(5, 3600, "s"),
        "wait": Bounds(5, 600, "s"),
        # A word or a soft tone stands at each.
        "breath": Bounds(2, 20, "s"),
        "rounds": Bounds(1, 50, "rounds", whole=True),
        "optional": Bounds(1, 1000, "as a rank", whole=True),
    }
)
"""The limits of every quantity of a routine: this project's own, wide enough for any real prescription."""


@dataclass(frozen=True, slots=True)
class Range:
    """A dose as clinicians give it: from low to high, both included; one figure where they are the same."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Check the order."""
        if self.low > self.high:
            message = f"the range {self} runs backwards; write {number(self.high)}-{number(self.low)}"
            raise ValueError(message)

    @classmethod
    def just(cls, value: float) -> "Range":
        """Return the range that holds one value alone."""
        return cls(value, value)

    def take(self, choice: Choice) -> float:
        """Return the end that a pace asks for."""
        return self.low if choice is Choice.LOW else self.high

    def check(self, what: str) -> None:
        """Raise ValueError where an end lies outside the bounds of this quantity."""
        for end in (self.low, self.high):
            BOUNDS[what].check(what, end)

    def __str__(self) -> str:
        """Write the range as ``2-3``, or ``2``."""
        return number(self.low) if self.low == self.high else f"{number(self.low)}-{number(self.high)}"


ONCE = Range(1, 1)


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds of the four phases of a rep, in the order coaches write them, as in 3-1-1-0."""

    eccentric: float
    """The way down: lowering, the muscle lengthens."""
    stretched: float
    """The pause at the bottom."""
    concentric: float
    """The way up: lifting, the muscle shortens."""
    contracted: float
    """The pause at the top."""

    def __post_init__(self) -> None:
        """Check each phase."""
        for phase in self.phases:
            BOUNDS["tempo phase"].check("tempo phase", phase)

    @classmethod
    def parse(cls, text: str) -> "Tempo":
        """Read ``3-1-1-0``.

        Raises:
            ValueError: there are not four numbers, or one is out of bounds.
        """
        try:
            eccentric, stretched, concentric, contracted = map(float, text.split("-"))
        except ValueError:
            message = f"'{text}' is not a tempo; write four numbers, as in 3-1-1-0 (down, pause, up, pause)"
            raise ValueError(message) from None
        return cls(eccentric, stretched, concentric, contracted)

    @property
    def phases(self) -> tuple[float, float, float, float]:
        """Return the phases in the order in which they are written."""
        return self.eccentric, self.stretched, self.concentric, self.contracted

    def __str__(self) -> str:
        """Write the tempo as ``3-1-1-0``."""
        return "-".join(map(number, self.phases))


@dataclass(frozen=True, slots=True)
class Breath:
    """A pace of breathing: seconds in, seconds out."""

    inward: float
    outward: float

    def __post_init__(self) -> None:
        """Check both."""
        for phase in (self.inward, self.outward):
            BOUNDS["breath"].check("breath", phase)

    @classmethod
    def parse(cls, text: str) -> "Breath":
        """Read ``4-6``.

        Raises:
            ValueError: there are not two numbers, or one is out of bounds.
        """
        try:
            inward, outward = map(float, text.split("-"))
        except ValueError:
            message = f"'{text}' is no pace of breathing; write seconds in and out, as in 4-6"
            raise ValueError(message) from None
        return cls(inward, outward)

    def __str__(self) -> str:
        """Write the pace as ``4-6``."""
        return f"{number(self.inward)}-{number(self.outward)}"

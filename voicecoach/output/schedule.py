"""The schedule of a device that has no clock of its own: which frame sounds at which moment."""

from voicecoach.units import frames, seconds


class Schedule:
    """Map frames to moments of a clock, and back, from one absolute start.

    Moments are computed from the start, never from one another: nothing adds up over an hour.
    """

    def __init__(self, sample_rate: int) -> None:
        """Begin without a start."""
        self._sample_rate = sample_rate
        self._start: float | None = None

    @property
    def running(self) -> bool:
        """Say whether there is a start to count from."""
        return self._start is not None

    def place(self, frame: int, moment: float) -> None:
        """Let a frame sound at a moment, and all others accordingly."""
        self._start = moment - seconds(frame, self._sample_rate)

    def clear(self) -> None:
        """Forget the start."""
        self._start = None

    def moment(self, frame: int) -> float:
        """Return when a frame sounds."""
        return (self._start or 0.0) + seconds(frame, self._sample_rate)

    def frame(self, moment: float) -> int:
        """Return how many frames have sounded by a moment; none before the start."""
        return 0 if self._start is None else max(0, frames(moment - self._start, self._sample_rate))

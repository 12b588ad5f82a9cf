"""The sheet: time runs from left to right and wraps into rows of whole minutes, as music does."""

from collections.abc import Iterator
from dataclasses import dataclass

WIDTH, LEFT, RIGHT = 1500.0, 64.0, 24.0
"""Of the drawing and of its margins; the left one holds the names of the lanes."""
BREADTH = WIDTH - LEFT - RIGHT
"""Of a row, in time."""

RULER, BAND, BAND_HEIGHT, NAMES, LANES, LANE, LANE_GAP = 11.0, 17.0, 19.0, 50.0, 57.0, 24.0, 2.0
"""Where things are in a row, counted from its top; ruler and names by the foot of their letters."""
LANES_HEIGHT = 2 * LANE + LANE_GAP
LANES_FOOT = LANES + LANES_HEIGHT
SPEECH, TONES, ROW = LANES_FOOT + 9, LANES_FOOT + 22, 152.0
"""The middle of the lines of speech and tones, and the height of a row with the gap below it."""

_FEWEST_MINUTES, _MOST_MINUTES = 4, 8
"""A row has as many minutes: with fewer, sets are drawn out; with more, the cues of a hold run together."""
_ROWS, _MOST_ROWS = 12, 100
"""Rows that are aimed at, and rows beyond which minutes are packed tighter still."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a stretch of time that lies in one row."""

    row: int
    x: float
    width: float
    begin: float
    """Where in the stretch it begins and ends, from 0 to 1."""
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one session."""

    frames: int
    sample_rate: int

    @property
    def minutes(self) -> int:
        """Return the minutes of a row."""
        minutes = max(1, -(-self.frames // (60 * self.sample_rate)))
        aimed = min(max(-(-minutes // _ROWS), _FEWEST_MINUTES), _MOST_MINUTES)
        return min(minutes, max(aimed, -(-minutes // _MOST_ROWS)))

    @property
    def row_frames(self) -> int:
        """Return the frames of a row."""
        return self.minutes * 60 * self.sample_rate

    @property
    def rows(self) -> int:
        """Return the number of rows; an empty session has one, too."""
        return max(1, -(-self.frames // self.row_frames))

    @property
    def per_second(self) -> float:
        """Return the width of a second."""
        return BREADTH / (self.minutes * 60)

    def at(self, frame: int) -> tuple[int, float]:
        """Return the row and x of a moment; the end of the session lies at the end of its last row."""
        row = min(frame // self.row_frames, self.rows - 1)
        return row, LEFT + (frame - row * self.row_frames) / self.row_frames * BREADTH

    def pieces(self, start: int, frames: int) -> Iterator[Piece]:
        """Yield the pieces of a stretch, a row each; of one without length, one piece without width."""
        row, x = self.at(start)
        if frames <= 0:
            yield Piece(row, x, 0, 0, 1)
        done = 0
        while done < frames:
            here = min(frames - done, max(1, (row + 1) * self.row_frames - start - done))
            width = here / self.row_frames * BREADTH
            yield Piece(row, x, width, done / frames, (done + here) / frames)
            row, x, done = row + 1, LEFT, done + here

"""Find where something begins or ceases to hold, by few looks."""

from bisect import bisect_left
from collections.abc import Callable


def first(count: int, holds: Callable[[int], bool]) -> int:
    """Return the first number from 0 to a count from which on something holds; one more than it if never."""
    return bisect_left(range(count + 1), True, key=holds)  # noqa: FBT003 - it is what is looked for


def last(count: int, holds: Callable[[int], bool]) -> int:
    """Return the last number from 0 to a count up to which something holds; 0 if never."""
    return max(0, first(count, lambda number: not holds(number)) - 1)

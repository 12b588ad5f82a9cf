"""How large a file may be that is read as a workout."""

from voicecoach.errors import RoutineError

LARGEST = 2_000_000
"""Bytes. A workout of many hours with a text every minute has some 100,000."""


def refuse_large(data: bytes, name: str, wanted: str, largest: int = LARGEST) -> None:
    """Refuse a file that is too large to be what was wanted.

    Raises:
        RoutineError: it is larger than that.
    """
    if len(data) > largest:
        raise RoutineError([f"{name}: is larger than {largest:,} bytes; wanted {wanted}"])

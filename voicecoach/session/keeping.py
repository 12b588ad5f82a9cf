"""Keeping the place: where a session was left, so that it can go on another time."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from voicecoach.errors import CoachError
from voicecoach.output.replace import replacing
from voicecoach.plan.spot import Length, Spot
from voicecoach.plan.steps import Kind
from voicecoach.routine.model import Side
from voicecoach.routine.pace import Effort
from voicecoach.session.playhead import Place

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """A session that was left before its end."""

    title: str
    """Of the routine."""
    label: str
    """What was done, in words."""
    routine: str
    """The name or the path that it was asked for by."""
    arguments: tuple[str, ...]
    """Those of the command line that it was played with."""
    folder: str
    """Where that was: paths may be relative."""
    spot: Spot
    left_at: float
    """When, in seconds since 1970."""
    session: int | None = None
    """Its number in the log; None: it has none there, or an earlier version kept it."""


def save(path: Path, kept: Kept) -> None:
    """Write a kept session; at any moment the file holds the place before, or this one.

    Raises:
        CoachError: it cannot be written.
        OSError: the same.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not flushed to the disk: that would make sound late, and only a loss of power needs it.
    with replacing(path, is_flushed=False) as beside:
        beside.write_text(json.dumps({"schema": SCHEMA, **asdict(kept)}), encoding="utf-8")


def load(path: Path) -> Kept | None:
    """Read a kept session; None where there is none.

    Raises:
        CoachError: the file is damaged, or of a later version.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _damaged(path) from error
    try:
        if found.pop("schema") != SCHEMA:
            raise _damaged(path)
        spot = found.pop("spot")
        side, effort = _side(spot.pop("side")), Effort(spot.pop("effort"))
        lengths = tuple(map(_length, spot.pop("lengths", ())))  # not known to earlier versions
        found["arguments"] = tuple(map(str, found["arguments"]))
        return Kept(spot=Spot(**spot, side=side, effort=effort, lengths=lengths), **found)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _damaged(path) from error


def _side(name: str | None) -> Side | None:
    return None if name is None else Side(name)


def _length(found: dict[str, Any]) -> Length:
    side, kind, seconds = _side(found.pop("side")), Kind(found.pop("kind")), float(found.pop("seconds"))
    return Length(**found, side=side, kind=kind, seconds=seconds)


def _damaged(path: Path) -> CoachError:
    return CoachError(f"{path}: the place that was kept cannot be read; begin anew with 'voicecoach play'")


class Keeper:
    """Keep the place of a session while it plays: a screen that takes down what it is shown."""

    def __init__(
        self,
        path: Path | None,
        kept: Callable[[Place, float], Kept | None],
        now: Callable[[], float] = time.time,
    ) -> None:
        """Keep it in a file.

        Args:
            path: the file; None: it is not kept.
            kept: returns what is kept of a moment, given the time; None where nothing is done yet.
            now: seconds since 1970.
        """
        self._path, self._kept, self._now = path, kept, now
        self._begun: object = None

    def show(self, place: Place, *, paused: bool) -> None:
        """Keep the place where another segment has begun."""
        del paused
        if self._path is None or place.segment is self._begun or place.is_aside:
            return
        self._begun = place.segment
        if kept := self._kept(place, self._now()):
            # A session is worth more than its place.
            with suppress(CoachError, OSError):
                save(self._path, kept)

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Do nothing."""

    def show_keys(self) -> None:
        """Do nothing."""

    def forget(self) -> None:
        """Remove the place: the session was done to its end."""
        with suppress(OSError):
            if self._path:
                self._path.unlink(missing_ok=True)

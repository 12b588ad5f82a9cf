"""What has been reached in a routine: where each exercise stands, and which are left out for pain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.forms import forms_of
from voicecoach.progress.progressed import standings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from voicecoach.history.log import Log
    from voicecoach.history.records import Pain
    from voicecoach.progress.progressed import Standings
    from voicecoach.routine.model import Routine
    from voicecoach.routine.pace import Pace

ENOUGH = 120
"""Sessions that are looked at, the newest: more than any rule counts."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a routine stands."""

    routine: Routine
    """As written, in its language; it knows the words of the forms."""
    standings: Standings
    """Of each exercise, by its address."""
    left_out: Mapping[str, Pain]
    """The exercises that hurt and were not put back, by their addresses."""
    notes: tuple[str, ...] = ()
    """One for each form that there is not."""


def reached(  # noqa: PLR0913 - each is a thing of its own
    routine: Routine,
    name: str,
    log: Log | None,
    *,
    today: dt.date,
    pace: Pace | None = None,
    own: Path | None = None,
) -> Reached:
    """Return where each exercise of a routine stands.

    Args:
        routine: as written, in the language that is spoken.
        name: by which the log knows it.
        log: of sessions; None: there is none yet.
        today: the day to come.
        pace: which takes the ranges of the doses; None: the routine's own.
        own: the user's own folder of routines.

    Raises:
        CoachError: the log cannot be read.
    """
    found = forms_of(routine, routine.language, own)
    pains = log.pains(name) if log else ()
    records = log.records(routine=name, newest=ENOUGH) if log else ()
    return Reached(
        found.lend(routine),
        standings(routine, found.forms, records, pains, today=today, pace=pace),
        {pain.address: pain for pain in pains if pain.resumed is None},
        found.notes,
    )

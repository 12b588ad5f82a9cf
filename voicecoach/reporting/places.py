"""Places: what tells two exercises of one name apart in a report. Pure."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voicecoach.history.records import Prescribed, Record

Key = tuple[str, str, str]
"""Routine, address and name of an exercise: another form of it has another name."""


def key(record: Record, asked: Prescribed) -> Key:
    """Return what an exercise of a session is known by."""
    return record.opening.routine, asked.address, asked.name


def places(records: Iterable[Record]) -> Mapping[Key, str]:
    """Return the address of each exercise whose name another one in its routine has too; empty for others."""
    keys = dict.fromkeys(key(record, asked) for record in records for asked in record.opening.prescribed)
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for routine, address, name in keys:
        named[routine, name].add(address)
    return {one: one[1] if len(named[one[0], one[2]]) > 1 else "" for one in keys}

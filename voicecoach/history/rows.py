"""Rows of the log: the values of `records` as SQLite holds them, and back."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from voicecoach.history.records import (
    Ending,
    Feel,
    Level,
    Opening,
    Origin,
    Pain,
    Performed,
    Prescribed,
    Record,
)
from voicecoach.plan.steps import Kind
from voicecoach.routine.model import Aim, Side

Row = Sequence[Any]

SESSION = (
    "prescription, routine, title, version, began, instant, planned_seconds, adjustments, language, program, "
    "origin, ending, seconds, paused"
)
"""The columns of a session that begins."""
READ_SESSION = (
    "id, routine, title, version, began, planned_seconds, adjustments, language, program, origin, "
    "ended, ending, seconds, paused, feel, prescription"
)
_PRESCRIBED = "address, name, muscle, aim, kind, sets, sides, seconds, reps, form, rung"
PRESCRIBED = f"prescription, position, {_PRESCRIBED}"
READ_PRESCRIBED = f"prescription, {_PRESCRIBED}"
_PERFORMED = (
    "address, kind, set_number, side, round_number, planned_seconds, done_seconds, "
    "planned_reps, done_reps, extended, paused, skipped"
)
PERFORMED = f"session, number, {_PERFORMED}"
READ_PERFORMED = f"session, {_PERFORMED}"
READ_PAIN = "routine, address, name, at, resumed"
PAIN = f"session, {READ_PAIN}"

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_KINDS: Mapping[str, Kind] = {kind.value: kind for kind in Kind}
_SIDES: Mapping[str | None, Side | None] = {None: None, **{side.value: side for side in Side}}


def marks(columns: str) -> str:
    """Return a question mark for each column."""
    return ", ".join("?" for _ in columns.split(","))


def stored(text: str) -> str | bytes:
    """Return a text as SQLite can hold it: names of files may have bytes that are no text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def text_of(found: str | bytes) -> str:
    """Return a text as it was given."""
    return found.decode("utf-8", "surrogatepass") if isinstance(found, bytes) else found


def instant(moment: dt.datetime) -> float:
    """Return the seconds since 1970 of a moment; one without an offset is local time."""
    return ((moment if moment.tzinfo else moment.astimezone()) - _EPOCH).total_seconds()


def session_row(prescription: int, opening: Opening) -> Row:
    """Return a session that begins, as `SESSION` has it."""
    return (
        prescription,
        stored(opening.routine),
        stored(opening.title),
        stored(opening.version),
        opening.began.isoformat(),
        instant(opening.began),
        opening.planned_seconds,
        json.dumps(dict(opening.adjustments)),
        stored(opening.language),
        stored(opening.program),
        opening.origin.value,
        Ending.INTERRUPTED.value,
        0.0,
        0.0,
    )


def prescribed_rows(asked: Iterable[Prescribed]) -> Iterator[Row]:
    """Yield what was asked of each exercise, as `PRESCRIBED` has it but for its first column."""
    for position, one in enumerate(asked):
        yield (
            position,
            stored(one.address),
            stored(one.name),
            stored(one.muscle),
            one.aim.value,
            one.kind.value,
            one.sets,
            " ".join(one.sides),
            one.seconds,
            one.reps,
            *((stored(one.level.form), one.level.rung) if one.level else (None, None)),
        )


def performed_row(session: int, number: int, one: Performed) -> Row:
    """Return a set as `PERFORMED` has it."""
    return (
        session,
        number,
        stored(one.address),
        one.kind.value,
        one.set,
        one.side.value if one.side else None,
        one.round,
        one.planned_seconds,
        one.done_seconds,
        one.planned_reps,
        one.done_reps,
        one.extended,
        one.paused,
        one.skipped,
    )


def pain_row(session: int | None, pain: Pain) -> Row:
    """Return a pain as `PAIN` has it."""
    resumed = pain.resumed.isoformat() if pain.resumed else None
    texts = (stored(pain.routine), stored(pain.address), stored(pain.name))
    return (session, *texts, pain.at.isoformat(), resumed)


def prescribed_of(row: Row) -> Prescribed:
    """Return what was asked of an exercise, of a row without its prescription.

    Raises:
        ValueError: it holds a word that has no meaning here.
    """
    address, name, muscle, aim, kind, sets, sides, seconds, reps, form, rung = row
    return Prescribed(
        text_of(address),
        text_of(name),
        text_of(muscle),
        Aim(aim),
        Kind(kind),
        sets,
        tuple(map(Side, sides.split())),
        seconds,
        reps,
        None if form is None else Level(text_of(form), rung),
    )


def performed_of(row: Row) -> Performed:
    """Return a set, of a row without its session.

    Raises:
        ValueError: it holds a word that has no meaning here.
    """
    address, kind, number, side, round_, planned, seconds, asked, reps, extended, paused, skipped = row
    try:
        found_kind, found_side = _KINDS[kind], _SIDES[side]
    except KeyError as error:
        raise ValueError(*error.args) from error
    return Performed(
        text_of(address),
        found_kind,
        number,
        found_side,
        round_,
        planned,
        seconds,
        asked,
        reps,
        extended,
        paused,
        bool(skipped),
    )


def pain_of(row: Row) -> Pain:
    """Return a pain, of a row without its session.

    Raises:
        ValueError: it holds a date that is none.
    """
    routine, address, name, at, resumed = row
    return Pain(text_of(routine), text_of(address), text_of(name), moment_of(at), _moment_or_none(resumed))


def record_of(row: Row, asked: Iterable[Prescribed], done: Iterable[Performed]) -> Record:
    """Return a session, of a row as `READ_SESSION` has it.

    Raises:
        ValueError: it holds a word or a date that is none.
    """
    identity, routine, title, version, began, planned, adjustments, language, program, origin = row[:10]
    ended, ending, seconds, paused, feel, _ = row[10:]
    opening = Opening(
        text_of(routine),
        text_of(title),
        text_of(version),
        moment_of(began),
        tuple(asked),
        planned,
        json.loads(adjustments),
        text_of(language),
        text_of(program),
        Origin(origin),
    )
    felt = None if feel is None else Feel(feel)
    end, length = Ending(ending), (seconds, paused)
    return Record(identity, opening, _moment_or_none(ended), end, *length, felt, tuple(done))


def moment_of(text: str) -> dt.datetime:
    """Return a moment as it was given.

    Raises:
        ValueError: the text is none.
    """
    return dt.datetime.fromisoformat(text)


def _moment_or_none(text: str | None) -> dt.datetime | None:
    return None if text is None else moment_of(text)

"""A session as a FIT activity, which training logs take: fit-tool writes the binary.

Which messages and fields an activity has is said in the public description of FIT activity files. The sets
name their exercises by numbers; what those are called stands in the messages `exercise_title`.
"""

import datetime as dt
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from voicecoach.errors import ChoiceError, OutputError
from voicecoach.history.records import Record
from voicecoach.output.activity.doing import Doing, Turn, doing
from voicecoach.plan.phrases import ENGLISH, Phrases, load_phrases
from voicecoach.routine.model import Side

if TYPE_CHECKING:
    from fit_tool.message import Message

EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
"""Where the time of FIT files begins."""
LONGEST_TEXT = 200
"""Bytes of a name: a field of FIT holds 255 at most."""
MOST_REPS = 0xFFFE
"""The largest number of reps that a set of FIT holds."""

_Key = tuple[str, Side | None]
"""An exercise and its side."""


def fit_activity(record: Record) -> bytes:
    """Return a session in the log as a FIT activity. The same session gives the same bytes.

    Raises:
        OutputError: its beginning cannot be written, since the clock was far off.
    """
    from fit_tool import FitError, FitFileBuilder  # noqa: PLC0415 - its tables take a while to load

    began = record.opening.began
    if began < EPOCH + dt.timedelta(days=1):
        message = f"session {record.id} cannot be written as FIT: its date, {began.date()}, is before 1990"
        raise OutputError(message)
    builder = FitFileBuilder(strict=True)
    try:
        builder.add_all(list(_messages(record)))
        return bytes(builder.build_bytes())
    except FitError as error:
        message = f"session {record.id} cannot be written as FIT: {error}"
        raise OutputError(message) from error


def _messages(record: Record) -> Iterator["Message"]:
    """Yield the messages of an activity, those that sum it up last."""
    from fit_tool.profile.messages.event_message import EventMessage  # noqa: PLC0415 - as above
    from fit_tool.profile.messages.file_id_message import FileIdMessage  # noqa: PLC0415
    from fit_tool.profile.messages.record_message import RecordMessage  # noqa: PLC0415
    from fit_tool.profile.profile_type import (  # noqa: PLC0415
        Event,
        EventType,
        FileType,
        Manufacturer,
    )

    done = doing(record)
    begin, end = _moment(done), _moment(done, done.elapsed)
    yield _with(
        FileIdMessage(),
        type=FileType.ACTIVITY,
        manufacturer=Manufacturer.DEVELOPMENT.value,
        product=0,
        serial_number=zlib.crc32(f"{record.opening.routine} {done.began.isoformat()}".encode()) or 1,
        time_created=begin,
    )
    yield _with(EventMessage(), timestamp=begin, event=Event.TIMER, event_type=EventType.START)
    names = {(turn.address, turn.side): turn.name for turn in done.turns}
    numbers = {key: number for number, key in enumerate(names)}
    yield from _titles(names, record.opening.language)
    yield _with(RecordMessage(), timestamp=begin)
    for index, turn in enumerate(done.turns):
        yield _set(index, turn, done, numbers[turn.address, turn.side])
    yield _with(RecordMessage(), timestamp=end)
    yield _with(EventMessage(), timestamp=end, event=Event.TIMER, event_type=EventType.STOP_ALL)
    yield from _sums(done)


def _titles(names: Mapping[_Key, str], language: str) -> Iterator["Message"]:
    """Yield what each exercise is called on each of its sides, by its number."""
    from fit_tool.profile.messages.exercise_title_message import ExerciseTitleMessage  # noqa: PLC0415
    from fit_tool.profile.profile_type import ExerciseCategory  # noqa: PLC0415

    phrases = _phrases(language)
    for number, ((_, side), name) in enumerate(names.items()):
        said = phrases.text(f"exercise.brief.{side or 'none'}", name=name).rstrip(".")
        yield _with(
            ExerciseTitleMessage(),
            message_index=number,
            exercise_category=ExerciseCategory.UNKNOWN.value,
            exercise_name=number,
            workout_step_name=_cut(said),
        )


def _set(index: int, turn: Turn, done: Doing, number: int) -> "Message":
    from fit_tool.profile.messages.set_message import SetMessage  # noqa: PLC0415
    from fit_tool.profile.profile_type import ExerciseCategory, SetType  # noqa: PLC0415

    counted = {} if turn.reps is None else {"repetitions": min(turn.reps, MOST_REPS)}
    return _with(
        SetMessage(),
        timestamp=_moment(done, turn.begins + turn.seconds + turn.paused),
        start_time=_moment(done, turn.begins),
        duration=turn.seconds,
        set_type=SetType.ACTIVE.value,
        category=[ExerciseCategory.UNKNOWN.value],
        category_subtype=[number],
        message_index=index,
        **counted,
    )


def _sums(done: Doing) -> Iterator["Message"]:
    """Yield the messages that sum the activity up: one lap, one session, and the activity itself."""
    from fit_tool.profile.messages.activity_message import ActivityMessage  # noqa: PLC0415
    from fit_tool.profile.messages.lap_message import LapMessage  # noqa: PLC0415
    from fit_tool.profile.messages.session_message import SessionMessage  # noqa: PLC0415
    from fit_tool.profile.profile_type import (  # noqa: PLC0415
        Activity,
        Event,
        EventType,
        SessionTrigger,
        Sport,
        SubSport,
    )

    end = _moment(done, done.elapsed)
    kind = SubSport.STRENGTH_TRAINING if done.is_strength else SubSport.FLEXIBILITY_TRAINING
    whole = {
        "message_index": 0,
        "timestamp": end,
        "start_time": _moment(done),
        "total_elapsed_time": done.elapsed,
        "total_timer_time": done.active,
        "sport": Sport.TRAINING,
        "sub_sport": kind,
    }
    yield _with(LapMessage(), event=Event.LAP, event_type=EventType.STOP, **whole)
    yield _with(
        SessionMessage(),
        event=Event.SESSION,
        event_type=EventType.STOP,
        trigger=SessionTrigger.ACTIVITY_END,
        first_lap_index=0,
        num_laps=1,
        sport_profile_name=_cut(done.title),
        **whole,
    )
    offset = done.began.utcoffset() or dt.timedelta()
    yield _with(
        ActivityMessage(),
        timestamp=end,
        local_timestamp=round(
            (done.began + dt.timedelta(seconds=done.elapsed) + offset - EPOCH).total_seconds()
        ),
        total_timer_time=done.active,
        num_sessions=1,
        type=Activity.MANUAL,
        event=Event.ACTIVITY,
        event_type=EventType.STOP,
    )


def _with(message: Any, **values: object) -> "Message":  # noqa: ANN401 - its library carries no types
    """Return a message with these values; a name that it does not have is a fault of ours."""
    for name, value in values.items():
        if not hasattr(type(message), name):
            raise AttributeError(name)
        setattr(message, name, value)
    return message


def _moment(done: Doing, seconds: float = 0) -> int:
    """Return a moment of a session as fit-tool takes it: in ms since 1970, to the second, as FIT keeps it."""
    return round(done.began.timestamp() + seconds) * 1000


def _cut(text: str) -> str:
    """Return a text in the bytes that it may take."""
    return text.encode()[:LONGEST_TEXT].decode(errors="ignore")


def _phrases(language: str) -> Phrases:
    """Return the phrases that a session was in; of a language that is no more, the English ones."""
    try:
        return load_phrases(language)
    except ChoiceError:
        return load_phrases(ENGLISH)

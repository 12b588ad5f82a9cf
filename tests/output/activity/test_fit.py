"""FIT activities, read back by fitdecode, which shares no code with what writes them."""

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import fitdecode
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.errors import OutputError
from voicecoach.history.records import Ending, Opening, Performed, Prescribed, Record
from voicecoach.output.activity.doing import doing
from voicecoach.output.activity.fit import fit_activity
from voicecoach.plan.steps import Kind
from voicecoach.routine.model import Aim, Side

BERLIN = dt.timezone(dt.timedelta(hours=1))
BEGAN = dt.datetime(2026, 11, 24, 19, 0, 5, tzinfo=BERLIN)
BOTH = (Side.LEFT, Side.RIGHT)
PIGEON = Prescribed("stretch.pigeon", "Pigeon", "glutes", Aim.STRETCH, Kind.HOLD, 1, BOTH, seconds=30)
CLAM = Prescribed(
    "strengthen.clam", "Clam", "glutes", Aim.STRENGTHEN, Kind.REP_SET, 1, BOTH, seconds=48, reps=12
)


def hold(side: Side | None, seconds: float = 30, **more: Any) -> Performed:  # noqa: ANN401 - fields of a record
    """Return a set of Pigeon."""
    return Performed("stretch.pigeon", Kind.HOLD, 1, side, planned_seconds=30, done_seconds=seconds, **more)


def clams(side: Side, reps: int = 12) -> Performed:
    """Return a set of Clam."""
    return Performed(
        "strengthen.clam", Kind.REP_SET, 1, side, None, 48, 4.0 * reps, planned_reps=12, done_reps=reps
    )


DONE = (hold(Side.LEFT), hold(Side.RIGHT, paused=15.0), clams(Side.LEFT), clams(Side.RIGHT, reps=9))
RECORD = Record(
    7,
    Opening("hips", "Evening hips", "abc", BEGAN, (PIGEON, CLAM), planned_seconds=300),
    BEGAN + dt.timedelta(seconds=340),
    Ending.FINISHED,
    seconds=312.5,
    paused=20.0,
    performed=DONE,
)


def read(data: bytes) -> dict[str, list[dict[str, Any]]]:
    """Return the messages of a FIT file by their kinds; its checksums are checked."""
    found: dict[str, list[dict[str, Any]]] = {}
    with fitdecode.FitReader(
        io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
    ) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                values = {field.name: field.value for field in frame if field.value is not None}
                found.setdefault(frame.name, []).append(values)
    return found


def test_the_whole() -> None:
    """A session is an activity of one lap, with the times of the log, in UTC and as the clock showed."""
    found = read(fit_activity(RECORD))
    begin, end = BEGAN.astimezone(dt.UTC), (BEGAN + dt.timedelta(seconds=340)).astimezone(dt.UTC)
    assert {"type": "activity", "manufacturer": "development", "time_created": begin}.items() <= found[
        "file_id"
    ][0].items()
    times = {"start_time": begin, "timestamp": end, "total_elapsed_time": 340.0, "total_timer_time": 312.5}
    for kind in ("lap", "session"):
        assert 1 == len(found[kind])
        assert times.items() <= found[kind][0].items()
        assert "training" == found[kind][0]["sport"]
    assert "Evening hips" == found["session"][0]["sport_profile_name"]
    activity = found["activity"][0]
    assert (end, 312.5, 1) == (activity["timestamp"], activity["total_timer_time"], activity["num_sessions"])
    assert dt.datetime(2026, 11, 24, 19, 5, 45) == activity["local_timestamp"].replace(tzinfo=None)  # noqa: DTZ001 - as a clock shows it
    assert [("start", begin), ("stop_all", end)] == [
        (event["event_type"], event["timestamp"]) for event in found["event"] if event["event"] == "timer"
    ]
    assert [begin, end] == [one["timestamp"] for one in found["record"]]


def test_sets() -> None:
    """Each set has its seconds and reps as they were done, and the name of its exercise and side."""
    found = read(fit_activity(RECORD))
    titles = {one["exercise_name"]: one["wkt_step_name"] for one in found["exercise_title"]}
    assert [
        ("Pigeon. Left side", 30.0, None),
        ("Pigeon. Right side", 30.0, None),
        ("Clam. Left side", 48.0, 12),
        ("Clam. Right side", 36.0, 9),
    ] == [
        (titles[only(one["category_subtype"])], one["duration"], one.get("repetitions"))
        for one in found["set"]
    ]
    assert {"active"} == {one["set_type"] for one in found["set"]}


def only(values: Any) -> Any:  # noqa: ANN401 - as fitdecode has it
    """Return the only value of a field that may hold several."""
    return next(iter(values)) if isinstance(values, Iterable) else values


def test_when_a_set_began_is_derived() -> None:
    """What sets and their pauses leave of the session lies evenly before, between and after them."""
    done = doing(RECORD)
    gap = (340 - 30 - 45 - 48 - 36) / 5
    assert [gap, 2 * gap + 30, 3 * gap + 75, 4 * gap + 123] == pytest.approx(
        [turn.begins for turn in done.turns]
    )
    starts = [one["start_time"] for one in read(fit_activity(RECORD))["set"]]
    assert [BEGAN + dt.timedelta(seconds=round(turn.begins)) for turn in done.turns] == starts


@pytest.mark.parametrize(
    ("performed", "kind"),
    [
        (DONE, "strength_training"),
        (DONE[:2], "flexibility_training"),
        ((hold(None, 100), clams(Side.LEFT)), "flexibility_training"),
        ((), "strength_training"),
    ],
)
def test_kind(performed: tuple[Performed, ...], kind: str) -> None:
    """It is strength training where half of what was done strengthens; if nothing was, of what was asked."""
    found = read(fit_activity(replace(RECORD, performed=performed)))
    assert kind == found["session"][0]["sub_sport"]


def test_parts_of_a_set() -> None:
    """Contracting and the stretch after it are one set; one that was begun again is two."""
    turn = {"address": "stretch.pigeon", "set": 1, "side": Side.LEFT}
    performed = (
        Performed(kind=Kind.CONTRACT, done_seconds=6, **turn),
        Performed(kind=Kind.HOLD, done_seconds=8, skipped=True, **turn),
        Performed(kind=Kind.CONTRACT, done_seconds=6, **turn),
        Performed(kind=Kind.HOLD, done_seconds=20, **turn),
    )
    found = read(fit_activity(replace(RECORD, performed=performed)))
    assert [14.0, 26.0] == [one["duration"] for one in found["set"]]


def test_nothing_is_made_up() -> None:
    """A set that never began is no set; a session that nobody ended is as long as it was heard."""
    performed = (hold(Side.LEFT), hold(Side.RIGHT, 0, skipped=True))
    found = read(
        fit_activity(replace(RECORD, performed=performed, ended=None, end=Ending.INTERRUPTED, paused=0))
    )
    assert [30.0] == [one["duration"] for one in found["set"]]
    assert 312.5 == found["session"][0]["total_elapsed_time"]


def test_language() -> None:
    """The sides are named in the language of the session; accents and long names come through."""
    named = replace(PIGEON, name="Étirement «pigeon» " + "très " * 80)
    opening = replace(RECORD.opening, language="fr", prescribed=(named, CLAM))
    titles = read(fit_activity(replace(RECORD, opening=opening)))["exercise_title"]
    assert titles[0]["wkt_step_name"].startswith("Étirement «pigeon» très")
    assert "Clam. Côté gauche" == titles[2]["wkt_step_name"]


def test_same_bytes() -> None:
    """The same session gives the same bytes, so that a log that has it already can tell."""
    assert fit_activity(RECORD) == fit_activity(RECORD)


def test_a_clock_that_was_wrong() -> None:
    """A session of before FIT's calendar is refused in one line."""
    opening = replace(RECORD.opening, began=dt.datetime(1970, 1, 1, 0, 5, tzinfo=dt.UTC))
    with pytest.raises(OutputError, match=r"session 7 .* 1970-01-01, is before 1990"):
        fit_activity(replace(RECORD, opening=opening))


seconds = st.floats(0, 7200)


@settings(max_examples=60)
@given(
    performed=st.lists(
        st.builds(
            Performed,
            address=st.sampled_from(["stretch.pigeon", "strengthen.clam", "gone"]),
            kind=st.sampled_from([Kind.HOLD, Kind.CONTRACT, Kind.REP_SET]),
            set=st.integers(1, 3),
            side=st.sampled_from([*BOTH, None]),
            done_seconds=seconds,
            paused=seconds,
            done_reps=st.none() | st.integers(0, 500),
        ),
        max_size=12,
    ),
    heard=seconds,
    paused=seconds,
    length=st.none() | st.integers(-3600, 7200),
    title=st.text(max_size=300),
)
def test_whatever_the_log_holds(
    performed: list[Performed], heard: float, paused: float, length: int | None, title: str
) -> None:
    """Any session becomes a sound file: its sets in order, inside it, no longer in sum."""
    ended = None if length is None else BEGAN + dt.timedelta(seconds=length)
    record = Record(
        1,
        replace(RECORD.opening, title=title),
        ended,
        seconds=heard,
        paused=paused,
        performed=tuple(performed),
    )
    found = read(fit_activity(record))
    session, sets = found["session"][0], found.get("set", [])
    starts = [one["start_time"] for one in sets]
    assert sorted(starts) == starts
    assert all(
        session["start_time"] <= one["start_time"] <= one["timestamp"] <= session["timestamp"] for one in sets
    )
    total = sum(one.done_seconds for one in performed)
    assert total == pytest.approx(sum(one["duration"] for one in sets), abs=0.002 * len(performed))
    assert total <= session["total_timer_time"] + 0.01 <= session["total_elapsed_time"] + 0.02

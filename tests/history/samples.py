"""Sessions made at random, and one that is not."""

import datetime as dt

from hypothesis import strategies as st

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
from voicecoach.routine.model import BOTH_SIDES, Aim, Side

BEGAN = dt.datetime(2026, 11, 20, 19, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
ASKED = Prescribed(
    "stretch.pigeon", "Pigeon", "piriformis", Aim.STRETCH, Kind.HOLD, 2, BOTH_SIDES, 30.0, level=Level("", 1)
)
DONE = Performed("stretch.pigeon", Kind.HOLD, 1, Side.LEFT, planned_seconds=30, done_seconds=30, extended=5)
SESSION = Record(
    1,
    Opening(
        "hips", "Hip mobility", "0123456789ab", BEGAN, (ASKED,), 300, {"pace": "gentle", "skip": ["roll"]}
    ),
    BEGAN + dt.timedelta(minutes=5),
    Ending.FINISHED,
    290,
    10,
    Feel.RIGHT,
    (DONE,),
)

# What a routine, a path or a hand may give: any text, also with NUL, and with bytes that are no text.
TEXTS = st.one_of(
    st.text(max_size=20),
    st.text(st.characters(codec=None), max_size=20),
    st.sampled_from(["Hüfte 🧘", "a\0b", "\udcff.toml", "x" * 100_000, "'; DROP TABLE sessions; --"]),
)
COUNTS = st.integers(-(2**63), 2**63 - 1)
SECONDS = st.floats(allow_nan=False)
MOMENTS = st.datetimes(
    timezones=st.integers(-80_000, 80_000).map(lambda offset: dt.timezone(dt.timedelta(seconds=offset)))
)
LEVELS = st.builds(Level, TEXTS, COUNTS)
PRESCRIBED = st.builds(
    Prescribed,
    TEXTS,
    TEXTS,
    TEXTS,
    st.sampled_from(Aim),
    st.sampled_from(Kind),
    COUNTS,
    st.sampled_from([(), BOTH_SIDES, BOTH_SIDES[::-1], (Side.RIGHT,)]),
    SECONDS,
    st.none() | COUNTS,
    st.none() | LEVELS,
)
PERFORMED = st.builds(
    Performed,
    TEXTS,
    st.sampled_from(Kind),
    COUNTS,
    st.none() | st.sampled_from(Side),
    st.none() | COUNTS,
    SECONDS,
    SECONDS,
    st.none() | COUNTS,
    st.none() | COUNTS,
    SECONDS,
    SECONDS,
    st.booleans(),
)
ASKED_FOR = st.dictionaries(
    TEXTS,
    st.one_of(COUNTS, st.floats(allow_nan=False, allow_infinity=False), TEXTS, st.lists(TEXTS)),
    max_size=3,
)
OPENINGS = st.builds(
    Opening,
    TEXTS,
    TEXTS,
    TEXTS,
    MOMENTS,
    st.lists(PRESCRIBED, max_size=3).map(tuple),
    SECONDS,
    ASKED_FOR,
    TEXTS,
    TEXTS,
    st.sampled_from(Origin),
)
RECORDS = st.builds(
    Record,
    st.just(0),
    OPENINGS,
    st.none() | MOMENTS,
    st.sampled_from(Ending),
    SECONDS,
    SECONDS,
    st.none() | st.sampled_from(Feel),
    st.lists(PERFORMED, max_size=5).map(tuple),
)
PAINS = st.builds(Pain, TEXTS, TEXTS, TEXTS, MOMENTS, st.none() | MOMENTS)

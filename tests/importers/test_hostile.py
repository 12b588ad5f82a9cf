import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fit_files import STEP, file, message
from tests.programs import routine_of
from voicecoach.errors import ChoiceError, RoutineError
from voicecoach.importers import exercise_db, fit, jawt, tcx, zwo
from voicecoach.importers.columns import read_csv
from voicecoach.importers.draft import Draft, Reader
from voicecoach.importers.sheet import read_sheet
from voicecoach.importers.undosed import with_dose

READERS = [zwo.read, tcx.read, jawt.read, fit.read]
MANY = settings(max_examples=200, deadline=2000, suppress_health_check=[HealthCheck.too_slow])

FIGURES = st.one_of(
    st.integers(1, 600).map(str),
    st.integers(1, 90).map(str),
    st.integers(-5, 10**20).map(str),
    st.floats(allow_nan=True).map(str),
    st.sampled_from(["0.001", "60", "1e400", "１２", "1_0", "", "\t9", "NaN"]),  # noqa: RUF001 - wide digits
)
TEXTS = st.text(max_size=300)
WRITTEN = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=300
)
"""Texts that XML can hold."""


def taken(reader: Reader, data: bytes) -> Draft | None:
    """Return what is read, as far as anything is; it is then a routine that is read without a problem."""
    draft = None
    with suppress(RoutineError):
        draft = reader(data, "some.file")
    if draft:
        assert routine_of(draft).stages
    return draft


@MANY
@given(st.sampled_from(READERS), st.binary(max_size=400))
def test_any_bytes(reader: Reader, data: bytes) -> None:
    """Whatever bytes are read, there is a routine or our own error."""
    taken(reader, data)


def escaped(text: str) -> str:
    """Return a text as it stands in an attribute or in an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


ZWO_NAMES = ["Warmup", "freeride", "IntervalsT", "SteadyState", "textevent", "Odd", "Ramp"]
ZWO_KEYS = [
    "Duration",
    "Repeat",
    "OnDuration",
    "OffDuration",
    "timeoffset",
    "message",
    "Power",
    "k:originalDurationType",
]
ATTRIBUTES = st.dictionaries(st.sampled_from(ZWO_KEYS), FIGURES | WRITTEN, max_size=8).map(
    lambda values: "".join(f' {key}="{escaped(value)}"' for key, value in values.items())
)
TEXT_EVENTS = st.lists(ATTRIBUTES.map(lambda values: f"<TextEvent{values}/>"), max_size=4).map("".join)
BLOCKS = st.lists(
    st.tuples(st.sampled_from(ZWO_NAMES), ATTRIBUTES, TEXT_EVENTS).map(
        lambda parts: f"<{parts[0]}{parts[1]}>{parts[2]}</{parts[0]}>"
    ),
    max_size=6,
).map("".join)


@MANY
@given(BLOCKS, WRITTEN, WRITTEN)
def test_any_blocks(blocks: str, name: str, about: str) -> None:
    """Whatever stands in the blocks of a ride, there is a routine or our own error."""
    head = f"<name>{escaped(name)}</name><description>{escaped(about)}</description>"
    xml = f"<workout_file xmlns:k='k'>{head}<workout>{blocks}</workout></workout_file>"
    taken(zwo.read, xml.encode("utf-8", "surrogatepass"))


STEPS = st.recursive(
    st.tuples(
        WRITTEN, st.sampled_from(["Time_t", "Time_t", "UserInitiated_t", "Distance_t", ""]), FIGURES
    ).map(
        lambda parts: (
            f"<Child><Name>{escaped(parts[0])}</Name><Duration xsi:type='{parts[1]}'>"
            f"<Seconds>{escaped(parts[2])}</Seconds></Duration></Child>"
        )
    ),
    lambda inner: st.tuples(FIGURES, st.lists(inner, max_size=4)).map(
        lambda parts: (
            f"<Child xsi:type='Repeat_t'><Repetitions>{parts[0]}</Repetitions>{''.join(parts[1])}</Child>"
        )
    ),
    max_leaves=12,
)


@MANY
@given(STEPS)
def test_any_steps(steps: str) -> None:
    """However steps are repeated, there is a routine or our own error, soon."""
    outer = f"<Step xsi:type='Repeat_t'><Repetitions>2</Repetitions>{steps}</Step>"
    workouts = f"<Workouts><Workout>{outer}</Workout></Workouts>"
    xml = f"<TrainingCenterDatabase xmlns:xsi='x'>{workouts}</TrainingCenterDatabase>"
    taken(tcx.read, xml.encode("utf-8", "surrogatepass"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
EXERCISES = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXTS | st.sampled_from(["Rest", "Jog"]),
        "duration": st.integers(0, 90) | VALUES,
        "count": VALUES,
    },
)
SETS = st.fixed_dictionaries(
    {"exercises": st.lists(EXERCISES, max_size=4)},
    optional={"repetitions": st.integers(1, 200), "name": VALUES},
)


@MANY
@given(st.lists(SETS, max_size=3) | st.lists(SETS | VALUES, max_size=3), VALUES)
def test_any_sets(sets: list[object], title: object) -> None:
    """Whatever stands in the sets of a timer, there is a routine or our own error."""
    for document in ({"title": title, "sets": sets}, {"workouts": [{"sets": sets, "title": title}, title]}):
        taken(jawt.read, json.dumps(document).encode())


FIELDS = st.fixed_dictionaries(
    {"kind": st.integers(0, 40), "value": st.integers(0, 2**32 - 1) | st.integers(0, 9)},
    optional={
        "target_value": st.integers(0, 9) | st.just(2**32 - 1),
        "target": st.integers(0, 12),
        "low": st.integers(0, 3000),
        "high": st.integers(0, 3000),
        "intensity": st.integers(0, 9),
        "category": st.integers(0, 70),
        "exercise": st.integers(0, 200),
        "name": st.text(max_size=20),
    },
)


@MANY
@given(st.lists(FIELDS, max_size=12), st.integers(0, 10**4), st.integers(0, 255))
def test_any_messages(steps: list[dict[str, int | str]], at: int, value: int) -> None:
    """Whatever stands in a FIT file, sound or with a byte changed, there is a routine or our error."""
    data = file(*(message(STEP, index=index, **step) for index, step in enumerate(steps)))
    taken(fit.read, data)
    at %= len(data)
    taken(fit.read, data[:at] + bytes([value]) + data[at + 1 :])


@MANY
@given(
    st.lists(st.dictionaries(st.sampled_from(["name", "instructions", "category", "equipment"]), VALUES)),
    TEXTS,
)
def test_any_list(exercises: list[object], name: str) -> None:
    """Whatever stands in a list of exercises, one is found or there is our own error."""
    for data in (json.dumps(exercises).encode(), json.dumps([{"name": name}, *exercises]).encode()):
        with suppress(RoutineError, ChoiceError):
            assert exercise_db.find_exercise(name, data, "list.json").keys["name"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp500"])
def test_other_encodings(reader: Reader, encoding: str) -> None:
    """A workout in another encoding is read where the format allows it, else refused by our own error."""
    xml = "<workout_file><workout><Warmup Duration='9'/></workout></workout_file>"
    text = xml if reader is zwo.read else '{"sets": [{"exercises": [{"name": "Jog", "duration": 9}]}]}'
    draft = taken(reader, text.encode(encoding))
    readable = {(zwo.read, "utf-16"), *((jawt.read, kind) for kind in ("utf-16", "utf-32"))}
    assert ((reader, encoding) in readable) == (draft is not None)


PIECES = st.sampled_from(
    [
        *(
            "Squat",
            "BRIDGE",
            "pigeon stretch",
            "Hold",
            "hold 5",
            "each",
            "L/R",
            "R:",
            "3x10",
            "3 x 10/10",
            "30s",
            ":30",
        ),
        *(
            "1'30\"",
            "2-3",
            "|",
            "\t",
            "- ",
            "• ",
            "1. ",
            "# ",
            ":",
            " - ",
            ",",
            ";",
            "(",
            ")",
            "rest 60s",
            "@ 3-1-1",
        ),
        *(
            "4 rounds of:",
            "x",
            "of",
            "½",
            "and a half minutes",
            "Wdh.",
            "je Seite",
            "3 Sätze à 12",
            "12/10/8",
            "RPE 7",
        ),
        *(
            "AMRAP",
            "5 breaths",
            "20s on/10s off",
            "8 x :20/:10",
            "2x/day",
            "May 2024",
            "Page 1 of 2",
            "30 reps (3x10)",
        ),
        *(
            "e/s",
            "6e",
            "100kg",
            "3/30s",
            "3 / 12 each",
            "2 Time(s) a Day",
            "`3x10`",
            "[a](b)",
            "\n",
            "\n\n",
            "99999",
            "\0",
        ),
    ]
)
"""Of what sheets are made."""


@MANY
@given(st.lists(PIECES, max_size=30).map(" ".join), st.sampled_from([read_sheet, read_csv]))
def test_any_sheet(text: str, reader: Reader) -> None:
    """However the pieces of sheets stand together, there is a routine or our own error."""
    with suppress(RoutineError):
        draft = reader(text.encode(), "sheet.txt")
        for one in (draft, with_dose(draft, "3x10")):
            if any(one.exercises()):
                assert routine_of(one).stages


@MANY
@given(
    st.sampled_from([read_sheet, read_csv]), st.binary(max_size=400) | st.text(max_size=400).map(str.encode)
)
def test_any_bytes_of_a_sheet(reader: Reader, data: bytes) -> None:
    """Whatever bytes are read as a sheet, there is a routine or our own error."""
    with suppress(RoutineError):
        draft = reader(data, "sheet.txt")
        if any(draft.exercises()):
            assert routine_of(draft).stages


@pytest.mark.parametrize("reader", [read_sheet, read_csv])
@pytest.mark.parametrize("data", [b"Squat 3x10, " * 83_000, b"Sq,3,10\n" * 100_000, b"Squat 3x10\n" * 2_001])
def test_large_sheets_are_refused_or_told_soon(reader: Reader, data: bytes) -> None:
    """A line of a megabyte is told or refused, and so are too many lines: no exercise is made of them."""
    with suppress(RoutineError):
        assert [] == list(reader(data, "sheet.txt").exercises())


@pytest.mark.parametrize(
    "filler",
    [
        "1",
        "1 ",
        "x ",
        "| ",
        "a\t",
        "1/",
        "hold a ",
        "and do ",
        "1 and a half ",
        "30s/",
        "3 / 12 ",
        "rest 1",
        "je Seite ",
    ],
)
def test_long_lines_of_one_thing_end_soon(filler: str) -> None:
    """Lines made of one thing over and over take no longer than others: the time of the test is its proof."""
    line = (filler * 1000)[:1000]
    assert () == read_sheet(f"{line}\n".encode() * 5, "sheet.txt").remarks

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import RoutineError
from voicecoach.importers.columns import read_csv
from voicecoach.importers.draft import Draft
from voicecoach.importers.writing import write
from voicecoach.routine.files import parse


def read(text: str) -> Draft:
    """Read a table."""
    return read_csv(text.encode(), "sheet.csv")


def rows(text: str) -> list[tuple[object, object]]:
    """Return the names and doses of a table."""
    return [(exercise.keys["name"], exercise.keys["dose"]) for exercise in read(text).exercises()]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_divides_the_cells(mark: str) -> None:
    """Commas, semicolons and tabs divide cells."""
    table = "exercise,sets,reps\nBridge,3,10\nSquat,2,8-12\n".replace(",", mark)
    assert [("Bridge", "3 x 10 reps"), ("Squat", "2 x 8-12 reps")] == rows(table)


@pytest.mark.parametrize(
    ("head", "row", "dose"),
    [
        ("exercise,sets,reps,hold", "Bridge,2,8,3", "2 x 8 reps, 3 s hold"),
        ("Exercise Name,Sets,Reps,Hold (sec)", "Bridge,2,8,3", "2 x 8 reps, 3 s hold"),
        ("name,sets,hold,side", "Pigeon,2,30 sec,both", "2 x 30 s, per side"),
        ("name,sets,duration,sides", "Pigeon,2,0:45,L/R", "2 x 45 s, per side"),
        ("name,sets,time,each side", "Pigeon,2,1 min,yes", "2 x 60 s, per side"),
        ("name,sets,time,each side", "Pigeon,2,1 min,no", "2 x 60 s"),
        ("name,sets,reps,side", "Clam,3,10,left", "3 x 10 reps, left only"),
        ("name,sets,reps", "Clam,3,10/side", "3 x 10 reps, per side"),
        ("name,sets,reps", "Plank,3,30s", "3 x 30 s"),
        ("name,sets,reps,tempo", "Squat,3,8,3-1-1-0", "3 x 8 reps, @ 3-1-1-0"),
        ("exercise,sets x reps", "Squat,3x8", "3 x 8 reps"),
        ("exercise,dosage,notes", "Squat,3 sets of 8,slow", "3 x 8 reps"),
        ("movement,prescription", "Bike,5 min", "1 x 300 s moving"),
        ("exercise,reps", "Foam roll quads,60 s", "1 x 60 s moving"),
        ("exercise,sets,reps,hold", "Squat 3x10,,,", "3 x 10 reps"),
    ],
)
def test_columns_are_known_by_their_heads(head: str, row: str, dose: str) -> None:
    """The words of a head tell what a column holds, with units or without."""
    assert [dose] == [dose for _, dose in rows(f"{head}\n{row}\n")]


def test_rest_notes_and_instructions() -> None:
    """A rest arrives; notes and weights stay as notes; what says how it is done is the instruction."""
    draft = read(
        'exercise,sets,reps,rest,weight,notes\nSquat,3,8,90,20 kg,"Keep your back long, and breathe"\n'
    )
    (squat,) = draft.exercises()
    assert {"rest": 90, "instruction": "Keep your back long, and breathe."}.items() <= squat.keys.items()
    assert ("20 kg",) == squat.notes


def test_stages_of_a_table() -> None:
    """A column of stages makes stages, and so does a row that holds a heading alone."""
    assert ["Warm-up", "Main"] == [
        stage.title for stage in read("stage,exercise,reps\nWarm-up,Squat,8\nMain,Row,8\n").stages
    ]
    assert ["Warm-up", "Main"] == [
        stage.title for stage in read("exercise,reps\nWarm-up,\nSquat,8\nMain,\nRow,8\n").stages
    ]


def test_rows_that_cannot_be_read() -> None:
    """A row without a dose, or without a name, is told with its line and the reason."""
    draft = read("exercise,sets,reps\nSquat,3,10\nBreathe,,many\n,3,10\nRow,3,10\n")
    assert [(3, "the row has no sets, reps or time"), (4, "the row has no name")] == [
        (remark.line, remark.reason) for remark in draft.left_out()
    ]
    assert 2 == len(list(draft.exercises()))


def test_a_table_without_heads() -> None:
    """A table that names no columns and has no doses is refused in one line that shows how to."""
    with pytest.raises(
        RoutineError, match=r"sheet\.csv: no line names the columns; write one, as exercise,sets"
    ):
        read("Squat,Row,Bridge\n")


CELLS = st.sampled_from(
    ["Squat", "3", "10", "30s", "2-3", "L/R", '"a', 'b"', "exercise", "sets", "", "3-1-1", "½", "\0"]
)


def made(text: str) -> tuple[Draft | None, str, int]:
    """Return the draft and the routine file of a table, or how many lines its refusal has."""
    try:
        draft = read(text)
        return draft, write(draft, "sheet.csv"), 0
    except RoutineError as error:
        return None, "", len(error.problems)


@given(st.lists(st.lists(CELLS, max_size=6).map(",".join), max_size=6).map("\n".join))
def test_any_table_is_read_or_refused(text: str) -> None:
    """Whatever a table holds, it becomes a routine file or is refused in one line."""
    draft, written, refused = made(f"exercise,sets,reps,hold,side\n{text}")
    if draft:
        assert len(list(draft.exercises())) == parse(written, "sheet.csv").exercises
    else:
        assert 1 == refused

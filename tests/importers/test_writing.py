import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import ChoiceError, RoutineError
from voicecoach.importers.draft import Draft, DraftExercise, DraftStage, Remark
from voicecoach.importers.readers import READERS, reader_of
from voicecoach.importers.writing import write
from voicecoach.routine.files import parse

BRIDGE = {"name": "Bridge", "dose": "3 x 10 reps"}


def test_a_routine_file() -> None:
    """A draft is written as a routine file, notes above what they are about, remarks at their place."""
    exercise = DraftExercise(BRIDGE, 2, ("red band",), (Remark(2, "Bridge 10", "one set"),))
    stage = DraftStage(
        "Strength", (exercise, Remark(3, "Rest", "no dose was found")), {"rounds": 2}, ("daily",)
    )
    draft = Draft("Knee", (stage,), {"language": "en", "source": "imported from knee.txt"})
    assert [
        "schema = 1",
        'title = "Knee"',
        'language = "en"',
        'source = "imported from knee.txt"',
        "",
        "# daily",
        "[[stage]]",
        'title = "Strength"',
        "rounds = 2",
        "",
        "# red band",
        "# line 2: assumed: one set",
        "[[stage.exercise]]",
        'name = "Bridge"',
        'dose = "3 x 10 reps"',
        "",
        "# line 3: could not be read: 'Rest' (no dose was found)",
    ] == write(draft, "knee.txt").splitlines()


@given(st.text(), st.text(), st.text())
def test_no_text_breaks_the_file(title: str, note: str, unread: str) -> None:
    """Titles, notes and remarks may hold anything: what is written is a routine file all the same."""
    exercise = DraftExercise(BRIDGE, 2, (note,), (Remark(2, note, note),))
    stage = DraftStage(title, (Remark(1, unread, unread), exercise), {}, (note,))
    draft = Draft(title, (stage,), {"source": note[:100]}, (note,), (Remark(None, unread, unread),))
    written = write(draft, "sheet.txt")
    assert ["Bridge"] == [
        exercise.name for stage in parse(written, "x").stages for exercise in stage.exercises
    ]


def test_nothing_to_write() -> None:
    """A draft without an exercise is refused in one line."""
    with pytest.raises(RoutineError, match=r"sheet\.txt: no exercise was found; write a name and a dose"):
        write(Draft("Knee", ()), "sheet.txt")


def test_readers_by_suffix() -> None:
    """A reader is found by the suffix of a file; an unknown one is told with those that are known."""
    assert READERS[".csv"] == reader_of("CSV")
    with pytest.raises(ChoiceError, match=r"'\.docx' cannot be imported.*known are \.txt, \.md, \.csv"):
        reader_of(".docx")
    with pytest.raises(ChoiceError, match="a file without a suffix cannot be imported"):
        reader_of("")

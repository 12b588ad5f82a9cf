from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importers.sheet_lines import LINES
from voicecoach.errors import RoutineError
from voicecoach.importers.draft import Draft, DraftExercise
from voicecoach.importers.plain import LONGEST_LINE
from voicecoach.importers.readers import reader_of
from voicecoach.importers.sheet import read_sheet
from voicecoach.importers.writing import write
from voicecoach.routine.files import parse
from voicecoach.routine.texts import LARGEST_FILE

DATA = Path(__file__).parents[3] / "shared" / "data"
"""Real inputs, beside the checkout; not part of it."""
ENOUGH = 0.9
"""The share of exercise lines that have to arrive with the right dose."""

SHEETS = {
    "sheets/knee-rehab.txt": (
        ("Warm up", "Stationary bike", "1 x 300 s moving"),
        ("Warm up", "Heel slides", "2 x 15 reps, per side"),
        ("Strength", "Straight leg raise", "3 x 12 reps, 5 s hold, per side"),
        ("Strength", "Clamshell with band", "3 x 10-12 reps, per side"),
        ("Strength", "Wall sit", "4 x 30 s"),
        ("Strength", "Step-downs", "3 x 8 reps, @ 3-1-1-0, per side"),
        ("Strength", "Single-leg bridge", "2-3 x 8 reps, 3 s hold, per side"),
        ("Strength", "Terminal knee extension", "2 x 20 reps"),
        ("Stretch", "Hamstring", "3 x 30 s, per side"),
        ("Stretch", "Quad stretch, standing", "3 x 30 s, per side"),
        ("Stretch", "Calf stretch on wall", "2-3 x 30-45 s"),
        ("Stretch", "Prone knee hang", "1 x 180-300 s"),
    ),
    "sheets/evening-hips.md": (
        ("Roll", "Quads", "1 x 60-90 s moving, per side"),
        ("Roll", "TFL / glute med", "1 x 60 s moving, per side"),
        ("Roll", "Adductors", "1 x 60 s moving, per side"),
        ("Stretch", "Couch stretch", "2 x 90 s, per side"),
        ("Stretch", "Pigeon", "1 x 120 s, per side"),
        ("Stretch", "90/90 switches", "2 x 10 reps"),
        ("Stretch", "Frog rocks", "2 x 12 reps"),
        ("Stretch", "Child's pose", "1 x 50 s, breathing 4-6"),
        ("Activate", "Banded clam", "3 x 15 reps, @ 2-1-2-0, per side"),
        ("Activate", "Glute bridge", "3 x 12 reps, 2 s hold"),
        ("Activate", "Side plank", "3 x up to 30 s, per side"),
        ("Activate", "Dead bug", "3 x 6 reps, per side"),
        ("Activate", "Copenhagen plank", "2 x 15-20 s, per side"),
    ),
    "sheets/desk.csv": (
        ("Exercises", "Chin tuck", "1 x 10 reps, 5 s hold"),
        ("Exercises", "Upper trap stretch", "2 x 30 s, per side"),
        ("Exercises", "Thoracic extension over chair", "2 x 8 reps, 3 s hold"),
        ("Exercises", "Standing hip flexor stretch", "2 x 45 s, per side"),
        ("Exercises", "Seated figure four", "2 x 30 s, per side"),
        ("Exercises", "Calf raise", "2 x 15 reps"),
        ("Exercises", "Wrist flexor / extensor stretch", "1 x 20 s, per side"),
    ),
}
"""What each exercise of the real sheets means, made by hand: stage, name, dose."""


def read(text: str) -> Draft:
    """Read a sheet."""
    return read_sheet(text.encode(), "sheet.txt")


def exercises(draft: Draft) -> list[tuple[object, object]]:
    """Return the names and doses of a draft."""
    return [(exercise.keys["name"], exercise.keys["dose"]) for exercise in draft.exercises()]


def reasons(draft: Draft) -> list[tuple[int | None, str]]:
    """Return why lines were left out, with their numbers."""
    return [(remark.line, remark.reason) for remark in draft.left_out()]


def assumptions(line: str) -> str:
    """Return what was assumed of a line."""
    return "; ".join(guess.reason for guess in read(line).guessed())


def staged(draft: Draft) -> Iterator[tuple[str, object, object]]:
    """Yield the exercises of a draft with the titles of their stages."""
    for stage in draft.stages:
        for item in stage.items:
            if isinstance(item, DraftExercise):
                yield stage.title, item.keys["name"], item.keys["dose"]


@pytest.mark.parametrize(("line", "name", "dose"), LINES)
def test_a_line_as_people_write_it(line: str, name: str, dose: str) -> None:
    """A line arrives with its name and its dose, whatever way it is written."""
    draft = read(line)
    assert [(name, dose)] == exercises(draft)
    assert [] == reasons(draft)


@pytest.mark.parametrize("sheet", SHEETS)
def test_real_sheets(sheet: str) -> None:
    """Of real sheets, nine of ten exercises and more arrive with stage, name and dose; the rest is told."""
    path = DATA / sheet
    if not path.exists():
        pytest.skip(f"{path} is not there: real inputs lie beside the checkout")
    draft = reader_of(path.suffix)(path.read_bytes(), path.name)
    right = set(staged(draft)) & set(SHEETS[sheet])
    assert len(right) >= ENOUGH * len(SHEETS[sheet]), sorted(set(SHEETS[sheet]) - right)
    assert len(SHEETS[sheet]) <= len(list(draft.exercises())) + len(list(draft.left_out()))
    parse(write(draft, path.name), path.name)


def test_a_list_without_doses_is_refused() -> None:
    """Of a list without a single dose no routine is made up; one line says what to write."""
    path = DATA / "hiit-cli" / "workout.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there: real inputs lie beside the checkout")
    draft = read_sheet(path.read_bytes(), path.name)
    assert 14 == len(list(draft.left_out()))
    with pytest.raises(RoutineError, match=r"workout\.txt: no exercise was found: 14 lines have no dose"):
        write(draft, path.name)


@pytest.mark.parametrize(
    ("line", "assumed"),
    [
        ("Couch stretch 2 x 90s+", "'90s+' is taken as 90 s"),
        ("Quads 1 x ~60-90s", "'~60-90s' is taken as 60-90 s"),
        ("Squats x15", "the number of sets is not said: taken as 1"),
        ("Squats 15x3", "15 x 3 is taken as 3 sets of 15"),
        ("Squats 3x8, tempo 2-1-2", "the tempo 2-1-2 is taken as lowering, pause, lifting: 2-1-2-0"),
        ("Squats 3x8 @ 30X0", "x in the tempo 30X0 is taken as 1 s"),
        ("Squats 12-10-8", "12, 10, 8 reps are taken as 3 sets of 8-12"),
        ("Squats 3x8, rest 60-90s", "a rest of 60-90 s is taken as 60 s"),
        ("Plank 3 x max hold", "'max hold' is taken as up to 60 s"),
        ("Child's pose 2 x 5 breaths", "5 breaths are taken as 50 s: 4 s in, 6 s out"),
        ("Hamstring stretch 3 x 30", "30 without a unit is taken as seconds"),
        ("Neck rotation 2 x 10 each way", "'each way' is taken as each side"),
        ("Arm circles 2 x 10 each direction", "two directions are not two sides"),
        ("Deadlift | 4 x 6 | 12 |", "'12' was not understood and is kept as a note"),
        ("Heel raise 3x10 affected side only", "which side is meant by 'affected side only' is not said"),
    ],
)
def test_what_is_assumed_is_said(line: str, assumed: str) -> None:
    """Nothing is guessed in silence."""
    assert assumed in assumptions(line)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Squats", "no dose was found"),
        ("Farmer's carry 3 x 40 m", "'40 m' is a distance; write reps or a time"),
        ("Push-ups 3 x AMRAP", "as many as one can is no figure; write reps or a time"),
        ("Ankle circles 1 set", "it says how many sets, but not of what; write reps or seconds"),
        ("Knee to chest: R 3x30s, L 2x30s", "left and right are given apart; write a line for each side"),
        ("Squats 3 x 900 reps", "reps: 900 is outside 1 to 500 reps"),
        ("3 x 10", "a dose without a name"),
    ],
)
def test_what_cannot_be_read_is_told(line: str, reason: str) -> None:
    """A line that means no exercise is left out with its number and the reason."""
    draft = read(f"Bridge 3x10\n\n{line}" if "without a name" not in reason else line)
    assert [(3 if "without a name" not in reason else 1, reason)] == reasons(draft)


@pytest.mark.parametrize(
    ("line", "notes"),
    [
        ("Squat 3x8, RPE 7, 2x/week", {"RPE 7", "2 x/week"}),
        ("Clamshell (red band) 3x15 every other day", {"red band", "every other day"}),
        ("Deadlift 3x5 @ 60kg", {"60kg"}),
        ("Prone knee hang 3-5 minutes as tolerated", {"as tolerated"}),
        ("Wall angels 2 x 8-10, slow", {"slow"}),
        ("Squat 3x10 (progress to 3x15)", {"progress to 3 x 15"}),
        ("Squat 3x10, 3s eccentric", {"3s eccentric"}),
        ("Calf stretch 2 x 30 s, straight then bent knee", {"straight then bent knee"}),
    ],
)
def test_what_else_is_said_stays_as_a_note(line: str, notes: set[str]) -> None:
    """Effort, weights, frequency and remarks are kept beside the exercise."""
    assert notes == {note for exercise in read(line).exercises() for note in exercise.notes}


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Squat 3x8, rest 90s", 90),
        ("Squat 3x8 rest 2 min between sets", 120),
        ("Squat 3x8 (60s rest)", 60),
        ("Burpees 1 min on / 30 s off", 30),
        ("Squat 3x8", None),
    ],
)
def test_rest(line: str, rest: int | None) -> None:
    """The rest between sets arrives."""
    assert [rest] == [exercise.keys.get("rest") for exercise in read(line).exercises()]


def test_names_above_their_doses() -> None:
    """A name may stand above its dose, its figures on lines of their own, what to do between them."""
    draft = read(
        "1. Clamshell\n   Lie on your side and lift the top knee.\n   Sets: 3  Reps: 10  Hold: 2 sec\n"
        "   Frequency: daily\n\n2. Hamstring stretch\n   Hold 20-30 seconds, repeat 3 times, both legs\n\n"
        "Bridge\n3 x 12\n\n### Pigeon\n\n- 2 x 30 s each side\n- keep the back long and breathe\n"
    )
    assert [
        ("Clamshell", "3 x 10 reps, 2 s hold"),
        ("Hamstring stretch", "3 x 20-30 s, per side"),
        ("Bridge", "3 x 12 reps"),
        ("Pigeon", "2 x 30 s, per side"),
    ] == exercises(draft)
    instructions = [exercise.keys.get("instruction") for exercise in draft.exercises()]
    assert "Lie on your side and lift the top knee." == instructions[0]
    assert [] == reasons(draft)


@pytest.mark.parametrize(
    "heading",
    ["# Stretch", "Stretch:", "STRETCH", "Stretch", "Stretch\n=======", "**Stretch**", "--- Stretch ---"],
)
def test_headings_are_stages(heading: str) -> None:
    """A heading makes a stage, however it is marked."""
    draft = read(f"Warm-up\nBike 5 min\n\n{heading}\nPigeon 2 x 30 s\n")
    assert ["warm-up", "stretch"] == [stage.title.lower() for stage in draft.stages]


def test_the_first_of_two_headings_is_the_title() -> None:
    """A heading above the first stage is the title; without one it is the name of the file."""
    draft = read("# Evening hips\n\n## Roll\nQuads 60 s\n\n## Circuit (3 rounds)\nSquat 10 reps\n")
    assert ("Evening hips", ["Roll", "Circuit"]) == (draft.title, [stage.title for stage in draft.stages])
    assert {"rounds": 3} == draft.stages[1].keys
    assert "My knee" == read_sheet(b"Squat 3x10", "my-knee.txt").title


def test_several_on_a_line() -> None:
    """Exercises that stand on one line, each with its dose, are read one by one."""
    assert [("Row", "3 x 10 reps"), ("Press", "3 x 8 reps")] == exercises(read("Row 3x10; press 3x8"))


def test_a_table_within_a_sheet() -> None:
    """A table of Markdown is read by the heads of its columns."""
    head = "| Exercise | Sets | Reps | Rest |\n|---|---|---|---|\n"
    draft = read(f"{head}| Squat | 3 | 10 | 60s |\n| Plank | 2 | 30s | |\n")
    assert [("Squat", "3 x 10 reps"), ("Plank", "2 x 30 s")] == exercises(draft)


def test_what_was_not_read_keeps_its_place() -> None:
    """What could not be read is a comment at its place in the routine file, with its line."""
    text = write(read("Bridge 3x10\nSTOP if it hurts!\nPlank 2 x 30 s\n"), "sheet.txt")
    lines = text.splitlines()
    places = [lines.index(line) for line in ('name = "Bridge"', 'name = "Plank"')]
    remark = lines.index("# line 2: could not be read: 'STOP if it hurts!' (no dose was found)")
    assert places[0] < remark < places[1]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("Bridge 3x10".encode("utf-16"), "sheet.txt: is not UTF-8 text, but probably UTF-16, which"),
        (
            "Bridge 3x10".encode("utf-16-le"),
            "sheet.txt: is not UTF-8 text, but probably UTF-16 without a mark",
        ),
        (
            "Bridge 3x10".encode("utf-16-be"),
            "sheet.txt: .* UTF-16 without a mark of its encoding; save it as",
        ),
        (
            "Bridge 3x10".encode("utf-32"),
            "sheet.txt: is not UTF-8 text, but probably UTF-32; save it as UTF-8",
        ),
        ("Bridge 3x10\nKniebeuge für 3x10".encode("latin-1"), "sheet.txt:2: is not UTF-8 .* Latin-1 or Win"),
        (
            "Bridge 3x10\nBridge \u2013 3x10".encode("cp1252"),
            r"sheet.txt:2: is not UTF-8 text \(byte 19\), but prob",
        ),
        (b"PK\x03\x04\0\xff and so on", "sheet.txt:1: is no text .*; is it a sheet of exercises"),
        (b"Bridge 3x10 \0 and more of it", "sheet.txt: holds NUL bytes"),
        (b"x" * (LARGEST_FILE + 1), "sheet.txt: is larger than 1,000,000 bytes"),
        (b"\n" * 6000, "sheet.txt: has 6,000 lines"),
    ],
)
def test_no_sheet(data: bytes, reason: str) -> None:
    """What is no UTF-8 text, or too large, is refused in one line that says how to mend it."""
    with pytest.raises(RoutineError, match=reason) as caught:
        read_sheet(data, "sheet.txt")
    assert 1 == len(caught.value.problems)


def test_a_byte_order_mark_and_other_line_ends() -> None:
    """What Windows and old Macs write is read as well."""
    data = b"\xef\xbb\xbfBridge 3x10\r\nPlank 2 x 30 s\rSquat 3x8"
    assert 3 == len(list(read_sheet(data, "sheet.txt").exercises()))


@pytest.mark.parametrize("filler", ["x", "1", "1 ", "3 x ", "1-", "(", "hold ", "a 1, ", "R L ", ":30 ", "~"])
def test_long_lines_end_soon(filler: str) -> None:
    """A long line is told or read, and never takes long: the time of the test is its proof."""
    line = (filler * LONGEST_LINE)[:LONGEST_LINE]
    draft = read(f"Bridge 3x10\n{line}\n{line}{line}\n")
    assert len(list(draft.exercises())) >= 1
    assert any("2,000 characters" in reason or "1,99" in reason for _, reason in reasons(draft))


WORDS = st.sampled_from(
    [
        "Bridge",
        "squat",
        "3",
        "x",
        "10",
        "30s",
        "2-3",
        "hold",
        "rest",
        "each",
        "side",
        "left",
        "only",
        "L/R",
        "@",
        "3-1-1-0",
        "tempo",
        "sets",
        "of",
        "reps",
        ":",
        ",",
        "(",
        ")",
        "-",
        "#",
        "|",
        "**",
        "breaths",
        "max",
        "90s+",
        "½",
        "min",
        "40m",
        "RPE",
        "7",
        "daily",
        "=",
        '"',
        "'",
        "\\",
        "\n",
        "\t",
        "'",
        "''",
        "#",
        "[[stage]]",
        "title",
        "\x07",
        "\u202e",
        "\u2028",
        "500",
        "0",
    ]
)


def made(data: bytes) -> tuple[Draft | None, str, int]:
    """Return the draft and the routine file of a sheet, or how many lines its refusal has."""
    try:
        draft = read_sheet(data, "sheet.txt")
        return draft, write(draft, "sheet.txt"), 0
    except RoutineError as error:
        return None, "", len(error.problems)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever a sheet holds, what is written is a routine file, or one line says why there is none."""
    draft, written, refused = made(text.encode("utf-8", "surrogatepass"))
    if draft:
        assert len(list(draft.exercises())) == parse(written, "sheet.txt").exercises
    else:
        assert 1 == refused


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes end in anything but a routine file or one line of ours."""
    draft, written, refused = made(data)
    assert (0 == refused) == bool(draft and written)
    assert refused <= 1


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_a_line_does_no_harm_to_its_neighbours(line: str) -> None:
    """Whatever a line holds, the exercises above and below it arrive."""
    draft = read(f"Bridge 3x10\n\n{line.replace(chr(10), ' ')}\n\nSquat 2x8\n")
    assert {"Bridge", "Squat"} <= {str(name) for name, _ in exercises(draft)}

# ruff: noqa: RUF001 - lines as people and word processors write them
from pathlib import Path

import pytest

from tests.importers.more_sheet_lines import MORE_LINES, TOLD
from voicecoach.errors import ChoiceError
from voicecoach.importers.columns import read_csv
from voicecoach.importers.draft import Draft
from voicecoach.importers.sheet import read_sheet
from voicecoach.importers.undosed import with_dose
from voicecoach.importers.writing import write

DATA = Path(__file__).parents[3] / "shared" / "data"
"""Real inputs, beside the checkout; not part of it."""


def read(text: str) -> Draft:
    """Read a sheet."""
    return read_sheet(text.encode(), "sheet.txt")


def doses(draft: Draft) -> list[str]:
    """Return the doses of a draft, with the rests that stand beside them."""
    return [
        f"{exercise.keys['dose']}; rest {exercise.keys['rest']}"
        if "rest" in exercise.keys
        else str(exercise.keys["dose"])
        for exercise in draft.exercises()
    ]


def assumed(line: str) -> str:
    """Return what was assumed of a line."""
    return "; ".join(guess.reason for guess in read(line).guessed())


@pytest.mark.parametrize(("line", "name", "dose"), MORE_LINES)
def test_a_line_as_others_write_it(line: str, name: str, dose: str) -> None:
    """A line arrives with its name, its dose and its rest, and nothing of it is told as unread."""
    draft = read(line)
    assert [(name, dose)] == [
        (exercise.keys["name"], said) for exercise, said in zip(draft.exercises(), doses(draft), strict=True)
    ]
    assert [] == list(draft.left_out())


@pytest.mark.parametrize("line", TOLD)
def test_no_dose_is_made_up(line: str) -> None:
    """As many as one can, and distances, are told; no figure is made up for them."""
    draft = read(line)
    assert [] == list(draft.exercises())
    assert [1] * len(line.split("\n")) == [1 for _ in draft.left_out()]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Sphinx 2 x 60 s", "a time without a word for it is taken as a hold"),
        ("Squats 30 s", "a time without a word for it is taken as movement throughout"),
        ("Push-ups x10", "a figure without a word for it is taken as reps"),
        ("Clamshell 3x10 each", "'each' is taken as each side"),
        ("Clamshell: 3 sets, 10 reps each", "'each' is taken as each set"),
        ("Bridge 3x10, hold 5", "a hold without a unit is taken as seconds"),
        ("Bridge 3x10, rest 60", "a rest without a unit is taken as seconds"),
        ("Bridge 3x10, 2x/day", "how often it is done is kept as a note"),
        ("Bridge 3 sets, 12 reps, 60s", "a time beside sets and reps is taken as the rest"),
        ("Bridge at least 10 reps", "'at least' is left away: the figure is taken as it stands"),
        ("Cat-cow, 8 rounds", "rounds of one exercise are taken as its reps"),
        ("Deadlift | 4 | 6 | 120s", "the cells are taken as sets, reps, rest"),
        ("Kegels 10 x 10s hold, 10s relax", "a pause between holds is kept as a note"),
        ("Squat 4 x 12/10/8", "4 sets do not fit 12, 10, 8 reps: taken as 3"),
    ],
)
def test_more_of_what_is_assumed_is_said(line: str, reason: str) -> None:
    """What a figure was taken for is said wherever the line does not say it."""
    assert reason in assumed(line)


@pytest.mark.parametrize(
    "line", ["Pigeon stretch 2 x 60 s", "Walk 10 min", "Clamshell 3x10 per side", "Plank 3x30s"]
)
def test_what_is_plain_is_not_told(line: str) -> None:
    """What a line says beyond doubt is no assumption."""
    assert "" == assumed(line)


@pytest.mark.parametrize(
    "line",
    [
        "Patient: Jane Doe",
        "12 March 2025",
        "Prepared on Jan 5, 2024 by Sam",
        "Phone: (555) 123-4567",
        "Page 1 of 2",
        "Next appointment: 14 May, 3:30 pm",
        "Goal: 10 reps pain free",
        "Frequency: 2x/day, 5 days/week",
        "Equipment: 2 dumbbells (5 lb), 1 mat",
        "Progress when you can do 3x15 easily",
        "Repeat the circuit 3 times",
        "Rest 1-2 min between exercises",
        "Session 3 of 12",
        "Pain level before: __/10",
    ],
)
def test_what_is_about_the_sheet_is_no_exercise(line: str) -> None:
    """Names, dates, pages, goals and rests between exercises are told, and become no exercise."""
    draft = read(f"Bridge 3x10\n\n{line}\n\nClamshell 3x12\n")
    assert ["3 x 10 reps", "3 x 12 reps"] == doses(draft)
    written = write(draft, "sheet.txt")
    assert [3] == [remark.line for remark in draft.left_out()] or line in written


@pytest.mark.parametrize(
    ("heading", "title", "keys"),
    [
        ("Week 1-2", "Week 1-2", {}),
        ("Phase 1: Weeks 1-3", "Phase 1: Weeks 1-3", {}),
        ("Warm-up (5 min)", "Warm-up", {}),
        ("YOGA FLOW (20 min)", "Yoga flow", {}),
        ("Superset 1", "Superset 1", {}),
        ("Block B – 3 sets", "Block B", {"rounds": 3}),
        ("4 rounds of:", "4 rounds of", {"rounds": 4}),
        ("Circuit A - 3 rounds, 60s rest between rounds", "Circuit A", {"rounds": 3, "rest": 60}),
    ],
)
def test_headings_with_figures(heading: str, title: str, keys: dict[str, object]) -> None:
    """Figures of a heading are no dose: weeks belong to it, rounds and their rest to the stage."""
    stage = read(f"# T\n\n## One\nBridge 3x10\n\n{heading}\nClamshell 3x12\nRow 2x8\n").stages[1]
    assert (title, keys, 2) == (stage.title, stage.keys, len(stage.items))


@pytest.mark.parametrize(
    ("line", "title", "note"),
    [
        ("KNEE REHAB - Jane Doe", "Knee rehab", "Jane Doe"),
        ("Home Exercise Program for Jane Doe", "Home Exercise Program", "Jane Doe"),
        ("HOME EXERCISE PROGRAM: Jane, May 2024", "Home exercise program", "Jane, May 2024"),
    ],
)
def test_a_title_with_a_name_behind_it(line: str, title: str, note: str) -> None:
    """The first line names the sheet; whom it is for stays as a comment."""
    draft = read(f"{line}\n\nBridge 3x10\n")
    assert (title, (note,)) == (draft.title, draft.notes)
    assert f"# {note}\n" in write(draft, "sheet.txt")


def test_a_printed_programme() -> None:
    """Names in capitals above their instructions and doses are exercises and no stages."""
    draft = read(
        "BRIDGING\nRepeat 10 Times\nHold 3 Seconds\nComplete 2 Sets\nPerform 2 Time(s) a Day\n\n"
        "CLAM SHELLS\nLie on your side with knees bent. Lift the top knee.\n"
        "Repeat 15 Times\nComplete 3 Sets\n\n"
        "PIRIFORMIS STRETCH\nRepeat 3 Times\nHold 30 Seconds\nComplete 1 Set\n"
    )
    assert ["BRIDGING", "CLAM SHELLS", "PIRIFORMIS STRETCH"] == [
        exercise.keys["name"] for exercise in draft.exercises()
    ]
    assert ["2 x 10 reps, 3 s hold", "3 x 15 reps", "3 x 30 s"] == doses(draft)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_that_names_no_columns(mark: str) -> None:
    """Rows of a name, sets, reps or a time, and a rest are read by their order, and that is said."""
    rows = [["Deadlift", "4", "6", "120s"], ["Plank", "3", "30s", "60s"], ["Pigeon", "2", "60s", "both"]]
    draft = read_csv("\n".join(mark.join(row) for row in rows).encode(), "sheet.csv")
    assert ["4 x 6 reps; rest 120", "3 x 30 s; rest 60", "2 x 60 s, per side"] == doses(draft)
    assert {1, 2, 3} == {guess.line for guess in draft.guessed()}


@pytest.mark.parametrize(
    ("table", "dose"),
    [
        ("exercise,sets,duration (min),rest (min)\nPigeon,2,1,0.5", "2 x 60 s; rest 30"),
        ("Name;Sets;Reps;Hold (s);Rest (s)\nBridge;3;12;5;60", "3 x 12 reps, 5 s hold; rest 60"),
        ("Sets,Reps,Exercise\n3,10,Squat", "3 x 10 reps"),
        ("#,Exercise,Sets,Reps\n1,Squat,3,10", "3 x 10 reps"),
        ("Übung;Sätze;Wdh;Pause\nKniebeuge;3;10;60", "3 x 10 reps; rest 60"),
    ],
)
def test_heads_with_units(table: str, dose: str) -> None:
    """Minutes in a head are minutes; the order of the columns, and what else they hold, is free."""
    assert [dose] == doses(read_csv(table.encode(), "sheet.csv"))


def test_figures_without_a_unit_in_a_table() -> None:
    """Where neither the head nor the cell says a unit, seconds are taken, and that is said."""
    draft = read_csv(b"exercise,sets,time\nPlank,3,30\n", "sheet.csv")
    assert ["a time without a unit is taken as seconds"] == [guess.reason for guess in draft.guessed()]


def test_a_dose_for_a_list_of_names() -> None:
    """Names without a dose get the one that is asked for; what is no name, and who has a dose, stay."""
    draft = with_dose(read("Crunches\nSquats (wide)\nPlank 2 x 30 s\nStop if it hurts.\n"), "3x10 per side")
    assert ["3 x 10 reps, per side", "3 x 10 reps, per side", "2 x 30 s"] == doses(draft)
    assert [1, 2] == [guess.line for guess in draft.guessed()]
    assert [4] == [remark.line for remark in draft.left_out()]


@pytest.mark.parametrize("dose", ["", "slowly", "3 sets", "Squat 3x10", "5 km", "3x10 in pain"])
def test_no_dose_for_a_list(dose: str) -> None:
    """What is no dose is refused in one line that shows one."""
    with pytest.raises(ChoiceError, match=r"^--dose: .* is no dose; write one as 3x10"):
        with_dose(read("Crunches\n"), dose)


def test_a_real_list_with_a_dose() -> None:
    """A real list of names becomes a routine with the dose that is asked for."""
    path = DATA / "hiit-cli" / "workout.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there: real inputs lie beside the checkout")
    draft = with_dose(read_sheet(path.read_bytes(), path.name), "3x10")
    assert ["3 x 10 reps"] * 14 == doses(draft)


def test_labels_and_marks_are_no_part_of_a_name() -> None:
    """Labels of a dose, the numbers of rows and the marks of Markdown say nothing themselves."""
    sheet = read(
        "Exercise 1: Cat Camel\nSets/Reps: 2 x 10\n\n"
        "Exercise 2: Side Plank\nSets/Reps: 3 x 20 sec each side\n"
    )
    table = read(
        "| # | Exercise | Sets × Reps | Rest |\n|---|---|---|---|\n| 1 | **Squat** | 3 × 8–10 | 90 s |\n"
    )
    assert ["2 x 10 reps", "3 x 20 s, per side"] == doses(sheet)
    assert [("Cat Camel", ()), ("Side Plank", ())] == [
        (exercise.keys["name"], exercise.notes) for exercise in sheet.exercises()
    ]
    assert [("Squat", "3 x 8-10 reps", 90, ())] == [
        (exercise.keys["name"], exercise.keys["dose"], exercise.keys["rest"], exercise.notes)
        for exercise in table.exercises()
    ]


def test_a_circuit_with_a_rest_in_its_heading() -> None:
    """Rounds and their rest are those of the stage; a label before a dose is a note."""
    draft = read(
        "➤ Warm-up: 5 min bike\n➤ Main (3 rounds, 60 s rest between rounds):\n – Squat ×12\n – Plank 0:40\n"
    )
    assert ["1 x 300 s moving", "1 x 12 reps", "1 x 40 s"] == doses(draft)
    assert {"rounds": 3, "rest": 60} == draft.stages[-1].keys
    assert ("Warm-up",) == next(draft.exercises()).notes


def test_a_rest_that_stands_apart() -> None:
    """A rest on a line of its own, below a gap, is taken for the exercise above, and that is said."""
    draft = read("Bridge 3x10\n\nRest 60 seconds between sets\n")
    assert ["3 x 10 reps; rest 60"] == doses(draft)
    assert ["the rest on line 3 is taken for it"] == [guess.reason for guess in draft.guessed()]

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import RoutineError
from voicecoach.routine.dose import EXAMPLES, Dose
from voicecoach.routine.files import load, parse
from voicecoach.routine.model import BOTH_SIDES, Exercise, Posture
from voicecoach.routine.quantities import Range, Tempo
from voicecoach.routine.texts import LARGEST_FILE
from voicecoach.routine.work import Hold, Reps, Saying, Starts, Timed

HEAD = 'title = "Hips"\n[[stage]]\ntitle = "Stretch"\n[[stage.exercise]]\nname = "Pigeon"\n'


def exercise(keys: str) -> Exercise:
    """Read the one exercise of a routine."""
    return parse(HEAD + keys, "hips.toml").stages[0].exercises[0]


def problems(text: str) -> str:
    """Return what is wrong with a text, a line each."""
    with pytest.raises(RoutineError) as caught:
        parse(text, "hips.toml")
    return str(caught.value)


def test_skeleton() -> None:
    """The skeleton of the format is read as documented, with its defaults."""
    routine = parse(HEAD + 'dose = "30 s"', "hips.toml")
    assert ("Hips", "en", "steady") == (routine.title, routine.language, routine.pace.name)
    assert (Exercise("Pigeon", Hold(Range(30, 30))),) == routine.stages[0].exercises


@pytest.mark.parametrize("written", ["2026-06-01", '"2026-06-01"'])
def test_date(written: str) -> None:
    """A routine may be of a day, with quotes or without."""
    assert date(2026, 6, 1) == parse(f'date = {written}\n{HEAD}dose = "30 s"', "hips.toml").date


@pytest.mark.parametrize(
    ("keys", "dose"),
    [
        ('dose = "2-3 x 30 s per side"', Dose(Hold(Range(30, 30)), Range(2, 3), BOTH_SIDES)),
        ("sets = [2, 3]\nhold = 30\nper_side = true", Dose(Hold(Range(30, 30)), Range(2, 3), BOTH_SIDES)),
        ('time = "1:30"', Dose(Timed(Range(90, 90)))),
        ("reps = [8, 12]\nhold = 5", Dose(Reps(Range(8, 12), hold=Range(5, 5)))),
        (
            'dose = "8"\ntempo = "3-1-1-0"\nstarts = "up"',
            Dose(Reps(Range(8, 8), Tempo(3, 1, 1, 0), starts=Starts.UP)),
        ),
        ('hold = 30\nsides = "both"', Dose(Hold(Range(30, 30)), sides=BOTH_SIDES)),
    ],
)
def test_doses(keys: str, dose: Dose) -> None:
    """A dose stands in one line or in plain keys, and means the same."""
    read = exercise(keys)
    assert dose == Dose(read.work, read.sets, read.sides)


def test_other_keys() -> None:
    """Every other key of an exercise arrives."""
    read = exercise(
        'hold = 30\nrest = "1:30"\ninstruction = """Kneel\n  down."""\nmuscle = "glutes"\n'
        'equipment = ["mat", "wall"]\nposture = "side-lying"\ncaution = "Slowly."\noptional = 2\n'
        'say = [{ at = 12, text = "Sink  deeper." }, { text = "Breathe.", at = "0:20" }]'
    )
    assert (
        Exercise(
            "Pigeon",
            Hold(Range(30, 30)),
            rest=90,
            instruction="Kneel down.",
            muscle="glutes",
            equipment=("mat", "wall"),
            posture=Posture.SIDE_LYING,
            caution="Slowly.",
            optional=2,
            say=(Saying(12, "Sink deeper."), Saying(20, "Breathe.")),
        )
        == read
    )


def test_all_problems_at_once() -> None:
    """Every problem of a file is reported, with file, line, place, what was read and the remedy."""
    text = (
        'schema = 1\ntitle = "Hips"\nlangage = "en"\n[[stage]]\ntitle = "Stretch"\n[[stage.exercise]]\n'
        'name = "Pigeon"\ndose = "30 s"\nhols = 30\n[[stage]]\ntitle = "Strength"\n[[stage.exercise]]\n'
        'name = "Clam"\ndose = "2 by 30"\nposture = "standin"\n'
    )
    wanted = "wanted one of lying, side-lying, kneeling, sitting, standing"
    pigeon = "stage 1 'Stretch', exercise 1 'Pigeon'"
    clam = "stage 2 'Strength', exercise 1 'Clam'"
    assert [
        "hips.toml:3:1: langage = 'en': unknown key (did you mean 'language'?)",
        f"hips.toml:9:1: {pigeon}: hols = 30: unknown key (did you mean 'hold'?)",
        f"hips.toml:14:1: {clam}: dose = '2 by 30': '2 by 30' is not a dose (at 'by 30'); write {EXAMPLES}",
        f"hips.toml:15:1: {clam}: posture = 'standin': {wanted} (did you mean 'standing' or 'sitting'?)",
    ] == problems(text).splitlines()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "hips.toml: a routine has a title"),
        ('title = "Hips"', "a routine has at least one [[stage]]"),
        ('title = "Hips"\n[[stage]]\ntitle = "A"', "hips.toml:2:1: stage 1 'A': a stage has at least one"),
        ('title = "Hips"\nstage = 3', "wanted a table under double brackets, as [[stage]]"),
        ("title = Hips", "hips.toml:1:9: not valid TOML"),
        ("a = " + "[" * 5000, "hips.toml"),
        ("a = 1" + "0" * 5000, "hips.toml: not valid TOML"),
        ("schema = 2\ntitle = 'x'", "hips.toml:1:1: schema = 2: this program reads schema 1"),
        (HEAD, "no dose; write dose = "),
        (
            "[pronunciation]\n" + "".join(f"w{number} = 'x'\n" for number in range(301)) + HEAD,
            ": holds 302 words; at most 300",
        ),
        (HEAD + "hold = 1e12", "hold: 1e+12 is outside 1 to 3600 s"),
        (HEAD + "hold = nan", "hold: nan is outside 1 to 3600 s"),
        (HEAD + "hold = true", "hold = true: wanted a number"),
        ('date = "June"\n' + HEAD + "hold = 30", "date = 'June': wanted a date, as 2026-06-01"),
        ("date = 2026-06-01T10:00:00\n" + HEAD + "hold = 30", "wanted a date, as 2026-06-01"),
        ("date = 2026\n" + HEAD + "hold = 30", "wanted a date, as 2026-06-01"),
        (HEAD + "hold = [1, 2, 3]", "wanted one number, or two as in [2, 3]"),
        (HEAD + "hold = 30\nsets = 10_000", "sets: 10000 is outside 1 to 100 sets"),
        (HEAD + 'hold = 30\ndose = "30 s"', "give either dose or hold, not both"),
        (HEAD + "wait = 30\nsets = 2", "a wait has no sets and no sides"),
        (HEAD + 'reps = 8\nbreath = "4-6"', "breath belongs to a hold, but this is a set of reps"),
        (HEAD + "contract = 6", "contract needs deepen, the seconds of the stretch after it: deepen = 20"),
        (HEAD + "open = 30\nreps = 8", "reps does not go with open"),
        (HEAD + 'hold = 30\norder = "blocks"', "wanted one of alternate, block (did you mean 'block'?)"),
        (
            HEAD.replace("[[stage]]", "[[stage]]\nrounds = 0", 1) + "hold = 30",
            "rounds: 0 is outside 1 to 50 rounds",
        ),
        (HEAD.replace("[[stage]]", "[[stage]]\nrest = 1", 1) + "hold = 30", "rest: 1 is outside 2 to 600 s"),
        (
            HEAD.replace("[[stage]]", '[[stage]]\nrounds = "two"', 1) + "hold = 30",
            "wanted a number, or two as in [2, 3]",
        ),
        (HEAD + "time = 30\nhold = 30", "hold does not go with time"),
        (HEAD + 'hold = 30\ntempo = "3-1-1-0"', "tempo belongs to reps, but this is a hold"),
        (HEAD + 'dose = "8 @ 3-1-1-0"\ntempo = "3-1-1-0"', "tempo is given twice"),
        (HEAD + 'hold = 30\ninstruction = "' + "a" * 5000 + '"', "has 5,000 characters; at most 2,000"),
        (HEAD + 'hold = 30\nsides = "both"\nper_side = true', "give either sides or per_side, not both"),
        (HEAD.replace("Pigeon", "...") + "hold = 30", "wanted a name with a letter or digit"),
        (
            HEAD + 'hold = 30\nsay = "Now."',
            'wanted moments and texts, as [{ at = 10, text = "Breathe out." }]',
        ),
        (HEAD + 'hold = 30\nsay = [{ at = 3, txt = "Now." }]', "wanted moments and texts"),
        (HEAD + 'hold = 30\nsay = [{ at = -3, text = "Now." }]', "at: -3 is outside 0 to 7200 s"),
        (HEAD + 'hold = 30\nsay = [{ at = nan, text = "Now." }]', "at: nan is outside 0 to 7200 s"),
        (HEAD + 'hold = 30\nsay = [{ at = 3, text = " " }]', "a text to be said is empty"),
        (HEAD + "hold = 30\nsay = [" + '{ at = 3, text = "a" },' * 201 + "]", "holds 201 texts; at most 200"),
        (
            HEAD + 'hold = 30\nsay = [{ at = 30, text = "Now." }]',
            "say: 'Now.' at 30 s comes after the end (30 s)",
        ),
        (HEAD + 'reps = 8\nsay = [{ at = 3, text = "Now." }]', "but this is a set of reps"),
        (HEAD + "hold = 30\nrest = 0", "rest: 0 is outside 2 to 600 s"),
    ],
)
def test_refuses(text: str, reason: str) -> None:
    """What is wrong is said in one line, whatever it is."""
    assert reason in problems(text)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("tïtle".encode("utf-16"), "is not UTF-8 text, but probably UTF-16, which"),
        (
            "tïtle".encode("utf-16-le"),
            "is not UTF-8 text, but probably UTF-16 without a mark of its encoding",
        ),
        ('title = "été"'.encode("latin-1"), "is not UTF-8 text .*probably Latin-1"),
        (b"a = " + b"[" * 400_000, "nests too deeply"),
        (b"#" * (LARGEST_FILE + 1), "is larger than 1,000,000 bytes"),
        (b"title = '\x00'", "not valid TOML"),
    ],
)
def test_refuses_bytes(tmp_path: Path, data: bytes, reason: str) -> None:
    """A file that is no text of a sane size is refused before it is parsed."""
    path = tmp_path / "hips.toml"
    path.write_bytes(data)
    with pytest.raises(RoutineError, match=reason):
        load(path)


def test_missing_file(tmp_path: Path) -> None:
    """A file that cannot be read is named, with the reason."""
    with pytest.raises(RoutineError, match=r"nowhere\.toml: cannot be read: No such file"):
        load(tmp_path / "nowhere.toml")


@given(
    st.text()
    | st.lists(st.sampled_from([*HEAD.splitlines(), "hold = 30", "[[stage]]", "x = [", '"'])).map("\n".join)
)
def test_any_text(text: str) -> None:
    """Any text at all is either a routine or a list of problems that name the file."""
    found: tuple[str, ...] = ("hips.toml",)
    try:
        parse(text, "hips.toml")
    except RoutineError as error:
        found = error.problems
    assert found
    assert all(problem.startswith("hips.toml") for problem in found)

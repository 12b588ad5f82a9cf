from pathlib import Path

import pytest

from tests.programs import doses, real, routine_of
from voicecoach.errors import RoutineError
from voicecoach.importers.draft import Draft, DraftExercise
from voicecoach.importers.zwo import read
from voicecoach.routine.quantities import Range
from voicecoach.routine.work import Saying, Timed


def workout(blocks: str, head: str = "") -> Draft:
    """Read a workout of these blocks."""
    text = f"<workout_file><name>Test</name>{head}<workout>{blocks}</workout></workout_file>"
    return read(text.encode(), "ride.zwo")


def test_reads_a_real_workout() -> None:
    """Blocks are timed, intervals are rounds of work and recovery, and what was no time is told."""
    draft = read(real("kaiord/WorkoutRepeatSteps.zwo"), "WorkoutRepeatSteps.zwo")
    assert "Example 2" == draft.title
    assert [
        [("Steady 1", "1 x 60 s moving"), ("Steady 2", "1 x 300 s moving")],
        [("Interval", "1 x 500 s moving"), ("Recovery", "1 x 500 s moving")],
    ] == doses(draft)
    assert {"rounds": 3, "rest": 2} == draft.stages[1].keys
    (guess,) = draft.guessed()
    assert (7, "Steady") == (guess.line, guess.text)
    assert "not timed but by heart rate less than; taken for the 300 s" in guess.reason
    assert ("power: 55 % of FTP",) == draft.stages[0].items[1].notes  # type: ignore[union-attr]
    routine = routine_of(draft)
    assert (Range(3, 3), 2) == (routine.stages[1].rounds, routine.stages[1].rest)


@pytest.mark.parametrize(
    "name", ["CustomTargetValues", "IndividualSteps", "RepeatGreaterThanStep", "RepeatSteps"]
)
def test_every_real_workout_becomes_a_routine(name: str) -> None:
    """Nothing of the real files is left out, and what they become is read without a problem."""
    draft = read(real(f"kaiord/Workout{name}.zwo"), f"{name}.zwo")
    assert [] == list(draft.left_out())
    assert all(isinstance(one.work, Timed) for stage in routine_of(draft).stages for one in stage.exercises)


def test_texts_are_said_at_their_moments() -> None:
    """Names of elements and attributes may be in any case, moments fractions, texts in any order."""
    draft = workout(
        '<STEADYSTATE duration="90.5"><TextEvent TimeOffset="66.00032" message="Sit   up."/>'
        '<textevent timeoffset="10" message="Breathe &amp; relax.&#10;Now."/>'
        '<TextNotification timeOffset="0" text="Go."/></STEADYSTATE>'
    )
    (exercise,) = routine_of(draft).stages[0].exercises
    assert Timed(Range(90.5, 90.5)) == exercise.work
    said = (Saying(0, "Go."), Saying(10, "Breathe & relax. Now."), Saying(66, "Sit up."))
    assert said == exercise.say


def test_texts_of_intervals_go_to_their_interval() -> None:
    """Moments count from the start of the first interval: each text is said in the one it falls into."""
    draft = workout(
        '<IntervalsT Repeat="2" OnDuration="30" OffDuration="15">'
        '<textevent timeoffset="5" message="One."/><textevent timeoffset="35" message="Easy."/>'
        '<textevent timeoffset="50" message="Two."/><textevent timeoffset="95" message="Late."/></IntervalsT>'
    )
    (stage,) = routine_of(draft).stages
    assert [
        ("Interval 1", (Saying(5, "One."),)),
        ("Recovery 1", (Saying(5, "Easy."),)),
        ("Interval 2", (Saying(5, "Two."),)),
        ("Recovery 2", ()),
    ] == [(one.name, one.say) for one in stage.exercises]
    assert [("Late.", "comes after the end of its block")] == [(r.text, r.reason) for r in draft.left_out()]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ('<Warmup Duration="0.4"/>', "time: 0.4 is outside 1 to 7200 s"),
        ('<Warmup Duration="99999"/>', "time: 99999 is outside 1 to 7200 s"),
        ('<Warmup Duration="1e9"/>', "has no duration in seconds"),
        ('<Warmup Duration="ten"/>', "has no duration in seconds"),
        ("<RestDay/>", "has no duration in seconds"),
        ('<IntervalsT Repeat="5000" OnDuration="30"/>', "wanted 1 to 100 repeats"),
        (
            '<textevent timeoffset="3" message="Hi."/>',
            "stands outside of a block, so that its moment is not known",
        ),
    ],
)
def test_says_what_it_leaves_out(block: str, reason: str) -> None:
    """What cannot be timed keeps its line and its reason, and the rest is read."""
    draft = workout(f'\n{block}<Cooldown Duration="60"/>')
    assert [(2, reason)] == [(remark.line, remark.reason) for remark in draft.left_out()]
    assert [[("Cool-down", "1 x 60 s moving")]] == doses(draft)


def test_lengths_in_metres_are_not_taken_for_seconds() -> None:
    """A run whose blocks are distances is refused, as nothing in it can be timed."""
    with pytest.raises(RoutineError, match="a distance, which cannot be timed"):
        workout('<SteadyState Duration="400"/>', "<durationType>distance</durationType>")


def test_a_long_text_is_cut_at_a_sentence() -> None:
    """A text that is too long for one cue ends with a whole sentence, and that is told."""
    draft = workout(f'<Ramp Duration="60"><textevent timeoffset="1" message="Short. {"long " * 50}"/></Ramp>')
    (exercise,) = draft.stages[0].items
    assert isinstance(exercise, DraftExercise)
    assert [{"at": 1, "text": "Short."}] == exercise.keys["say"]
    assert ["too long to be said in a set; cut short"] == [guess.reason for guess in exercise.guesses]


BOMB = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><workout_file>&b;</workout_file>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><workout_file>&a;</workout_file>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "declares a document type or entities, which are not read"),
        (OUTSIDE, "declares a document type or entities, which are not read"),
        ("<a>" * 200, "50 inside one another"),
        ("<workout_file>" + "<a/>" * 30_000, "more than 20,000 elements"),
        ("<workout_file>\n\0</workout_file>", "ride.zwo:2: not valid XML"),
        ("", "not valid XML"),
        ("<gpx/>", "begins with <gpx>; wanted a Zwift workout"),
        ("<workout_file/>", "has no <workout>"),
        ("<workout_file><workout/></workout_file>", "holds no step that can be timed"),
        ('<?xml version="1.0" encoding="utf-9"?><workout_file/>', "unknown encoding: utf-9"),
        (
            '<?xml version="1.0" encoding="shift_jis"?><workout_file/>',
            "multi-byte encodings are not supported",
        ),
        ("x" * 50_000_000, "is larger than 2,000,000 bytes"),
    ],
    ids=lambda value: value[:20],
)
def test_refuses_in_one_line(text: str, said: str) -> None:
    """What is no workout ends in one line that names the file, and what was wanted."""
    with pytest.raises(RoutineError) as caught:
        read(text.encode(), "ride.zwo")
    assert 1 == len(caught.value.problems)
    assert caught.value.problems[0].startswith("ride.zwo")
    assert said in caught.value.problems[0]


def test_another_encoding_is_read(tmp_path: Path) -> None:
    """An encoding that the file names is read as such; the title is that of the file where there is none."""
    text = '<?xml version="1.0" encoding="iso-8859-1"?><workout_file><workout><Ramp Duration="9">'
    text += '<textevent timeoffset="1" message="Größe"/></Ramp></workout></workout_file>'
    draft = read(text.encode("latin-1"), str(tmp_path / "my_ride.zwo"))
    (exercise,) = routine_of(draft).stages[0].exercises
    assert ("my ride", (Saying(1, "Größe"),)) == (draft.title, exercise.say)

import pytest
from hypothesis import given

from tests.strategies import EXERCISES
from voicecoach.routine.dose import Dose, format_dose, parse_dose
from voicecoach.routine.model import BOTH_SIDES, Exercise, Hold, Reps, Side, Timed
from voicecoach.routine.quantities import Range, Tempo

THIRTY = Hold(Range(30, 30))


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("2-3 x 30 s per side", Dose(THIRTY, Range(2, 3), BOTH_SIDES)),
        ("2–3 × 30s, each side", Dose(THIRTY, Range(2, 3), BOTH_SIDES)),  # noqa: RUF001 - as typed by people
        (
            "3 x 10 reps per side, 5 s hold",
            Dose(Reps(Range(10, 10), hold=Range(5, 5)), Range(3, 3), BOTH_SIDES),
        ),
        ("1 x 60 s", Dose(Hold(Range(60, 60)))),
        ("60 s", Dose(Hold(Range(60, 60)))),
        ("1 x 45-60 s moving, per side", Dose(Timed(Range(45, 60)), sides=BOTH_SIDES)),
        ("2 x 8 @ 3-1-1-0", Dose(Reps(Range(8, 8), Tempo(3, 1, 1, 0)), Range(2, 2))),
        ("3x10/side", Dose(Reps(Range(10, 10)), Range(3, 3), BOTH_SIDES)),
        ("2 sets of 12 reps", Dose(Reps(Range(12, 12)), Range(2, 2))),
        ("3 x 30 sec hold", Dose(THIRTY, Range(3, 3))),
        ("2 x 1:30", Dose(Hold(Range(90, 90)), Range(2, 2))),
        ("1-2 min", Dose(Hold(Range(60, 120)))),
        ("30 s left only", Dose(THIRTY, sides=(Side.LEFT,))),
        ("3 x 12, right side only", Dose(Reps(Range(12, 12)), Range(3, 3), (Side.RIGHT,))),
    ],
)
def test_reads(text: str, dose: Dose) -> None:
    """A dose is read as clinicians write it."""
    assert dose == parse_dose(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2 by 30", "is not a dose (at 'by 30')"),
        ("", "is not a dose"),
        ("some", "is not a dose"),
        ("1 x 60 s @ 3-1-1-0", "'@ 3-1-1-0' does not go with '1 x 60 s'"),
        ("3 x 10 reps moving", "'moving' does not go with"),
        ("2 x 8 @ 3-1-1", "'3-1-1' is not a tempo; write four numbers"),
        ("3-2 x 30 s", "the range 3-2 runs backwards; write 2-3"),
        ("10000 x 30 s", "sets: 10000 is outside 1 to 100 sets"),
        ("2.5 x 30 s", "sets: 2.5 is not a whole number"),
        ("2 x 9000 s", "hold: 9000 is outside 1 to 3600 s"),
        ("2 x 8 @ 0-0-0-0", "a whole rep: 0 is outside 1 to 400 s"),
        ("30 s per side per side", "is not a dose (at 'per side')"),
        ("30 s per side, left only", "is not a dose (at 'left only')"),
    ],
)
def test_refuses(text: str, reason: str) -> None:
    """What is no dose is refused with what was read and what was wanted."""
    with pytest.raises(ValueError, match=r".") as caught:
        parse_dose(text)
    assert reason in str(caught.value)


@given(EXERCISES)
def test_written_doses_are_read_back(exercise: Exercise) -> None:
    """Writing a dose and reading it back gives the same, but for where a rep starts: a key of its own."""
    work = exercise.work
    plain = Reps(work.count, work.tempo, work.hold) if isinstance(work, Reps) else work
    assert Dose(plain, exercise.sets, exercise.sides) == parse_dose(format_dose(exercise))

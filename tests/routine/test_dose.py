import pytest
from hypothesis import given

from tests.strategies import EXERCISES
from voicecoach.routine.dose import Dose, format_dose, parse_dose
from voicecoach.routine.model import BOTH_SIDES, Exercise, Side
from voicecoach.routine.quantities import Breath, Range, Tempo
from voicecoach.routine.work import ContractRelax, Hold, Open, Reps, Timed, Wait

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
        ("10 x 5 s", Dose(Reps(Range(10, 10), hold=Range(5, 5)))),
        ("2 x 10 x 5-8 s per side", Dose(Reps(Range(10, 10), hold=Range(5, 8)), Range(2, 2), BOTH_SIDES)),
        ("10 sets of 5 s", Dose(Hold(Range(5, 5)), Range(10, 10))),
        ("3 x 5 s", Dose(Hold(Range(5, 5)), Range(3, 3))),
        ("10 x 10 s", Dose(Hold(Range(10, 10)), Range(10, 10))),
        ("2 x 8 reps x 3 s @ 2-0-2-0", Dose(Reps(Range(8, 8), Tempo(2, 0, 2, 0), Range(3, 3)), Range(2, 2))),
        ("2 x up to 60 s", Dose(Open(Range(60, 60)), Range(2, 2))),
        ("45 s wait", Dose(Wait(Range(45, 45)))),
        ("120 s, breathing 4-6", Dose(Hold(Range(120, 120), Breath(4, 6)))),
        (
            "2-3 x 6 s contract, 3 s relax, 20 s deepen, per side",
            Dose(ContractRelax(Range(6, 6), Range(20, 20), 3), Range(2, 3), BOTH_SIDES),
        ),
        ("6 s contract, 15-20 s deepen", Dose(ContractRelax(Range(6, 6), Range(15, 20)))),
        ("30 s per side, right first", Dose(THIRTY, sides=BOTH_SIDES[::-1])),
        ("30 s, right side first", Dose(THIRTY, sides=BOTH_SIDES[::-1])),
        ("30 sec. per leg", Dose(THIRTY, sides=BOTH_SIDES)),
        ("30 s left", Dose(THIRTY, sides=(Side.LEFT,))),
        ("30 s left only", Dose(THIRTY, sides=(Side.LEFT,), one_sided=True)),
        ("3 x 12, right side only", Dose(Reps(Range(12, 12)), Range(3, 3), (Side.RIGHT,), one_sided=True)),
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
        ("up to 10 reps", "is not a dose"),
        ("2 x 45 s wait", "is not a dose"),
        ("45 s wait, per side", "is not a dose"),
        ("6 s contract", "says how long to press, but not how long to stretch"),
        ("6 s contract, 2-5 s relax, 20 s deepen", "relax takes one figure, not 2-5"),
        ("60 s, breathing 4", "'4' is no pace of breathing; write seconds in and out, as in 4-6"),
        ("60 s, breathing 1-6", "breath: 1 is outside 2 to 20 s"),
        ("10 reps, breathing 4-6", "'breathing 4-6' does not go with '10 reps'"),
        ("30 s per side, left", "is not a dose (at 'left')"),
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

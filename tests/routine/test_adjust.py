import pytest
from hypothesis import given

from tests.strategies import ROUTINES
from voicecoach.errors import ChoiceError
from voicecoach.routine.address import find_exercise, places
from voicecoach.routine.adjust import Adjustments, adjust
from voicecoach.routine.dose import format_dose
from voicecoach.routine.files import parse
from voicecoach.routine.model import Routine

ROUTINE = parse(
    """
    title = "Hips"
    [[stage]]
    title = "Roll"
    exercise = [
      { name = "Quads", dose = "1 x 45-60 s moving, per side" },
      { name = "Piriformis", dose = "1 x 30 s moving, per side" },
    ]
    [[stage]]
    title = "Static stretch"
    exercise = [
      { name = "Quads", dose = "2-3 x 30 s per side" },
      { name = "Butterfly", dose = "2 x 30 s" },
    ]
    [[stage]]
    title = "Strengthen"
    exercise = [{ name = "Clam", dose = "2 x 8-12 reps, left only" }]
    """,
    "hips.toml",
)


def doses(adjustments: Adjustments, routine: Routine = ROUTINE) -> list[str]:
    """Return each exercise that is left, with its dose."""
    adjusted = adjust(routine, adjustments).routine
    return [f"{exercise.name}: {format_dose(exercise)}" for _, exercise in places(adjusted)]


@pytest.mark.parametrize(
    ("adjustments", "expected"),
    [
        (
            Adjustments(hold=45, only=("static-stretch",)),
            ["Quads: 2-3 x 45 s, per side", "Butterfly: 2 x 45 s"],
        ),
        (
            Adjustments(sets=3, skip=("2", "3")),
            ["Quads: 3 x 45-60 s moving, per side", "Piriformis: 3 x 30 s moving, per side"],
        ),
        (Adjustments(reps=5, only=("clam",)), ["Clam: 2 x 5 reps, left only"]),
        (Adjustments(only=("2.2", "clam")), ["Butterfly: 2 x 30 s", "Clam: 2 x 8-12 reps, left only"]),
        (Adjustments(only=("roll",), skip=("roll.quads",)), ["Piriformis: 1 x 30 s moving, per side"]),
        (
            Adjustments(only=("piriformis",), settings=("roll.piriformis.hold=60",)),
            ["Piriformis: 1 x 60 s moving, per side"],
        ),
        (
            Adjustments(only=("clam",), settings=("clam.hold=5", "3.1.sides=both")),
            ["Clam: 2 x 8-12 reps, 5 s hold, per side"],
        ),
        (
            Adjustments(sides="left", only=("1", "3")),
            [
                "Quads: 1 x 45-60 s moving, left only",
                "Piriformis: 1 x 30 s moving, left only",
                "Clam: 2 x 8-12 reps, left only",
            ],
        ),
        (Adjustments(sides="right", only=("2.2", "3")), ["Butterfly: 2 x 30 s"]),
    ],
)
def test_adjusts(adjustments: Adjustments, expected: list[str]) -> None:
    """Each adjustment changes what it is meant for, and nothing else."""
    assert expected == doses(adjustments)


def test_hold_changes_static_holds_only() -> None:
    """--hold leaves rolling as long as it is."""
    rolled = [dose for dose in doses(Adjustments(hold=45)) if "moving" in dose]
    assert ["Quads: 1 x 45-60 s moving, per side", "Piriformis: 1 x 30 s moving, per side"] == rolled


def test_pace_and_rest() -> None:
    """Pace and rest are taken over."""
    adjusted, notes, _ = adjust(ROUTINE, Adjustments(pace="brisk", rest=20))
    assert ("brisk", {20}, ()) == (adjusted.pace.name, {one.rest for _, one in places(adjusted)}, notes)


def test_what_a_side_leaves_out_is_noted() -> None:
    """An exercise for the other side alone is left out, and named."""
    notes = adjust(ROUTINE, Adjustments(sides="right")).notes
    assert ("--sides right leaves out: Clam",) == notes


def test_options_that_change_nothing_are_noted() -> None:
    """An option that concerns no exercise is said to do nothing."""
    notes = adjust(ROUTINE, Adjustments(reps=5, only=("roll",))).notes
    assert ("--reps 5 changes nothing here: no exercise counts reps",) == notes


@pytest.mark.parametrize(
    ("adjustments", "reason"),
    [
        (
            Adjustments(only=("quads",)),
            "'quads' could be 'roll.quads' or 'static-stretch.quads'; write the one you mean",
        ),
        (Adjustments(skip=("pirifomis",)), "the routine has no 'pirifomis' (did you mean 'piriformis'"),
        (Adjustments(settings=("3",)), "did you mean --sets 3?"),
        (Adjustments(settings=("clam.hols=3",)), "there is no 'hols' to set (did you mean 'hold'"),
        (Adjustments(settings=("clam.hold=x",)), "'x' is not a duration"),
        (Adjustments(settings=("quads.hold=3",)), "'quads' could be"),
        (Adjustments(settings=("piriformis.tempo=3-1-1-0",)), "Piriformis: only reps have a tempo"),
        (Adjustments(hold=1e9), "--hold 1e+09: Quads: hold: 1e+09 is outside 1 to 3600 s"),
        (Adjustments(sets=0), "--sets 0: Quads: sets: 0 is outside 1 to 100 sets"),
        (Adjustments(only=("roll",), skip=("roll",)), "nothing is left to do"),
        (Adjustments(only=("roll",), skip=("roll",), sets=3, rest=20), "nothing is left to do"),
        (Adjustments(only=("roll",), first="clam"), "nothing is left to do"),
    ],
)
def test_refuses(adjustments: Adjustments, reason: str) -> None:
    """A wrong address or figure is refused with what is near, or what was wanted."""
    with pytest.raises(ChoiceError) as caught:
        adjust(ROUTINE, adjustments)
    assert reason in str(caught.value)


def test_begins_later() -> None:
    """A session may begin with any exercise; what comes before it is left out."""
    begun = Adjustments(first="butterfly", settings=("3.1.sets=1",))
    assert ["Butterfly: 2 x 30 s", "Clam: 1 x 8-12 reps, left only"] == doses(begun)


@given(ROUTINES)
def test_no_adjustment_changes_nothing(routine: Routine) -> None:
    """Without adjustments a routine stays what it is, and each number is an address of its own exercise."""
    assert (routine, (), frozenset()) == adjust(routine, Adjustments())
    for place, _ in places(routine):
        assert place == find_exercise(routine, f"{place[0] + 1}.{place[1] + 1}")


def test_where_there_is_nothing_but_waiting() -> None:
    """An option that concerns sets changes nothing in a wait, and says so."""
    text = 'title = "A"\n[[stage]]\ntitle = "B"\n[[stage.exercise]]\nname = "C"\nwait = 30\n'
    adjusted = adjust(parse(text, "a.toml"), Adjustments(sets=2, rest=30))
    assert parse(text, "a.toml") == adjusted.routine
    assert (
        "--sets 2 changes nothing here: there is nothing but waiting",
        "--rest 30 changes nothing here: there is nothing but waiting",
    ) == adjusted.notes

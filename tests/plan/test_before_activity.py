import pytest
from hypothesis import given, settings

from tests.strategies import ROUTINES
from voicecoach.errors import ChoiceError
from voicecoach.plan.audit import audit
from voicecoach.plan.before_activity import NOTHING, before_activity
from voicecoach.routine.adjust import Adjustments, adjust
from voicecoach.routine.files import load, parse
from voicecoach.routine.model import Routine
from voicecoach.routine.shelf import LIBRARY

HIPS = load(LIBRARY / "hip-mobility.toml")


def routine(**stages: str) -> Routine:
    """Return a routine of stages by title, each the TOML of its exercises."""
    body = "".join(
        f'[[stage]]\ntitle = "{title}"\nexercise = [{exercises}]\n' for title, exercises in stages.items()
    )
    return parse(f'title = "x"\n{body}', "x.toml")


def test_hip_mobility() -> None:
    """The stretches of the routine are named with their seconds, and the other stages offered as options."""
    advice, stretch, fine = before_activity(HIPS)
    assert "better not right before activity or competition, but after it or on a rest day" in advice
    assert stretch.startswith("Static stretch: under stretch per side: hamstrings 60 s, glutes 60 s, ")
    assert "above" not in stretch
    assert "fine before activity: --only roll --only strengthen" == fine


def test_nothing_is_claimed() -> None:
    """Where no stretch is planned, that is said, and no more."""
    without = adjust(HIPS, Adjustments(only=("roll", "strengthen"))).routine
    assert (NOTHING,) == before_activity(without)


def test_more_than_a_minute_is_marked() -> None:
    """A muscle above 60 s in all is marked in each stage, and the source is named."""
    _, first, second, limit = before_activity(
        routine(
            First='{ name = "a", dose = "45 s, left only", muscle = "calf" }, { name = "b", hold = 60 }',
            Second='{ name = "c", dose = "2 x 6 s contract, 20 s deepen", muscle = "Calf" }',
        )
    )
    assert "First: under stretch per side: calf 45 s (85 s in all, above 60 s), b 60 s" == first
    assert "Second: under stretch per side: Calf 40 s (85 s in all, above 60 s)" == second
    assert (
        "more than 60 s per muscle right before maximal effort "
        "(Delphi consensus 2025, doi 10.1016/j.jshs.2025.101067): calf"
    ) == limit


@pytest.mark.parametrize(
    ("stages", "options"),
    [
        ({"A": '{ name = "a1", hold = 30 }', "B": '{ name = "b1", reps = 9 }'}, "--only b"),
        # A plank is a hold, but no stretch.
        (
            {"A": '{ name = "a1", hold = 30 }', "Core work": '{ name = "Plank", open = 60 }'},
            "--only core-work",
        ),
        # Of a mixed stage, what is no stretch.
        ({"A": '{ name = "a1", hold = 30 }, { name = "a 2", reps = 9 }'}, "--only a.a-2"),
        # A title that is also the name of an exercise would mean both.
        ({"A": '{ name = "a1", hold = 30 }', "B": '{ name = "b", reps = 9 }'}, "--only b.b"),
    ],
)
def test_options(stages: dict[str, str], options: str) -> None:
    """What is offered are the addresses of whole stages, or of exercises where a stage says too much."""
    assert f"fine before activity: {options}" == before_activity(routine(**stages))[-1]


def test_nothing_is_offered_where_all_is_stretching() -> None:
    """A routine of stretches alone has no options that would leave something."""
    assert not any("--only" in line for line in before_activity(routine(A='{ name = "a", hold = 30 }')))


@settings(deadline=None)
@given(ROUTINES)
def test_the_options_do_what_they_say(made: Routine) -> None:
    """What is offered can be typed: it leaves no stretch, and all else; or says which of two is meant."""
    *_, last = before_activity(made)
    if not last.startswith("fine"):
        return
    only = tuple(part for part in last.partition(": ")[2].split() if part != "--only")
    try:
        left = audit(adjust(made, Adjustments(only=only)).routine)
    except ChoiceError as error:
        # Only numbers tell exercises of one name apart.
        assert "could be" in str(error)  # noqa: PT017 - most routines raise nothing
        return
    assert () == left.muscles
    assert sum(not dose.each.stretch for dose in audit(made).exercises) == len(left.exercises)

from pathlib import Path

import pytest

from voicecoach.errors import ChoiceError
from voicecoach.forms import Lookup, forms_of
from voicecoach.plan.load import aim_of
from voicecoach.routine.address import find_exercise, places
from voicecoach.routine.files import load
from voicecoach.routine.model import BOTH_SIDES
from voicecoach.routine.shelf import LIBRARY, ORDER, find, shelf
from voicecoach.routine.work import Hold, Reps, Timed

HIPS = load(LIBRARY / "hip-mobility.toml")


@pytest.mark.parametrize("path", shelf().values(), ids=lambda path: path.stem)
def test_bundled_routines_are_complete(path: Path) -> None:
    """Every bundled routine is read, has safety words and a source, and instructs each exercise."""
    routine = load(path)
    assert routine.caution
    assert routine.source
    assert all(exercise.instruction and exercise.posture for _, exercise in places(routine))


def test_hip_mobility_has_what_its_page_names() -> None:
    """The stages stand in their order, rolling has nine areas, stretches last 30 s, two or three times."""
    roll, stretch, strengthen = HIPS.stages
    assert ["Roll", "Static stretch", "Strengthen"] == [stage.title for stage in HIPS.stages]
    assert 9 == len(roll.exercises)
    assert all(isinstance(exercise.work, Timed) for exercise in roll.exercises)
    assert {(30, 30, 2, 3)} == {
        (one.work.seconds.low, one.work.seconds.high, one.sets.low, one.sets.high)
        for one in stretch.exercises
        if isinstance(one.work, Hold)
    }
    assert all(isinstance(one.work, Hold) for one in stretch.exercises)
    assert all(isinstance(one.work, Reps) for one in strengthen.exercises)
    assert {"Reverse clam", "Clam", "Touch back", "Bridge"} <= {one.name for one in strengthen.exercises}


def test_hip_mobility_has_a_core() -> None:
    """At most eight exercises are never left out; the others are, in an order without ties."""
    ranks = [exercise.optional for _, exercise in places(HIPS)]
    assert 1 <= ranks.count(None) <= 8
    assert len(ranks) - ranks.count(None) == len({rank for rank in ranks if rank is not None})


def test_hip_mobility_says_what_matters() -> None:
    """The safety words are about advice and pain; the introduction tells the order and when to do it."""
    assert "professional" in HIPS.caution
    assert "pain" in HIPS.caution
    assert "stop" in HIPS.caution.lower()
    assert "after activity" in HIPS.introduction
    assert any(exercise.sides == BOTH_SIDES for _, exercise in places(HIPS))


@pytest.mark.parametrize("path", shelf().values(), ids=lambda path: path.stem)
def test_what_exercises_lead_to_is_there(path: Path) -> None:
    """Each form of a bundled routine is there, for the same aim and sides; none leads in a circle."""
    routine, lookup = load(path), Lookup(None)
    forms = forms_of(routine)
    assert not forms.notes
    for place, exercise in places(routine):
        aim = aim_of(routine.stages[place[0]], exercise)
        for key in ("next", "easier"):
            seen, form = [path.stem], exercise
            while reference := getattr(form, key):
                seen.append(reference)
                assert len(seen) == len(set(seen)) <= len(shelf())
                before, form = form, lookup.form(reference)
                name, _, address = reference.partition("/")
                stage = lookup.routine(name).stages[find_exercise(lookup.routine(name), address)[0]]
                assert aim is aim_of(stage, form)
                assert (before.sides, form.one_sided) == (form.sides, False)


def test_levels_lead_up_and_back() -> None:
    """What leads up by one level leads back as well; no form leaves a band on that nobody takes off."""
    lookup = Lookup(None)
    led = 0
    for name, above in (("hip-mobility", "hip-mobility-2"), ("hip-mobility-2", "hip-mobility-3")):
        for _, exercise in places(load(LIBRARY / f"{name}.toml")):
            if not exercise.next:
                continue
            led += 1
            form = lookup.form(exercise.next)
            assert exercise.next.startswith(f"{above}/")
            assert form.easier.startswith(f"{name}/")
            assert exercise.name == lookup.form(form.easier).name
            assert "band" not in form.instruction
    assert 20 == led


def test_finds_by_name_and_path(tmp_path: Path) -> None:
    """A routine of one's own hides a bundled one of the same name; a path is taken as it is."""
    own = tmp_path / "hip-mobility.toml"
    own.touch()
    assert LIBRARY / "hip-mobility.toml" == find("hip-mobility")
    assert own == find("hip-mobility", tmp_path)
    assert own == find(str(own))
    assert own == shelf(tmp_path)["hip-mobility"]


def test_the_shelf_has_an_order(tmp_path: Path) -> None:
    """Every bundled routine has its place, hip mobility first; one's own come after them, by name."""
    for name in ("stretches", "arms", "desk-break"):
        (tmp_path / f"{name}.toml").touch()
    assert sorted(ORDER) == sorted(path.stem for path in LIBRARY.glob("*.toml") if "." not in path.stem)
    assert [*ORDER, "arms", "stretches"] == list(shelf(tmp_path))
    assert "hip-mobility" == next(iter(shelf()))


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("hip-mobilty", "there is no routine 'hip-mobilty' (did you mean 'hip-mobility'"),
        ("./nowhere.toml", "there is no such file"),
    ],
)
def test_names_the_nearest(reference: str, reason: str) -> None:
    """A wrong name gets the nearest ones, a wrong path says so."""
    with pytest.raises(ChoiceError) as caught:
        find(reference)
    assert reason in str(caught.value)

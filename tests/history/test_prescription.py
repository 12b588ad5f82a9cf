import datetime as dt
from collections import Counter

import pytest
from hypothesis import given, settings

from tests.strategies import ROUTINES
from voicecoach.errors import ChoiceError
from voicecoach.history.by_hand import Told, began, pains, session
from voicecoach.history.prescription import changed, done_as_prescribed, prescribed, version_of
from voicecoach.history.records import AS_WRITTEN, Ending, Feel, Level, Origin, Prescribed
from voicecoach.plan.audit import audit
from voicecoach.plan.estimate import routine_seconds
from voicecoach.plan.steps import Kind
from voicecoach.routine.address import address_of, addresses, find_exercise, places
from voicecoach.routine.adjust import Adjustments, adjust
from voicecoach.routine.files import load, parse
from voicecoach.routine.model import BOTH_SIDES, Aim, Routine
from voicecoach.routine.shelf import LIBRARY, ORDER

ROUTINE = parse(
    """
    title = "Hips"
    [[stage]]
    title = "Stretch"
    rounds = 2
    [[stage.exercise]]
    name = "Pigeon"
    muscle = "piriformis"
    dose = "2 x 30 s per side"
    [[stage.exercise]]
    name = "Mat"
    dose = "30 s wait"
    [[stage.exercise]]
    name = "Pigeon"
    dose = "1 x 60 s"
    [[stage.exercise]]
    name = "Hamstrings"
    dose = "2 x 6 s contract, 20 s deepen per side"
    [[stage]]
    title = "Strengthen"
    [[stage.exercise]]
    name = "Clam"
    dose = "2-3 x 8-12 reps per side"
    """,
    "hips.toml",
)
NOW = dt.datetime(2026, 11, 24, 19, 30).astimezone()
TOLD = Told("hips", "0123456789ab", NOW, 600, Feel.RIGHT, {"pace": "gentle"}, "0.1.0")


def test_what_a_routine_asks() -> None:
    """Of each exercise: its address, what it is for, the sets of a side over all rounds, and one of them."""
    pigeon, other, pressed, clam = prescribed(ROUTINE)
    stretch = Aim.STRETCH
    assert Prescribed("1.1", "Pigeon", "piriformis", stretch, Kind.HOLD, 4, BOTH_SIDES, 30.0) == pigeon
    assert Prescribed("1.3", "Pigeon", "", stretch, Kind.HOLD, 2, (), 60.0) == other
    assert ("stretch.hamstrings", Kind.HOLD, 4, 20.0) == (
        pressed.address, pressed.kind, pressed.sets, pressed.seconds
    )  # fmt: skip
    assert ("strengthen.clam", Kind.REP_SET, Aim.STRENGTHEN, 2, 12) == (
        clam.address, clam.kind, clam.aim, clam.sets, clam.reps
    )  # fmt: skip


def test_levels_of_a_session() -> None:
    """An exercise has the level that it is done at; one whose dose was asked for itself has none."""
    once = Level("easier", -2)
    assert [once, AS_WRITTEN] == [one.level for one in prescribed(ROUTINE, {"1.1": once})[:2]]
    for adjustments, asked in (
        (Adjustments(), set()),
        (Adjustments(pace="gentle", rest=40, sides="left", skip=("1.1",)), set()),
        (Adjustments(settings=("1.1.hold=40",)), {"1.1"}),
        (Adjustments(sets=9), {"1.1", "1.3", "stretch.hamstrings", "strengthen.clam"}),
        (Adjustments(reps=9), {"strengthen.clam"}),
    ):
        adjusted = adjust(ROUTINE, adjustments).routine
        assert asked == changed(ROUTINE, adjusted).keys()
        levels = {one.address: one.level for one in prescribed(adjusted, changed(ROUTINE, adjusted))}
        assert asked == {address for address, level in levels.items() if level is None}


def test_an_exercise_keeps_its_address_whatever_is_left_out() -> None:
    """Of two of one name, the second is the second also where it is the only one that is left."""
    assert "1.3" == address_of(ROUTINE, (0, 2))
    left = adjust(ROUTINE, Adjustments(skip=("1.1", "1.2"))).routine
    assert ["1.3", "stretch.hamstrings", "strengthen.clam"] == list(addresses(left).values())
    again = adjust(left, Adjustments(only=("clam",))).routine
    assert ["strengthen.clam"] == list(addresses(again).values())


@settings(deadline=None)
@given(ROUTINES)
def test_addresses_lead_back(routine: Routine) -> None:
    """No two exercises share an address, and each leads to its exercise."""
    known = addresses(routine)
    assert len(known) == len(set(known.values()))
    assert known == {find_exercise(routine, address): address for address in known.values()}


def test_a_name_that_looks_like_a_place() -> None:
    """Where the name of one exercise is the place of another, no address means both."""
    stage = '[[stage]]\ntitle = "{}"\n' + '[[stage.exercise]]\nname = "{}"\ndose = "30 s"\n' * 2
    routine = parse('title = "A"\n' + stage.format(2, 1, 5) + stage.format("B", "x", "y"), "a.toml")
    known = addresses(routine)
    assert {"1.1", "2.5", "b.x", "b.y"} == set(known.values())


@settings(deadline=None)
@given(ROUTINES)
def test_all_that_is_asked_is_done(routine: Routine) -> None:
    """A session done as prescribed is complete in each exercise, by the same sets as the audit counts."""
    done, asked = done_as_prescribed(routine), prescribed(routine)
    record = session(TOLD, routine, routine)
    whole = session(Told("a", "b", NOW, routine_seconds(routine), None, {}, "c"), routine, routine)
    assert done == whole.performed
    assert all(one.is_done for one in done)
    assert all(whole.is_complete(one.address) for one in asked)
    assert Counter({one.address: one.turns for one in asked}) == Counter(
        {one.address: whole.whole_turns(one.address) for one in asked}
    )
    doses = audit(routine).exercises
    assert [dose.each.sets for dose in doses] == [one.sets for one in asked]
    assert [dose.aim for dose in doses] == [one.aim for one in asked]
    assert record.opening.prescribed == asked


def test_a_session_of_nine_tenths_is_a_whole_one() -> None:
    """From 90 % of its length all sets count; below it only the time does."""
    needed = routine_seconds(ROUTINE)
    for part, end, sets in ((0.9, Ending.FINISHED, 22), (0.899, Ending.QUIT, 0)):
        told = Told("hips", "v", NOW, part * needed, Feel.EASY, {"pace": "gentle"}, "1")
        found = session(told, ROUTINE, ROUTINE)
        assert (end, sets) == (
            found.end,
            len({(one.address, one.set, one.side, one.round) for one in found.performed}),
        )
        assert (part * needed, needed) == (found.seconds, found.opening.planned_seconds)
        assert (Origin.BY_HAND, Feel.EASY) == (found.opening.origin, found.feel)
        assert found.ended == NOW + dt.timedelta(seconds=part * needed)


def test_what_hurt() -> None:
    """Exercises are named as everywhere, each counts once, and a name that means two is refused."""
    found = pains(TOLD, ROUTINE, ["clam", "2.1", "1.3"])
    assert [("strengthen.clam", "Clam"), ("1.3", "Pigeon")] == [(one.address, one.name) for one in found]
    with pytest.raises(ChoiceError, match=r"could be '1\.1' or '1\.3'"):
        pains(TOLD, ROUTINE, ["pigeon"])


def test_when_a_session_began() -> None:
    """It ended just now, unless a day or an hour is told; what is to come is refused."""
    hour, day = dt.time(19, 0), dt.date(2026, 11, 20)
    local = dt.datetime(2026, 11, 20, 12).astimezone()
    assert NOW - dt.timedelta(minutes=20) == began(NOW, None, None, 1200)
    assert NOW - dt.timedelta(minutes=20) == began(NOW, NOW.date(), None, 1200)
    assert local == began(NOW, day, None, 1200)
    assert local + dt.timedelta(hours=7) == began(NOW, day, hour, 1200)
    assert NOW - dt.timedelta(minutes=30) == began(NOW, None, hour, 1200)
    for wrong_day, wrong_hour, seconds, why in (
        (dt.date(2026, 11, 25), None, 60, "2026-11-25 is still to come"),
        (None, dt.time(19, 31), 60, "2026-11-24 19:31 is still to come"),
        (None, hour, 3600, "would end at 20:00, which is still to come"),
        (dt.date(1, 1, 1), hour, 60, "give a day from 1970 on"),
        (dt.date.max, hour, 60, "9999-12-31 is still to come"),
    ):
        with pytest.raises(ChoiceError, match=why):
            began(NOW, wrong_day, wrong_hour, seconds)


def test_a_version_of_a_routine() -> None:
    """It is a short digest of the file, which any change of it changes."""
    data = (LIBRARY / "hip-mobility.toml").read_bytes()
    assert "e3b0c44298fc" == version_of(b"")
    assert version_of(data) != version_of(data + b"\n")


@pytest.mark.parametrize("name", ORDER)
def test_bundled_routines_have_addresses_that_can_be_read(name: str) -> None:
    """In the bundled routines no exercise has to be named by its number."""
    routine = load(LIBRARY / f"{name}.toml")
    assert not [address for address in addresses(routine).values() if address[0].isdigit()]
    assert len(prescribed(routine)) == sum(not exercise.is_wait for _, exercise in places(routine))

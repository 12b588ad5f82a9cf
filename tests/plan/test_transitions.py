import pytest

from voicecoach.plan.steps import Kind, Tracker, unroll
from voicecoach.plan.transitions import CHANGES, FETCH, GO, SETTLE, Body, transition
from voicecoach.routine.files import parse
from voicecoach.routine.model import BOTH_SIDES, Exercise, Posture, Side
from voicecoach.routine.pace import PACES
from voicecoach.routine.quantities import Range
from voicecoach.routine.work import Hold, Wait

STEADY = PACES["steady"]
LYING, SIDE, STANDING = Posture.LYING, Posture.SIDE_LYING, Posture.STANDING


def exercise(posture: Posture | None = None, *equipment: str, sides: tuple[Side, ...] = ()) -> Exercise:
    """Return an exercise of 30 s."""
    return Exercise("Pigeon", Hold(Range(30, 30)), posture=posture, equipment=equipment, sides=sides)


def seconds(before: Body, after: Exercise) -> float:
    """Return the time that a transition takes at the steady pace."""
    return transition(before, after, STEADY).seconds


def test_getting_up_takes_longer_than_lying_on() -> None:
    """The time follows from the postures, and a pace multiplies it."""
    assert CHANGES[LYING][STANDING] == seconds(Body(LYING), exercise(STANDING))
    assert SETTLE == seconds(Body(LYING), exercise(LYING))
    assert CHANGES[LYING][STANDING] > CHANGES[LYING][Posture.KNEELING] > SETTLE
    gentle = transition(Body(LYING), exercise(STANDING), PACES["gentle"]).seconds
    assert pytest.approx(CHANGES[LYING][STANDING] * 1.4) == gentle


def test_every_change_has_a_figure() -> None:
    """From every posture, and from none, there is a way to every other."""
    assert {None, *Posture} == set(CHANGES)
    assert all(set(Posture) == set(row) for row in CHANGES.values())


def test_the_floor_is_farther_from_standing() -> None:
    """To get down to the floor, or up from it, takes longer than to move on it."""
    on_it = (LYING, SIDE, Posture.SITTING)
    for one in on_it:
        for other in on_it:
            assert CHANGES[one][other] < CHANGES[STANDING][one] <= CHANGES[one][STANDING]
            assert one is other or CHANGES[one][other] > SETTLE


def test_a_wait_leaves_the_body_as_it_is() -> None:
    """Who waits with the roller in the hands has it still."""
    wait = Exercise("Ready", Wait(Range(30, 30)))
    body = Body(SIDE, Side.LEFT, ("roller",))
    assert body == body.after(wait)


def test_equipment_takes_time() -> None:
    """What is at hand already takes none; a place is walked to; posture and things add up."""
    assert FETCH == seconds(Body(LYING), exercise(LYING, "roller"))
    assert SETTLE == seconds(Body(LYING, equipment=("roller",)), exercise(LYING, "roller"))
    assert CHANGES[LYING][STANDING] + GO + FETCH == seconds(Body(LYING), exercise(STANDING, "wall", "band"))


def test_turning_over_between_two_exercises_on_the_side() -> None:
    """Who ends on one side and begins on the other has to turn over, and is told so."""
    clam = exercise(SIDE, sides=BOTH_SIDES)
    turned = transition(Body(SIDE, Side.RIGHT), clam, STEADY)
    assert (SIDE, Side.LEFT, CHANGES[SIDE][SIDE]) == (turned.posture, turned.side, turned.seconds)
    assert not transition(Body(SIDE, Side.LEFT), clam, STEADY).is_change


def test_the_body_follows_the_session() -> None:
    """Each announcement knows the posture, the upper side and what is at hand after what came before it."""
    text = """
    title = "Hips"
    [[stage]]
    title = "A"
    rounds = 2
    [[stage.exercise]]
    name = "Clam"
    dose = "30 s per side"
    posture = "side-lying"
    [[stage.exercise]]
    name = "Bridge"
    dose = "30 s"
    posture = "lying"
    equipment = "band"
    """
    announced = [
        (step.body, step.known)
        for step in unroll(parse(text, "hips.toml"))
        if step.kind is Kind.ANNOUNCE and step.exercise
    ]
    assert [
        (Body(), False),
        (Body(SIDE, Side.RIGHT), False),
        (Body(LYING, None, ("band",)), True),
        (Body(SIDE, Side.RIGHT), True),
    ] == announced


def test_a_step_that_is_taken_back_was_never_seen() -> None:
    """Taking an announcement back forgets that the exercise was explained."""
    routine = parse(
        'title = "A"\n[[stage]]\ntitle = "B"\n[[stage.exercise]]\nname = "C"\ndose = "9"', "a.toml"
    )
    announced = next(step for step in unroll(routine) if step.exercise)
    tracker = Tracker()
    tracker.take_back(tracker.see(announced), Body())
    assert not tracker.see(announced).known

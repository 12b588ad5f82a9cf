"""What a draft does otherwise than planned, told in few lines. Pure."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from voicecoach.plan.fitting.draft import Draft, Spot, chosen, ranges, stages_left
from voicecoach.plan.fitting.ladder import drop_order
from voicecoach.plan.fitting.pauses import EASES, LONGEST, NAMES, eased, pauses
from voicecoach.plan.steps import Kind
from voicecoach.routine.address import Place
from voicecoach.routine.model import Routine
from voicecoach.routine.pace import Pace
from voicecoach.units import number

AMOUNTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "sets": ("{} sets", "{} set", "{}"),
        "rounds": ("{} rounds", "{} round", "{}"),
        "seconds": ("{} s", "{} s", "{} s"),
        "count": ("{} reps", "{} rep", "{}"),
        "hold": ("holds of {} s in each rep", "holds of {} s in each rep", "{} s"),
        "contract": ("{} s of pressing", "{} s of pressing", "{} s"),
        "deepen": ("{} s of stretching", "{} s of stretching", "{} s"),
    }
)
"""How a figure is told: several, one, and what it was before."""
_PAUSES: Mapping[Kind, str] = MappingProxyType({Kind.SWITCH: "changes of sides", Kind.LEAD_IN: "lead-ins"})


def changes(routine: Routine, draft: Draft) -> tuple[str, ...]:
    """Return a line for each thing that is done otherwise; exercises that change alike share one."""
    lines = (*_doses(routine, draft), *_left_out(routine, draft), *_pauses(routine, draft))
    # Of one name in stages of one title, nobody could tell which is which.
    return tuple(dict.fromkeys(lines))


def _doses(routine: Routine, draft: Draft) -> Iterator[str]:
    before, left = chosen(routine), stages_left(routine, draft.dropped)
    told: dict[Spot, list[str]] = {}
    for figure, _ in ranges(routine):
        old, new = before[figure], draft.figures.get(figure, before[figure])
        if old != new and figure.spot[0] in left and figure.spot not in draft.dropped:
            several, one, was = AMOUNTS[figure.key]
            now = (one if new == 1 else several).format(number(new))
            told.setdefault(figure.spot, []).append(f"{now} instead of {was.format(number(old))}")
    alike: dict[tuple[int, str], list[Spot]] = {}
    for spot, parts in told.items():
        # The rounds of a stage are none of its exercises'.
        alike.setdefault((spot[0], ", ".join(parts)), []).append(spot)
    for (index, text), spots in alike.items():
        yield f"{_named(routine, draft, index, spots)}: {text}"


def _named(routine: Routine, draft: Draft, index: int, spots: list[Spot]) -> str:
    """Return the names of exercises of one stage; of the stage alone, where it is about its rounds."""
    stage = routine.stages[index]
    numbers = [exercise for _, exercise in spots if exercise is not None]
    every = [
        exercise
        for exercise, one in enumerate(stage.exercises)
        if not one.is_wait and (index, exercise) not in draft.dropped
    ]
    if not numbers:
        return stage.title
    if len(numbers) > 1 and numbers == every:
        return f"all of {stage.title}"
    return f"{', '.join(stage.exercises[exercise].name for exercise in numbers)} ({stage.title})"


def _left_out(routine: Routine, draft: Draft) -> Iterator[str]:
    if draft.dropped:
        places = (place for place in drop_order(routine) if place in draft.dropped)
        yield f"left out: {', '.join(_name(routine, place) for place in places)}"


def _name(routine: Routine, place: Place) -> str:
    """Return the name of an exercise, with its stage where another has the same."""
    stage = routine.stages[place[0]]
    name = stage.exercises[place[1]].name
    same = [one for other in routine.stages for one in other.exercises if one.name == name]
    return f"{name} ({stage.title})" if len(same) > 1 else name


def _pauses(routine: Routine, draft: Draft) -> Iterator[str]:
    if _settings(draft.pace) == _settings(eased(routine.pace, EASES)) != _settings(routine.pace) and not any(
        figure.key == "rest" for figure in draft.figures
    ):
        yield "pauses: those of the brisk pace"
        return
    found = pauses(routine, draft)
    rests: dict[float, set[float]] = {}
    for kind, spot, now in found:
        if kind is Kind.REST:
            rests.setdefault(_rest(routine, spot), set()).add(now)
    for old, new in rests.items():
        if new != {old}:
            span = " to ".join(number(one) for one in sorted({min(new), max(new)}))
            yield f"rests: {span} s instead of {number(old)} s"
    for kind in LONGEST:
        was, now = getattr(routine.pace, NAMES[kind]), getattr(draft.pace, NAMES[kind])
        if was != now and any(one is kind for one, _, _ in found):
            yield f"{_PAUSES[kind]}: {number(now)} s instead of {number(was)} s"
    if draft.pace.change != routine.pace.change:
        less = 100 * (1 - draft.pace.change / routine.pace.change)
        yield f"changes of posture and equipment: {less:.0f} % less time"


def _settings(pace: Pace) -> tuple[float, ...]:
    return pace.lead_in, pace.rest, pace.switch, pace.change


def _rest(routine: Routine, spot: Spot) -> float:
    """Return the seconds of a rest as planned."""
    index, number = spot
    stage = routine.stages[index]
    own = stage.rest if number is None else stage.exercises[number].rest
    return routine.pace.rest if own is None else own

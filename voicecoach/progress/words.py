"""Progress in plain English words: where an exercise stands, what comes next, and why. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from voicecoach.history.records import Level
from voicecoach.progress.standing import Change, Standing, Why
from voicecoach.progress.way import Way
from voicecoach.routine.growth import amount
from voicecoach.routine.pace import Pace
from voicecoach.routine.progression import Quantity
from voicecoach.units import number

ORDER = (Quantity.REPS, Quantity.TIME, Quantity.HOLD, Quantity.SETS)
"""In which quantities are told."""
UNITS: Mapping[Quantity, tuple[str, str]] = MappingProxyType(
    {
        Quantity.REPS: ("rep", "reps"),
        Quantity.TIME: ("s", "s"),
        Quantity.HOLD: ("s", "s"),
        Quantity.SETS: ("set", "sets"),
    }
)


def dose(way: Way, level: Level, pace: Pace) -> str:
    """Write what is done at a level, and how far that is from the dose as written: ``35 s, 2 sets (+1)``."""
    amounts = _amounts(way, level, pace)
    reps = Quantity.REPS in amounts
    parts = [_amount(what, value, in_rep=reps) for what, value in amounts.items()]
    rung = f" ({level.rung:+d})" if level.rung else ""
    form = f"{way.part(level).exercise.name}: " if level.form else ""
    return f"{form}{', '.join(parts)}{rung}"


def step(way: Way, old: Level, new: Level, pace: Pace) -> str:
    """Write what is new at a level: ``35 s``, ``3 sets``, or the name of another form."""
    if old.form != new.form:
        return way.part(new).exercise.name
    before, after = _amounts(way, old, pace), _amounts(way, new, pace)
    changed = [what for what in after if after[what] != before[what]]
    return ", ".join(_amount(what, after[what], in_rep=Quantity.REPS in after) for what in changed)


def reason(standing: Standing) -> str:
    """Write why a step is due, or why none is."""
    last = "the last one" if standing.easy == 1 else f"the last {standing.easy}"
    days = f"not done for {standing.away} days"
    words = {
        Why.EASY: f"{last} felt easy",
        Why.HIGHEST: f"{last} felt easy, and there is nothing harder",
        Why.LATER: f"{last} felt easy; others get harder first",
        Why.GAP: days,
        Why.RESTED: f"{days}, so nothing gets harder today",
        Why.GOING_ON: f"{last} felt easy" if standing.easy else "it goes on as it is",
        Why.OFF: "its progress is off",
    }
    return words.get(standing.why, str(standing.why))


def today(standing: Standing, pace: Pace) -> str:
    """Write the step that is due: ``35 s``; empty where there is none."""
    if standing.change is Change.NONE:
        return ""
    return step(standing.way, standing.level, standing.then, pace)


def later(standing: Standing, pace: Pace) -> str:
    """Write what comes after that: ``after 2 more easy sessions: 35 s``; empty where nothing does."""
    above = standing.above
    if above is None or standing.why is Why.OFF:
        return ""
    taken = standing.change is not Change.NONE
    after = standing.way.part(standing.then).rule.after
    left = after if taken else max(after - standing.easy, 1)
    more = " more" if standing.easy and not taken else ""
    sessions = "session" if left == 1 else "sessions"
    return f"after {left}{more} easy {sessions}: {step(standing.way, standing.then, above, pace)}"


def _amounts(way: Way, level: Level, pace: Pace) -> dict[Quantity, float]:
    exercise = way.exercise(level)
    found = ((what, amount(exercise, what)) for what in ORDER)
    return {
        what: value.take(pace.sets if what is Quantity.SETS else pace.holds) for what, value in found if value
    }


def _amount(what: Quantity, value: float, *, in_rep: bool) -> str:
    one, many = UNITS[what]
    hold = " hold" if what is Quantity.HOLD and in_rep else ""
    return f"{number(value)} {one if value == 1 else many}{hold}"

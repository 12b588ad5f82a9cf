"""Pauses made shorter, as far as the brisk pace has them, or longer, so that a session fits. Pure."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from voicecoach.plan.fitting.bisection import last
from voicecoach.plan.fitting.draft import Draft, Figure, Pinned, Spot, build, stages_left
from voicecoach.plan.steps import Kind, unroll
from voicecoach.routine.model import Routine
from voicecoach.routine.pace import PACES, Pace
from voicecoach.routine.quantities import BOUNDS

LONGEST_REST = 60.0
"""Seconds up to which a rest grows, or to twice its length where that is more: what one takes between sets
of light work. After some minutes of waiting a session would not be the same; this project's own figure."""
LONGEST: Mapping[Kind, float] = MappingProxyType({Kind.SWITCH: 20, Kind.LEAD_IN: 15})
"""The same for the pauses with the new side or exercise in mind, where a long wait only tires."""
NAMES: Mapping[Kind, str] = MappingProxyType({Kind.SWITCH: "switch", Kind.LEAD_IN: "lead_in"})
"""The figure of the pace that sets each of them."""
EASES = 20
"""In so many steps, pauses come down to those of the brisk pace."""

Pauses = Counter[tuple[Kind, Spot, float]]
"""How often each pause comes: its kind, its place, its seconds."""


def eased(pace: Pace, steps: int, *, keep_rest: bool = False) -> Pace:
    """Return a pace with its pauses nearer to those of the brisk pace: by some of `EASES` steps.

    Lengths come down by whole seconds, as far as they can; what is shorter already stays.
    """
    brisk, share = PACES["brisk"], steps / EASES
    names = ("lead_in", "switch") if keep_rest else ("lead_in", "switch", "rest")
    room = {name: max(0.0, getattr(pace, name) - getattr(brisk, name)) for name in names}
    lengths: dict[str, Any] = {
        name: getattr(pace, name) - min(most, math.ceil(most * share)) for name, most in room.items()
    }
    change = pace.change - max(0.0, pace.change - brisk.change) * share
    return replace(pace, change=change, **lengths)


def pauses(routine: Routine, draft: Draft) -> Pauses:
    """Count the pauses of a draft; places are those of the routine that it is drawn from."""
    whole = build(routine, replace(draft, dropped=frozenset()))
    left = stages_left(routine, draft.dropped)
    found: Pauses = Counter()
    for step in unroll(whole):
        if step.kind not in {Kind.REST, *LONGEST} or step.stage_index not in left or step.seconds is None:
            continue
        spot = step.stage_index, step.exercise_index
        if spot not in draft.dropped:
            found[step.kind, spot, step.seconds] += 1
    return found


def lengthened(routine: Routine, draft: Draft, seconds: float, pinned: Pinned, near: float) -> Draft:
    """Return a draft with pauses that are longer by some seconds in all, as far as they may be.

    Rests take what they can, all alike and by whole seconds; only what is more than that goes to the
    changes of sides, and then to the lead-ins.

    Args:
        routine: what the draft is drawn from.
        draft: how it is without.
        seconds: how much longer.
        pinned: what stays as it is.
        near: so many seconds less or more will do, where that keeps all rests alike.
    """
    found = pauses(routine, draft)
    rests = [
        _Rest(spot, times, now, min(max(LONGEST_REST, 2 * now), max(now, BOUNDS["rest"].high)) - now)
        for (kind, spot, now), times in found.items()
        if kind is Kind.REST and not pinned.rests and spot not in pinned.exercises
    ]
    over = seconds - sum(rest.times * rest.room for rest in rests)
    lengths: dict[str, Any] = {}
    for kind, longest in LONGEST.items() if not pinned.pauses else ():
        now = getattr(draft.pace, NAMES[kind])
        times = sum(times for (one, _, _), times in found.items() if one is kind)
        if times and over > 0:
            more = min(max(0.0, longest - now), round(over / times, 1))
            lengths[NAMES[kind]] = round(now + more, 1)
            over, seconds = over - times * more, seconds - times * more
    more_rest = {Figure(rest.spot, "rest"): rest.now + more for rest, more in _shared(rests, seconds, near)}
    return replace(draft, pace=replace(draft.pace, **lengths), figures={**draft.figures, **more_rest})


@dataclass(frozen=True, slots=True)
class _Rest:
    """The rests of one exercise, or between the rounds of one stage."""

    spot: Spot
    times: int
    now: float
    room: float
    """By how many seconds each may grow."""


def _shared(rests: list[_Rest], seconds: float, near: float) -> Iterable[tuple[_Rest, float]]:
    """Yield the rests that grow, with the seconds by which each does."""

    def total(each: int) -> float:
        return sum(rest.times * min(each, rest.room) for rest in rests)

    most = math.ceil(max((rest.room for rest in rests), default=0))
    each = last(most, lambda each: total(each) <= seconds)
    missing = seconds - total(each)
    if missing > near and abs(seconds - total(each + 1)) <= near:
        each, missing = each + 1, 0.0
    for rest in rests:
        more = min(each, rest.room)
        # A second for each rest may be more than is missing: then some have one more than others.
        if missing > near and rest.times <= missing and more < rest.room:
            more, missing = min(more + 1, rest.room), missing - rest.times
        if more:
            yield rest, more

"""The spread of steps: not everything gets harder on one day, or sessions would soon be too long. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from voicecoach.plan.estimate import routine_seconds
from voicecoach.plan.steps import sets_seconds
from voicecoach.progress.standing import Change, Standing, Why
from voicecoach.routine.model import Routine
from voicecoach.routine.pace import Pace

LONGER = 0.1
"""Of its length, the most that a session gets longer by steps up: this project's own, a careful figure."""
LEAST = 120
"""Seconds that a session may get longer, however short it is: the project's own."""


def spread(
    routine: Routine, standings: Mapping[str, Standing], paired: Mapping[str, str], rounds: Mapping[str, int]
) -> Mapping[str, Standing]:
    """Return standings of which no more go up than make a session a tenth longer, or two minutes.

    One step is always taken, however long.

    Those with most easy sessions come first, then those that come first in the routine; who has to wait has
    most the next time.

    Args:
        routine: at the levels that its exercises have, at the pace of the session.
        standings: by address, in the order of the routine.
        paired: the addresses of halves that move together.
        rounds: how often each exercise is done, by address.
    """
    left = max(LONGER * routine_seconds(routine), LEAST)
    rising = [address for address, one in standings.items() if one.change is Change.UP]
    decided: dict[str, bool] = {}
    for address in sorted(rising, key=lambda address: -standings[address].easy):
        if address in decided:
            continue
        group = [address, *filter(None, (paired.get(address),))]
        cost = sum(_longer(standings[one], routine.pace) * rounds[one] for one in group)
        goes = cost <= left or not any(decided.values())
        decided |= dict.fromkeys(group, goes)
        left -= max(cost, 0) if goes else 0
    return {
        address: _waiting(one) if decided.get(address) is False else one for address, one in standings.items()
    }


def _longer(one: Standing, pace: Pace) -> float:
    """Return how many seconds longer an exercise takes after its step."""
    before, after = (one.way.exercise(level) for level in (one.level, one.then))
    return sets_seconds(after, pace) - sets_seconds(before, pace)


def _waiting(one: Standing) -> Standing:
    return replace(one, change=Change.NONE, then=one.level, why=Why.LATER)

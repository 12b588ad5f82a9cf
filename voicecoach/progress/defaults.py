"""The usual rules of progress, by kind of work and by aim: one table, each with the source of its figures.

Their ends lie low rather than high: whoever knows the body in question can write others. Where no source is
named, the figures are this project's own. They are for healthy adults, and no medical advice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voicecoach.plan.guidelines import ACSM, BEHM, PAGE
from voicecoach.routine.model import Aim, Exercise
from voicecoach.routine.progression import OFF, Rule, parse_rule
from voicecoach.routine.work import ContractRelax, Hold, Open, Reps, Timed, Work

OWN = "this project's own"
REPS_TO_12 = "8 to 12 reps: ACSM 2009, Progression Models in Resistance Training for Healthy Adults"


@dataclass(frozen=True, slots=True)
class Usual:
    """How an exercise usually gets harder."""

    rule: Rule
    source: str
    """Of its figures."""
    most: float | None = None
    """Seconds of all its sets on one side: a step that asks for more is not taken; None: any."""
    is_usual: bool = True
    """Whether nobody wrote it for this exercise: then it does not leave the ranges that its dose has."""


_NEXT = Rule(to_next_form=True)


def _usual(rule: str, source: str, most: float | None = None) -> Usual:
    return Usual(parse_rule(rule), source, most)


_STRETCHED = f"holds of 10 to 30 s, older adults to 60 s ({ACSM.text}); 60 to 90 s in all ({PAGE.text})"
_PRESSED = f"10 to 30 s of stretch after pressing ({ACSM.text}); 60 to 90 s in all ({PAGE.text})"
_ROLLED = f"1 to 3 sets of 30 to 120 s ({BEHM.text}); the ends are {OWN}"
DEFAULTS: Mapping[tuple[type[Work], Aim], Usual] = MappingProxyType(
    {
        (Hold, Aim.STRETCH): _usual(
            "hold +5 s to 30 s, sets +1 to 2, hold +5 s to 45 s, next form", _STRETCHED, most=90
        ),
        (ContractRelax, Aim.STRETCH): _usual("hold +5 s to 30 s, sets +1 to 3, next form", _PRESSED, most=90),
        (Reps, Aim.STRETCH): _usual("reps +1 to 12, sets +1 to 2, next form", OWN),
        (Timed, Aim.STRETCH): _usual("time +5 s to 60 s, sets +1 to 2, next form", OWN),
        (Timed, Aim.ROLL): _usual("time +10 s to 90 s, sets +1 to 2, next form", _ROLLED),
        (Hold, Aim.ROLL): _usual("hold +10 s to 60 s, sets +1 to 2, next form", _ROLLED),
        (Reps, Aim.STRENGTHEN): _usual(
            "reps +1 to 12, sets +1 to 3, next form", f"{REPS_TO_12}; the sets are {OWN}"
        ),
        (Hold, Aim.STRENGTHEN): _usual("hold +5 s to 30 s, sets +1 to 3, next form", OWN),
        (Timed, Aim.STRENGTHEN): _usual("time +5 s to 60 s, sets +1 to 3, next form", OWN),
        (ContractRelax, Aim.STRENGTHEN): _usual("sets +1 to 3, next form", OWN),
        (Reps, Aim.MOVE): _usual("reps +1 to 12, sets +1 to 2, next form", OWN),
        (Timed, Aim.MOVE): _usual("time +5 s to 60 s, sets +1 to 2, next form", OWN),
        (Hold, Aim.MOVE): _usual("hold +5 s to 30 s, sets +1 to 2, next form", OWN),
    }
)
"""By the work and what it is for. Steps of one rep, one set and 5 or 10 s are this project's own."""
OTHERS: Mapping[type[Work], Usual] = MappingProxyType(
    {
        # Its length is what one can; there is nothing to be added to.
        Open: Usual(_NEXT, OWN),
        Hold: Usual(_NEXT, OWN),
        Timed: Usual(_NEXT, OWN),
        Reps: Usual(_NEXT, OWN),
        ContractRelax: Usual(_NEXT, OWN),
    }
)
"""Where that has no row: no more than another form."""
STAYS = Usual(OFF, OWN)


def usual(exercise: Exercise, aim: Aim) -> Usual:
    """Return how an exercise gets harder: as it says itself, else as is usual for its work and aim."""
    if exercise.progress is not None:
        return Usual(exercise.progress, "the routine", is_usual=False)
    work = type(exercise.work)
    return DEFAULTS.get((work, aim), OTHERS.get(work, STAYS))

"""Which cues a step wishes for: one table, a row for each kind of step."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from voicecoach.plan import pause_cues, set_cues
from voicecoach.plan.cues import Cue, Priority
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.wishes import PAN, Wishes

Maker = Callable[[Wishes, Step, int], Iterator[Cue]]
"""Yield the cues of a step, given how many frames it lasts."""

MAKERS: Mapping[Kind, Maker] = MappingProxyType(
    {
        Kind.LEAD_IN: pause_cues.lead_in,
        Kind.SWITCH: pause_cues.switch,
        Kind.REST: pause_cues.rest,
        Kind.RELAX: pause_cues.relax,
        Kind.WAIT: pause_cues.wait,
        Kind.HOLD: set_cues.hold,
        Kind.TIMED: set_cues.hold,
        Kind.REP_SET: set_cues.reps,
        Kind.CONTRACT: set_cues.press,
        Kind.OPEN: set_cues.open_ended,
    }
)


def wanted(wishes: Wishes, step: Step) -> list[Cue]:
    """Return the cues of a step of a known length; those with nothing to be heard are left out."""
    cues = MAKERS[step.kind](wishes, step, wishes.frames(step.seconds or 0))
    return [panned(wishes, step, cue) for cue in cues if cue.variants]


def panned(wishes: Wishes, step: Step, cue: Cue) -> Cue:
    """Return a cue on its side: all that is heard in a set of one side, and what calls that side."""
    if wishes.pan and step.side and (step.is_work or cue.priority in {Priority.SIGNAL, Priority.SIDE}):
        return replace(cue, pan=PAN[step.side])
    return cue

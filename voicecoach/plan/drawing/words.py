"""The words of a drawing: lengths, doses, what a block says of itself and what it tells on pointing at it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from voicecoach import units
from voicecoach.plan.document import SegmentEntry
from voicecoach.plan.phrases import Phrases
from voicecoach.plan.steps import WORK, Kind

TIMES = "\N{MULTIPLICATION SIGN}"
_MOST_AMOUNTS = 3
"""A dose of more different amounts is not listed."""
_SIDES = {
    frozenset({"left", "right"}): "drawing.both",
    frozenset({"left"}): "drawing.left",
    frozenset({"right"}): "drawing.right",
}
"""The phrase of a dose for the sides that work."""


@dataclass(frozen=True, slots=True)
class Run:
    """Segments that follow one another and belong together: a stage, or an exercise within it."""

    segments: tuple[SegmentEntry, ...]

    @property
    def first(self) -> SegmentEntry:
        """Return the segment it begins with."""
        return self.segments[0]

    @property
    def start(self) -> int:
        """Return the frame at which it starts."""
        return self.first.start_frame

    @property
    def frames(self) -> int:
        """Return its length."""
        return sum(segment.frames for segment in self.segments)


def runs(segments: Iterable[SegmentEntry], key: Callable[[SegmentEntry], object]) -> Iterator[Run]:
    """Yield the runs of segments that have the same key."""
    for _, group in groupby(segments, key):
        yield Run(tuple(group))


def length(frames: int, sample_rate: int, phrases: Phrases) -> str:
    """Write a length as a prescription does: ``30 s``, ``90 s``, ``2 min``, ``2:30 min``."""
    seconds = round(frames / sample_rate, 1)
    if seconds < 120:  # noqa: PLR2004 - "90 s" is what is prescribed
        return f"{phrases.figure(seconds)} s"
    clock = units.clock(seconds)
    return f"{clock.removesuffix(':00')} min" if seconds < 3600 else f"{clock} h"  # noqa: PLR2004


def amount(segment: SegmentEntry, sample_rate: int, phrases: Phrases) -> str:
    """Return what one set consists of."""
    if segment.reps:
        return phrases.text("amount.reps", count=segment.reps)
    lasts = length(segment.frames, sample_rate, phrases)
    return phrases.text("amount.open", length=lasts) if segment.kind == Kind.OPEN else lasts


def dose(segments: Sequence[SegmentEntry], sample_rate: int, phrases: Phrases) -> str:
    """Return the dose of an exercise as planned: two times 30 s per side; nothing where there is no work."""
    work = [segment for segment in segments if segment.kind in WORK]
    if not work:
        return ""
    kinds = {segment.kind for segment in work}
    amounts = dict.fromkeys(
        _of_kind(segment, amount(segment, sample_rate, phrases), phrases)
        if len(kinds) > 1
        else amount(segment, sample_rate, phrases)
        for segment in work
    )
    sets = len({(segment.round, segment.set) for segment in work})
    listed = " + ".join(amounts) if len(amounts) <= _MOST_AMOUNTS else phrases.text("drawing.mixed")
    if len(kinds) > 1 and sets > 1:
        listed = f"({listed})"
    whole = f"{sets} {TIMES} {listed}"
    key = _SIDES.get(frozenset(segment.side or "" for segment in work))
    return phrases.text(key, dose=whole) if key else whole


def _of_kind(segment: SegmentEntry, told: str, phrases: Phrases) -> str:
    """Return an amount with the kind of work it is of, where an exercise has several."""
    key = f"drawing.amount.{segment.kind}"
    return phrases.text(key, amount=told) if segment.kind in {Kind.HOLD, Kind.CONTRACT} else told


def round_of(segments: Sequence[SegmentEntry], phrases: Phrases) -> str:
    """Return the round that segments belong to, where there are several rounds and they are of one."""
    found = {(segment.round, segment.rounds) for segment in segments if segment.round}
    if len(found) != 1:
        return ""
    number, of = next(iter(found))
    return phrases.text("plan.round", round=number, rounds=of) if (of or 0) > 1 else ""


def inside(segment: SegmentEntry, sample_rate: int, phrases: Phrases) -> tuple[str, ...]:
    """Return what a block may say, the fullest first: the drawing takes the first that fits."""
    long = amount(segment, sample_rate, phrases)
    if segment.kind in {Kind.REST, Kind.WAIT, Kind.CONTRACT, Kind.RELAX}:
        name = phrases.text(f"kind.{segment.kind}")
        full = phrases.text(f"drawing.inside.{segment.kind}", length=long)
        return (full, name) if segment.kind in {Kind.REST, Kind.WAIT} else (full, name, long)
    short = f"{segment.reps}{TIMES}" if segment.reps else long
    if (segment.sets or 0) > 1:
        number = f"{segment.set}/{segment.sets}"
        return (f"{number} · {long}", f"{number} · {short}", number, f"{segment.set}")
    return (long, short)


def pointed_at(segment: SegmentEntry, sample_rate: int, phrases: Phrases) -> str:
    """Return what is told of a segment to who points at it."""
    start = units.clock(segment.start_frame / sample_rate)
    sets = (segment.sets or 0) > 1
    parts = (
        segment.label,
        phrases.text(f"kind.{segment.kind}") if segment.kind in set(Kind) else segment.kind,
        phrases.text("screen.set", set=segment.set, sets=segment.sets) if sets else "",
        round_of([segment], phrases),
        amount(segment, sample_rate, phrases) if segment.reps else "",
        phrases.text("drawing.from", length=length(segment.frames, sample_rate, phrases), start=start),
    )
    return ", ".join(filter(None, parts))

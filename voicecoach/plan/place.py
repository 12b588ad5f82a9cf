"""Give cues their places: greedily by priority, each variant in turn, nearest to its moment.

The search is exact: the best free place is either the wanted one, or touches a neighbour or an end
of the cue's window; so no cue is left out where a free place existed.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from voicecoach.plan.cues import Anchor, Cue
from voicecoach.plan.timeline import Compromise, Event, Measure, Sound, Tone


@dataclass(frozen=True, slots=True, order=True)
class _Taken:
    """A stretch of a segment that is taken."""

    start: int
    end: int
    apart: int
    sound: Sound = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Window:
    """The onsets that a sound may have, first and last included, and the one that is wanted."""

    wanted: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class _Granted:
    """A variant that found its place."""

    sound: Sound
    onset: int
    length: int


def place(
    cues: Iterable[Cue], frames: int, measure: Measure
) -> tuple[tuple[Event, ...], tuple[Compromise, ...]]:
    """Place cues in a segment of a length in frames.

    Returns:
        The events in the order of their onsets, and what was shortened, moved or dropped.
    """
    fitter = Fitter(frames, measure)
    fitter.place(cues)
    return fitter.events(), tuple(fitter.compromises)


class Fitter:
    """Fit cues into one segment. Whoever comes first has its place for good."""

    def __init__(self, frames: int, measure: Measure, heard: Iterable[Event] = (), since: int = 0) -> None:
        """Begin with an empty segment, or with one that is under way.

        Args:
            frames: the length of the segment.
            measure: how long each sound lasts.
            heard: events that have their place already.
            since: the first frame at which anything may be placed.
        """
        self.compromises: list[Compromise] = []
        self._frames, self._measure, self._since = frames, measure, since
        self._events = list(heard)
        self._taken = sorted(
            # What comes now keeps its own distance to them.
            _Taken(event.onset, event.onset + measure(event.sound), frames, event.sound)
            for event in self._events
        )

    def events(self) -> tuple[Event, ...]:
        """Return all that has its place, in the order of the onsets."""
        return tuple(sorted(self._events, key=lambda event: event.onset))

    def place(self, cues: Iterable[Cue]) -> None:
        """Grant cues in the order of their priority, and note what could not be as it was wished."""
        for cue in sorted(cues, key=lambda cue: cue.priority):
            granted = self._grant(cue)
            if compromise := self._compromise(cue, granted):
                self.compromises.append(compromise)
            if granted:
                self._take(cue, granted)

    def grant(self, cue: Cue) -> Event | None:
        """Grant one cue that nobody misses; return its event, or None where there is no place for it."""
        granted = self._grant(cue)
        return self._take(cue, granted) if granted else None

    def _take(self, cue: Cue, granted: _Granted) -> Event:
        onset, end = granted.onset, granted.onset + granted.length
        insort(self._taken, _Taken(onset, end, cue.apart, granted.sound))
        event = Event(onset, granted.sound, pan=cue.pan)
        self._events.append(event)
        return event

    def _grant(self, cue: Cue) -> _Granted | None:
        """Return the first variant that finds a place."""
        for sound in cue.variants:
            length = self._measure(sound)
            if cue.longest is not None and length > cue.longest:
                continue
            onset = _nearest(self._window(cue, length), length, cue.apart, self._taken)
            if onset is not None:
                return _Granted(sound, onset, length)
        return None

    def _window(self, cue: Cue, length: int) -> _Window:
        wanted = cue.wanted(length)
        low = wanted if cue.anchor is Anchor.FROM else wanted - cue.slack
        return _Window(wanted, max(self._since, low), min(self._frames - length, wanted + cue.slack))

    def _compromise(self, cue: Cue, granted: _Granted | None) -> Compromise | None:
        first = cue.variants[0]
        length = self._measure(first)
        if granted is None:
            return Compromise(named(first), "dropped", "", self._reason(cue, length))
        if granted.sound != first:
            return Compromise(named(first), "shortened", named(granted.sound), self._reason(cue, length))
        moved = granted.onset - cue.wanted(length)
        if cue.anchor is not Anchor.FROM and moved:
            return Compromise(named(first), "moved", named(first), self._reason(cue, length), moved)
        return None

    def _reason(self, cue: Cue, length: int) -> str:
        """Say why a sound could not be heard where its cue wanted it."""
        if cue.longest is not None and length > cue.longest:
            return "it lasts longer than it may"
        window = self._window(cue, length)
        if window.wanted < self._since:
            return "it would begin before its step" if self._since == 0 else "its moment had passed"
        if cue.anchor is not Anchor.FROM and window.wanted + length > self._frames:
            return "it would not end within its step"
        near = _near(window, length, cue.apart, self._taken)
        if cue.anchor is Anchor.FROM:
            names = [named(one.sound) for one, _, last in near if last >= window.low]
        else:
            names = [named(one.sound) for one, first, last in near if first <= window.wanted <= last]
        listed = ", ".join(f"'{name}'" for name in dict.fromkeys(names))
        return (
            f"{listed} {'has' if len(set(names)) == 1 else 'have'} that place" if names else "no free place"
        )


def _near(window: _Window, length: int, apart: int, taken: Sequence[_Taken]) -> list[tuple[_Taken, int, int]]:
    """Return what is taken around a window, each with the first and the last onset that would touch it."""
    # Stretches never overlap, so all are in order.
    first_near = bisect_left(taken, window.low - apart, key=_start_of) - 1
    last_near = bisect_right(taken, window.high + length + apart, key=_start_of)
    return [
        (one, one.start - length - min(apart, one.apart) + 1, one.end + min(apart, one.apart) - 1)
        for one in taken[max(0, first_near) : last_near]
    ]


def _nearest(window: _Window, length: int, apart: int, taken: Sequence[_Taken]) -> int | None:
    """Return the free onset of the window that is nearest to the wanted one."""
    if window.low > window.high:
        return None
    near = [(first, last) for _, first, last in _near(window, length, apart, taken)]
    start = min(max(window.wanted, window.low), window.high)
    candidates = [start, *(first - 1 for first, _ in near), *(last + 1 for _, last in near)]
    free = [
        onset
        for onset in candidates
        if window.low <= onset <= window.high and not any(first <= onset <= last for first, last in near)
    ]
    return min(free, key=lambda onset: (abs(onset - window.wanted), onset), default=None)


def _start_of(taken: _Taken) -> int:
    return taken.start


def named(sound: Sound) -> str:
    """Return what a report calls a sound."""
    return sound.name if isinstance(sound, Tone) else sound.text

"""What is seen of a session: a live view on a terminal, plain lines in a pipe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.padding import Padding
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from voicecoach.plan.steps import Kind
from voicecoach.plan.timeline import Segment
from voicecoach.session.player import Screen
from voicecoach.session.playhead import Place
from voicecoach.units import clock

Total = Callable[[], tuple[int, bool]]
"""Return the frames of the whole session, and whether they are exact yet."""

KEYS_LINE = "space: pause   n: next   b: back   q: end"
WAITING_LINE = "any key: go on   b: back   q: end"


def set_words(segment: Segment) -> str:
    """Return ``set 2 of 3`` for a set, and nothing for anything else."""
    step = segment.step
    return f"set {step.set} of {step.sets}" if step.is_work or step.kind in {Kind.REST, Kind.SWITCH} else ""


class PlainScreen:
    """Print a line for each segment as it begins."""

    def __init__(self, console: Console, sample_rate: int, total: Total) -> None:
        """Print to a console."""
        self._console, self._sample_rate, self._total = console, sample_rate, total
        self._shown: Segment | None = None
        self._paused = False

    def show(self, place: Place, *, paused: bool) -> None:
        """Print the segment where it is another than the last time."""
        if paused != self._paused:
            self._paused = paused
            self._print("paused" if paused else "going on")
        if self._shown is None:
            total, exact = self._total()
            self._print(f"{'' if exact else 'about '}{clock(total / self._sample_rate)} in all")
        if place.segment is self._shown:
            return
        self._shown = place.segment
        passed = (place.passed - place.offset) / self._sample_rate
        parts = [
            place.segment.label,
            set_words(place.segment),
            f"{place.segment.frames / self._sample_rate:.0f} s",
            f"then {place.following.label}" if place.following else "",
        ]
        self._print(f"{clock(passed):>7}  " + ", ".join(filter(None, parts)))

    def tell(self, text: str) -> None:
        """Print the line."""
        self._print(text)

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


class LiveScreen:
    """Draw the exercise, the side, the set, the time left, what is next and the total."""

    def __init__(self, live: Live, sample_rate: int, total: Total) -> None:
        """Draw on a live display that is running."""
        self._live, self._sample_rate, self._total = live, sample_rate, total
        self._drawn: tuple[object, ...] = ()

    def show(self, place: Place, *, paused: bool) -> None:
        """Draw again where anything that is seen has changed."""
        total, exact = self._total()
        left = -(-(place.segment.frames - place.offset) // self._sample_rate)
        now = (place.segment, left, place.following, place.passed // self._sample_rate, total, exact, paused)
        if now != self._drawn:
            self._drawn = now
            self._live.update(self._view(place, left, total, exact=exact, paused=paused), refresh=True)

    def tell(self, text: str) -> None:
        """Print the line above what is drawn."""
        self._live.console.print(text, markup=False, highlight=False)

    def _time(self, place: Place, left: int) -> str:
        """Return the time that is left; in an open-ended step, that which has gone by."""
        step = place.segment.step
        if step.is_ready_check:
            return "waiting for you"
        return clock(place.offset // self._sample_rate if step.kind is Kind.OPEN else left)

    def _view(self, place: Place, left: int, total: int, *, exact: bool, paused: bool) -> Padding:
        step = place.segment.step
        head = Table.grid(expand=True)
        head.add_column(ratio=1)
        head.add_column(justify="right")
        head.add_row(
            Text(place.segment.label, style="bold"),
            Text("PAUSED" if paused else self._time(place, left), style="bold"),
        )
        where = [step.stage.title if step.stage else "", step.exercise.name if step.exercise else ""]
        head.add_row(
            Text(", ".join(filter(None, [*dict.fromkeys(where), set_words(place.segment)]))), Text("")
        )
        bar = Table.grid(expand=True)  # On its own, a bar does not end its line.
        bar.add_row(ProgressBar(total=max(total, 1), completed=min(place.passed, total)))
        following = place.following.label if place.following else "the end"
        passed = place.passed / self._sample_rate
        whole = ("" if exact else "~") + clock(total / self._sample_rate)
        return Padding(
            Group(
                head,
                bar,
                Text(f"{clock(passed)} of {whole}    next: {following}"),
                Text(WAITING_LINE if step.waits else KEYS_LINE, style="dim"),
            ),
            (1, 2),
        )


@contextmanager
def open_screen(console: Console, sample_rate: int, total: Total) -> Iterator[Screen]:
    """Open the live view on a terminal, plain lines elsewhere; the terminal is as before when this ends."""
    if not console.is_terminal or console.is_dumb_terminal:
        yield PlainScreen(console, sample_rate, total)
        return
    with Live(console=console, auto_refresh=False, transient=True) as live:
        yield LiveScreen(live, sample_rate, total)

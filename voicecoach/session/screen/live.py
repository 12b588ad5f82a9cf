"""The live view: drawn again where anything that is seen has changed, ten times a second at most."""

import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from rich.console import Console
from rich.control import Control
from rich.live import Live

from voicecoach.plan.phrases import ENGLISH, Phrases, load_phrases
from voicecoach.plan.steps import Kind, Step
from voicecoach.session.playhead import Place
from voicecoach.session.screen.view import Seen, bar_cells, view
from voicecoach.session.screen.words import Total, set_words, total_words
from voicecoach.session.suspension import suspension
from voicecoach.units import clock

LOOK_SECONDS = 0.1
"""Between two looks at what has changed."""
TOLD_SECONDS = 5.0
"""What is told stays for so long."""


class LiveScreen:
    """Draw the exercise, the side, the set, the time left, what is next and the total."""

    def __init__(
        self,
        live: Live,
        sample_rate: int,
        total: Total,
        phrases: Phrases,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Draw on a live display that is running, in a language; a test brings its own clock."""
        self._phrases = phrases
        self._live, self._sample_rate, self._total, self._now = live, sample_rate, total, now
        self._drawn: Seen | None = None
        self._paused = False
        self._told, self._told_until = "", 0.0
        self._with_keys = False
        self._spoilt = False
        self._due = 0.0

    def show(self, place: Place, *, paused: bool) -> None:
        """Draw again where anything that is seen has changed; a pause is seen at once."""
        now = self._now()
        if now < self._due and paused == self._paused:
            return
        self._due, self._paused = now + LOOK_SECONDS, paused
        seen = self._seen(place, now)
        if seen != self._drawn:
            self._draw(seen)

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Show what happened, for some seconds, or until the next time."""
        self._told = " ".join(text.split())
        self._told_until = math.inf if stays else self._now() + TOLD_SECONDS

    def show_keys(self) -> None:
        """Show the table of keys, or put it away again."""
        self._with_keys = not self._with_keys

    def spoil(self) -> None:
        """Hear that the terminal was somebody else's: all is drawn anew."""
        self._spoilt, self._drawn, self._due = True, None, 0.0

    def _seen(self, place: Place, now: float) -> Seen:
        step, size = place.segment.step, self._live.console.size
        name = step.exercise.name if step.exercise and step.is_work else place.segment.label
        exercise = step.exercise.name if step.exercise else ""
        text = self._phrases.text
        side = text(f"screen.side.{step.side}") if step.side else ""
        following = place.following
        total, _ = self._total()
        halves = 2 * bar_cells(size.width, self._phrases)
        passed = clock(place.passed // self._sample_rate)
        return Seen(
            size.width,
            size.height,
            stage=step.stage.title if step.stage else "",
            name=name,
            where=", ".join(
                filter(None, ["" if name == exercise else exercise, side, set_words(step, self._phrases)])
            ),
            time=text("screen.paused") if self._paused else self._time(place, step),
            step=0 if step.is_ready_check else halves * place.offset // max(place.segment.frames, 1),
            session=halves * min(place.passed, total) // max(total, 1),
            clock=total_words(self._total, self._sample_rate, self._phrases, "screen.clock", passed=passed),
            following=text("screen.next", name=following.label) if following else text("screen.next.end"),
            told=self._told if now < self._told_until else "",
            waits=step.waits,
            with_keys=self._with_keys,
        )

    def _time(self, place: Place, step: Step) -> str:
        """Return the time that is left; in an open-ended step, that which has gone by."""
        if step.is_ready_check:
            return self._phrases.text("screen.waiting")
        if step.kind is Kind.OPEN:
            return clock(place.offset // self._sample_rate)
        return clock(-(-(place.segment.frames - place.offset) // self._sample_rate))

    def _draw(self, seen: Seen) -> None:
        before, self._drawn = self._drawn, seen
        resized = before is not None and (before.width, before.height) != (seen.width, seen.height)
        if self._spoilt or resized:
            # What stands there was moved by others: nothing tells by how much.
            self._spoilt = False
            self._live.console.show_cursor(False)  # noqa: FBT003 - as rich has it
            self._live.console.clear()
        self._live.update(view(seen, self._phrases), refresh=True)


@contextmanager
def open_live(
    console: Console, sample_rate: int, total: Total, phrases: Phrases | None = None
) -> Iterator[LiveScreen]:
    """Open the live view on a terminal; while the program is put aside, the cursor is seen.

    Args:
        console: where to draw.
        sample_rate: of the session.
        total: tells how long the session is.
        phrases: of the language of the session; None: English.
    """

    def show_cursor() -> None:
        # Past the console, which may be in the middle of a line.
        with suppress(OSError):
            os.write(console.file.fileno(), str(Control.show_cursor(True)).encode())  # noqa: FBT003

    live = Live(console=console, auto_refresh=False, transient=True)
    try:
        live.start()
        screen = LiveScreen(live, sample_rate, total, phrases or load_phrases(ENGLISH))
        with suspension(show_cursor, screen.spoil):
            yield screen
    finally:
        live.stop()

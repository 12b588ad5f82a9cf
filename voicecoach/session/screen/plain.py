"""Plain lines: for a pipe, a screen reader, a terminal that cannot draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.session.controls import key_rows
from voicecoach.session.screen.words import Total, set_words, total_words
from voicecoach.units import clock

if TYPE_CHECKING:
    from rich.console import Console

    from voicecoach.plan.phrases import Phrases
    from voicecoach.plan.timeline import Segment
    from voicecoach.session.playhead import Place


class PlainScreen:
    """Print a line for each segment as it begins, without any control character."""

    def __init__(self, console: Console, sample_rate: int, total: Total, phrases: Phrases) -> None:
        """Print to a console, in a language."""
        self._phrases = phrases
        self._console, self._sample_rate, self._total = console, sample_rate, total
        self._shown: Segment | None = None
        self._paused = False

    def show(self, place: Place, *, paused: bool) -> None:
        """Print the segment where it is another than the last time."""
        if paused != self._paused:
            self._paused = paused
            self._print(self._phrases.text("plain.paused" if paused else "plain.going_on"))
        if self._shown is None:
            self._print(total_words(self._total, self._sample_rate, self._phrases, "plain.total"))
        if place.segment is self._shown or place.is_aside:
            return
        self._shown = place.segment
        passed = (place.passed - place.offset) / self._sample_rate
        parts = [
            place.segment.label,
            set_words(place.segment.step, self._phrases),
            f"{place.segment.frames / self._sample_rate:.0f} s",
            self._phrases.text("plain.then", name=place.following.label) if place.following else "",
        ]
        self._print(f"{clock(passed):>7}  " + ", ".join(filter(None, parts)))

    def tell(self, text: str, *, stays: bool = False) -> None:
        """Print what happened."""
        del stays
        self._print(text)

    def show_keys(self) -> None:
        """Print the table of keys."""
        for keys, command in key_rows(self._phrases):
            self._print(f"{keys}: {command}")

    def _print(self, line: str) -> None:
        printable = "".join(character if character.isprintable() else " " for character in line)
        self._console.print(printable, markup=False, highlight=False, emoji=False, soft_wrap=True)

"""What is seen of a session: a live view on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from rich.console import Console

from voicecoach.plan.phrases import ENGLISH, Phrases, load_phrases
from voicecoach.session.screen.hang_up import Presence, ending_with
from voicecoach.session.screen.live import open_live
from voicecoach.session.screen.plain import PlainScreen
from voicecoach.session.screen.words import Total
from voicecoach.session.several import Screens
from voicecoach.session.viewer import Screen


@contextmanager
def open_screen(
    console: Console,
    sample_rate: int,
    total: Total,
    phrases: Phrases | None = None,
    *,
    plain: bool = False,
) -> Iterator[Screen]:
    """Open what is seen of a session; the terminal is as before when this ends, however it ends.

    Args:
        console: where to print.
        sample_rate: of the session.
        total: tells how long the session is.
        phrases: of the language of the session; None: English.
        plain: print plain lines, also on a terminal that could do more.
    """
    phrases = phrases or load_phrases(ENGLISH)
    with ExitStack() as stack:
        stack.enter_context(ending_with(console))
        if plain or not console.is_terminal or console.is_dumb_terminal:
            screen: Screen = PlainScreen(console, sample_rate, total, phrases)
        else:
            screen = stack.enter_context(open_live(console, sample_rate, total, phrases))
        yield Screens(Presence(console), screen) if console.file.isatty() else screen

"""Playing a session with all that belongs to it: keys, screen, the place that is kept, other sessions."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicecoach.live import Live
    from voicecoach.output.sink import DeviceSink
    from voicecoach.session.keeping import Kept
    from voicecoach.session.player import End
    from voicecoach.session.playhead import Place
    from voicecoach.session.remote import Remote


def play_live(  # noqa: PLR0913 - what belongs to a session is a lot
    live: Live,
    open_sink: Callable[[], DeviceSink],
    desktop: Remote,
    kept: Callable[[Place, float], Kept | None],
    *,
    latency: float,
    plain: bool,
) -> tuple[End, int]:
    """Play a session with all that belongs to it; return how it ended, and how often sound was late."""
    from rich.console import Console  # noqa: PLC0415 - heavy imports only where used

    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.session.alone import alone  # noqa: PLC0415
    from voicecoach.session.keeping import Keeper  # noqa: PLC0415
    from voicecoach.session.keyboard import keyboard  # noqa: PLC0415
    from voicecoach.session.player import End  # noqa: PLC0415
    from voicecoach.session.screen import open_screen  # noqa: PLC0415
    from voicecoach.session.several import Screens, first_of  # noqa: PLC0415

    title = live.session.routine.title
    since = f"{title}, since {time.strftime('%H:%M')}, process {os.getpid()}"
    with ExitStack() as stack:
        other = stack.enter_context(alone(folders.playing(), since))
        if other:
            note = f"another session is playing ({other}); the place of this one is not kept"
            click.echo(f"voicecoach: {note}", err=True)
        keeper = Keeper(None if other else folders.unfinished(), kept)
        poll = stack.enter_context(keyboard())
        rate, total, phrases = live.session.planner.sample_rate, live.total(), live.session.planner.phrases
        screen = stack.enter_context(open_screen(Console(), rate, total, phrases, plain=plain))
        screens = Screens(keeper, screen, desktop.screen(title, rate, total, phrases))
        player = live.player(open_sink, screens, first_of(poll, desktop.poll), latency)
        end = player.play()
        if end is End.FINISHED:
            keeper.forget()
    return end, player.underruns

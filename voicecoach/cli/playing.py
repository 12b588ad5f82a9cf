"""Playing a session with all that belongs to it: keys, screen, the place that is kept, other sessions."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicecoach.live import Live
    from voicecoach.output.sink import DeviceSink
    from voicecoach.session.player import End


def play_live(  # noqa: PLR0913
    live: Live,
    open_sink: Callable[[], DeviceSink],
    latency: float,
    name: str,
    arguments: tuple[str, ...],
    *,
    plain: bool,
) -> tuple[End, int]:
    """Play a session with all that belongs to it; return how it ended, and how often sound was late."""
    from rich.console import Console  # noqa: PLC0415 - heavy imports only where used

    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.session.alone import alone  # noqa: PLC0415
    from voicecoach.session.keeping import Keeper, Kept  # noqa: PLC0415
    from voicecoach.session.keyboard import keyboard  # noqa: PLC0415
    from voicecoach.session.player import End  # noqa: PLC0415
    from voicecoach.session.screen import open_screen  # noqa: PLC0415
    from voicecoach.session.several import Screens  # noqa: PLC0415

    title = live.session.routine.title
    since = f"{title}, since {time.strftime('%H:%M')}, process {os.getpid()}"
    with ExitStack() as stack:
        other = stack.enter_context(alone(folders.playing(), since))
        if other:
            note = f"another session is playing ({other}); the place of this one is not kept"
            click.echo(f"voicecoach: {note}", err=True)
        folder = str(Path.cwd())
        keeper = Keeper(
            None if other else folders.unfinished(),
            live.desk.spot,
            lambda label, spot, now: Kept(title, label, name, arguments, folder, spot, now),
        )
        poll = stack.enter_context(keyboard())
        rate = live.session.planner.sample_rate
        screen = stack.enter_context(open_screen(Console(), rate, live.total(), plain=plain))
        player = live.player(open_sink, Screens(screen, keeper), poll, latency)
        end = player.play()
        if end is End.FINISHED:
            keeper.forget()
    return end, player.underruns

"""Playing a session with all that belongs to it: keys, screen, the place that is kept, other sessions."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicecoach.coach import Session
    from voicecoach.history.log import Log
    from voicecoach.live import Live
    from voicecoach.logbook import Logbook
    from voicecoach.output.sink import DeviceSink
    from voicecoach.session.keeping import Kept
    from voicecoach.session.player import End
    from voicecoach.session.playhead import Place
    from voicecoach.session.remote import Remote
    from voicecoach.training import Training


def play_live(  # noqa: PLR0913 - what belongs to a session is a lot
    live: Live,
    open_sink: Callable[[], DeviceSink],
    desktop: Remote,
    kept: Callable[[Place, float], Kept | None],
    logbook: Logbook | None,
    *,
    latency: float,
    plain: bool,
    asks: bool,
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
        recorder = logbook.recorder(live.session) if logbook else None
        recorders = (recorder,) if recorder else ()
        screens = Screens(keeper, screen, desktop.screen(title, rate, total, phrases), *recorders)
        player = live.player(open_sink, screens, first_of(poll, desktop.poll), latency)
        trouble: list[str] = []

        def ended(end: End) -> None:
            if end is End.FINISHED:
                keeper.forget()
            if logbook and recorder:
                trouble.extend(_unwritten(lambda: logbook.close(recorder, end)))

        player.ended = ended
        if logbook and recorder:
            stack.callback(recorder.close)
            if asks and live.session.planner.has_keys:
                player.question = logbook.question(live.session, recorder)
        end = player.play()
    if logbook and recorder:
        trouble.extend(_unwritten(lambda: logbook.answer(player.answer)))
        _tell(recorder.trouble or next(iter(trouble), ""))
    return end, player.underruns


def logbook_of(session: Session, routine: str, log: Log, found: Training | None) -> Logbook:
    """Return the page of a session in the log.

    Args:
        session: as it is about to be played.
        routine: the name or the path that it is asked for by, as it holds in any folder.
        log: of sessions.
        found: what earlier sessions made of it.
    """
    from importlib.metadata import version  # noqa: PLC0415 - heavy imports only where used

    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.logbook import Logbook, opening  # noqa: PLC0415
    from voicecoach.routine.shelf import find  # noqa: PLC0415

    levels = found.levels(session.routine) if found else {}
    path = find(routine, folders.routines())
    page = opening(session, routine, path, levels, version("voicecoach"))
    return Logbook(log, page, found.left if found else None)


def _unwritten(write: Callable[[], None]) -> tuple[str, ...]:
    """Write something into the log; return why it could not be written."""
    from voicecoach.errors import CoachError  # noqa: PLC0415 - heavy imports only where used

    try:
        write()
    except CoachError as error:
        return (str(error),)
    return ()


def _tell(trouble: str) -> None:
    """Tell what the log lacks: a session is worth more than that."""
    if trouble:
        click.echo(f"voicecoach: the session is not in the log as it was: {trouble}", err=True)

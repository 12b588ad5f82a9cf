"""The commands `play` and `resume`: a session, live."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli import ARGUMENTS
from voicecoach.cli.dose import BEFORE_ACTIVITY, warn_before_activity
from voicecoach.cli.options import ROUTINE, Duration, adjustments, fitted
from voicecoach.cli.training import PROGRESS
from voicecoach.session.controls import key_rows

if TYPE_CHECKING:
    from voicecoach.coach import Fitting
    from voicecoach.plan.spot import Spot
    from voicecoach.routine.adjust import Adjustments
    from voicecoach.session.keeping import Kept
    from voicecoach.session.playhead import Place
    from voicecoach.speaking import Speaking

SPOT = "voicecoach.spot"
"""Where the context keeps the place to go on at."""
LEFT = "voicecoach.left"
"""Where it keeps the number that the session, which was left there, has in the log."""
BLUETOOTH_LATENCY = 0.2
"""Seconds that a Bluetooth link takes, unless the user says otherwise: this project's own default."""
OFFERED_SECONDS = 24 * 3600
"""A session that was left longer ago is not offered any more."""


KEYS_HELP = "\b\nKeys, while it plays:\n" + "\n".join(
    f"  {keys:<9}  {command}" for keys, command in key_rows()
)
"""The table of keys, its lines left as they are."""


@click.command(epilog=KEYS_HELP)
@click.argument("routine", type=ROUTINE, required=False)
@adjustments
@click.option("--start-in", type=Duration(most=3600), default="0", help="Time to lie down first, as 30s.")
@click.option("--from", "first", metavar="EXERCISE", help="Begin with this exercise.")
@click.option(
    "--device",
    metavar="NAME",
    help="simpleaudio, miniaudio, miniaudio:NAME, or none (silence, in real time).",
)
@click.option(
    "--buffer", type=Duration(most=1, least=0.01), metavar="TIME", help="What the device holds, as 0.1s."
)
@click.option(
    "--latency", type=Duration(most=3), metavar="TIME", help="How late it is heard, for the screen."
)
@click.option(
    "--plain",
    is_flag=True,
    help="Print plain lines, as for a screen reader; always so where there is no terminal.",
)
@PROGRESS
@click.option("--log/--no-log", default=True, help="Whether the session is kept in the log.")
@click.option("--ask/--no-ask", default=True, help="Whether it is asked at the end how it was.")
@BEFORE_ACTIVITY
@click.pass_context
def play(  # noqa: PLR0913 - one for each option of its own
    ctx: click.Context,
    *,
    routine: str | None,
    adjustments: Adjustments,
    fitting: Fitting | None,
    speaking: Speaking,
    start_in: float,
    first: str | None,
    device: str | None,
    buffer: float | None,
    latency: float | None,
    plain: bool,
    before_activity: bool,
    progress: str,
    log: bool,
    ask: bool,
) -> None:
    """Play a session now.

    Without a name, the routine that was played last.

    One that was ended early goes on with 'voicecoach resume'.

    Example: voicecoach play hip-mobility --start-in 30s
    """
    from voicecoach.cli.playing import logbook_of, play_live  # noqa: PLC0415
    from voicecoach.cli.training import opened_log, prepared, training  # noqa: PLC0415
    from voicecoach.coach import open_session  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.live import open_live  # noqa: PLC0415
    from voicecoach.output.sink import open_device  # noqa: PLC0415
    from voicecoach.plan.cues import Talk  # noqa: PLC0415
    from voicecoach.session.awake import kept_awake  # noqa: PLC0415
    from voicecoach.session.keeping import Kept  # noqa: PLC0415
    from voicecoach.session.keyboard import has_keyboard  # noqa: PLC0415
    from voicecoach.session.remote import remote  # noqa: PLC0415

    spot: Spot | None = ctx.meta.get(SPOT)
    name = routine or last_or_asked()
    if spot is None and _offer(ctx, name):
        return
    adjustments = replace(adjustments, first=first)
    with (
        opened_log(is_kept=log) as known_sessions,
        # Both first: what they take in the background, they take while nothing has to be heard in time.
        kept_awake("a session is under way"),
        remote() as desktop,
        open_session(
            name,
            adjustments,
            speaking,
            start_in=start_in,
            has_keys=has_keyboard() or desktop.connected,
            training=prepared(
                trained := training(
                    known_sessions, name, progress, goes_on=bool(spot), number=ctx.meta.get(LEFT)
                )
            ),
        ) as opened,
    ):
        session = fitted(opened, fitting)
        session.level(if_known=True)
        for note in session.notes:
            click.echo(f"voicecoach: {note}", err=True)
        if before_activity:
            warn_before_activity(session.routine)
        if speaking.talk is Talk.BEEPS and session.routine.caution:
            click.echo(session.routine.caution)
        live = open_live(session, spot)
        planner, folder = session.planner, str(Path.cwd())
        sink = partial(
            open_device,
            device,
            planner.sample_rate,
            planner.channels,
            buffer,
            endless=session.beneath is not None,
        )
        late = (BLUETOOTH_LATENCY if speaking.bluetooth else 0) if latency is None else latency
        known = known_anywhere(name)
        arguments = (*ctx.meta[ARGUMENTS], *(() if routine else (name,)))

        def kept(place: Place, now: float) -> Kept | None:
            spot, what = live.desk.spot(place), live.desk.what(place)
            number = page.number if page else None
            title = session.routine.title
            return Kept(title, what, known, arguments, folder, spot, now, number) if spot else None

        _remember(name)
        page = logbook_of(session, known, known_sessions, trained) if log and known_sessions else None
        end, underruns = play_live(live, sink, desktop, kept, page, latency=late, plain=plain, asks=ask)
        for note in session.warnings:
            click.echo(f"voicecoach: {note}", err=True)
        if underruns:
            times = "once" if underruns == 1 else f"{underruns} times"
            click.echo(f"voicecoach: sound was not ready in time {times}", err=True)
        click.echo(f"{session.routine.title}: {end}")


@click.command()
@click.pass_context
def resume(ctx: click.Context) -> None:
    """Go on with the session that was ended early, at the start of the set.

    It is played as it was asked for then.

    Example: voicecoach resume
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.errors import CoachError  # noqa: PLC0415
    from voicecoach.session.keeping import load  # noqa: PLC0415

    kept = load(folders.unfinished())
    if kept is None:
        message = "no session was ended early; begin one with 'voicecoach play'"
        raise CoachError(message)
    _go_on(ctx, kept)


def _go_on(ctx: click.Context, kept: Kept) -> None:
    """Play a session that was kept, with the arguments that it had."""
    from voicecoach.errors import CoachError  # noqa: PLC0415 - heavy imports only where used

    click.echo(f"{kept.title}: going on at {kept.label}")
    ctx.meta[ARGUMENTS], ctx.meta[SPOT], ctx.meta[LEFT] = kept.arguments, kept.spot, kept.session
    try:
        os.chdir(kept.folder)  # its paths may be relative
    except OSError as error:
        message = f"the session was begun in {kept.folder}, which is gone; begin anew with 'voicecoach play'"
        raise CoachError(message) from error
    with play.make_context("play", list(kept.arguments), parent=ctx.parent) as again:
        play.invoke(again)


def _offer(ctx: click.Context, name: str) -> bool:
    """Offer to go on with a session of the same routine that was left lately; tell whether it was done."""
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.errors import CoachError  # noqa: PLC0415
    from voicecoach.session.alone import alone  # noqa: PLC0415
    from voicecoach.session.keeping import load  # noqa: PLC0415
    from voicecoach.session.keyboard import has_keyboard  # noqa: PLC0415

    try:
        kept = load(folders.unfinished())
    except CoachError:
        return False  # To play anew is what mends it.
    with alone(folders.playing(), "") as other:
        is_under_way = bool(other)
    if kept is None or is_under_way or kept.routine != known_anywhere(name):
        return False
    if time.time() - kept.left_at > OFFERED_SECONDS:
        return False
    if not (has_keyboard() and sys.stdout.isatty()):
        hint = "'voicecoach resume' goes on there"
        click.echo(f"voicecoach: {kept.title} was left at {kept.label}; {hint}", err=True)
    elif click.confirm(f"{kept.title} was left at {kept.label}. Go on there?", default=False):
        _go_on(ctx, kept)
        return True
    return False


def known_anywhere(name: str) -> str:
    """Return the name of a routine as it holds in any folder."""
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.errors import ChoiceError  # noqa: PLC0415
    from voicecoach.routine.shelf import called  # noqa: PLC0415

    try:
        return called(name, folders.routines())
    except ChoiceError:
        return name


def _remember(name: str) -> None:
    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.errors import OutputError  # noqa: PLC0415
    from voicecoach.output.replace import replacing  # noqa: PLC0415

    # A session is worth more than the memory of its name.
    with suppress(OSError, OutputError):
        folders.last_routine().parent.mkdir(parents=True, exist_ok=True)
        with replacing(folders.last_routine()) as beside:
            beside.write_text(known_anywhere(name), encoding="utf-8")


def last_or_asked() -> str:
    """Return the routine that was played last; where there is none, ask which it is to be."""
    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.errors import ChoiceError  # noqa: PLC0415
    from voicecoach.routine.shelf import find, shelf  # noqa: PLC0415

    with suppress(OSError, UnicodeDecodeError, ChoiceError):
        last = folders.last_routine().read_text(encoding="utf-8").strip()
        find(last, folders.routines())
        return last
    names = list(shelf(folders.routines()))
    if sys.stdin is None or not sys.stdin.isatty():
        message = f"which routine? Known: {', '.join(names)}"
        raise click.UsageError(message)
    return str(click.prompt("Which routine", type=click.Choice(names), default=names[0]))

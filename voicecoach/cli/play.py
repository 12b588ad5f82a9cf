"""The command `play`: a session, live."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from voicecoach.cli.dose import BEFORE_ACTIVITY, warn_before_activity
from voicecoach.cli.options import ROUTINE, Duration, adjustments, fitted

if TYPE_CHECKING:
    from voicecoach.coach import Fitting
    from voicecoach.routine.adjust import Adjustments
    from voicecoach.speaking import Speaking


@click.command()
@click.argument("routine", type=ROUTINE, required=False)
@adjustments
@click.option("--start-in", type=Duration(most=3600), default="0", help="Time to lie down first, as 30s.")
@click.option("--from", "first", metavar="EXERCISE", help="Begin with this exercise.")
@click.option(
    "--device",
    metavar="NAME",
    help="simpleaudio, miniaudio, miniaudio:NAME, or none (silence, in real time).",
)
@BEFORE_ACTIVITY
def play(  # noqa: PLR0913, PLR0917 - one for each option of its own
    routine: str | None,
    adjustments: Adjustments,
    fitting: Fitting | None,
    speaking: Speaking,
    start_in: float,
    first: str | None,
    device: str | None,
    *,
    before_activity: bool,
) -> None:
    """Play a session now.

    Without a name, the routine that was played last.

    While it plays: space pauses and goes on, n skips, b goes back, q ends. Where the session waits for you,
    any key goes on.

    Example: voicecoach play hip-mobility --start-in 30s
    """
    from rich.console import Console  # noqa: PLC0415 - heavy imports only where used

    from voicecoach.coach import open_session  # noqa: PLC0415
    from voicecoach.output.sink import open_device  # noqa: PLC0415
    from voicecoach.plan.cues import Talk  # noqa: PLC0415
    from voicecoach.session.awake import kept_awake  # noqa: PLC0415
    from voicecoach.session.controls import has_keyboard, keyboard  # noqa: PLC0415
    from voicecoach.session.remote import remote  # noqa: PLC0415
    from voicecoach.session.screen import open_screen  # noqa: PLC0415
    from voicecoach.session.several import Screens, first_of  # noqa: PLC0415

    name = routine or _last_or_asked()
    adjustments = replace(adjustments, first=first)
    with (
        # Both first: what they take in the background, they take while nothing has to be heard in time.
        kept_awake("a session is under way"),
        remote() as desktop,
        open_session(
            name, adjustments, speaking, start_in=start_in, has_keys=has_keyboard() or desktop.connected
        ) as opened,
    ):
        session = fitted(opened, fitting)
        for note in session.notes:
            click.echo(f"voicecoach: {note}", err=True)
        if before_activity:
            warn_before_activity(session.routine)
        if speaking.talk is Talk.BEEPS and session.routine.caution:
            click.echo(session.routine.caution)
        sink = open_device(device, session.planner.sample_rate, session.planner.channels)
        _remember(name)
        total = session.total_length()
        on_desktop = desktop.screen(session.routine.title, session.planner.sample_rate, total)
        with keyboard() as poll, open_screen(Console(), session.planner.sample_rate, total) as screen:
            try:
                end = session.play(sink, Screens(screen, on_desktop), first_of(poll, desktop.poll))
            except BaseException:
                with suppress(Exception):  # The fault that is under way is the one to report.
                    sink.halt()
                    sink.close()
                raise
            sink.close()
        for note in session.voice.warnings:
            click.echo(f"voicecoach: {note}", err=True)
        if sink.underruns:
            times = "once" if sink.underruns == 1 else f"{sink.underruns} times"
            click.echo(
                f"voicecoach: sound was not ready in time {times}, and what followed came later", err=True
            )
        click.echo(f"{session.routine.title}: {end}")


def _remember(name: str) -> None:
    from pathlib import Path  # noqa: PLC0415

    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.errors import OutputError  # noqa: PLC0415
    from voicecoach.output.replace import replacing  # noqa: PLC0415

    known_anywhere = str(Path(name).resolve()) if Path(name).is_file() else name
    # A session is worth more than the memory of its name.
    with suppress(OSError, OutputError):
        folders.last_routine().parent.mkdir(parents=True, exist_ok=True)
        with replacing(folders.last_routine()) as beside:
            beside.write_text(known_anywhere, encoding="utf-8")


def _last_or_asked() -> str:
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

"""The command `plan`: the timetable of a session."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from voicecoach.cli.options import ROUTINE, adjustments

if TYPE_CHECKING:
    from voicecoach.coach import Speaking
    from voicecoach.plan.document import Document
    from voicecoach.routine.adjust import Adjustments


@click.command()
@click.argument("routine", type=ROUTINE)
@adjustments
@click.option("--json", "as_json", is_flag=True, help="The plan as a document for programs.")
def plan(routine: str, adjustments: Adjustments, speaking: Speaking, *, as_json: bool) -> None:
    """Print the timetable of a session.

    When, what, how long; and every cue that was shortened, moved or left out.

    Example: voicecoach plan hip-mobility --only strengthen --sets 2
    """
    from voicecoach.cli.progress import progress_bar  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.coach import open_session  # noqa: PLC0415

    with open_session(routine, adjustments, speaking) as session:
        with progress_bar("Speaking") as report:
            session.prepare(report)
        document = session.document()
        warnings = session.voice.warnings
    if speaking.talk == "beeps" and session.routine.caution and not as_json:
        click.echo(session.routine.caution)
    for note in (*document.meta["notes"], *warnings):
        click.echo(f"voicecoach: {note}", err=True)
    if as_json:
        click.echo(json.dumps(document.to_json(), ensure_ascii=False))
    else:
        _print(document)


def _print(document: Document) -> None:
    from voicecoach.units import clock  # noqa: PLC0415

    rate = document.sample_rate
    click.echo(f"{'start':>8} {'length':>8}  {'what':<44} set")
    for segment in document.segments:
        sets = (
            f"{segment.set}/{segment.sets}"
            if segment.kind in {"hold", "timed", "rep-set", "rest", "switch"}
            else ""
        )
        reps = f", {segment.reps} reps" if segment.reps else ""
        start, length = clock(segment.start_frame / rate), f"{segment.frames / rate:.1f} s"
        click.echo(f"{start:>8} {length:>8}  {segment.label + reps:<44} {sets}".rstrip())
    click.echo(f"{clock(document.frames / rate):>8}           total, {document.meta['pace']} pace")
    for entry in document.dropped:
        at = clock(document.segments[entry.segment].start_frame / rate)
        instead = f", instead '{entry.said}'" if entry.said and entry.said != entry.text else ""
        click.echo(f"{at:>8}  {entry.action}: '{entry.text}'{instead}: {entry.reason}")

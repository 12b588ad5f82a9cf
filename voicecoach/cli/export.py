"""The command `export`: a session as an audio file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli.dose import BEFORE_ACTIVITY, warn_before_activity
from voicecoach.cli.options import ROUTINE, adjustments, fitted

if TYPE_CHECKING:
    from voicecoach.coach import Fitting
    from voicecoach.routine.adjust import Adjustments
    from voicecoach.speaking import Speaking


@click.command()
@click.argument("routine", type=ROUTINE)
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE.wav", help="Where to."
)
@adjustments
@click.option(
    "--json", "plan_file", type=click.Path(path_type=Path), metavar="FILE", help="Write its plan as well."
)
@BEFORE_ACTIVITY
def export(  # noqa: PLR0913, PLR0917 - one for each option of its own
    routine: str,
    output: Path,
    adjustments: Adjustments,
    fitting: Fitting | None,
    speaking: Speaking,
    plan_file: Path | None,
    *,
    before_activity: bool,
) -> None:
    """Make an audio file of a session, to be played anywhere.

    Example: voicecoach export hip-mobility -o hips.wav --pace gentle
    """
    from voicecoach.cli.progress import progress_bar  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.coach import open_session  # noqa: PLC0415
    from voicecoach.exporting import export as write  # noqa: PLC0415
    from voicecoach.output.replace import check_target, replacing  # noqa: PLC0415
    from voicecoach.output.sink import file_kind  # noqa: PLC0415
    from voicecoach.units import clock  # noqa: PLC0415

    # What is wrong with a target is better told before the work than after it.
    file_kind(output)
    for target in (output, *((plan_file,) if plan_file else ())):
        check_target(target)
    if plan_file and plan_file.resolve() == output.resolve():
        raise click.UsageError(f"-o and --json name the same file: {output}")  # noqa: TRY003, EM102 - one line
    with open_session(routine, adjustments, speaking) as opened:
        session = fitted(opened, fitting)
        if before_activity:
            warn_before_activity(session.routine)
        with progress_bar("Speaking") as report:
            session.prepare(report)
        with progress_bar("Writing") as report:
            frames = write(session, output, report)
        if plan_file:
            text = json.dumps(session.document().to_json(), ensure_ascii=False)
            with replacing(plan_file) as beside:
                beside.write_text(text + "\n", encoding="utf-8")
        if speaking.talk == "beeps" and session.routine.caution:
            click.echo(session.routine.caution)
        for note in (*session.notes, *session.warnings):
            click.echo(f"voicecoach: {note}", err=True)
    length = clock(frames / session.planner.sample_rate)
    exercises = session.routine.exercises
    counted = f"{exercises} exercise{'' if exercises == 1 else 's'}"
    click.echo(f"{output}: {length}, {counted}, {output.stat().st_size / 1e6:.1f} MB")

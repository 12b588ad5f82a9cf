"""The command `plan`: the timetable of a session."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli.dose import BEFORE_ACTIVITY, DOSE, report_asymmetries, warn_before_activity
from voicecoach.cli.options import ROUTINE, adjustments, fitted, prepare
from voicecoach.cli.training import REACHED

if TYPE_CHECKING:
    from voicecoach.coach import Fitting
    from voicecoach.routine.adjust import Adjustments
    from voicecoach.speaking import Speaking


@click.command()
@click.argument("routine", type=ROUTINE)
@adjustments
@click.option("--json", "as_json", is_flag=True, help="The plan as a document for programs.")
@click.option("--why", is_flag=True, help="Tell each cue that was shortened, moved or left out, and why.")
@click.option(
    "--timeline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.svg",
    help="Draw the session as well.",
)
@DOSE
@REACHED
@BEFORE_ACTIVITY
@click.pass_context
def plan(  # noqa: PLR0913 - one for each option of its own
    ctx: click.Context,
    routine: str,
    adjustments: Adjustments,
    fitting: Fitting | None,
    speaking: Speaking,
    *,
    as_json: bool,
    why: bool,
    timeline: Path | None,
    dose: bool,
    reached: str,
    before_activity: bool,
) -> None:
    """Print the timetable of a session.

    When, what, which side and set, how long, and what is heard meanwhile.

    Example: voicecoach plan hip-mobility --only strengthen --sets 2
    """
    from voicecoach.cli.timetable import compromises, timetable  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.cli.training import session_of  # noqa: PLC0415
    from voicecoach.output.replace import check_target, replacing  # noqa: PLC0415
    from voicecoach.plan.audit import audit  # noqa: PLC0415

    if timeline:
        _check_svg(timeline)
        check_target(timeline)
    with session_of(routine, adjustments, speaking, reached) as opened:
        session = fitted(opened, fitting)
        prepare(session, is_levelled=as_json)
        document = session.document()
        warnings = session.warnings
        if before_activity:
            warn_before_activity(session.routine)
        found = audit(session.routine) if dose else None
    if speaking.talk == "beeps" and session.routine.caution and not as_json:
        click.echo(session.routine.caution)
    for note in (*document.meta["notes"], *warnings):
        click.echo(f"voicecoach: {note}", err=True)
    if timeline:
        from voicecoach.plan.drawing import draw  # noqa: PLC0415 - only where it is asked for

        with replacing(timeline) as beside:
            beside.write_text(draw(document), encoding="utf-8")
    if as_json:
        extra = {"audit": found.to_json()} if found else {}
        click.echo(json.dumps(document.to_json() | extra, ensure_ascii=False))
    elif found:
        from voicecoach.cli.dose_table import print_audit  # noqa: PLC0415 - the same

        print_audit(found)
    else:
        for line in (*timetable(document), *compromises(document, in_full=why)):
            click.echo(line)
    if found and not report_asymmetries(found):
        ctx.exit(1)


def _check_svg(path: Path) -> None:
    if path.suffix.lower() != ".svg":
        message = f"--timeline draws SVG; write {path.with_suffix('.svg')}"
        raise click.UsageError(message)

"""The command `verify`: whether an audio file keeps what its plan promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.output.verify.report import Hold, Report

_HEAD = ("time", "hold", "planned", "found", "error")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    metavar="FILE.json",
    help="The plan; else the one beside the file, or the one that the file names.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def verify(ctx: click.Context, file: Path, plan_file: Path | None, *, as_json: bool) -> None:
    """Prove that an audio file is what was planned.

    Every tone is looked for in the decoded sound, every hold is measured between its tones, and every
    rule of a session is asked: the exit code is 1 where one is broken.

    Example: voicecoach verify hips.mp3 --plan hips.json
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.cli.progress import progress_bar  # noqa: PLC0415
    from voicecoach.output.verify.proof import prove  # noqa: PLC0415

    with progress_bar("Listening") as progress:
        report = prove(file, plan_file, kept=folders.plans(), sounds=folders.sounds(), progress=progress)
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False))
    else:
        for line in lines(report):
            click.echo(line)
    ctx.exit(1 if report.breaches else 0)


def lines(report: Report) -> Iterator[str]:
    """Yield a report for people: the holds, what was looked at, and a line for each rule that is broken."""
    from voicecoach.units import clock  # noqa: PLC0415 - only where a report is printed

    if report.holds:
        yield from table(report.holds)
        yield ""
    length = clock(report.seconds)
    if report.plan is None:
        yield f"{report.file}: {length}, {len(report.holds)} holds; there is no plan: nothing was compared."
        yield "'export --json FILE' writes one; give it with --plan FILE."
        return
    counted = ", ".join(f"{count} {what}" for what, count in report.counts if count)
    yield f"{report.file}: {length}, compared with {report.plan}: {counted}."
    if report.worst_onset_ms is not None:
        yield f"Tones are off by {report.worst_onset_ms:.3f} ms at most; {_levels(report)}."
    yield from (f"note: {note}" for note in report.notes)
    for breach in report.breaches:
        at = "" if breach.seconds is None else f"{_moment(breach.seconds)}  "
        yield f"BROKEN  {at}{breach.rule}: {breach.message}"
    broken = len(report.breaches)
    yield (
        f"Rules are broken in {broken} place{'' if broken == 1 else 's'}."
        if broken
        else "All rules are kept."
    )


def table(holds: Sequence[Hold]) -> Iterator[str]:
    """Yield the holds as the lines of a table."""
    from voicecoach.output.verify.rules import named  # noqa: PLC0415 - heavy imports only where used

    rows = [
        (
            _moment(hold.start),
            named(hold),
            "" if hold.planned is None else f"{hold.planned:.3f} s",
            "not found" if hold.found is None else f"{hold.found:.3f} s",
            "" if hold.error_ms is None else f"{round(hold.error_ms, 2) + 0.0:+.2f} ms",
        )
        for hold in holds
    ]
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    for time, what, planned, found, error in (_HEAD, *rows):
        line = (
            f"{time:>{widths[0]}}  {what:<{widths[1]}}  {planned:>{widths[2]}}  {found:>{widths[3]}}  "
            f"{error:>{widths[4]}}"
        )
        yield line.rstrip()


def _levels(report: Report) -> str:
    level = report.loudness
    return f"{level.integrated_lufs:.1f} LUFS, {level.true_peak_dbtp:.1f} dBTP" if level else ""


def _moment(seconds: float) -> str:
    """Write a moment: the second in which it is, as players show it."""
    from voicecoach.units import clock  # noqa: PLC0415 - only where a report is printed

    return clock(int(seconds))

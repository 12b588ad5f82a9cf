"""The command `export`: a session as an audio file, or as a set of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from voicecoach.cli.dose import BEFORE_ACTIVITY, warn_before_activity
from voicecoach.cli.options import ROUTINE, adjustments, fitted, prepare
from voicecoach.cli.recording import recording
from voicecoach.cli.training import REACHED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicecoach.coach import Fitting
    from voicecoach.exporting import Order, Report
    from voicecoach.routine.adjust import Adjustments
    from voicecoach.sound.loudness import Loudness
    from voicecoach.speaking import Speaking


@click.command()
@click.argument("routine", type=ROUTINE)
@recording
@adjustments
@REACHED
@BEFORE_ACTIVITY
def export(  # noqa: PLR0913 - what its decorators make of its options
    routine: str,
    order: Order,
    adjustments: Adjustments,
    fitting: Fitting | None,
    speaking: Speaking,
    *,
    is_checked: bool,
    reached: str,
    before_activity: bool,
) -> None:
    """Make an audio file of a session, to be played anywhere.

    Its suffix says the kind: .wav, .flac, .mp3, .opus or .ogg, .m4a or .m4b.

    Example: voicecoach export hip-mobility -o hips.mp3 --pace gentle
    """
    from voicecoach.cli.progress import progress_bar  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.cli.training import session_of  # noqa: PLC0415
    from voicecoach.exporting import listened_to, written  # noqa: PLC0415

    with session_of(routine, adjustments, speaking, reached) as opened:
        session = fitted(opened, fitting)
        if before_activity:
            warn_before_activity(session.routine)
        prepare(session)
        with progress_bar("Writing") as progress:
            report = written(session, order, progress)
        loudness = None
        if is_checked and order.target:
            with progress_bar("Listening") as progress:
                loudness = listened_to(report, progress)
        # Whoever pipes the recording on gets nothing else.
        to_stderr = order.target is None
        if speaking.talk == "beeps" and session.routine.caution:
            click.echo(session.routine.caution, err=to_stderr)
        for note in (*session.notes, *session.warnings, *report.notes):
            click.echo(f"voicecoach: {note}", err=True)
        exercises = session.routine.exercises
        for line in _told(report, exercises, loudness):
            click.echo(line, err=to_stderr)


def _told(report: Report, exercises: int, loudness: Loudness | None) -> Iterator[str]:
    """Yield the lines of a report."""
    from voicecoach.units import clock  # noqa: PLC0415 - heavy imports only where used

    counted = f"{exercises} exercise{'' if exercises == 1 else 's'}"
    length, size = clock(report.seconds), f"{report.size / 1e6:.1f} MB"
    files = f", {len(report.pieces)} files" if len(report.pieces) > 1 else ""
    yield f"{report.name}: {length}, {counted}{files}, {size}"
    recipe = report.recipe
    rate = f", {recipe.bit_rate // 1000} kbit/s" if recipe.bit_rate else ""
    channels = "mono" if recipe.channels == 1 else "stereo"
    made = f"{recipe.kind.name}{rate}, {channels}, {recipe.sample_rate / 1000:g} kHz"
    yield f"  {made}, {report.chapters} chapter{'' if report.chapters == 1 else 's'}"
    if loudness:
        heard = f"{loudness.integrated_lufs:.1f} LUFS, true peak {loudness.true_peak_dbtp:.1f} dBTP"
        yield f"  as decoded: {heard}"
    if not recipe.has_silences and not recipe.kind.is_lossless:
        yield "  encoded on one core: with something beneath the session there is no silence to cut it at"
    for path in report.beside:
        yield f"  {path}"

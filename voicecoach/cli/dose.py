"""The options ``--dose`` and ``--before-activity``, and what they print besides the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from voicecoach.plan.audit import Audit
    from voicecoach.routine.model import Routine

DOSE = click.option(
    "--dose",
    is_flag=True,
    help="What it asks of each exercise, muscle and side, beside the guidelines; uneven sides are an error.",
)
BEFORE_ACTIVITY = click.option(
    "--before-activity", is_flag=True, help="Warn of static stretching, which is better done after it."
)


def warn_before_activity(routine: Routine, name: str | None = None) -> None:
    """Print what speaks against a routine right before activity; nothing is refused.

    Args:
        routine: as adjusted.
        name: of the file that is checked, whose report it belongs to; None: a note on stderr.
    """
    from voicecoach.plan.before_activity import before_activity  # noqa: PLC0415 - only where asked for

    for line in before_activity(routine):
        click.echo(printable(f"{name or 'voicecoach'}: {line}"), err=name is None)


def report_asymmetries(audit: Audit) -> bool:
    """Print each unevenness as an error, and return whether there is none."""
    for found in audit.asymmetries:
        click.echo(printable(f"voicecoach: {found}"), err=True)
    return not audit.asymmetries


def printable(text: str) -> str:
    """Leave out what would steer the terminal, and all line ends: a file may come from anywhere."""
    return "".join(filter(str.isprintable, text))

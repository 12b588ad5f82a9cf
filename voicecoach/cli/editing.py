"""The command `edit`: the user's editor on a routine of one's own, and a check when it is closed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from voicecoach.cli.options import ROUTINE

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("routine", type=ROUTINE)
@click.pass_context
def edit(ctx: click.Context, routine: str) -> None:
    """Open a routine of your own in your editor, and check it when you close that.

    The editor is $VISUAL or $EDITOR. What the routine was before stays beside it, in a file that ends
    in .bak.

    Example: voicecoach edit my-hips
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.checking import check_file  # noqa: PLC0415
    from voicecoach.cli.check import report  # noqa: PLC0415
    from voicecoach.own import kept, own  # noqa: PLC0415

    path = own(routine, folders.routines())
    with kept(path) as backup:
        while True:
            _open(path)
            checked = check_file(path)
            report(routine, checked)
            if not checked.problems or not sys.stdin.isatty():
                break
            if not click.confirm("Edit again?", default=True, err=True):
                break
    if backup.exists() and checked.problems:
        click.echo(f"voicecoach: what it was before stands in {backup}", err=True)
    ctx.exit(1 if checked.problems else 0)


def _open(path: Path) -> None:
    """Open a file in the user's editor, and wait until that is closed.

    Raises:
        CoachError: there is no such editor, or it failed.
    """
    from voicecoach.errors import CoachError  # noqa: PLC0415 - heavy imports only where used

    try:
        click.edit(filename=str(path))
    except (click.ClickException, ValueError) as error:
        reason = error.format_message() if isinstance(error, click.ClickException) else str(error)
        message = f"no editor: {reason}; set EDITOR to one that is installed, as EDITOR=nano"
        raise CoachError(message) from error

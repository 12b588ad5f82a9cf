"""Commands that make and change routines of one's own: new, copy, set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from voicecoach.cli.dose import printable
from voicecoach.cli.options import ROUTINE

if TYPE_CHECKING:
    from pathlib import Path

FORCE = click.option(
    "--force", is_flag=True, help="Write over a routine of that name, or hide a bundled one."
)
TITLE = click.option("--title", metavar="TEXT", help="Its title; else one made of its name, or as it was.")


@click.command()
@click.argument("name")
@TITLE
@FORCE
def new(name: str, title: str | None, *, force: bool) -> None:
    """Begin a routine of your own: one that can be played, with comments, to be changed.

    Example: voicecoach new my-hips
    """
    from voicecoach.own import starter  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.routine.names import own_name  # noqa: PLC0415

    keep(name, starter(own_name(name), title or ""), force=force)


@click.command()
@click.argument("routine", type=ROUTINE)
@click.argument("name")
@TITLE
@FORCE
def copy(routine: str, name: str, title: str | None, *, force: bool) -> None:
    """Copy a routine, with its comments, into your routine folder.

    Example: voicecoach copy hip-mobility my-hips
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.routine.files import parse, read  # noqa: PLC0415
    from voicecoach.routine.setting import apply_settings  # noqa: PLC0415
    from voicecoach.routine.shelf import find  # noqa: PLC0415

    source = find(routine, folders.routines())
    text = read(source)
    parse(text, str(source))
    if title:
        text, _ = apply_settings(text, str(source), [f"title={title}"])
    keep(name, text, force=force)


def keep(name: str, text: str, *, force: bool) -> None:
    """Write a routine of the user's own, and print where it is and what to do next."""
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.own import hides_bundled, store  # noqa: PLC0415

    path: Path = store(name, text, folders.routines(), force=force)
    click.echo(path)
    if hides_bundled(name):
        click.echo(f"It hides the routine of the program that has this name, until you remove {path}")
    click.echo(f"Change it: voicecoach edit {name}\nHear it:   voicecoach play {name}")


@click.command("set")
@click.argument("routine", type=ROUTINE)
@click.argument("settings", metavar="ADDRESS.KEY=VALUE...", nargs=-1, required=True)
def set_(routine: str, settings: tuple[str, ...]) -> None:
    """Change values in a routine of your own, and keep its comments and layout.

    All of them are changed, or none. An empty value takes a key out.

    \b
    Example: voicecoach set my-hips piriformis.hold=60 pigeon.sets=2-3
             voicecoach set my-hips pace=gentle roll.rest=30 clam.caution=
    """  # noqa: D301 - click's mark for lines that stay as they are
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.own import change, own  # noqa: PLC0415

    for edit in change(own(routine, folders.routines()), settings):
        click.echo(printable(str(edit)))

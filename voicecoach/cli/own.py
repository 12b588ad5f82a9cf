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
@click.argument("name", required=False)
@TITLE
@FORCE
@click.option(
    "--from-db",
    "wanted",
    metavar="EXERCISE",
    multiple=True,
    help="Begin it with an exercise of a list, with its instruction; may be given several times.",
)
@click.option(
    "--db",
    metavar="FILE",
    help="That list, exercises.json of free-exercise-db; else the one of that name in your data folder.",
)
def new(name: str | None, title: str | None, wanted: tuple[str, ...], db: str | None, *, force: bool) -> None:
    """Begin a routine of your own: one that can be played, with comments, to be changed.

    With --from-db it has exercises of a list, and is named after the first one unless you name it. The doses
    are guesses, and are told as such: look at them before you follow them.

    \b
    Example: voicecoach new my-hips
             voicecoach new my-legs --from-db "Clam" --from-db "Kneeling Hip Flexor" --db exercises.json
    """  # noqa: D301 - click's mark for lines that stay as they are
    from voicecoach.own import starter  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.routine.address import slug  # noqa: PLC0415
    from voicecoach.routine.names import own_name, title_of  # noqa: PLC0415

    if name is None and wanted:
        name = slug(wanted[0])
    if name is None:
        message = "give the routine a name, as in: voicecoach new my-hips"
        raise click.UsageError(message)
    if db and not wanted:
        message = "--db goes with --from-db, which names an exercise of the list"
        raise click.UsageError(message)
    if wanted:
        keep(name, _from_list(title or title_of(own_name(name)), wanted, db), force=force)
    else:
        keep(name, starter(own_name(name), title or ""), force=force)


def _from_list(title: str, wanted: tuple[str, ...], db: str | None) -> str:
    """Return the text of a routine with exercises of a list, and tell what was assumed of them."""
    from pathlib import Path  # noqa: PLC0415 - heavy imports only where used

    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.errors import ChoiceError  # noqa: PLC0415
    from voicecoach.importers.draft import Draft, DraftStage  # noqa: PLC0415
    from voicecoach.importers.exercise_db import LARGEST, find_exercise  # noqa: PLC0415
    from voicecoach.importers.writing import write  # noqa: PLC0415

    path = Path(db).expanduser() if db else folders.exercises()
    path = path / "exercises.json" if path.is_dir() else path
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        message = (
            f"there is no list of exercises: {path}: {reason}; fetch dist/exercises.json of free-exercise-db "
            "(github.com/yuhonas/free-exercise-db), and name it with --db FILE"
        )
        raise ChoiceError(message) from error
    exercises = tuple(find_exercise(exercise, data, str(path)) for exercise in wanted)
    source = f"Instructions after {path.name} of free-exercise-db; the doses are guesses of this program."
    draft = Draft(title, (DraftStage("Exercises", exercises),), {"source": source})
    for guess in draft.guessed():
        click.echo(printable(f"{guess.text}: {guess.reason}"), err=True)
    return write(draft, str(path))


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
    from voicecoach.routine.files import parse  # noqa: PLC0415
    from voicecoach.routine.setting import apply_settings  # noqa: PLC0415
    from voicecoach.routine.shelf import find  # noqa: PLC0415
    from voicecoach.routine.texts import read  # noqa: PLC0415

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

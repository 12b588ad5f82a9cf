"""The command `config`: the user's defaults."""

from __future__ import annotations

import click


@click.group()
def config() -> None:
    """Show or change your defaults.

    \b
    Example: voicecoach config set voice en-gb
             voicecoach config set voice ""      removes it
    """  # noqa: D301 - click's mark for lines that stay as they are


@config.command()
@click.argument("key", required=False)
def get(key: str | None) -> None:
    """Print one setting, or all that there are.

    Example: voicecoach config get voice
    """
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.config import SETTINGS, load, setting  # noqa: PLC0415

    settings = load(folders.config())
    if key:
        setting(key)
        click.echo(settings.get(key, ""))
        return
    for name, known in SETTINGS.items():
        click.echo(f"{name:<8} {settings.get(name, ''):<24} {known.meaning}")


@config.command("set")
@click.argument("key")
@click.argument("value")
def set_(key: str, value: str) -> None:
    """Change one setting; an empty value removes it.

    Example: voicecoach config set pace gentle
    """
    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.config import store  # noqa: PLC0415

    store(folders.config(), key, value)


@config.command()
def path() -> None:
    """Print where the file of the settings is.

    Example: voicecoach config path
    """
    from voicecoach import folders  # noqa: PLC0415

    click.echo(folders.config())

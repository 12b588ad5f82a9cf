"""Commands about speech: say, cache."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli.options import speaking

if TYPE_CHECKING:
    from voicecoach.speaking import Speaking


@click.command()
@click.argument("text")
@speaking
@click.option("--language", default="en", show_default=True, metavar="TAG", help="The language of the text.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.wav", help="Into a file.")
@click.option("--device", metavar="NAME", help="As for play.")
def say(text: str, speaking: Speaking, language: str, output: Path | None, device: str | None) -> None:
    """Speak a phrase, and print what was sent to the voice.

    Abbreviations and symbols are mended before they are spoken: what is printed is what the voice was given.

    Example: voicecoach say "ITB, 3x10, 90/90" --voice en-gb
    """
    from voicecoach.speaking import say_phrase  # noqa: PLC0415 - heavy imports only where used

    click.echo(say_phrase(text, language, speaking, output, device))


@click.command()
@click.option("--clear", is_flag=True, help="Remove every clip.")
@click.option(
    "--cache", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Another one."
)
def cache(folder: Path | None, *, clear: bool) -> None:
    """Show, or clear, the cache of spoken clips.

    Example: voicecoach cache --clear
    """
    from voicecoach import folders  # noqa: PLC0415
    from voicecoach.speech.cache import ClipCache  # noqa: PLC0415

    clips = ClipCache(folder or folders.cache())
    info = clips.info()
    if clear:
        clips.clear()
    gone = "removed " if clear else ""
    click.echo(f"{info.path}: {gone}{info.entries} clips, {info.bytes / 1e6:.1f} MB")

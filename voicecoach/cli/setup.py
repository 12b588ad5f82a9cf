"""Commands about what is installed: voices, doctor."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from voicecoach.speech.engine import VoiceInfo


@click.command()
@click.option("--language", metavar="TAG", help="Only those of a language, as en or en-gb.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def voices(language: str | None, *, as_json: bool) -> None:
    """List the voices there are.

    --voice takes an id, a name, a language or a gender.

    Example: voicecoach voices --language en
    """
    from voicecoach.speech.engine import open_engine  # noqa: PLC0415 - heavy imports only where used

    engine = open_engine()
    try:
        known = engine.voices()
    finally:
        engine.close()
    wanted = (language or "").lower()
    listed = [voice for voice in known if not wanted or _speaks(voice, wanted)]
    if as_json:
        click.echo(json.dumps([{"engine": engine.name, **asdict(voice)} for voice in listed], indent=2))
        return
    for voice in listed:
        languages = ", ".join(voice.languages)
        click.echo(f"{voice.id:<28} {voice.name:<40} {languages:<16} {voice.gender or ''}".rstrip())
    if not listed:
        click.echo(f"voicecoach: no voice speaks '{language}'; 'voicecoach voices' lists all", err=True)


def _speaks(voice: VoiceInfo, wanted: str) -> bool:
    """Tell whether a voice speaks a language, or any region of it."""
    return any(f"{tag}-".startswith(f"{wanted}-") for tag in voice.languages)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def doctor(ctx: click.Context, *, as_json: bool) -> None:
    """See whether everything works, and how to mend it.

    Engine, voice, output, cache and formats.

    Example: voicecoach doctor
    """
    from voicecoach.checkup import examine  # noqa: PLC0415 - heavy imports only where used

    findings = list(examine())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            verdict = click.style("good", fg="green") if finding.good else click.style("BAD ", fg="red")
            click.echo(f"{verdict}  {finding.part:<20} {finding.verdict}")
            if finding.remedy:
                click.echo(f"{'':<27}{finding.remedy}")
    ctx.exit(0 if all(finding.good for finding in findings) else 1)

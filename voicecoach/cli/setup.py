"""Commands about what is installed: voices, doctor."""

from __future__ import annotations

import json
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voicecoach.checkup import Finding
    from voicecoach.cli.samples import Listed
    from voicecoach.speech.engine import Engine, VoiceInfo


@click.command()
@click.option("--language", metavar="TAG", help="Only those of a language, as en or en-gb.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--sample", is_flag=True, help="Hear one sentence of each.")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="With --sample: into a file for each.",
)
@click.option("--device", metavar="NAME", help="With --sample: as for play.")
@click.pass_context
def voices(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    language: str | None,
    folder: Path | None,
    device: str | None,
    *,
    as_json: bool,
    sample: bool,
) -> None:
    """List the voices there are.

    --voice takes what stands first in a line, a name, a language, a gender, or the file of a piper voice.

    Example: voicecoach voices --language en --sample
    """
    from voicecoach.errors import ChoiceError  # noqa: PLC0415 - heavy imports only where used

    if sample and as_json:
        ctx.fail("--sample and --json exclude each other")
    if (folder or device) and not sample:
        ctx.fail("-o and --device go with --sample; write: voicecoach voices --sample -o FOLDER")
    with _engines() as engines:
        wanted = (language or "").lower()
        listed = [one for one in _known(engines) if not wanted or _speaks(one[1], wanted)]
        if not listed:
            message = f"no voice speaks '{language}'; 'voicecoach voices' lists all"
            raise ChoiceError(message)
        if as_json:
            click.echo(json.dumps([_entry(one) for one in listed], indent=2))
        elif sample:
            _sample(ctx, listed, folder, device)
        elif not sample:
            for one in listed:
                click.echo(_line(one))
            click.echo(_where_from(), err=True)


def _sample(ctx: click.Context, listed: Sequence[Listed], folder: Path | None, device: str | None) -> None:
    from voicecoach.cli.samples import play_samples, write_samples  # noqa: PLC0415 - heavy imports

    if folder:
        written = write_samples(listed, folder)
        click.echo(f"{folder}: {written} voices")
        ctx.exit(0 if written == len(listed) else 1)
    ctx.exit(0 if play_samples(listed, device, lambda one: click.echo(_line(one))) else 1)


@contextmanager
def _engines() -> Iterator[Sequence[Engine]]:
    """Open every engine that a listener may choose."""
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.speech.engine import FOR_PEOPLE, open_engine  # noqa: PLC0415

    with ExitStack() as stack:
        engines = [open_engine(name, folders.voices()) for name in FOR_PEOPLE]
        for engine in engines:
            stack.callback(engine.close)
        yield engines


def _known(engines: Sequence[Engine]) -> list[Listed]:
    """Return every voice; an engine that cannot say what it has is reported.

    Raises:
        SpeechError: there is no voice at all.
    """
    from voicecoach.errors import SpeechError  # noqa: PLC0415 - only where used

    found: list[Listed] = []
    troubles = []
    for engine in engines:
        try:
            found += [(engine, voice) for voice in engine.voices()]
        except SpeechError as error:
            troubles.append(error)
    if troubles and not found:
        raise troubles[0]
    for trouble in troubles:
        click.echo(f"voicecoach: {trouble}", err=True)
    return found


def _speaks(voice: VoiceInfo, wanted: str) -> bool:
    """Tell whether a voice speaks a language, or any region of it."""
    return any(f"{tag}-".startswith(f"{wanted}-") for tag in voice.languages)


def _line(one: Listed) -> str:
    """Return a voice as it is listed; first stands what --voice takes."""
    from voicecoach.speech.engine import DEFAULT_ENGINE  # noqa: PLC0415 - heavy imports only where used

    engine, voice = one
    chosen_by = voice.id if engine.name == DEFAULT_ENGINE else f"{engine.name}:{voice.id}"
    languages = ", ".join(voice.languages)
    return f"{chosen_by:<28} {voice.name:<40} {languages:<16} {voice.gender or ''}".rstrip()


def _entry(one: Listed) -> dict[str, object]:
    """Return a voice as programs are told of it."""
    engine, voice = one
    known = {key: value for key, value in asdict(voice).items() if key != "version"}
    return {"engine": engine.name, **known}


def _where_from() -> str:
    """Return where more voices come from."""
    from voicecoach import folders  # noqa: PLC0415 - heavy imports only where used

    return (
        "More voices, natural ones: fetch NAME.onnx and NAME.onnx.json of a piper voice, as from\n"
        "https://huggingface.co/rhasspy/piper-voices, and put both into\n"
        f"{folders.voices()} (they need: pip install 'voicecoach[piper]').\n"
        "Each has its own licence, told in the MODEL_CARD beside it; some are not for commercial use."
    )


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--play", is_flag=True, help="Hear two tones.")
@click.option("--device", metavar="NAME", help="The device to look at, and to play on; as for play.")
@click.pass_context
def doctor(ctx: click.Context, device: str | None, *, as_json: bool, play: bool) -> None:
    """See whether everything works, and how to mend it.

    Engine, voice, output, cache and formats.

    Example: voicecoach doctor --play
    """
    from voicecoach.checkup import examine  # noqa: PLC0415 - heavy imports only where used

    findings = list(examine(device, play=play))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            click.echo(f"{_verdict(finding)}  {finding.part:<20} {finding.verdict}")
            if finding.remedy:
                click.echo(f"{'':<27}{finding.remedy}")
    ctx.exit(0 if all(finding.good for finding in findings if finding.needed) else 1)


def _verdict(finding: Finding) -> str:
    if not finding.needed:
        return "-   "
    return click.style("good", fg="green") if finding.good else click.style("BAD ", fg="red")

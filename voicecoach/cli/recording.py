"""The options of a recording: the file, how it is made, and what stands beside it."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicecoach.exporting import Order

    Command = TypeVar("Command", bound=Callable[..., Any])

STDOUT = "-"
LEVELS = ("stage", "exercise", "side", "set")
CAPTIONS = ("vtt", "srt", "lrc")


class Captions(click.ParamType[tuple[str, ...]]):
    """Read kinds of captions, with commas between them."""

    name = "captions"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, ...]:
        """Return the kinds, each once."""
        kinds = tuple(dict.fromkeys(kind.strip().lower() for kind in str(value).split(",") if kind.strip()))
        if wrong := [kind for kind in kinds if kind not in CAPTIONS]:
            self.fail(f"'{wrong[0]}' is no kind of captions; known are {', '.join(CAPTIONS)}", param, ctx)
        return kinds


_FILE = click.Path(path_type=Path)
_OPTIONS = (
    click.option(
        "-o", "--output", required=True, type=_FILE, metavar="FILE", help="Where to; - is standard output."
    ),
    click.option("--format", "suffix", metavar="KIND", help="With -o -: wav (usual), flac, mp3, opus, m4a."),
    click.option(
        "--quality",
        type=click.Choice(["low", "standard", "high"]),
        default="standard",
        show_default=True,
        help="Of mp3, opus and m4a.",
    ),
    click.option(
        "--sample-rate",
        type=click.IntRange(16_000, 48_000),
        metavar="HZ",
        help="24000 unless said otherwise; another rate speaks everything anew.",
    ),
    click.option(
        "--jobs", type=click.IntRange(1, 64), metavar="N", help="Cores that encode; all of them if left out."
    ),
    click.option(
        "--chapters",
        type=click.Choice(LEVELS),
        default="exercise",
        show_default=True,
        help="What a player's next and previous move by.",
    ),
    click.option(
        "--split", type=click.Choice(LEVELS[:2]), help="A file for each stage or exercise, and a playlist."
    ),
    click.option(
        "--captions", type=Captions(), default="", metavar="vtt,srt,lrc", help="Every spoken word beside it."
    ),
    click.option("--cue-sheet", is_flag=True, help="The chapters beside it, as a cue sheet."),
    click.option("--chapters-json", is_flag=True, help="The chapters beside it, as podcasts have them."),
    click.option("--json", "plan_file", type=_FILE, metavar="FILE", help="Write its plan as well."),
    click.option("--timeline", type=_FILE, metavar="FILE.svg", help="Draw the session as well."),
    click.option(
        "--cover", metavar="FILE|none", help="A JPEG or PNG as its picture; one is drawn if left out."
    ),
    click.option("--force", is_flag=True, help="Write over a file that is no audio file."),
    click.option("--no-check", is_flag=True, help="Do not listen to the finished file for its loudness."),
)


def recording(command: Command) -> Command:
    """Add the options of a recording; they arrive as `order` and `is_checked`, looked at already."""

    @functools.wraps(command)
    def wired(**options: Any) -> Any:  # noqa: ANN401 - as click has it
        names = ("output", "suffix", "quality", "jobs", "chapters", "split", "captions", "cue_sheet")
        more = ("chapters_json", "plan_file", "timeline", "cover", "force")
        given = {name: options.pop(name) for name in (*names, *more)}
        order = _order(sample_rate=options["sample_rate"], **given)
        return command(order=order, is_checked=not options.pop("no_check"), **options)

    adorned: Any = wired
    for option in reversed(_OPTIONS):
        adorned = option(adorned)
    return cast("Command", adorned)


def _order(  # noqa: PLR0913 - one for each option
    *,
    output: Path,
    suffix: str | None,
    sample_rate: int | None,
    quality: str,
    jobs: int | None,
    chapters: str,
    split: str | None,
    captions: tuple[str, ...],
    cue_sheet: bool,
    chapters_json: bool,
    plan_file: Path | None,
    timeline: Path | None,
    cover: str | None,
    force: bool,
) -> Order:
    """Return what a session is to become; what is wrong with it is better told before the work than after.

    Raises:
        click.UsageError: options contradict one another.
        CoachError: a file cannot be written, or not with this sample rate.
    """
    from voicecoach.exporting import Order, refuse_strangers  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.output.audio.kinds import Quality, kind_of  # noqa: PLC0415
    from voicecoach.output.audio.recipe import Recipe  # noqa: PLC0415
    from voicecoach.output.replace import check_target  # noqa: PLC0415
    from voicecoach.plan.chapters import Level  # noqa: PLC0415
    from voicecoach.plan.timeline import SAMPLE_RATE  # noqa: PLC0415
    from voicecoach.speech.cores import cores  # noqa: PLC0415

    target = None if str(output) == STDOUT else output
    if target is None:
        _refuse_for_stdout(split=split, captions=captions, cue_sheet=cue_sheet, chapters_json=chapters_json)
        kind = kind_of(Path(f"session.{(suffix or 'wav').lstrip('.')}"))
    elif suffix:
        message = f"--format goes with -o -; the suffix of {target} says its kind"
        raise click.UsageError(message)
    else:
        kind = kind_of(target)
    # It refuses a sample rate that this kind of file does not have.
    Recipe(kind, sample_rate or SAMPLE_RATE)
    if timeline and timeline.suffix.lower() != ".svg":
        message = f"--timeline draws SVG; write {timeline.with_suffix('.svg')}"
        raise click.UsageError(message)
    order = Order(
        target,
        kind,
        Quality(quality),
        jobs or cores(),
        Level(chapters),
        Level(split) if split else None,
        captions,
        cue_sheet,
        chapters_json,
        plan_file,
        timeline,
        cover,
    )
    named = order.files()
    for path in named:
        check_target(path)
    resolved = [path.resolve() for path in named]
    if twice := [path for path, real in zip(named, resolved, strict=True) if resolved.count(real) > 1]:
        message = f"two of its files have the same name: {twice[0]}"
        raise click.UsageError(message)
    if target and not force:
        refuse_strangers([target], "choose another name, or write over it with --force")
    return order


def _refuse_for_stdout(**beside: object) -> None:
    if sys.stdout.isatty():
        message = "an audio file is nothing for a terminal; give -o a name, or pipe it on"
        raise click.UsageError(message)
    for option, given in beside.items():
        if given:
            message = f"--{option.replace('_', '-')} writes files beside the recording, and -o - has no name"
            raise click.UsageError(message)

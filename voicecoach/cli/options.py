"""Options and arguments that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Command = TypeVar("Command", bound=Callable[..., Any])


class Duration(click.ParamType[float]):
    """Read ``45``, ``45s``, ``1:30``, ``2m`` as seconds."""

    name = "duration"

    def __init__(self, most: float | None = None) -> None:
        """Take durations up to a number of seconds."""
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - as click has it
        """Return the seconds."""
        from voicecoach.units import parse_duration  # noqa: PLC0415 - heavy imports only where used

        try:
            seconds = parse_duration(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if self.most is not None and seconds > self.most:
            self.fail(f"'{value}' is too long; at most {self.most:g} s", param, ctx)
        return seconds


class RoutineName(click.ParamType[str]):
    """Take the name of a routine, or the path of its file; completed by the shell."""

    name = "routine"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the routines that begin so."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only for a shell

        from voicecoach import folders  # noqa: PLC0415
        from voicecoach.routine.shelf import shelf  # noqa: PLC0415

        del ctx, param
        return [CompletionItem(name) for name in shelf(folders.routines()) if name.startswith(incomplete)]


ROUTINE = RoutineName()
DURATION = Duration()

_ADJUSTMENTS = (
    click.option("--hold", type=DURATION, help="Length of every static hold: 45, 45s, 1:30 or 2m."),
    click.option("--sets", type=int, help="Sets of every exercise."),
    click.option("--reps", type=int, help="Reps of every exercise that counts them."),
    click.option("--rest", type=DURATION, help="Rest between two sets."),
    click.option(
        "--pace", type=click.Choice(["gentle", "steady", "brisk"]), help="Pauses, tempo, rate of speech."
    ),
    click.option(
        "--only", multiple=True, metavar="PART", help="Do this stage or exercise alone (repeatable)."
    ),
    click.option(
        "--skip", multiple=True, metavar="PART", help="Leave this stage or exercise out (repeatable)."
    ),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="EXERCISE.KEY=VALUE",
        help="As roll.piriformis.hold=60 (repeatable).",
    ),
    click.option(
        "--sides", type=click.Choice(["left", "right", "both"]), default="both", help="One side alone."
    ),
)

_SPEAKING = (
    click.option("--voice", metavar="VOICE", help="A name, an id or a language; see 'voicecoach voices'."),
    click.option(
        "--rate", type=click.IntRange(80, 300), metavar="WPM", help="Words a minute of instructions."
    ),
    click.option(
        "--cache", type=click.Path(file_okay=False), metavar="DIR", help="Where spoken clips are kept."
    ),
    click.option("--no-cache", is_flag=True, help="Keep no clips after this session."),
    click.option(
        "--speech-errors",
        type=click.Choice(["stop", "tone"]),
        default="stop",
        show_default=True,
        help="What to do where a phrase cannot be spoken.",
    ),
)

_TALK = click.option(
    "--talk",
    type=click.Choice(["full", "brief", "beeps"]),
    default="full",
    show_default=True,
    help="How much is said.",
)


def speaking(command: Command) -> Command:
    """Add the options of the voice; they arrive as `speaking`."""

    @functools.wraps(command)
    def wired(**options: Any) -> Any:  # noqa: ANN401 - as click has it
        from pathlib import Path  # noqa: PLC0415

        from voicecoach.coach import Speaking  # noqa: PLC0415
        from voicecoach.plan.cues import Talk  # noqa: PLC0415

        cache = options.pop("cache")
        chosen = Speaking(
            talk=Talk(options.pop("talk", Talk.FULL)),
            voice=options.pop("voice"),
            rate_wpm=options.pop("rate"),
            cache=Path(cache).expanduser() if cache else None,
            keep=not options.pop("no_cache"),
            tone_for_errors=options.pop("speech_errors") == "tone",
        )
        return command(speaking=chosen, **options)

    return cast("Command", _with(wired, _SPEAKING))


def adjustments(command: Command) -> Command:
    """Add the options of a routine and its voice; they arrive as `adjustments` and `speaking`."""

    @functools.wraps(command)
    def wired(**options: Any) -> Any:  # noqa: ANN401 - as click has it
        from voicecoach.routine.adjust import Adjustments  # noqa: PLC0415

        names = ("pace", "hold", "sets", "reps", "rest", "sides", "only", "skip", "settings")
        asked = Adjustments(**{name: options.pop(name) for name in names})
        return command(adjustments=asked, **options)

    return cast("Command", _with(speaking(_with(wired, (_TALK,))), _ADJUSTMENTS))


def _with(command: Callable[..., Any], options: Sequence[Callable[..., Any]]) -> Any:  # noqa: ANN401
    for option in reversed(options):
        command = option(command)
    return command

"""Options and arguments that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from voicecoach.coach import Fitting, Session
    from voicecoach.routine.adjust import Adjustments

Command = TypeVar("Command", bound=Callable[..., Any])


class Duration(click.ParamType[float]):
    """Read ``45``, ``45s``, ``1:30``, ``2m`` as seconds."""

    name = "duration"

    def __init__(self, most: float | None = None, least: float = 0) -> None:
        """Take durations of so many seconds at most, and at least."""
        self.most, self.least = most, least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - as click has it
        """Return the seconds."""
        from voicecoach.units import parse_duration  # noqa: PLC0415 - heavy imports only where used

        try:
            seconds = parse_duration(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if seconds < self.least:
            self.fail(f"'{value}' is too short; at least {self.least:g} s", param, ctx)
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
    click.option("--first-side", type=click.Choice(["left", "right"]), help="The side to begin with."),
    click.option(
        "--side-order",
        type=click.Choice(["alternate", "block"]),
        help="Each set on both sides in turn, or all sets of one side first.",
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

_FITTING = (
    click.option(
        "--fit",
        type=Duration(most=24 * 3600, least=1),
        metavar="TIME",
        help="The session in the time you have, as 20m.",
    ),
    click.option("--fit-holds", is_flag=True, help="With --fit: holds may leave their range, 15 to 60 s."),
    click.option("--nearest", is_flag=True, help="With --fit: the nearest time will do."),
)

_STAGING = (
    click.option("--pan", is_flag=True, help="Let what belongs to a side be heard on that side (stereo)."),
    click.option(
        "--headphones",
        type=click.Choice(["wired", "bluetooth"]),
        default="wired",
        show_default=True,
        help="Bluetooth ones are kept awake by soft tones and a hiss far below hearing.",
    ),
    click.option(
        "--music",
        multiple=True,
        metavar="FILE|STAGE=FILE",
        help="A file or folder of music beneath the session, or a stage; or none (repeatable).",
    ),
    click.option(
        "--music-level",
        type=click.FloatRange(-40, -6),
        default=-14,
        show_default=True,
        metavar="LU",
        help="How loud music is between cues, against the speech.",
    ),
    click.option(
        "--seed", type=int, default=0, show_default=True, help="Another choice among the reminders."
    ),
)

LANG = click.option(
    "--lang", metavar="TAG", help="The language of phrases, routine and voice, as fr; else the routine's own."
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

        from voicecoach.plan.cues import Talk  # noqa: PLC0415
        from voicecoach.plan.timeline import SAMPLE_RATE  # noqa: PLC0415
        from voicecoach.speaking import MUSIC_LEVEL, Speaking  # noqa: PLC0415

        cache, language = options.pop("cache"), options.pop("lang", None)
        voice = options.pop("voice")
        if _is_typed("lang") and not _is_typed("voice"):
            voice = None  # a default voice may speak another language
        chosen = Speaking(
            talk=Talk(options.pop("talk", Talk.FULL)),
            voice=voice,
            language=language,
            rate_wpm=options.pop("rate"),
            cache=Path(cache).expanduser() if cache else None,
            keep=not options.pop("no_cache"),
            tone_for_errors=options.pop("speech_errors") == "tone",
            pan=options.pop("pan", False),
            bluetooth=options.pop("headphones", "wired") == "bluetooth",
            music=options.pop("music", ()),
            music_level=options.pop("music_level", MUSIC_LEVEL),
            seed=options.pop("seed", 0),
            sample_rate=options.pop("sample_rate", None) or SAMPLE_RATE,
        )
        return command(speaking=chosen, **options)

    return cast("Command", _with(wired, _SPEAKING))


def adjustments(command: Command) -> Command:
    """Add the options of a routine and its voice; they arrive as `adjustments`, `fitting` and `speaking`."""

    @functools.wraps(command)
    def wired(**options: Any) -> Any:  # noqa: ANN401 - as click has it
        asked = _asked(options)
        fit = {name: options.pop(name) for name in ("fit", "fit_holds", "nearest")}
        return command(adjustments=asked, fitting=_fitting(asked, **fit), **options)

    return cast(
        "Command", _with(speaking(_with(wired, (LANG, _TALK, *_STAGING))), (*_ADJUSTMENTS, *_FITTING))
    )


def dosing(command: Command) -> Command:
    """Add the options that change what is done, not how it is heard; they arrive as `adjustments`."""

    @functools.wraps(command)
    def wired(**options: Any) -> Any:  # noqa: ANN401 - as click has it
        return command(adjustments=_asked(options), **options)

    return cast("Command", _with(wired, _ADJUSTMENTS))


def _asked(options: dict[str, Any]) -> Adjustments:
    """Take the adjustments out of the options."""
    from voicecoach.routine.adjust import Adjustments  # noqa: PLC0415 - heavy imports only where used

    names = ("pace", "hold", "sets", "reps", "rest", "sides", "first_side", "side_order")
    lists = ("only", "skip", "settings")
    return Adjustments(**{name: options.pop(name) for name in (*names, *lists)})


def _fitting(asked: Adjustments, fit: float | None, *, fit_holds: bool, nearest: bool) -> Fitting | None:
    """Return the time to fit a session into; what was typed is pinned, a default of the user's is not."""
    if fit is None:
        if fit_holds or nearest:
            message = f"{'--fit-holds' if fit_holds else '--nearest'} goes with --fit, as in --fit 20m"
            raise click.UsageError(message)
        return None
    from voicecoach.coach import Fitting  # noqa: PLC0415 - heavy imports only where used
    from voicecoach.plan.fit import Pinned  # noqa: PLC0415

    pinned = Pinned(pauses=_is_typed("pace"), rests=asked.rest is not None, holds=asked.hold is not None)
    return Fitting(fit, holds=fit_holds, nearest=nearest, pinned=pinned)


def _is_typed(option: str) -> bool:
    """Tell whether an option was typed, and is no default of the user's."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE


def fitted(session: Session, fitting: Fitting | None) -> Session:
    """Return a session fitted into a time, if one was asked for; a bar shows how far that is."""
    if fitting is None:
        return session
    from voicecoach.cli.progress import progress_bar  # noqa: PLC0415 - heavy imports only where used

    with progress_bar("Fitting") as report:
        return session.fitted(fitting, report)


def prepare(session: Session, *, is_levelled: bool = True) -> None:
    """Have all phrases of a session spoken, and bring it to its level if that is wanted, with bars."""
    from voicecoach.cli.progress import progress_bar  # noqa: PLC0415 - heavy imports only where used

    with progress_bar("Speaking") as report:
        session.prepare(report)
    if is_levelled:
        with progress_bar("Measuring") as report:
            session.level(report)


def _with(command: Callable[..., Any], options: Sequence[Callable[..., Any]]) -> Any:  # noqa: ANN401
    for option in reversed(options):
        command = option(command)
    return command

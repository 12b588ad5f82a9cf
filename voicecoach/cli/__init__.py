"""The command line: it parses, calls the coach, prints. Commands are imported when they are used."""

import errno
import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import click

from voicecoach.cli.endings import end_in_order

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "list": "voicecoach.cli.routines:list_",
        "show": "voicecoach.cli.routines:show",
        "plan": "voicecoach.cli.plan:plan",
        "play": "voicecoach.cli.play:play",
        "resume": "voicecoach.cli.play:resume",
        "export": "voicecoach.cli.export:export",
        "schedule": "voicecoach.cli.schedule:schedule",
        "verify": "voicecoach.cli.verify:verify",
        "progress": "voicecoach.cli.progression:progress",
        "history": "voicecoach.cli.history:history",
        "stats": "voicecoach.cli.stats:stats",
        "report": "voicecoach.cli.report:report",
        "log": "voicecoach.cli.log:log",
        "forget": "voicecoach.cli.log:forget",
        "new": "voicecoach.cli.own:new",
        "copy": "voicecoach.cli.own:copy",
        "edit": "voicecoach.cli.editing:edit",
        "set": "voicecoach.cli.own:set_",
        "import": "voicecoach.cli.importing:import_",
        "check": "voicecoach.cli.check:check",
        "schema": "voicecoach.cli.check:schema",
        "paces": "voicecoach.cli.routines:paces",
        "voices": "voicecoach.cli.setup:voices",
        "doctor": "voicecoach.cli.setup:doctor",
        "say": "voicecoach.cli.speech:say",
        "cache": "voicecoach.cli.speech:cache",
        "config": "voicecoach.cli.config:config",
    }
)
"""Every command, in the order of the help, and where it stands."""

DEFAULTED = frozenset({"show", "plan", "play", "resume", "export", "schedule", "say", "progress", "log"})
"""The commands whose options take the user's defaults."""

ARGUMENTS = "voicecoach.arguments"
"""Where the context keeps the arguments of a command as they were typed."""

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it: 128 and the number of SIGINT."""


class Commands(click.Group):
    """Find commands in the table; end errors of ours as one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import a command; a wrong name gets the nearest ones."""
        if name not in COMMANDS:
            from voicecoach.errors import did_you_mean  # noqa: PLC0415 - only where it is needed

            known = f"; known: {', '.join(COMMANDS)}"
            ctx.fail(f"there is no command '{name}'{did_you_mean(name, list(COMMANDS)) or known}")
        module, _, function = COMMANDS[name].partition(":")
        command = getattr(importlib.import_module(module), function)
        assert isinstance(command, click.Command)  # noqa: S101 - a fault of the table, not of the user
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for, and give it the user's defaults where it takes them."""
        name, command, rest = super().resolve_command(ctx, args)
        if name in DEFAULTED:
            ctx.default_map = dict.fromkeys(DEFAULTED, _defaults())
        ctx.meta[ARGUMENTS] = tuple(rest)
        return name, command, rest

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run a command."""
        from voicecoach.errors import CoachError  # noqa: PLC0415 - only where it is needed

        end_in_order()
        try:
            return super().invoke(ctx)
        except CoachError as error:
            for line in str(error).splitlines():
                click.echo(line if "\n" in str(error) else f"voicecoach: {line}", err=True)
            ctx.exit(error.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read our output has enough: click ends in silence
                raise
            click.echo(f"voicecoach: {error}", err=True)
            ctx.exit(1)
        except (KeyboardInterrupt, click.Abort):
            click.echo("voicecoach: interrupted", err=True)
            ctx.exit(INTERRUPTED)


def _defaults() -> dict[str, Any]:
    """Return the user's settings as defaults of the options of the same names."""
    from voicecoach import folders  # noqa: PLC0415 - only where a command is run
    from voicecoach.config import load  # noqa: PLC0415

    return dict(load(folders.config()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="voicecoach", message="%(prog)s %(version)s")
def main() -> None:
    """Coach a routine of holds and reps by voice, so that you can follow it with closed eyes.

    \b
    voicecoach list                              the routines there are
    voicecoach play hip-mobility                 hear one now
    voicecoach export hip-mobility -o hips.wav   make a recording of it
    """  # noqa: D301 - click's mark for lines that stay as they are

"""The command line without a process of its own: for tests of what a command does, not of how it starts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from voicecoach.cli import main


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a command, named as a process has it."""

    returncode: int
    stdout: str
    stderr: str


def typed(*arguments: str | Path, environ: Mapping[str, str] | None = None) -> Done:
    """Run voicecoach as if typed; what it would end in a traceback is raised.

    Args:
        arguments: what follows ``voicecoach``.
        environ: set beside what the environment has.
    """
    command = list(map(str, arguments))
    result = CliRunner(catch_exceptions=False).invoke(main, command, env=environ)
    return Done(result.exit_code, result.stdout, result.stderr)

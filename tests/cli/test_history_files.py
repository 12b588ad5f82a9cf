import datetime as dt
from pathlib import Path

import click
import fitdecode
import pytest
from click.testing import CliRunner, Result

from voicecoach.cli import Commands
from voicecoach.cli.history_files import chosen, into_files, write_fit
from voicecoach.errors import ChoiceError
from voicecoach.history.log import Log
from voicecoach.history.records import Opening, Record

BEGAN = dt.datetime(2026, 11, 24, 19, 0, tzinfo=dt.UTC)
RECORDS = tuple(
    Record(number, Opening("hips", "Hips", "", BEGAN + dt.timedelta(days=number)), seconds=600)
    for number in (1, 2, 5)
)


def run(*arguments: object) -> Result:
    """Run a command that has the options, as if typed."""

    @click.command()
    @into_files
    def history(fit: str, session: int | None, *, force: bool) -> None:
        write_fit(chosen(RECORDS, session), fit, force=force)

    class One(Commands):
        def get_command(self, ctx: click.Context, name: str) -> click.Command:
            del ctx, name
            return history

    return CliRunner().invoke(One(), ["history", *map(str, arguments)])


def created(file: Path) -> dt.datetime:
    """Return when the activity of a FIT file began."""
    with fitdecode.FitReader(file, check_crc=fitdecode.CrcCheck.RAISE) as reader:
        times = [
            frame.get_value("start_time")
            for frame in reader
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "session"
        ]
    assert 1 == len(times)
    return times[0]


@pytest.mark.parametrize(("options", "day"), [((), 29), (("--session", 2), 26)])
def test_which_session(tmp_path: Path, options: tuple[object, ...], day: int) -> None:
    """The newest session is written, or the one that is asked for by its number."""
    target = tmp_path / "out.fit"
    result = run("--fit", target, *options)
    assert 0 == result.exit_code, result.output
    assert day == created(target).day
    assert "" == result.stdout
    assert f"2026-11-{day} 19:00, 10:00" in result.stderr


def test_from_the_log(tmp_path: Path) -> None:
    """What comes out of the log is what was put into it: the newest session is written from there."""
    with Log.open(tmp_path / "log.db") as log:
        for record in RECORDS:
            log.add(record)
        newest = chosen(log.records(newest=1), None)
    write_fit(newest, str(tmp_path / "out.fit"), force=False)
    assert RECORDS[-1].opening.began == created(tmp_path / "out.fit")


def test_standard_output(tmp_path: Path) -> None:
    """Whoever pipes it on gets the file and nothing else."""
    target = tmp_path / "out.fit"
    run("--fit", target)
    assert target.read_bytes() == run("--fit", "-").stdout_bytes


def test_a_file_that_exists(tmp_path: Path) -> None:
    """A file that exists stays as it is without --force."""
    target = tmp_path / "out.fit"
    target.write_bytes(b"mine")
    result = run("--fit", target)
    assert (1, b"mine") == (result.exit_code, target.read_bytes())
    assert f"voicecoach: {target} exists already; choose another name" in result.stderr
    assert 0 == run("--fit", target, "--force").exit_code
    assert 29 == created(target).day


def test_no_such_session() -> None:
    """A number that no session has is refused, and so is an empty log."""
    result = run("--fit", "out.fit", "--session", 3)
    assert (2, "voicecoach: there is no session 3; 'voicecoach history' shows those there are\n") == (
        result.exit_code,
        result.stderr,
    )
    with pytest.raises(ChoiceError, match="there is no session in the log"):
        chosen((), None)

import datetime as dt
from pathlib import Path

import pytest
import vobject
from click.testing import CliRunner, Result

from voicecoach.cli import main
from voicecoach.routine.files import load
from voicecoach.routine.shelf import find

WHEN = "Mon, Wed, Fri 19:00"


def run(*arguments: object) -> Result:
    """Run the command as if typed."""
    return CliRunner().invoke(main, ["schedule", *map(str, arguments)])


def test_a_file(tmp_path: Path) -> None:
    """A plan becomes a calendar file, with the words of the routine, and a line tells what it holds."""
    target = tmp_path / "hips.ics"
    result = run(
        "hip-mobility", WHEN, "--from", "2026-12-01", "--weeks", 8, "--zone", "Europe/Berlin", "-o", target
    )
    assert 0 == result.exit_code, result.output
    event = vobject.readOne(target.read_bytes().decode()).vevent
    routine = load(find("hip-mobility"))
    assert routine.title == event.summary.value
    assert f"voicecoach play hip-mobility\n\n{routine.caution}" == event.description.value
    assert dt.timedelta(minutes=80) == event.duration.value
    assert dt.datetime(2026, 12, 2, 18, tzinfo=dt.UTC) == event.dtstart.value
    assert "" == result.stdout
    assert (
        "Hip mobility: Mon, Wed, Fri 19:00 (Europe/Berlin), 80 min, from 2026-12-02, 24 sessions\n"
        == result.stderr
    )


@pytest.mark.parametrize("output", [(), ("-o", "-")])
def test_standard_output(output: tuple[str, ...]) -> None:
    """It is printed, with the line ends of calendars, and nothing else on standard output."""
    result = run("desk-break", "weekdays 10:30", *output)
    assert result.stdout_bytes.startswith(b"BEGIN:VCALENDAR\r\n")
    assert result.stdout_bytes.endswith(b"END:VCALENDAR\r\n")


def test_from_now_on() -> None:
    """Without --from, the first session is one that is still to come, within a week."""
    now = dt.datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005 - as the clock shows it
    event = vobject.readOne(run("desk-break", "Tue 10:30").stdout_bytes.decode()).vevent
    assert now <= event.dtstart.value <= now + dt.timedelta(days=8)


def test_language() -> None:
    """Title and caution are those of the language, and the command asks for it as well."""
    event = vobject.readOne(run("desk-break", "Tue 10:30", "--lang", "de").stdout_bytes.decode()).vevent
    assert "Pause am Schreibtisch" == event.summary.value
    assert event.description.value.startswith("voicecoach play desk-break --lang de\n\nFragen Sie")


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    """A routine given by its path is named by it in full, so that the command works from anywhere."""
    path = tmp_path / "my hips.toml"
    path.write_bytes(find("desk-break").read_bytes())
    event = vobject.readOne(run(path, "Tue 10:30").stdout_bytes.decode()).vevent
    assert event.description.value.startswith(f"voicecoach play '{path}'\n\n")


def test_a_file_that_exists(tmp_path: Path) -> None:
    """A file that exists stays as it is without --force."""
    target = tmp_path / "hips.ics"
    target.write_text("mine", encoding="utf-8")
    result = run("desk-break", "Tue 10:30", "-o", target)
    assert (1, "mine") == (result.exit_code, target.read_text(encoding="utf-8"))
    assert 0 == run("desk-break", "Tue 10:30", "-o", target, "--force").exit_code
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("desk-break", "Mun 19:00"), "'Mun' is no day (did you mean 'Mon'?)"),
        (("desk-brake", WHEN), "desk-break"),
        (
            ("desk-break", WHEN, "--zone", "Europe/Berln"),
            "no time zone 'Europe/Berln' (did you mean 'Europe/Berlin'",
        ),
        (("desk-break", WHEN, "--zone", "../../etc/passwd"), "there is no time zone"),
        (("desk-break", WHEN, "--from", "2026-13-01"), "'2026-13-01' is no date; write year, month and day"),
        (("desk-break", WHEN, "--from", "9999-12-30"), "no calendar goes to 9999-12-30"),
        (("desk-break", WHEN, "--weeks", "8", "--until", "2027-01-01"), "--weeks and --until say the same"),
        (("desk-break", WHEN, "--weeks", "0"), "--weeks"),
        (
            ("desk-break", WHEN, "--from", "2026-12-01", "--until", "2026-12-01"),
            "there is no 'Mon, Wed, Fri 19:00'",
        ),
        (("desk-break", WHEN, "--from", "2026-12-01", "--until", "2099-12-01"), "more than ten years"),
        (("desk-break", WHEN, "--alarm", "8d"), "is not a duration"),
        (("desk-break", WHEN, "--lang", "tlh"), "does not speak 'tlh'"),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], complaint: str) -> None:
    """What cannot be meant is refused with a line that says what, and how to mend it."""
    result = run(*arguments)
    assert 2 == result.exit_code, result.output
    assert complaint in " ".join(result.stderr.split())
    assert "" == result.stdout

import datetime as dt
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.page_reading import Element, loads, read, table
from tests.training import session, weeks_of_training
from tests.typed import Done, typed
from voicecoach import folders
from voicecoach.history.log import Log
from voicecoach.history.records import Feel, Pain, Record
from voicecoach.reporting.page import TEMPLATE

CHECKOUT = Path(__file__).parents[2]
TITLE = 'Hips <script>alert(1)</script> & "knees"'


def today() -> dt.date:
    """Return the day that it is."""
    return dt.datetime.now().astimezone().date()


def logged(records: Iterable[Record], *pains: Pain) -> None:
    """Put sessions into the log."""
    with Log.open(folders.log()) as log:
        for record in records:
            log.add(record)
        for pain in pains:
            log.hurt(pain)


def report(*arguments: str | Path) -> tuple[Done, Element]:
    """Return what came of the command, and the page that it printed."""
    done = typed("report", "-o", "-", *arguments)
    assert 0 == done.returncode, done.stderr
    return done, read(done.stdout)


def sessions(page: Element) -> int:
    """Return how many sessions a page tells of."""
    found = page.all("dl")
    return int(found[0].all("strong")[0].text) if found else 0


def test_a_page(tmp_path: Path) -> None:
    """A page is written, whole, and a line says what it tells, and that it stays here."""
    target = tmp_path / "report.html"
    logged(weeks_of_training(6, today()))
    done = typed("report", "--since", "4w", "-o", target, "--name", "Anna")
    assert (0, "") == (done.returncode, done.stdout), done.stderr
    page = read(target.read_text(encoding="utf-8"))
    assert 12 == sessions(page)
    assert "Anna" in page.all("header")[0].text
    assert 3 == len(page.all("svg"))
    assert [] == loads(page)
    first = today() - dt.timedelta(days=27)
    told = f"12 sessions, {first} to {today()}. Nothing leaves this machine unless you send the file."
    assert f"{target}: {told}\n" == done.stderr
    assert [target] == list(tmp_path.iterdir())


def test_it_is_printed() -> None:
    """To standard output goes the page, and nothing else."""
    logged(weeks_of_training(2, today()))
    done, page = report()
    assert done.stdout.startswith("<!DOCTYPE html>\n")
    assert done.stdout.endswith("</html>\n")
    assert ("", 6) == (done.stderr, sessions(page))


def test_a_title_is_text(tmp_path: Path) -> None:
    """A routine whose title is a piece of HTML is shown by it, in the page and in what the command says."""
    logged(
        [session(today(), title=TITLE, routine="hips")],
        Pain("hips", "a", TITLE, dt.datetime.now().astimezone()),
    )
    target = tmp_path / "r.html"
    assert 0 == typed("report", "hips", "-o", target, "--name", TITLE).returncode
    text = target.read_text(encoding="utf-8")
    page = read(text)
    assert "<script" not in text
    assert [] == loads(page)
    assert f"{TITLE} hips" == table(page, "Routines")[1][0]
    assert TITLE == table(page, "Exercises that were marked")[1][0]
    assert page.all("header")[0].text.startswith(f"Training report {TITLE} {TITLE}, ")


def test_one_routine() -> None:
    """A routine that is asked for is told of alone, even where its file is gone."""
    hips = weeks_of_training(2, today())
    knee = session(today(), routine="knee", title="Knee")
    hurt = dt.datetime.now().astimezone()
    logged([*hips, knee], Pain("knee", "a", "Squat", hurt), Pain("evening-hips", "b", "Pigeon", hurt))
    _, page = report("knee")
    assert 1 == sessions(page)
    assert "Knee, " in page.all("header")[0].text
    assert ["Squat"] == [row[0] for row in table(page, "Exercises that were marked")[1:]]
    _, page = report()
    assert len(hips) + 1 == sessions(page)
    assert {"Evening hips", "Knee"} == {row[1] for row in table(page, "Sessions, the oldest")[1:]}


def test_a_routine_without_sessions() -> None:
    """One of the shelf that was not done yet has an empty page with its title; an unknown one is refused."""
    logged(weeks_of_training(2, today()))
    _, page = report("desk-break")
    assert "No session was recorded in this period." in page.text
    assert "Desk break, " in page.all("header")[0].text
    done = typed("report", "desk-brake", "-o", "-")
    assert (2, "") == (done.returncode, done.stdout)
    assert "there is no session of 'desk-brake' in the log" in done.stderr


def test_an_unknown_routine_without_a_log() -> None:
    """Where nothing was ever done, a wrong name is refused all the same, with the nearest there is."""
    done = typed("report", "desk-brake", "-o", "-")
    assert (2, "") == (done.returncode, done.stdout)
    assert "did you mean 'desk-break'" in done.stderr


def test_without_a_log() -> None:
    """Where nothing was ever done, the page says so, and no log is begun by looking."""
    done, page = report()
    assert "No session was recorded in this period." in page.text
    assert "voicecoach: there is no log of sessions yet, so that the page is empty\n" == done.stderr
    assert not folders.log().exists()


@pytest.mark.parametrize(("ago", "counts"), [(27, True), (28, False)])
def test_the_first_day(ago: int, *, counts: bool) -> None:
    """Four weeks are 28 days, today included; what was done before is not told."""
    logged([session(today() - dt.timedelta(days=ago)), session(today() - dt.timedelta(days=60))])
    _, page = report("--since", "4w")
    assert counts is (sessions(page) == 1)
    first = today() - dt.timedelta(days=27)
    assert f"{first.day} " in page.all("header")[0].text.split(" to ")[0]
    assert "(28 days)" in page.all("header")[0].text


def test_a_day_is_that_of_where_it_was_done() -> None:
    """A session counts to the day that the clock there showed, however far from here."""
    day = today() - dt.timedelta(days=6)
    for hours in (-12, 14):
        zone = dt.timezone(dt.timedelta(hours=hours))
        for hour in (0, 23):
            record = session(day)
            began = dt.datetime.combine(day, dt.time(hour, 30), zone)
            logged([replace(record, opening=replace(record.opening, began=began))])
    assert 4 == sessions(report("--since", "1w")[1])
    assert 0 == sessions(report("--since", "6d")[1])


def test_since_ever() -> None:
    """However far one looks back, the period begins with the first session."""
    logged([session(today() - dt.timedelta(days=number)) for number in (400, 2)])
    for since in ("1970-01-01", "100y", "2y"):
        _, page = report("--since", since)
        assert 2 == sessions(page)
        assert "(401 days)" in page.all("header")[0].text


def test_who_began_within_the_period() -> None:
    """The period begins with the first session there ever was: the time before it was no pause."""
    logged([session(today() - dt.timedelta(days=number)) for number in (9, 2)])
    _, page = report()
    assert "(10 days)" in page.all("header")[0].text


@pytest.mark.parametrize("since", ["soon", "0w", "9999y", "2999-01-01"])
def test_a_wrong_period(since: str, tmp_path: Path) -> None:
    """What is no time to look back is refused in one line, and nothing is written."""
    done = typed("report", "--since", since, "-o", tmp_path / "r.html")
    assert 2 == done.returncode
    assert f"'{since}'" in done.stderr
    assert "write 4w, 30d, 6 months, 1y, or a day as 2026-11-01" in done.stderr
    assert [] == list(tmp_path.iterdir())


def test_a_file_that_exists(tmp_path: Path) -> None:
    """It is never written over unless that is asked for, and keeps its permissions then."""
    target = tmp_path / "r.html"
    target.write_text("mine")
    target.chmod(0o600)
    logged(weeks_of_training(1, today()))
    done = typed("report", "-o", target)
    assert (1, "mine") == (done.returncode, target.read_text())
    assert "write over it with --force" in done.stderr
    assert 0 == typed("report", "-o", target, "--force").returncode
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert 0o600 == stat.S_IMODE(target.stat().st_mode)


def test_without_the_library_that_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is not installed, the page has its tables, and a line says what is missing."""
    logged([session(today(), feel=Feel.RIGHT)])
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done, page = report()
    assert ([], 1) == (page.all("svg", "figure"), sessions(page))
    assert "voicecoach: the page has no plots: plots need matplotlib" in done.stderr
    assert "pip install 'voicecoach[plots]'" in done.stderr


def test_a_log_that_cannot_be_read_makes_no_page(tmp_path: Path) -> None:
    """Where there is a log that cannot be opened, no page says that nothing was done."""
    folders.log().mkdir(parents=True)
    done = typed("report", "-o", tmp_path / "r.html")
    assert 1 == done.returncode
    assert "log" in done.stderr
    assert [] == list(tmp_path.iterdir())


@pytest.mark.long
def test_the_template_is_in_the_wheel(tmp_path: Path) -> None:
    """A package that is built has the template where the page looks for it."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(build, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert TEMPLATE.read_bytes() == archive.read(TEMPLATE.relative_to(CHECKOUT).as_posix())
        # As installed: the page is made by the package as it stands in the wheel.
        archive.extractall(tmp_path / "installed")
    code = "from voicecoach.reporting.page import TEMPLATE; print(TEMPLATE); print(TEMPLATE.read_text()[:2])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "installed", check=True, capture_output=True, text=True
    )
    assert [str(tmp_path / "installed/voicecoach/reporting/page.html.jinja"), "{#"] == done.stdout.split()

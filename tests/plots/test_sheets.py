import datetime as dt
import hashlib
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.training import CALVES, PIGEON, TODAY, session, weeks_of_training
from voicecoach.history.holds import hold_lines
from voicecoach.history.period import Period
from voicecoach.history.records import Origin
from voicecoach.plots.calendar import MOST_WEEKS, WALL_WEEKS, minutes_by_day, shown
from voicecoach.plots.calendar import title as calendar_title
from voicecoach.plots.canvas import DPI, WIDTH
from voicecoach.plots.days import WEEKDAYS
from voicecoach.plots.hold_lengths import LONGEST_NAME, MOST
from voicecoach.plots.hold_lengths import title as holds_title
from voicecoach.plots.sheets import drawings, sheet

pytest.importorskip("matplotlib", reason="the extra plots is not installed")

LAST_WEEKS = Period(TODAY - dt.timedelta(days=27), TODAY)
HALF_A_YEAR = Period(TODAY - dt.timedelta(days=181), TODAY)
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: bytes) -> list[str]:
    """Return all that can be read on a drawing."""
    return ["".join(element.itertext()).strip() for element in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - of our own making


def test_a_month_of_sessions() -> None:
    """A day with a session has its minutes; each exercise with holds has a panel, and other work none."""
    found = texts(sheet(LAST_WEEKS, weeks_of_training(4), ".svg"))
    assert "Sessions, 2026-10-28 to 2026-11-24" in found
    assert set(WEEKDAYS) <= set(found)
    assert 12 == sum(text.endswith(" min") for text in found)
    assert {"Pigeon", "Calves"} <= set(found)
    assert "Clam" not in found
    assert any(text.startswith("Line: as prescribed. Dots: as done") for text in found)


def test_half_a_year_is_a_strip() -> None:
    """Beyond nine weeks a week is a column, and months have their names."""
    found = texts(sheet(HALF_A_YEAR, weeks_of_training(26), ".svg"))
    assert "Sessions, 2026-05-27 to 2026-11-24: the larger, the longer" in found
    assert {"Jun", "Jul", "Aug", "Sep", "Oct", "Nov"} <= set(found)
    assert not any(text.endswith(" min") for text in found)


@pytest.mark.long
def test_the_same_sessions_give_the_same_drawing() -> None:
    """Byte for byte, so that a drawing that is kept under version control changes only with what it shows."""
    records = weeks_of_training(26)
    first = sheet(HALF_A_YEAR, records, ".svg")
    assert first == sheet(HALF_A_YEAR, records, ".svg")
    assert first != sheet(HALF_A_YEAR, records[:-1], ".svg")
    assert b"<dc:date>" not in first


@pytest.mark.long
def test_another_process_draws_the_same(tmp_path: Path) -> None:
    """Nothing of the run is in a drawing, nor of the settings of whoever runs it; and it says nothing."""
    (tmp_path / "matplotlibrc").write_text("svg.fonttype: path\nfigure.facecolor: red\nfont.size: 30\n")
    program = (
        "import datetime as dt, hashlib\n"
        "from tests.training import TODAY, weeks_of_training\n"
        "from voicecoach.history.period import Period\n"
        "from voicecoach.plots.sheets import sheet\n"
        "period = Period(TODAY - dt.timedelta(days=181), TODAY)\n"
        "print(hashlib.sha256(sheet(period, weeks_of_training(26), '.svg')).hexdigest())\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(root), "PYTHONHASHSEED": "7", "MATPLOTLIBRC": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    here = hashlib.sha256(sheet(HALF_A_YEAR, weeks_of_training(26), ".svg")).hexdigest()
    assert (here, "") == (done.stdout.strip(), done.stderr)


def test_a_picture() -> None:
    """A PNG is as broad as a page, and not empty."""
    image = Image.open(BytesIO(sheet(LAST_WEEKS, weeks_of_training(4), ".png")))
    assert ("PNG", round(WIDTH * DPI)) == (image.format, image.width)
    assert len(image.convert("RGB").getcolors(1 << 24) or ()) > 20


def test_sessions_without_holds() -> None:
    """Where nothing was held, or nothing is known of it, there is a calendar alone."""
    by_hand = session(TODAY, [], origin=Origin.BY_HAND)
    found = texts(sheet(LAST_WEEKS, [by_hand], ".svg"))
    assert not any("Seconds of one hold" in text for text in found)
    assert ["calendar"] == list(drawings(LAST_WEEKS, [by_hand]))


def test_names_that_are_no_formulas() -> None:
    """Dollars, signs of XML and letters that the typeface lacks are drawn as they are; long names are cut."""
    names = ["$x^2$ & <b>", "\u4f38\u5c55", "A" * 100]
    asked = tuple(replace(PIGEON, name=name, address=str(number)) for number, name in enumerate(names))
    found = texts(sheet(LAST_WEEKS, [session(TODAY, asked=asked)], ".svg"))
    assert {*names[:2], f"{'A' * (LONGEST_NAME - 3)}..."} <= set(found)


@pytest.mark.long
def test_more_exercises_than_panels() -> None:
    """The ones that changed most are drawn, and the title says of how many they are."""
    asked = tuple(
        replace(CALVES, name=f"Hold {n}", address=f"stretch.{n}", seconds=30 + n) for n in range(11)
    )
    later = tuple(replace(one, seconds=one.seconds + number) for number, one in enumerate(asked))
    records = [session(TODAY - dt.timedelta(days=3), asked=asked), session(TODAY, asked=later)]
    assert f"the {MOST} of 11 exercises" in holds_title(hold_lines(records))
    found = texts(sheet(LAST_WEEKS, records, ".svg"))
    assert [f"Hold {number}" for number in range(10, 2, -1)] == [
        text for text in found if text.startswith("Hold")
    ]


def test_a_calendar_has_room_for_a_year() -> None:
    """Of a longer period the last weeks are shown, and its title says which."""
    long = Period(TODAY - dt.timedelta(days=3650), TODAY)
    assert MOST_WEEKS == len(shown(long).mondays())
    assert str(shown(long)) in calendar_title(long)
    assert "the larger" not in calendar_title(Period(TODAY - dt.timedelta(weeks=WALL_WEEKS - 1), TODAY))


def test_two_sessions_on_a_day() -> None:
    """Their minutes are added."""
    assert {TODAY: 30.0} == minutes_by_day([session(TODAY, seconds=600), session(TODAY, seconds=1200)])

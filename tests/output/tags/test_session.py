from datetime import date

import pytest

from voicecoach.errors import ChoiceError
from voicecoach.output.tags import Tags
from voicecoach.output.tags.session import day_of, session_tags
from voicecoach.plan.document import Document, fingerprint
from voicecoach.routine.adjust import Adjustments
from voicecoach.routine.files import parse

HIPS = parse(
    'title = "Hips"\nlanguage = "en-gb"\ndate = 2026-06-01\ncaution = "Stop on pain."\n'
    '[[stage]]\ntitle = "Stretch"\nexercise = [{ name = "Pigeon", dose = "10 s" }]',
    "hips.toml",
)
UNDATED = parse(
    'title = "Hips"\n[[stage]]\ntitle = "Stretch"\nexercise = [{ name = "Pigeon", dose = "10 s" }]',
    "hips.toml",
)


def planned(adjustments: dict[str, object]) -> Document:
    """Return a plan that tells how it was asked for."""
    return Document({"program": "voicecoach 0.1.0", "adjustments": adjustments}, 24_000, 0)


def test_session_tags() -> None:
    """The routine is the title and the album; the comment tells how it was made, and what to heed."""
    plan = planned({"pace": "gentle", "sets": 2})
    assert Tags(
        title="Hips",
        artist="voicecoach",
        album="Hips",
        date="2026-06-01",
        language="en-gb",
        comment="Hips, pace gentle, sets 2; made by voicecoach 0.1.0. Stop on pain.",
        plan=fingerprint(plan),
    ) == session_tags(plan, HIPS, HIPS.date)


def test_what_is_not_known_is_left_out() -> None:
    """No date and no caution leave nothing behind."""
    tags = session_tags(planned({}), UNDATED, None)
    assert ("", "Hips; made by voicecoach 0.1.0.") == (tags.date, tags.comment)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Adjustments(hold=45.0, rest=7.5).given(), "hold 45, rest 7.5"),
        (Adjustments(first_side="right").given(), "first side right"),
        (Adjustments(only=("roll", "2.3")).given(), "only roll, only 2.3"),
        (Adjustments(settings=("roll.itb.hold=60",)).given(), "set roll.itb.hold=60"),
        (Adjustments().given() | {"fit": 1200.0}, "fit 20:00"),
    ],
)
def test_adjustments_are_told(given: dict[str, object], told: str) -> None:
    """Each is told by the name of its option."""
    comment = session_tags(planned(given), UNDATED, None).comment
    assert f"Hips, {told}; made by voicecoach 0.1.0." == comment


@pytest.mark.parametrize(
    ("environment", "day"),
    [
        ({}, date(2026, 6, 1)),
        ({"SOURCE_DATE_EPOCH": ""}, date(2026, 6, 1)),
        ({"SOURCE_DATE_EPOCH": "0"}, date(1970, 1, 1)),
        ({"SOURCE_DATE_EPOCH": "1767225599"}, date(2025, 12, 31)),
    ],
)
def test_day(environment: dict[str, str], day: date) -> None:
    """The environment decides, then the routine; in UTC, wherever it is made."""
    assert day == day_of(HIPS, environment)


def test_no_day_is_not_today() -> None:
    """Without either there is no date, so that the same session is the same file on any day."""
    assert day_of(UNDATED, {}) is None


@pytest.mark.parametrize("text", ["yesterday", "1.5", "9" * 30])
def test_a_date_that_is_none(text: str) -> None:
    """A wrong variable is told in one line."""
    with pytest.raises(ChoiceError, match=f"SOURCE_DATE_EPOCH={text} is no number of seconds"):
        day_of(HIPS, {"SOURCE_DATE_EPOCH": text})

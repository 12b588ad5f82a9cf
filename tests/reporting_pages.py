"""Reports, made for tests."""

import datetime as dt
from collections.abc import Mapping

from tests.training import TODAY, ZONE, weeks_of_training
from voicecoach.history.period import Period
from voicecoach.history.records import Pain
from voicecoach.history.summary import summarise
from voicecoach.plots.sheets import drawings
from voicecoach.reporting.report import Report, report_of

WEEKS = 8
PERIOD = Period(TODAY - dt.timedelta(weeks=WEEKS) + dt.timedelta(days=1), TODAY)
MARKED = dt.datetime(2026, 11, 10, 19, 30, tzinfo=ZONE)
PAINS = (
    Pain("evening-hips", "stretch.pigeon", "Pigeon", MARKED, MARKED + dt.timedelta(days=4)),
    Pain("evening-hips", "strengthen.clam", "Clam", MARKED + dt.timedelta(days=9)),
)


def filled() -> tuple[Report, Mapping[str, str]]:
    """Return a report of eight weeks, with pains, and its plots."""
    records = weeks_of_training(WEEKS)
    summary = summarise(records, PAINS, PERIOD, TODAY)
    return report_of(records, summary, made_on=TODAY, person="Anna", program="1.2"), drawings(PERIOD, records)

import csv
import datetime as dt
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.history.samples import PAINS, RECORDS, SESSION
from tests.training import PIGEON, TODAY, session, sets
from voicecoach.history.documents import COLUMNS, FORMULA, document, ending, sets_csv
from voicecoach.history.records import Ending, Pain, Record


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a table, as a spreadsheet would read them."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_session_as_json() -> None:
    """All that the log has of it is there, by its name."""
    (made,) = document([SESSION], [])["sessions"]
    assert (1, "hips", "Hip mobility", "2026-11-20T19:00:00+01:00") == tuple(
        made[key] for key in ("session", "routine", "title", "began")
    )
    assert ("finished", "right", 290) == (made["end"], made["feel"], made["seconds"])
    assert {"pace": "gentle", "skip": ["roll"]} == made["adjustments"]
    assert {"form": "", "rung": 1} == made["prescribed"][0]["level"]
    assert ("left", 30, 5, False) == tuple(
        made["performed"][0][key] for key in ("side", "done_seconds", "extended", "done")
    )


@given(st.lists(RECORDS, max_size=2), st.lists(PAINS, max_size=2))
def test_whatever_is_in_the_log_can_be_written(records: list[Record], pains: list[Pain]) -> None:
    """Any log is a document, and a table with a row for each set."""
    assert json.loads(json.dumps(document(records, pains)))["schema"] == 1
    read = rows(sets_csv(records).replace("\0", ""))
    assert sum(len(record.performed) for record in records) == len(read)


def test_a_table_of_sets() -> None:
    """Its rows end as RFC 4180 has it; figures are without needless digits, what is unknown is empty."""
    text = sets_csv([session(TODAY, sets(PIGEON, done=1 / 3)[:1])])
    assert 2 == text.count("\r\n") == text.count("\n")
    assert ",".join(COLUMNS) == text.splitlines()[0]
    (row,) = rows(text)
    assert ("30", "10", "", "no") == tuple(
        row[name] for name in ("planned_seconds", "done_seconds", "planned_reps", "done")
    )
    assert ("finished", "", "Pigeon", "left") == tuple(
        row[name] for name in ("end", "feel", "exercise", "side")
    )


@pytest.mark.parametrize("begin", FORMULA)
def test_a_name_cannot_run_in_a_spreadsheet(begin: str) -> None:
    """A text that begins like a formula is made one to read; the same text within another is left alone."""
    name = f"{begin}cmd|' /C calc'!A0"
    (row, *_) = rows(sets_csv([session(TODAY, sets(PIGEON), asked=(replace(PIGEON, name=name),))]))
    assert f"'{name}" == row["exercise"]
    (row, *_) = rows(sets_csv([session(TODAY, sets(PIGEON), asked=(replace(PIGEON, name=f"a{name}"),))]))
    assert f"a{name}" == row["exercise"]


def test_commas_quotes_and_lines_in_a_name() -> None:
    """They come back as they were."""
    name = 'a, "b"\r\nc'
    (row, *_) = rows(sets_csv([session(TODAY, sets(PIGEON), asked=(replace(PIGEON, name=name),))]))
    assert name == row["exercise"]


def test_seconds_that_were_taken_away_stay_a_figure() -> None:
    """A negative number is no formula."""
    (row, *_) = rows(sets_csv([session(TODAY, [replace(sets(PIGEON)[0], extended=-10.0)])]))
    assert "-10" == row["extended"]


def test_a_session_that_is_under_way() -> None:
    """It is told from one that nobody ended, everywhere."""
    playing = session(TODAY, end=Ending.INTERRUPTED, number=7)
    assert ("interrupted", "under way") == (ending(playing), ending(playing, 7))
    assert "interrupted" == ending(playing, 8)
    ended = replace(playing, ended=dt.datetime.now(dt.UTC), end=Ending.FINISHED)
    assert "finished" == ending(ended, 7)
    assert "under way" == document([playing], [], 7)["sessions"][0]["end"]
    assert {"under way"} == {row["end"] for row in rows(sets_csv([playing], 7))}

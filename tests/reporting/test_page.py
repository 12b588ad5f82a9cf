import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from tests.page_reading import Element, loads, read, table
from tests.reporting_pages import MARKED, PAINS, PERIOD, WEEKS
from tests.training import CALVES, CLAM, PIGEON, ROUTINE, TODAY, session, sets, weeks_of_training
from voicecoach.history.period import Period
from voicecoach.history.records import Ending, Feel, Level, Origin, Pain, Record
from voicecoach.history.summary import Summary, summarise
from voicecoach.plots.sheets import drawings
from voicecoach.reporting import words
from voicecoach.reporting.page import page
from voicecoach.reporting.report import report_of

NONE = "\N{EN DASH}"
HOSTILE = '<script>alert("1")</script> & \'it\' " onload="x" {{ 7 * 7 }} {% raw %} \u202e\x00\ud800</title>'


def summary_of(records: Sequence[Record], pains: Iterable[Pain] = (), period: Period = PERIOD) -> Summary:
    """Return what sessions came to."""
    return summarise(records, pains, period, TODAY)


def made(  # what differs from test to test
    records: Sequence[Record], pains: Iterable[Pain] = (), *, person: str = "Anna", is_drawn: bool = False
) -> str:
    """Return the page of sessions."""
    drawn = drawings(PERIOD, records) if is_drawn else {}
    told = report_of(records, summary_of(records, pains), made_on=TODAY, person=person, program="1.2")
    return page(told, drawn)


def figures(html: Element) -> dict[str, str]:
    """Return the figures at the head of a page, by their names."""
    (found,) = html.all("dl")
    return dict(
        zip((one.text for one in found.all("dt")), (one.text for one in found.all("dd")), strict=True)
    )


def test_the_figures_are_those_of_the_summary() -> None:
    """What a page tells at its head and week by week is what `stats` tells of the same period."""
    records = weeks_of_training(WEEKS)
    summary = summary_of(records, PAINS)
    html = read(made(records, PAINS))
    assert {
        "Sessions": f"{summary.sessions} {summary.sessions_a_week:.1f} a week",
        "Finished": f"{summary.finished} of {summary.sessions} sessions",
        "Sets done": f"{summary.sets_done} {100 * summary.sets_done // summary.sets_asked} % "
        f"of {summary.sets_asked} prescribed",
        "Time": f"{words.minutes(summary.seconds)} {summary.minutes_a_week:.0f} min a week",
        "Pain marks": "2 1 still left out",
    } == figures(html)
    _, *weeks, total = table(html, "Sessions a week")
    assert [[words.day(week.monday), str(week.sessions)] for week in summary.weeks] == [
        row[:2] for row in weeks
    ]
    assert [NONE if count == 0 else str(count) for count in summary.feels.values()] == total[4:]
    assert str(summary.sessions) == total[1]
    for column in range(4, len(total)):
        assert summary.feels[total_name(html, column)] == sum(
            int(row[column].replace(NONE, "0")) for row in weeks
        )


def total_name(html: Element, column: int) -> str:
    """Return the answer that a column of the table of weeks counts."""
    return table(html, "Sessions a week")[0][column].casefold()


def test_doses_by_exercise_and_side() -> None:
    """Each exercise has its sets, its time or reps, and its progress; sides that differ have a row each."""
    records = weeks_of_training(WEEKS)
    doses = {(one.name, one.side and one.side.value): one for one in summary_of(records).doses}
    head, *rows = table(read(made(records)), "Evening hips: what was done")
    assert ["Exercise", "Progress", "Side", "Sets done", "Share", "Time or reps"] == head
    assert {"Pigeon", "Calves", "Clam"} == {row[0].split()[0] for row in rows}
    for row in rows:
        name, side = row[0].split()[0], row[2]
        wanted = {"both": [None], "each side": ["left", "right"]}.get(side, [side])
        for one in (doses[name, each] for each in wanted):
            assert f"{one.done.sets} of {one.asked.sets}" == row[3]
            assert f"{100 * one.done.sets // one.asked.sets} %" == row[4]
            amount = (
                f"{one.done.reps} of {one.asked.reps} reps"
                if one.asked.reps
                else f"{words.duration(one.done.seconds)} of {words.duration(one.asked.seconds)}"
            )
            assert amount == row[5]
    pigeon = next(row for row in rows if row[0].startswith("Pigeon"))
    assert "Pigeon 2 x 45 s per side" == pigeon[0]
    assert "3 steps up at first as written" == pigeon[1]


def test_sides_that_differ_are_told_apart() -> None:
    """Who did less on one side finds both sides, each with its own figures."""
    one_sided = [one for one in sets(PIGEON) if (one.set, str(one.side)) != (2, "right")]
    record = session(TODAY, [*one_sided, *sets(CALVES), *sets(CLAM)])
    _, *rows = table(read(made([record])), "Evening hips: what was done")
    assert [
        ["left", "2 of 2", "100 %", "1 min of 1 min"],
        ["right", "1 of 2", "50 %", "30 s of 1 min"],
        ["both", "1 of 1", "100 %", "30 s of 30 s"],
        ["each side", "2 of 2", "100 %", "24 of 24 reps"],
    ] == [row[2:] for row in rows]


def test_two_exercises_of_one_name() -> None:
    """They are told apart by their addresses, and are not added up."""
    other = replace(PIGEON, address="roll.pigeon", seconds=60)
    _, *rows = table(read(made([session(TODAY, asked=(PIGEON, other))])), "Evening hips: what was done")
    assert ["Pigeon stretch.pigeon", "Pigeon roll.pigeon"] == [row[0].rsplit(" 2 x", 1)[0] for row in rows]
    assert ["1 min of 1 min", "2 min of 2 min"] == [row[5] for row in rows]


def test_pain() -> None:
    """A pain has its exercise, its routine and its day, and whether the exercise is still left out."""
    html = read(made(weeks_of_training(WEEKS), PAINS))
    assert [
        ["Pigeon", "Evening hips", "10 Nov 2026", "put back on 14 Nov 2026"],
        ["Clam", "Evening hips", "19 Nov 2026", "still left out"],
    ] == table(html, "Exercises that were marked as painful")[1:]
    assert "none is left out" in read(made(weeks_of_training(WEEKS))).text


def test_versions_of_routines() -> None:
    """Each version of each routine has its days; of a path, nothing but the name of the file is told."""
    first, second = (session(TODAY - dt.timedelta(days=days), number=days) for days in (9, 2))
    second = replace(second, opening=replace(second.opening, version="4567", title="Later hips"))
    other = session(TODAY, routine="/home/anna/plans/knee.toml", title="Knee")
    text = made([first, second, other])
    assert [
        ["Evening hips evening-hips", "0123", "15 Nov 2026", "15 Nov 2026", "1"],
        ["Later hips evening-hips", "4567", "22 Nov 2026", "22 Nov 2026", "1"],
        ["Knee knee.toml", "0123", "24 Nov 2026", "24 Nov 2026", "1"],
    ] == table(read(text), "Routines")[1:]
    assert "/home" not in text


def test_skips_and_pauses_that_say_something() -> None:
    """What was skipped, paused or made longer in two sessions is told; a single time is counted alone."""
    clam, calves = sets(CLAM, done=0.5), replace(sets(CALVES)[0], paused=40, extended=10, done_seconds=40)
    twice = [
        session(TODAY - dt.timedelta(days=days), [*sets(PIGEON), calves, *clam], number=days)
        for days in (3, 1)
    ]
    once = session(TODAY, [*sets(PIGEON, leaves_out=1), *sets(CALVES), *sets(CLAM)])
    html = read(made([*twice, once]))
    assert [
        ["Clam", "2", "8", NONE, NONE, NONE, NONE],
        ["Calves", "2", NONE, NONE, "2, 1 min 20 s", "20 s", NONE],
    ] == table(html, "Exercises that went another way")[1:]
    assert "Not shown: 1 exercise of which that is so in a single session." in html.text


def test_a_session_that_was_ended_early_left_nothing_out() -> None:
    """It lacks its last sets, which says nothing of the exercises that they are of."""
    early = [
        session(TODAY - dt.timedelta(days=days), sets(PIGEON), number=days, end=Ending.QUIT)
        for days in (2, 1)
    ]
    html = read(made(early))
    assert "No exercise was skipped, paused or changed in more than one session." in html.text
    assert "8 of 18" == table(html, "Sessions a week")[-1][3]


def test_all_sessions() -> None:
    """Each session has its time, its sets, how it ended and how it felt; by hand, as far as it was told."""
    records = [
        session(TODAY - dt.timedelta(days=2), feel=Feel.HARD),
        session(TODAY - dt.timedelta(days=1), (), end=Ending.QUIT, origin=Origin.BY_HAND, seconds=600),
        session(TODAY, sets(PIGEON), end=Ending.INTERRUPTED),
    ]
    html = read(made(records))
    assert [
        ["Sun 22 Nov 2026, 19:00", "25 min", "9 of 9", "to its end", "hard"],
        ["Mon 23 Nov 2026, 19:00", "10 min", "not known", "part of it, entered by hand", "no answer"],
        ["Tue 24 Nov 2026, 19:00", "25 min", "4 of 9", "interrupted", "no answer"],
    ] == table(html, "Sessions, the oldest first")[1:]
    assert "1 session of 3 entered by hand." in html.text


def test_an_empty_period() -> None:
    """The page says that there was no session, and still tells of what is left out."""
    html = read(made([], PAINS))
    assert "No session was recorded in this period." in html.text
    assert ["Exercises that were marked as painful; each is left out until it is put back"] == [
        one.text for one in html.all("caption")
    ]
    assert "28 Sep" not in html.text
    assert "30 Sep 2026 to 24 Nov 2026 (56 days)" in html.text


def hostile() -> list[Record]:
    """Return sessions whose names try to be more than names."""
    asked = tuple(replace(one, name=HOSTILE, muscle=HOSTILE) for one in ROUTINE)
    records = [
        session(TODAY - dt.timedelta(days=days), asked=asked, title=HOSTILE, routine=HOSTILE)
        for days in (2, 1)
    ]
    longer = tuple(replace(one, seconds=one.seconds + 10) for one in asked)
    return [*records, session(TODAY, asked=longer, title=HOSTILE, routine=HOSTILE)]


@pytest.mark.parametrize("is_drawn", [False, True])
def test_names_are_text(*, is_drawn: bool) -> None:
    """Whatever a routine, an exercise or a person is called: it is shown as it is, and nothing is run."""
    pain = Pain(HOSTILE, "x", HOSTILE, MARKED)
    text = made(hostile(), [pain], person=HOSTILE, is_drawn=is_drawn)
    html = read(text)
    assert [] == loads(html)
    text.encode()
    assert "<script" not in text.casefold()
    assert not {"\x00", "\u202e", "\ud800"} & set(text)
    shown = '<script>alert("1")</script> & \'it\' " onload="x" {{ 7 * 7 }} {% raw %} \ufffd\ufffd</title>'
    assert shown == table(html, "Exercises that were marked as painful")[1][0]
    assert html.all("title")[0].text.startswith(f"Training report, {shown}")
    assert 1 == len(html.all("title"))


def test_the_page_loads_nothing() -> None:
    """It has no reference to anything outside, with plots as well, and forbids itself to load any."""
    text = made(weeks_of_training(WEEKS), PAINS, is_drawn=True)
    html = read(text)
    assert [] == loads(html)
    assert {"calendar", "feels", "holds"} == drawings(PERIOD, weeks_of_training(WEEKS)).keys()
    assert 3 == len(html.all("svg"))
    (policy,) = (one for one in html.all("meta") if "http-equiv" in one.attributes)
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" == policy.attributes["content"]
    names = {
        value for one in html.all() for name, value in one.attributes.items() if name.startswith("xmlns")
    }
    assert set() == {one for one in text.split('"') if "://" in one} - names


@pytest.mark.parametrize("records", [[], weeks_of_training(WEEKS)], ids=["empty", "full"])
def test_it_can_be_read_without_eyes(records: list[Record]) -> None:
    """It has a language, a title and one h1; tables have captions, cells their heads, plots their words."""
    html = read(made(records, PAINS, is_drawn=bool(records)))
    assert ["en"] == [one.attributes["lang"] for one in html.all("html")]
    assert 1 == len(html.all("h1")) == len(html.all("main")) == len(html.all("title"))
    assert all(len(one.all("caption")) == 1 for one in html.all("table"))
    assert all(one.attributes.get("scope") in {"col", "row", "rowgroup"} for one in html.all("th"))
    assert all(
        one.all("svg")[0].attributes["aria-label"] and one.all("figcaption") for one in html.all("figure")
    )
    identities = [one.attributes["id"] for one in html.all() if "id" in one.attributes]
    assert len(identities) == len(set(identities))
    labels = {one.attributes["aria-labelledby"] for one in html.all("section")}
    assert labels <= set(identities)
    for one in html.all("table"):
        widths = {len(row) for row in table(html, one.all("caption")[0].text)}
        assert 1 == len(widths)


def test_the_same_sessions_give_the_same_page() -> None:
    """Two pages of the same sessions on the same day are the same, to the byte."""
    first, second = (made(weeks_of_training(WEEKS), PAINS, is_drawn=True) for _ in range(2))
    assert first == second


def test_caution() -> None:
    """The foot of the page says whom to ask, and what to do about pain, even where nothing was done."""
    for records in ([], weeks_of_training(2)):
        (foot,) = read(made(records)).all("footer")
        assert "ask a health or fitness professional" in foot.text
        assert "If you feel pain, stop, and ask them about it." in foot.text
        assert "no medical advice" in foot.text


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (Level(), "as written"),
        (Level(rung=1), "1 step up"),
        (Level(rung=-2), "2 steps down"),
        (Level("deep-pigeon", 1), "another form, 1 step up"),
        (None, "dose chosen for the day"),
    ],
)
def test_levels(level: Level | None, text: str) -> None:
    """How far an exercise has progressed is told in words."""
    assert text == words.level(level)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59.6, "1 min"), (150, "2 min 30 s"), (3599.7, "1 h"), (18_629, "5 h 10 min")],
)
def test_lengths_of_time(seconds: float, text: str) -> None:
    """They are told in the units of everyday life, and rounding never makes 60 of anything."""
    assert text == words.duration(seconds)

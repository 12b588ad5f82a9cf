"""How fast sets are written down while a session plays, and how fast ten years of them are read."""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from bench import Bench, in_turns, say, say_against, say_all

from voicecoach.history.log import Log
from voicecoach.history.period import Period
from voicecoach.history.prescription import done_as_prescribed, prescribed
from voicecoach.history.records import Ending, Feel, Opening, Performed, Record
from voicecoach.history.summary import summarise
from voicecoach.reached import ENOUGH
from voicecoach.routine.files import load
from voicecoach.routine.shelf import LIBRARY

YEARS = 10
SETS = 50
"""Of a session."""
ROUTINES = ("hip-mobility", "hip-mobility-2", "lower-body-stretch")
END = dt.datetime(2026, 11, 20, 19, 0, tzinfo=dt.UTC)
TIMES = 9
PUTS = 2_000
WEEKS = dt.timedelta(weeks=12)
MOST_MS = 50
MOST_PUT_US = 1_000


def measure(bench: Bench) -> None:
    """Fill a log with a session each day, then write and read."""
    path = bench.folder / "log.db"
    with Log.open(path) as log:
        for record in sessions():
            log.add(record)
    say(f"a log of {YEARS} years, {SETS} sets a day", path.stat().st_size / 1e6, "MB")
    puts(path)
    opened = in_turns(bench.times(TIMES), lambda: Log.open(path).close())[0]
    say_all("open and close it", opened)
    with Log.open(path) as log:
        asked: dict[str, Callable[[], object]] = {
            f"what progress needs: {ENOUGH} sessions of a routine": lambda: of_progress(log),
            "what history -n 20 needs": lambda: of_history(log),
            "what stats over 12 weeks needs": lambda: of_stats(log),
            "the newest 3 of each routine": lambda: [
                log.records(routine=name, newest=3) for name in log.routines()
            ],
            "4 weeks": lambda: log.records(since=END - dt.timedelta(weeks=4)),
            "a year": lambda: log.records(since=END - dt.timedelta(days=365)),
            "all of it": log.records,
        }
        for (what, _), seconds in zip(
            asked.items(), in_turns(bench.times(TIMES), *asked.values()), strict=True
        ):
            if what == "all of it":
                say_all(f"read {what}", seconds)
            else:
                say_against(f"read {what}", 1000 * median(seconds), MOST_MS, "ms")
        records, _, days, _ = of_stats(log)
        period = Period((END - WEEKS).date(), END.date())
        summing = in_turns(bench.times(TIMES), lambda: summarise(records, (), period, END.date(), days))[0]
    say_all("sum up 12 weeks", summing)


def of_progress(log: Log) -> tuple[object, ...]:
    """Read what `reached` does."""
    return log.pains(ROUTINES[0]), log.records(routine=ROUTINES[0], newest=ENOUGH)


def of_history(log: Log) -> tuple[object, ...]:
    """Read what the command does: the days are there to be counted."""
    return log.routines(), log.days(), log.records(newest=20)


def of_stats(log: Log) -> tuple[Sequence[Record], object, Sequence[dt.date], object]:
    """Read what the command does: the days are those of all sessions there were."""
    return log.records(since=END - WEEKS), log.routines(), log.days(), log.pains()


def puts(path: Path) -> None:
    """Write sets one by one, as a session does, and print how long one takes."""
    record = next(sessions())
    taken: list[float] = []
    with Log.open(path) as log:
        session = log.begin(record.opening)
        for number in range(PUTS):
            start = time.perf_counter()
            log.put(session, number, record.performed[number % SETS])
            taken.append(time.perf_counter() - start)
    say_against("write a set, median", 1e6 * median(taken), MOST_PUT_US, "us")
    say_against("write a set, the slowest of 2,000", 1e3 * max(taken), MOST_MS, "ms")


def sessions() -> Iterator[Record]:
    """Yield a session for each day, oldest first: one routine after another, as somebody does them."""
    made = {}
    for name in ROUTINES:
        routine = load(LIBRARY / f"{name}.toml")
        made[name] = prescribed(routine), (done_as_prescribed(routine) * SETS)[:SETS]
    for day in range(YEARS * 365):
        name = ROUTINES[day % len(ROUTINES)]
        asked, done = made[name]
        began = END - dt.timedelta(days=YEARS * 365 - day)
        opening = Opening(name, name, "0123456789ab", began, asked, 3000, {"pace": "steady"}, "en", "0")
        sets = tuple(heard(one, day, number) for number, one in enumerate(done))
        ended = began + dt.timedelta(minutes=50)
        yield Record(0, opening, ended, Ending.FINISHED, 3000, 0, list(Feel)[day % 3], sets)


def heard(one: Performed, day: int, number: int) -> Performed:
    """Return a set as it was done: now and then it is skipped, or made longer."""
    if (day + number) % 17 == 0:
        return replace(one, done_seconds=one.planned_seconds / (2 + day % 7), skipped=True)
    if (day + number) % 23 == 0:
        return replace(one, done_seconds=one.planned_seconds + 10 + day % 5, extended=10)
    return one

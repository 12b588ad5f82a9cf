"""Days of the week and times of day, as people write them: "Mon, Wed, Fri 19:00". Pure."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voicecoach.errors import did_you_mean

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The days in the order of ISO 8601: a day is its place here."""
WANTED = "write days and a time, as 'Mon, Wed, Fri 19:00', 'Mon-Fri 7am' or 'daily 7:30'"
LONGEST = 200
"""Characters of a plan."""

_EVERY = tuple(range(7))
_SHORT = MappingProxyType({"tues": 1, "weds": 2, "thur": 3, "thurs": 3})
_GROUPS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "daily": _EVERY,
        "day": _EVERY,
        "days": _EVERY,
        "everyday": _EVERY,
        "weekdays": _EVERY[:5],
        "weekday": _EVERY[:5],
        "weekends": _EVERY[5:],
        "weekend": _EVERY[5:],
    }
)
_FILLERS = frozenset({"", "and", "at", "on", "every", "each"})
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(am|pm)?", re.ASCII | re.IGNORECASE)
_TIDIED = (
    (re.compile(r"[\u2010-\u2015]"), "-"),
    (re.compile(r"\s*-\s*|\s+(?:to|through|until)\s+", re.IGNORECASE), "-"),
    (re.compile(r"(?<=\d)\s*([ap])\.?m\b\.?", re.ASCII | re.IGNORECASE), r"\1m"),
)
"""How the ways to write the same thing become one."""
_NOON = 12
_LAST_HOUR, _LAST_MINUTE = 23, 59


@dataclass(frozen=True, slots=True)
class Weekly:
    """Days of the week, and the time on each of them."""

    days: tuple[int, ...]
    """In their order, counted from Monday, which is 0."""
    at: dt.time

    def __str__(self) -> str:
        """Write it as it may be read: ``Mon, Wed, Fri 19:00``."""
        days = "daily" if self.days == _EVERY else ", ".join(DAYS[day][:3] for day in self.days)
        return f"{days} {self.at:%H:%M}"

    def first(self, since: dt.datetime) -> dt.date:
        """Return the first of its days whose time is not before a moment.

        Raises:
            OverflowError: there is none before the year 10000.
        """
        begin = self._begin(since)
        return begin + dt.timedelta(days=min((day - begin.weekday()) % 7 for day in self.days))

    def count(self, since: dt.datetime, until: dt.date) -> int:
        """Return how many of its times there are from a moment to the end of a day."""
        begin = self._begin(since)
        whole, rest = divmod(max((until - begin).days + 1, 0), 7)
        return whole * len(self.days) + sum((day - begin.weekday()) % 7 < rest for day in self.days)

    def _begin(self, since: dt.datetime) -> dt.date:
        """Return the day of a moment, or the next one where its time is over."""
        return since.date() + dt.timedelta(days=self.at < since.time())


def parse_weekly(text: str) -> tuple[Weekly, ...]:
    """Read days and times; each time is that of the days before it: ``Mon, Wed 19:00, Sat 9am``.

    Raises:
        ValueError: the text is none; the message says what is wrong with it, and what is wanted.
    """
    if len(text) > LONGEST:
        message = f"a plan of more than {LONGEST} characters is not read; {WANTED}"
        raise ValueError(message)
    days_at: dict[dt.time, set[int]] = {}
    waiting: set[int] = set()
    for word in _words(text):
        if word[0].isdecimal():
            at = _time(word)
            if not waiting:
                message = f"'{word}' has no day before it; {WANTED}"
                raise ValueError(message)
            days_at.setdefault(at, set()).update(waiting)
            waiting = set()
        else:
            waiting.update(_days(word))
    if waiting or not days_at:
        message = f"'{text}' {'names no time after its last day' if waiting else 'is no plan'}; {WANTED}"
        raise ValueError(message)
    return tuple(Weekly(tuple(sorted(days)), at) for at, days in days_at.items())


def _words(text: str) -> Iterator[str]:
    """Yield days, ranges of days, and times."""
    tidy = text.strip()
    for pattern, by in _TIDIED:
        tidy = pattern.sub(by, tidy)
    yield from (word for word in re.split(r"[\s,;&+/]+", tidy) if word.casefold() not in _FILLERS)


def _days(word: str) -> tuple[int, ...]:
    """Return the days that a word names."""
    if word.casefold() in _GROUPS:
        return _GROUPS[word.casefold()]
    first, dash, last = word.partition("-")
    begin = _day(first, word)
    if not dash:
        return (begin,)
    length = (_day(last, word) - begin) % 7 + 1
    return tuple((begin + further) % 7 for further in range(length))


def _day(name: str, word: str) -> int:
    folded = name.casefold()
    if folded in _SHORT:
        return _SHORT[folded]
    for place, day in enumerate(DAYS):
        full = day.casefold()
        if folded in {full, f"{full}s", full[:3], full[:2]}:
            return place
    every = [*(day[:3] for day in DAYS), *DAYS, "daily", "weekdays", "weekends"]
    known = [one for one in every if folded and one[0].casefold() == folded[0]] or every
    of = f" in '{word}'" if name != word else ""
    message = f"'{name}'{of} is no day{did_you_mean(name, known, most=2)}; {WANTED}"
    raise ValueError(message)


def _time(word: str) -> dt.time:
    match = _TIME.fullmatch(word)
    complaint = "is no time of day"
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").casefold()
        if not half and match[2] is None:
            complaint = f"is no time of day: write {hour:02}:00" if hour <= _LAST_HOUR else complaint
        elif minute <= _LAST_MINUTE and (1 <= hour <= _NOON if half else hour <= _LAST_HOUR):
            return dt.time(hour % _NOON + _NOON * (half == "pm") if half else hour, minute)
    message = f"'{word}' {complaint}; {WANTED}"
    raise ValueError(message)

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from rich.console import Console

from voicecoach.plan.phrases import languages, load_phrases
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Segment
from voicecoach.routine.model import Exercise, Side, Stage
from voicecoach.routine.quantities import Range
from voicecoach.routine.work import Hold, Wait
from voicecoach.session.controls import key_rows
from voicecoach.session.playhead import Place
from voicecoach.session.screen import open_screen
from voicecoach.session.screen.live import LiveScreen, open_live
from voicecoach.session.screen.view import KEY_LINES, WAITING_LINES

RATE = 1000
ENGLISH = load_phrases("en")
PIGEON = Exercise("Pigeon", Hold(Range(30, 30)))
STRETCH = Stage("Stretch", (PIGEON,))
HOLD = Segment(Step(Kind.HOLD, STRETCH, PIGEON, side=Side.LEFT, set=2, sets=3), "Pigeon, left", 30 * RATE, ())
REST = Segment(Step(Kind.REST, STRETCH, PIGEON, side=Side.RIGHT, set=2, sets=3), "Rest", 20 * RATE, ())
READY = Segment(Step(Kind.WAIT, STRETCH, Exercise("Ready", Wait(Range(30, 30)))), "Ready", 30 * RATE, ())
COLOURS = re.compile(r"\x1b\[(?:\d+;)*(?:3|4|9|10)[0-8][;m]")
CODES = re.compile(r"\x1b\[[0-?]*[@-~]")


def at(seconds: float, segment: Segment = HOLD, following: Segment | None = REST) -> Place:
    """Return a moment of a session in which a minute has passed before the segment."""
    return Place(segment, round(seconds * RATE), following, round((60 + seconds) * RATE))


class Paper(io.StringIO):
    """A terminal that keeps what is written to it, and how often."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.draws: list[str] = []

    def write(self, text: str) -> int:
        """Keep a text."""
        self.draws.append(text)
        return super().write(text)

    def isatty(self) -> bool:
        """Be a terminal."""
        return True

    @property
    def last(self) -> list[str]:
        """Return the lines of the last drawing, without codes."""
        return [line.rstrip() for line in CODES.sub("", self.draws[-1]).strip("\r\n").splitlines()]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        """Begin at some moment."""
        self.now = 100.0


@contextmanager
def live(
    width: int = 80, height: int = 24, language: str = "en", **options: str
) -> Iterator[tuple[LiveScreen, Paper, Clock, Console]]:
    """Open a live view on paper, with its clock."""
    paper, clock = Paper(), Clock()
    console = Console(
        file=paper,
        force_terminal=True,
        width=width,
        height=height,
        legacy_windows=False,
        _environ={"TERM": "xterm"} | options,
    )
    with open_live(console, RATE, lambda: (600 * RATE, False), load_phrases(language)) as screen:
        screen._now = lambda: clock.now  # noqa: SLF001 - the way in is made for terminals
        paper.draws.clear()
        yield screen, paper, clock, console


def test_what_is_seen() -> None:
    """Stage, exercise, side, set, time left, two bars, what is next, the time of the session, the keys."""
    with live() as (screen, paper, _, _):
        screen.show(at(15), paused=False)
        text = "\n".join(paper.last)
    for part in ("Stretch", "Pigeon", "left side, set 2 of 3", "0:15", "1:15 of ~10:00", "next: Rest"):
        assert part in text
    assert ENGLISH.text(KEY_LINES[0]) in text
    assert [67, 67] == [len(line.split()[1]) for line in paper.last if "━" in line]


def test_bars_without_colours() -> None:
    """Where there are no colours, a bar ends where it ends, and a pause is a word."""
    with live() as (screen, paper, _, _):
        screen.show(at(15), paused=True)
        assert COLOURS.search(paper.draws[-1])
    with live(NO_COLOR="1") as (screen, paper, _, _):
        screen.show(at(15), paused=True)
        bars = [line.strip() for line in paper.last if "━" in line]
        assert ["step     " + "━" * 33 + "╸", "session  " + "━" * 8] == bars
        assert "PAUSED" in "\n".join(paper.last)
        assert not COLOURS.search(paper.draws[-1])


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("height", [10, 16, 17, 24, 60])
@pytest.mark.parametrize("with_keys", [False, True])
def test_every_size(width: int, height: int, with_keys: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """No line is longer than the terminal, nor are there more than it has rows; long names are cut short."""
    long = Segment(
        Step(Kind.HOLD, STRETCH, Exercise("Pigeon pose " * 20, Hold(Range(30, 30))), side=Side.LEFT),
        "Pigeon pose " * 20,
        30 * RATE,
        (),
    )
    with live(width, height) as (screen, paper, _, _):
        if with_keys:
            screen.show_keys()
        screen.tell("voice: 3 dB softer " * 20)
        screen.show(at(15, long, long), paused=False)
        assert height >= len(paper.last)
        assert width >= max(map(len, paper.last))
        assert "Pigeon" in "\n".join(paper.last)
        assert "…" in "\n".join(paper.last)
        assert "0:15" in "\n".join(paper.last)


def test_the_layout_does_not_jump() -> None:
    """What is told and what comes and goes has a place of its own: each drawing has as many rows."""
    with live() as (screen, paper, clock, _):
        rows = []
        for place in (at(1), at(2, REST, None), at(3, READY), at(4)):
            screen.tell("voice: 3 dB softer" if place.offset == 2 * RATE else "")
            clock.now += 1
            screen.show(place, paused=False)
            rows.append(len(paper.last))
        assert 4 == len(paper.draws)
        assert {rows[0]} == set(rows)


def test_draws_only_what_changes() -> None:
    """A step that is shown each 20 ms is drawn ten times a second at most; a pause once."""
    with live(width=200) as (screen, paper, clock, _):
        for block in range(1500):
            clock.now += 0.02
            screen.show(at(block * 0.02), paused=False)
        assert 30 < len(paper.draws) <= 300
        paper.draws.clear()
        for _ in range(500):
            clock.now += 0.02
            screen.show(at(20), paused=True)
        assert 1 == len(paper.draws)


def test_a_pause_is_seen_at_once() -> None:
    """Pausing and going on are drawn without waiting for the next look."""
    with live() as (screen, paper, _, _):
        screen.show(at(15), paused=False)
        assert "PAUSED" not in "\n".join(paper.last)
        screen.show(at(15), paused=True)
        assert "PAUSED" in "\n".join(paper.last)
        screen.show(at(15), paused=False)
        assert "PAUSED" not in "\n".join(paper.last)


def test_what_is_told_goes_after_some_seconds() -> None:
    """It is seen at the next look, in a pause too, and gone five seconds later."""
    with live() as (screen, paper, clock, _):
        screen.show(at(15), paused=True)
        screen.tell("the sound device is lost;\ntrying again")
        for later, seen in ((0.1, True), (4.8, True), (0.2, False)):
            clock.now += later
            screen.show(at(15), paused=True)
            assert seen is ("the sound device is lost; trying again" in "\n".join(paper.last))


@pytest.mark.parametrize("size", [(80, 24), (120, 24)])
def test_the_table_of_keys_comes_and_goes(size: tuple[int, int]) -> None:
    """Every key and command is in it; asked for again, it goes, and the line of keys is back."""
    with live(*size) as (screen, paper, clock, _):
        screen.show_keys()
        screen.show(at(15), paused=False)
        text = "\n".join(paper.last)
        assert all(f"{keys}  " in text and command in text for keys, command in key_rows())
        screen.show_keys()
        clock.now += 0.1
        screen.show(at(15), paused=False)
        assert ENGLISH.text(KEY_LINES[0]) in "\n".join(paper.last)
        assert "any other" not in "\n".join(paper.last)


def test_a_terminal_of_another_size_is_drawn_anew() -> None:
    """When the window changes, it is cleared: what stood there may stand elsewhere."""
    with live() as (screen, paper, clock, console):
        screen.show(at(15), paused=False)
        paper.draws.clear()
        console.size = (40, 10)  # type: ignore[assignment]
        clock.now += 0.1
        screen.show(at(15), paused=False)
        assert any("\x1b[2J" in draw for draw in paper.draws)
        assert 40 >= max(map(len, paper.last))


def test_where_it_waits() -> None:
    """A step that waits says so, and that any key goes on."""
    with live() as (screen, paper, _, _):
        screen.show(at(15, READY, None), paused=False)
        text = "\n".join(paper.last)
    assert all(part in text for part in ("waiting for you", "any key: go on", "next: the end"))


@pytest.mark.parametrize("options", [{"TERM": "dumb"}, {"TERM": "unknown"}])
def test_plain_where_a_terminal_cannot_draw(options: dict[str, str]) -> None:
    """A dumb terminal gets lines, without a control character."""
    paper = Paper()
    console = Console(file=paper, force_terminal=True, width=40, _environ=options)
    with open_screen(console, RATE, lambda: (600 * RATE, True)) as screen:
        screen.show(at(0), paused=False)
    assert "10:00 in all\n   1:00  Pigeon, left, set 2 of 3, 30 s, then Rest\n" == paper.getvalue()


def test_plain_lines() -> None:
    """On demand a terminal gets a line for each step, each pause, and all that is told; nothing else."""
    paper = Paper()
    console = Console(file=paper, force_terminal=True, width=40, _environ={"TERM": "xterm"})
    with open_screen(console, RATE, lambda: (600 * RATE, False), plain=True) as screen:
        for tenths in range(100):
            screen.show(at(tenths / 10), paused=False)
        screen.show(at(10), paused=True)
        screen.tell("voice:\t3 dB \x1b[1msofter\x07 [bold]:smile:")
        screen.show(at(10), paused=False)
        screen.show(at(0, REST, None), paused=False)
        screen.show_keys()
    lines = paper.getvalue().splitlines()
    assert [
        "about 10:00 in all",
        "   1:00  Pigeon, left, set 2 of 3, 30 s, then Rest",
        "paused",
        "voice: 3 dB  [1msofter  [bold]:smile:",
        "going on",
        "   1:00  Rest, set 2 of 3, 20 s",
        *(f"{keys}: {command}" for keys, command in key_rows()),
    ] == lines
    assert [] == [character for character in paper.getvalue() if ord(character) < 32 and character != "\n"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("height", [12, 24])
def test_every_language_has_room(language: str, width: int, height: int) -> None:
    """What is seen is in the language of the session, and none of its own words is cut short."""
    text = load_phrases(language).text
    with live(width, height, language) as (screen, paper, clock, _):
        for paused, place in ((False, at(15)), (True, at(15, READY, None))):
            clock.now += 1
            screen.show(place, paused=paused)
            seen = " ".join(paper.last)
            assert "…" not in seen
            assert height >= len(paper.last)
            lines = WAITING_LINES if paused else KEY_LINES
            assert any(text(line) in seen for line in lines)
            bars = [line for line in paper.last if "━" in line]
            assert [text("screen.step"), text("screen.session")] == [line.split()[0] for line in bars]
            assert 1 == len({line.index("━") for line in bars})
            if paused:
                assert text("screen.paused") in seen
                assert text("screen.next.end") in seen
            else:
                assert f"{text('screen.side.left')}, {text('screen.set', set=2, sets=3)}" in seen
                assert text("screen.clock.about", passed="1:15", total="10:00") in seen
                assert text("screen.next", name="Rest") in seen


@pytest.mark.parametrize("language", languages())
def test_keys_are_named_in_every_language(language: str) -> None:
    """The table has every command in the words of the session; English are those of the program's help."""
    phrases = load_phrases(language)
    rows = key_rows(phrases)
    assert [(keys, str(command)) for keys, command in key_rows()] == key_rows(ENGLISH)
    with live(80, 24, language) as (screen, paper, _, _):
        screen.show_keys()
        screen.show(at(15), paused=False)
        seen = [line.strip() for line in paper.last]
    for keys, command in rows:
        assert [line for line in seen if line.startswith(f"{keys}  ") and line.endswith(f"  {command}")], keys


def test_plain_lines_in_german() -> None:
    """Lines, pauses and keys are in the language of the session."""
    paper = Paper()
    console = Console(file=paper, force_terminal=True, width=40, _environ={"TERM": "dumb"})
    with open_screen(console, RATE, lambda: (600 * RATE, False), load_phrases("de")) as screen:
        screen.show(at(0), paused=False)
        screen.show(at(10), paused=True)
        screen.show(at(10), paused=False)
        screen.show_keys()
    lines = paper.getvalue().splitlines()
    assert [
        "etwa 10:00 insgesamt",
        "   1:00  Pigeon, left, Satz 2 von 3, 30 s, dann Rest",
        "angehalten",
        "es geht weiter",
        "Leertaste: anhalten oder weitermachen",
    ] == lines[:5]

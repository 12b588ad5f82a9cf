"""What happens in a living room, with real processes, real signals and a real sound server."""

import json
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.listening import onset, tone
from tests.patience import tried_again
from tests.sound_server import LEVEL, RATE, SoundServer, running_server
from tests.terminal import Terminal, terminal
from voicecoach.output.sink import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.long

ROUTINE = """
title = "Short"
caution = "Stop."
[[stage]]
title = "A"
[[stage.exercise]]
name = "Plank"
dose = "1 x 20 s per side"
[[stage.exercise]]
name = "Bridge"
dose = "1 x 20 s"
"""
LONGEST = 90
"""Seconds after which a session is ended that does not come to what is waited for."""
COACH = (sys.executable, "-m", "voicecoach")
PLAY = (*COACH, "play", "--talk", "beeps", "--pace", "brisk")


@pytest.fixture
def home(own_folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a routine in the working folder; return where the state is kept."""
    (tmp_path / "short.toml").write_text(ROUTINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return own_folders / "state" / "voicecoach"


def kept(home: Path) -> dict[str, object] | None:
    """Return the place that is kept."""
    path = home / "unfinished.json"
    return json.loads(path.read_text()) if path.exists() else None


@contextmanager
def playing(*arguments: str, environ: dict[str, str] | None = None) -> "Iterator[subprocess.Popen[str]]":
    """Play without a keyboard; it is ended at the end."""
    with subprocess.Popen(
        [*PLAY, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environ,
    ) as process:
        bound = threading.Timer(LONGEST, process.kill)
        bound.start()
        try:
            yield process
        finally:
            bound.cancel()
            process.kill()


def until(process: "subprocess.Popen[str]", words: str) -> str:
    """Read lines until one has some words in it, and return it."""
    assert process.stdout
    for line in process.stdout:
        if words in line:
            return line
    message = f"no '{words}'"
    raise AssertionError(message)


ENDS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]


@pytest.mark.parametrize("number", ENDS, ids=lambda number: number.name)
def test_however_it_ends_the_place_is_kept(home: Path, number: signal.Signals) -> None:
    """After any signal, `resume` goes on at the start of the set, with the options of then."""
    arguments = ("short.toml", "--device", "none", "--plain", "--from", "Plank", "--first-side", "right")
    with playing(*arguments) as session:
        until(session, "Plank, right, set 1 of 1")
        # The line stands there as the set begins; so does its place.
        session.send_signal(number)
        session.wait(20)
    place = kept(home)
    assert place
    assert "Plank, right" == place["label"]
    with terminal() as window:
        window.start([*COACH, "resume"])
        window.until("Short: going on at Plank, right")
        window.until("Get ready")
        window.type("n")
        window.until("Plank, right, set 1 of 1, 20 s, then Switch to the left")
        window.type("q")
        assert 0 == window.end()


def test_the_language_is_kept(home: Path, tmp_path: Path) -> None:
    """`resume` goes on in the language of then."""
    words = '[stage.a.exercise.plank]\nname = "Planche"\n'
    (tmp_path / "short.fr.toml").write_text(f'language = "fr"\ntitle = "Court"\n{words}', encoding="utf-8")
    with playing("short.toml", "--device", "none", "--plain", "--lang", "fr") as session:
        until(session, "Planche, gauche, série 1 sur 1")
        session.send_signal(signal.SIGTERM)
        session.wait(20)
    place = kept(home)
    assert place
    assert "Planche, gauche" == place["label"]
    with terminal() as window:
        window.start([*COACH, "resume"])
        window.until("Court: going on at Planche, gauche")
        window.until("Préparez-vous")
        window.type("n")
        window.until("Planche, gauche, série 1 sur 1, 20 s, puis Passez à droite")
        window.type("q")
        assert 0 == window.end()


def test_a_closed_window_keeps_the_place(home: Path) -> None:
    """When the terminal is closed in the middle, the session ends and its place is kept."""
    with terminal() as window:
        process = window.start([*PLAY, "short.toml", "--device", "none"])
        window.until("next: ")
        window.type("nnn")
        window.until("left")
        deadline = time.monotonic() + 20
        while (kept(home) or {}).get("label") != "Plank, left":
            assert time.monotonic() < deadline
            window.until(":")
        window.close_window()
        assert 129 == process.wait(20)
    assert "Plank, left" == (kept(home) or {})["label"]


def test_what_is_finished_is_not_kept(home: Path) -> None:
    """A session that came to its end leaves no place, and there is nothing to resume."""
    with terminal() as window:
        window.start([*PLAY, "short.toml", "--device", "none"])
        window.until("next: ")
        window.type("nnnnnnnnnnn")
        assert 0 == window.end()
        assert "Short: finished" in window.drawn
    assert kept(home) is None
    result = subprocess.run([*COACH, "resume"], capture_output=True, text=True, check=False)
    assert (1, "voicecoach: no session was ended early; begin one with 'voicecoach play'\n") == (
        result.returncode,
        result.stderr,
    )


def end_in_the_set(window: Terminal) -> None:
    """Play to the first set, and end there."""
    window.start([*PLAY, "short.toml", "--device", "none"])
    window.until("next: ")
    window.type("nnn")
    window.until("left")
    window.type("q")
    assert 0 == window.end()


@pytest.mark.usefixtures("home")
def test_ten_seconds_more_are_kept() -> None:
    """A set that was made longer is as long when the session goes on, and so is its other side."""
    with terminal() as window:
        window.start([*PLAY, "short.toml", "--device", "none", "--plain"])
        window.until("in all")
        window.type("nnn")
        window.until("Plank, left, set 1 of 1, 20 s")
        window.type("+q")
        assert 0 == window.end()
    with terminal() as window:
        window.start([*COACH, "resume"])
        window.until("in all")
        window.type("nn")
        window.until("Plank, left, set 1 of 1, 30 s")
        window.type("nn")
        window.until("Plank, right, set 1 of 1, 30 s")
        window.type("q")
        assert 0 == window.end()


@pytest.mark.parametrize("answer", ["y", "n"])
def test_play_offers_to_go_on(home: Path, answer: str) -> None:
    """The same routine, played again on a terminal, asks whether to go on where it was left."""
    with terminal() as window:
        end_in_the_set(window)
    assert kept(home)
    with terminal() as window:
        window.start([*PLAY, "short.toml", "--device", "none"])
        window.until("Short was left at Plank, left. Go on there? [y/N]")
        window.type(f"{answer}\n")
        window.until("next: ")
        window.type("q")
        assert 0 == window.end()
    assert ("Short: going on at Plank, left" in window.drawn) == (answer == "y")


def test_where_nobody_can_answer_it_is_told(home: Path) -> None:
    """In a pipe a line tells that there is a place, and the session begins anew."""
    with terminal() as window:
        end_in_the_set(window)
    assert kept(home)
    with playing("short.toml", "--device", "none") as session:
        told = "voicecoach: Short was left at Plank, left; 'voicecoach resume' goes on there\n"
        assert told == until(session, "was left")
        until(session, "Welcome")


@pytest.mark.usefixtures("home")
def test_a_routine_that_changed_cannot_go_on() -> None:
    """Where the set is no more, one line says so, and nothing is played."""
    with terminal() as window:
        end_in_the_set(window)
    Path("short.toml").write_text(ROUTINE.replace("Plank", "Lunge"), encoding="utf-8")
    result = subprocess.run([*COACH, "resume"], capture_output=True, text=True, check=False)
    why = "the routine has changed: set 1 of 'Plank' is not where it was"
    assert (2, f"voicecoach: {why}; begin anew with 'voicecoach play'\n") == (
        result.returncode,
        result.stderr,
    )


@tried_again
def test_a_second_session_is_told_about_the_first(home: Path) -> None:
    """It says what plays, since when and in which process; the place of the first is not touched."""
    with playing("short.toml", "--device", "none", "--hold", "5m") as first:
        until(first, "Plank, left, set 1")
        place = kept(home)
        with playing("short.toml", "--device", "none", "--only", "Bridge") as second:
            line = until(second, "voicecoach: ")
            assert "another session is playing" in line
            assert "(Short, since " in line
            assert f"process {first.pid}" in line
            until(second, "Bridge, set 1")
        assert place == kept(home)
    with playing("short.toml", "--device", "none") as third:
        assert "another session" not in until(third, "in all")


@tried_again
def test_after_sleep_the_session_pauses_and_says_so(home: Path) -> None:
    """Stopped for four seconds, as in sleep, it rattles nothing off; a key goes on at the set's start."""
    with terminal() as window:
        process = window.start([*PLAY, "short.toml", "--device", "none", "--plain"])
        window.until("in all")
        window.type("nnn")
        window.until("Plank, left, set 1")
        process.send_signal(signal.SIGSTOP)
        time.sleep(4)
        process.send_signal(signal.SIGCONT)
        window.until("paused")
        assert "the computer slept for 0:0" in window.drawn
        window.type(" ")
        window.until("going on")
        window.type("q")
        assert 0 == window.end()
        after = window.drawn.partition("paused")[2]
        assert "Switch" not in after.partition("going on")[0]
    assert kept(home)


@tried_again
def test_after_sleep_with_nobody_there_it_goes_on(home: Path) -> None:
    """Without a keyboard it says so and goes on by itself, at the start of the set."""
    with playing("short.toml", "--device", "none", "--only", "Bridge", "--hold", "4") as session:
        until(session, "Bridge, set 1")
        session.send_signal(signal.SIGSTOP)
        time.sleep(4)
        session.send_signal(signal.SIGCONT)
        until(session, "the computer slept for 0:0")
        until(session, "Short: finished")
        assert 0 == session.wait(20)
    assert kept(home) is None


RECORDED_LATE_MS = 60
"""By how much the recorder may lag behind what it records when the time of a key is taken from it."""


def each_device(**within_ms: int) -> pytest.MarkDecorator:
    """Run a test with both devices that can be heard, and with what is asked of each."""
    names = ("device", "within_ms") if within_ms else ("device",)
    rows = []
    for name in ("miniaudio", "simpleaudio"):
        skip = pytest.mark.skipif(not installed(name), reason=f"needs {name}")
        rows.append(pytest.param(name, *([within_ms[name]] if within_ms else []), marks=skip, id=name))
    return pytest.mark.parametrize(names, rows)


@pytest.mark.live
@each_device()
@tried_again
def test_a_sound_server_that_is_killed_is_waited_for(home: Path, device: str) -> None:
    """The session pauses in one line, tries again, and goes on at the start of the set when it is back."""
    with running_server() as server:
        server.listen()
        arguments = ("short.toml", "--device", device, "--only", "Bridge")
        with playing(*arguments, environ=server.environ) as session:
            until(session, "Bridge, set 1")
            server.wait_for_sound()
            server.kill()
            line = until(session, "trying again")
            assert "the sound device was lost" in line or "plays no more" in line
            place = kept(home)
            server.restart()
            server.listen()
            until(session, "the sound is back")
            server.wait_for_sound()
            assert place
            assert "Bridge" == place["label"]


@pytest.mark.live
@pytest.mark.usefixtures("home")
@tried_again
def test_a_stall_is_counted_and_reported(sound_server: SoundServer) -> None:
    """A server that takes nothing for a while is told of at the end, and the session is whole."""
    sound_server.listen()
    arguments = ("short.toml", "--device", "miniaudio", "--only", "Bridge", "--hold", "5")
    with playing(*arguments, environ=sound_server.environ) as session:
        until(session, "Bridge, set 1")
        sound_server.process.send_signal(signal.SIGSTOP)
        time.sleep(1)
        sound_server.process.send_signal(signal.SIGCONT)
        assert "voicecoach: sound was not ready in time" in until(session, "not ready")
        until(session, "Short: finished")


TALKATIVE = ROUTINE.replace(
    'caution = "Stop."', 'caution = "' + "Breathe in and breathe out, as slowly as you like. " * 4 + '"'
)


@contextmanager
def typed_to(
    server: SoundServer, monkeypatch: pytest.MonkeyPatch, device: str, *arguments: str
) -> "Iterator[Terminal]":
    """Play on a terminal, to a server; end it with a key."""
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR", "ALSA_CONFIG_PATH"):
        monkeypatch.setenv(name, server.environ[name])
    with terminal() as window:
        window.start([*COACH, "play", "short.toml", "--plain", "--device", device, *arguments])
        window.until("in all")
        yield window
        window.type("q")
        assert 0 == window.end()


@pytest.mark.live
@pytest.mark.usefixtures("home")
@each_device(miniaudio=100, simpleaudio=350)
@tried_again
def test_a_pause_is_silent_at_once(
    device: str, within_ms: int, sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As recorded: in the middle of a phrase, a pause silences it; afterwards it is said again."""
    Path("short.toml").write_text(TALKATIVE, encoding="utf-8")
    with sound_server.record() as recording, typed_to(sound_server, monkeypatch, device) as window:
        sound_server.wait_for_sound()
        time.sleep(3)
        window.type(" ")
        pressed = recording.now()
        window.until("paused")
        sound_server.wait_for_silence()
        paused = recording.now()
        window.type(" ")
        window.until("going on")
        sound_server.wait_for_sound()
    loud = np.flatnonzero(np.abs(recording.samples[: round(paused * RATE)]) > LEVEL)
    assert (loud[-1] / RATE - pressed) * 1000 < within_ms + RECORDED_LATE_MS
    assert loud[-1] / RATE > pressed - 0.2


@pytest.mark.live
@pytest.mark.usefixtures("home")
@each_device(miniaudio=150, simpleaudio=350)
@tried_again
def test_a_key_is_answered_and_a_set_is_counted_in(
    device: str, within_ms: int, sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As recorded: a tone answers a key in the middle of a set; after a pause, 3-2-1 leads back into it."""
    beeps = ("--talk", "beeps", "--pace", "brisk", "--from", "Bridge")
    with sound_server.record() as recording, typed_to(sound_server, monkeypatch, device, *beeps) as window:
        window.until("Bridge, set 1")
        time.sleep(2)
        window.type("T")
        pressed = recording.now()
        window.until("tones: as loud as it gets")
        time.sleep(1)
        window.type(" ")
        window.until("paused")
        window.type(" ")
        went_on = recording.now()
        window.until("going on")
        time.sleep(4)
    ack = onset(recording.samples, tone("ack", RATE), round(pressed * RATE), RATE // 2) / RATE
    assert -10 < (ack - pressed) * 1000 < within_ms + RECORDED_LATE_MS
    near = [round((went_on + 0.2 + number) * RATE) for number in range(4)]
    counted = [onset(recording.samples, tone("tick", RATE), at, RATE // 3) / RATE for at in near[:3]]
    counted.append(onset(recording.samples, tone("start", RATE), near[3], RATE // 3) / RATE)
    assert pytest.approx([1, 1, 1], abs=0.025) == np.diff(counted).tolist()

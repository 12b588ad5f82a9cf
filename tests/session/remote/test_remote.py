"""Media keys, as playerctl presses them, on a real bus."""

import socket
import threading
from pathlib import Path

import pytest

from tests.bus import Bus, wait_until
from voicecoach.plan.steps import Kind, Step
from voicecoach.plan.timeline import Segment
from voicecoach.session.controls import Command
from voicecoach.session.playhead import Place
from voicecoach.session.remote import Remote, desktop, remote

RATE = 1000
HOLD = Segment(Step(Kind.HOLD), "Pigeon, left", 30 * RATE, ())


@pytest.fixture
def on_a_bus(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Bus:
    """Let this program find the bus."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    return bus


def show(control: Remote, seconds: float = 0, *, paused: bool = False) -> None:
    """Show one moment of a session."""
    screen = control.screen("Hips", RATE, lambda: (60 * RATE, True))
    screen.show(Place(HOLD, round(seconds * RATE), None, round(seconds * RATE)), paused=paused)


def commands(control: Remote, number: int) -> list[Command]:
    """Wait for so many commands."""
    found: list[Command] = []

    def all_there() -> bool:
        if command := control.poll():
            found.append(command)
        return len(found) >= number

    wait_until(all_there, f"only {found}")
    return found


def test_keys_give_commands(on_a_bus: Bus) -> None:
    """Each key is what it says, of a session that plays; what is none of them changes nothing."""
    with remote() as control:
        assert control.connected
        show(control)
        for key in ("play", "pause", "play-pause", "next", "previous", "position 9", "volume 0.5", "stop"):
            on_a_bus.player(*key.split())
        expected = [
            Command.OTHER,
            Command.PAUSE,
            Command.PAUSE,
            Command.NEXT,
            Command.BACK,
            Command.QUIT,
        ]
        assert expected == commands(control, len(expected))
        assert (None, "1.000000") == (control.poll(), on_a_bus.player("volume"))


def test_keys_in_a_pause(on_a_bus: Bus) -> None:
    """In a pause, play goes on and pause does nothing."""
    with remote() as control:
        assert control.connected
        show(control, paused=True)
        for key in ("pause", "play", "play-pause"):
            on_a_bus.player(key)
        assert [Command.PAUSE, Command.PAUSE] == commands(control, 2)


def test_what_a_desktop_shows(on_a_bus: Bus) -> None:
    """Before the session nothing is shown, then the segment and its progress; after it nobody is there."""
    with remote() as control:
        assert control.connected
        assert ("Stopped", "") == (on_a_bus.player("status"), on_a_bus.player("metadata"))
        show(control, seconds=12, paused=True)
        form = "{{status}}; {{title}}; {{album}}; {{duration(position)}} of {{duration(mpris:length)}}"
        shown = "Paused; Pigeon, left; Hips, 0:00 of 1:00; 0:12 of 0:30"
        assert shown == on_a_bus.player("metadata", "--format", form)
        assert "/voicecoach/segment/1" == on_a_bus.player("metadata", "mpris:trackid").strip("'")
    assert "" == on_a_bus.player("--list-all")


def test_a_name_that_is_refused(on_a_bus: Bus) -> None:
    """Where the bus does not give the name, there are no keys, and nobody is told."""
    del on_a_bus
    with remote() as first:
        assert first.connected
        with remote() as second:
            assert not second.connected
            show(second)
            assert None is second.poll()


def test_without_a_bus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where no bus is named, or none is there, the session goes without."""
    for address in ("", f"unix:path={tmp_path}/nowhere", "nonsense"):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with remote() as control:
            show(control)
            assert (False, None) == (control.connected, control.poll())


def test_the_usual_bus_is_found(bus: Bus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where no address is given, the bus is where it usually is."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "bus").symlink_to(bus.address.removeprefix("unix:path=").partition(",")[0])
    with remote() as control:
        assert control.connected


def test_a_bus_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A bus that hangs delays neither the beginning for long nor the end."""
    monkeypatch.setattr(desktop, "PATIENCE", 0.1)
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind("bus")
        silent.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=bus")
        with remote() as control:
            assert not control.connected
    assert "media keys" not in [thread.name for thread in threading.enumerate()]


def test_a_bus_that_dies(on_a_bus: Bus, capfd: pytest.CaptureFixture[str]) -> None:
    """The session goes on without, and nothing is printed."""
    with remote() as control:
        assert control.connected
        show(control)
        on_a_bus.kill()
        show(control, paused=True)
        wait_until(lambda: not control.connected, "the loss goes unnoticed")
        show(control)
        assert None is control.poll()
    assert ("", "") == capfd.readouterr()


def test_no_signal_without_a_change(on_a_bus: Bus) -> None:
    """However often a moment is shown, the desktop hears of a new segment, a pause and a jump, once each."""
    with remote() as control:
        assert control.connected
        with on_a_bus.monitor() as signals:
            screen = control.screen("Hips", RATE, lambda: (60 * RATE, True))
            for _ in range(50):
                screen.show(Place(HOLD, 0, None, 0), paused=False)
            screen.show(Place(HOLD, 9 * RATE, None, 9 * RATE), paused=False)
            screen.show(Place(HOLD, 9 * RATE, None, 9 * RATE), paused=True)
            expected = ["PropertiesChanged", "Seeked", "PropertiesChanged"]
            wait_until(lambda: signals()[-1:] == expected[-1:] and len(signals()) >= 3, "too few signals")
            assert expected == signals()

import subprocess
import sys

import pytest

from voicecoach.output import simpleaudio_link
from voicecoach.output.simpleaudio_link import Link


def link_to(code: str) -> Link:
    """Start a program in the place of the worker, and link to it."""
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    link = Link(process)
    link.start()
    return link


def wait_until_fault(link: Link) -> str:
    """Wait until the link has noticed that something is wrong."""
    while not link.fault:
        link.wait(1.0)
    link.close()
    return link.fault


def test_a_process_that_ends_is_a_fault() -> None:
    """A crash of the library ends its process; the link says so."""
    assert "its process has ended" == wait_until_fault(link_to("print('ready')"))


def test_the_reason_that_was_reported_comes_first() -> None:
    """What the process reports before it ends says more than that it ended."""
    assert "no card" == wait_until_fault(link_to("print('lost no card')"))


def test_a_process_that_hangs_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that says nothing any more counts as lost, and is ended though it does not listen."""
    monkeypatch.setattr(simpleaudio_link, "PATIENCE", 0.3)
    monkeypatch.setattr(simpleaudio_link, "_FAREWELL", 0.1)
    link = link_to("print('ready', flush=True); import time; time.sleep(600)")
    # More than a pipe holds: sending must not hang either.
    link.play(0.0, bytes(1_000_000))
    assert "no sign of life for 0.3 s" == wait_until_fault(link)


def test_a_slip_from_before_a_halt_is_forgotten() -> None:
    """Reports carry the number of the halt before them: what was put off before counts no more."""
    link = link_to("import sys; sys.stdin.buffer.read(13); print('slip 0 1.5 1'); print('slip 1 0.25 1')")
    link.halt()
    wait_until_fault(link)
    assert (0.25, 1) == (link.slip, link.slips)

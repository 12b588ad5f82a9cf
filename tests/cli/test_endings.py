import signal
import subprocess
import sys

import pytest

CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
PROGRAM = """
import signal, sys, time, weakref
from voicecoach.cli.endings import end_in_order

class Thing:
    pass

class Deaf:
    def __del__(self):
        signal.raise_signal(signal.{name})

end_in_order()
try:
    {body}
    for _ in range(1000):
        time.sleep(0.01)
except KeyboardInterrupt:
    sys.exit(130)
finally:
    {tidying}
    print("tidied", flush=True)
"""
IN_A_DEL = "Deaf()"
IN_A_CALLBACK = "watch = weakref.ref(Thing(), lambda _: signal.raise_signal(signal.{name}))"
AT_ONCE = "signal.raise_signal(signal.{name})"


def end(body: str, name: str = "SIGTERM", tidying: str = "", **options: object) -> tuple[int, str, str]:
    """Run a program that gets a signal while it runs; return its exit code and what it printed."""
    program = PROGRAM.format(name=name, body=body.format(name=name), tidying=tidying)
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=30, **options
    )  # type: ignore[call-overload]
    return result.returncode, result.stdout, result.stderr


@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize("body", [AT_ONCE, IN_A_DEL, IN_A_CALLBACK])
def test_a_signal_ends_the_program_wherever_it_arrives(name: str, body: str) -> None:
    """Also where Python swallows exceptions the program ends, tidies up, and prints nothing of it."""
    assert (CODES[name], "tidied\n", "") == end(body, name)


@pytest.mark.parametrize("name", CODES)
def test_a_signal_is_not_lost_where_the_loss_of_one_is_heard_of(name: str) -> None:
    """On a busy machine it is told again before the hearing of it has ended: it is told once more."""
    slow = (
        "import threading; start = threading.Thread.start; "
        "threading.Thread.start = lambda self: (start(self), time.sleep(0.05))"
    )
    assert (CODES[name], "tidied\n", "") == end(f"{slow}; {IN_A_CALLBACK}", name)


def test_tidying_up_is_not_cut_short() -> None:
    """Signals that follow the first, as when a terminal closes, change nothing."""
    more = "; ".join(f"signal.raise_signal(signal.{name})" for name in CODES)
    assert (129, "tidied\n", "") == end(AT_ONCE, "SIGHUP", tidying=more)


def test_what_is_torn_down_half_made_is_not_reported() -> None:
    """An object that the end has met while it was made may fail to close; nobody is told."""
    half_made = "setattr(Deaf, '__del__', lambda self: self.missing); Deaf()"
    assert (143, "tidied\n", "") == end(AT_ONCE, tidying=half_made)


@pytest.mark.parametrize("name", CODES)
def test_what_is_ignored_stays_ignored(name: str) -> None:
    """A program started with nohup, or in the background, goes on."""
    code, printed, errors = end(
        AT_ONCE + "; sys.exit(0)",
        name,
        preexec_fn=lambda: signal.signal(getattr(signal, name), signal.SIG_IGN),
    )
    assert (0, "tidied\n", "") == (code, printed, errors)


def test_other_faults_are_reported_as_before() -> None:
    """What Python swallows while nobody ends the program is printed."""
    code, printed, errors = end("Deaf.__del__ = lambda self: self.missing; Deaf(); sys.exit(0)")
    assert (0, "tidied\n", True) == (code, printed, "has no attribute 'missing'" in errors)

"""How the program ends when it is told to: by an exception, so that files and the terminal are tidied."""

import signal
import sys
import threading
import time
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from sys import UnraisableHookArgs

PATIENCE = 5.0
"""Seconds that tidying up may take: until then, to be told once more changes nothing."""
_MOMENT = 0.01
"""Seconds until what was swallowed is told again."""


def end_in_order() -> None:
    """Let SIGINT, SIGTERM and SIGHUP end the program in order; done once, however often it is called."""
    if not _ENDING.ready:
        _ENDING.prepare()


class _Ending:
    """Raise an exception in the main thread, once, and see to it that it is not lost.

    Python raises it wherever it happens to be. In a ``__del__`` or in the callback of a weak reference (an
    import has one) an exception is swallowed, and the program would go on as if nothing had been said.
    """

    def __init__(self) -> None:
        """Not told yet."""
        self.ready = False
        self._told = 0
        self._since = 0.0

    def prepare(self) -> None:
        """Take over the signals, but for those that are ignored from the start, as by nohup."""
        self.ready = True
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._leave)
        self._swallowed_before: Callable[[UnraisableHookArgs], Any] = sys.unraisablehook
        sys.unraisablehook = self._swallowed

    def _leave(self, number: int, frame: FrameType | None) -> None:
        if _runs(frame, _Ending._swallowed):
            # Raised in there it would be lost as well.
            _tell_soon(number)
            return
        now = time.monotonic()
        if self._told and now - self._since < PATIENCE:
            return
        self._told, self._since = number, now
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        sys.exit(128 + number)

    def _swallowed(self, swallowed: "UnraisableHookArgs") -> None:
        """Hear of an exception that came to nothing: ours is raised again, soon, somewhere else."""
        if not self._told:
            self._swallowed_before(swallowed)
        elif isinstance(swallowed.exc_value, KeyboardInterrupt | SystemExit):
            number, self._told = self._told, 0
            _tell_soon(number)
        # Anything else comes of an object that was cut short while it was made.


def _runs(frame: FrameType | None, function: "Callable[..., object]") -> bool:
    """Tell whether a function is among those that were called on the way to a frame."""
    while frame and frame.f_code is not function.__code__:
        frame = frame.f_back
    return frame is not None


def _tell_soon(number: int) -> None:
    threading.Timer(_MOMENT, _tell, [number]).start()


def _tell(number: int) -> None:
    main = threading.main_thread().ident or 0
    while _runs(sys._current_frames().get(main), _Ending._swallowed):  # noqa: SLF001 - its documented name
        time.sleep(_MOMENT)
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        # It wakes the main thread, also where that waits for another one.
        signal.pthread_kill(main, number)


_ENDING = _Ending()

"""A job beside the session, in a thread with an event loop of its own.

It is of the kind that a session can do without: nobody waits for it, and whatever goes wrong in it ends it
in silence.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine

PATIENCE = 2.0
"""Seconds that a job has to tidy up; a thread that takes longer is left behind, and ends with the program."""


class Background:
    """Run a job while a block runs, and cancel it when the block ends."""

    def __init__(self, job: Callable[[], Coroutine[object, object, None]], name: str) -> None:
        """Take the job, which begins with the block; it may be called only once, in its own thread."""
        self._job = job
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._begun = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[object] | None = None

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Cancel the job, unless it has ended by itself, and wait until it has tidied up."""
        self._begun.wait(PATIENCE)
        if self._task is not None:
            self.soon(self._task.cancel)
        self._thread.join(PATIENCE)

    def soon(self, action: Callable[[], object]) -> None:
        """Have something done in the thread of the job; it is dropped where the job does not run."""
        if self._loop is not None:
            with suppress(RuntimeError):  # The loop has ended.
                self._loop.call_soon_threadsafe(action)

    def _run(self) -> None:
        # Half of what it takes to begin, and so not for the thread of the session.
        import asyncio  # noqa: PLC0415

        async def main() -> None:
            self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
            # What a lost connection leaves undone is nobody's to read about.
            self._loop.set_exception_handler(lambda *_: None)
            self._begun.set()
            await self._job()

        try:
            with suppress(asyncio.CancelledError):
                asyncio.run(main())
        except Exception:  # noqa: BLE001, S110 - the session goes on without
            pass
        finally:
            self._begun.set()

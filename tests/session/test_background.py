import asyncio
import threading

import pytest

from voicecoach.session.background import Background


def test_a_job_is_cancelled_and_tidies_up_in_a_thread_of_its_own() -> None:
    """The end of the block cancels the job and waits until it has tidied up."""
    begun, steps = threading.Event(), list[object]()

    async def job() -> None:
        steps.append(threading.current_thread() is threading.main_thread())
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            steps.append("tidied")

    with Background(job, "test"):
        assert begun.wait(10)
    assert [False, "tidied"] == steps


def test_a_block_that_ends_at_once_ends_the_job_too() -> None:
    """A job that has hardly begun when the block ends does not outlive it."""

    async def job() -> None:
        await asyncio.Event().wait()

    with Background(job, "soon gone"):
        pass
    assert [] == [thread for thread in threading.enumerate() if thread.name == "soon gone"]


def test_whatever_goes_wrong_is_silent(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither an error of the job, nor one that nobody waits for, is heard of."""
    failed = threading.Event()

    async def job() -> None:
        unwatched = asyncio.get_running_loop().create_future()
        unwatched.set_exception(ConnectionError("nobody waits for this"))
        del unwatched
        failed.set()
        message = "the bus is gone"
        raise ConnectionError(message)

    with Background(job, "test") as background:
        assert failed.wait(10)
    background.soon(lambda: pytest.fail("done after the end"))
    assert ([], ("", "")) == (caplog.records, capfd.readouterr())


def test_what_is_asked_of_it_is_done_in_its_thread() -> None:
    """An action is done by the thread of the job, while that runs."""
    begun, done, where = threading.Event(), threading.Event(), list[str]()

    async def job() -> None:
        begun.set()
        await asyncio.Event().wait()

    def action() -> None:
        where.append(threading.current_thread().name)
        done.set()

    with Background(job, "beside") as background:
        assert begun.wait(10)
        background.soon(action)
        assert done.wait(10)
    assert ["beside"] == where
